"""Two hub processes are restarted in turn while sites push and poll, beside the same in quiet.

Run: python -m tests.bench.bench_rolling [SECONDS]
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from dispatch.hub.hub import Hub, HubPlace
from dispatch.hub.places import system_clock
from dispatch.hub.verify import check_town
from tests.given import TOWN
from tests.hub.cluster import cluster
from tests.hub.fleet import Fleet, fleet
from tests.hub.office import TestClock, given_hub, given_seat
from tests.hub.traffic import Line, Poller, Pusher, going
from tests.sync.own_ca import own_ca

SECONDS = 10.0
BAR_S = 3.0
SITES = 3


def measure(hub: Hub, processes: Fleet, ca: Path, seconds: float, *, rolling: bool) -> None:
    """Let sites push and poll for a while; print one row."""
    ended = threading.Event()
    begun = time.monotonic()
    pushers = [Pusher(Line(processes.url, ca, given_seat(hub)), ended) for _ in range(SITES)]
    pollers = [Poller(Line(processes.url, ca, given_seat(hub)), ended) for _ in range(SITES)]
    with going([*pushers, *pollers], ended):
        time.sleep(seconds)
        if rolling:
            for _ in processes.restart_each():
                time.sleep(seconds / 2)
        lasted = time.monotonic() - begun
        polls = max(each.line.longest_gap_s() for each in pollers)
        pushes = max(each.line.longest_gap_s() for each in pushers)
    for poller in pollers:
        while poller.round():
            pass
    made = {each.signed.hash for pusher in pushers for each in pusher.line.seat.log.kept}
    told = {hash_ for pusher in pushers for hash_ in pusher.acknowledged}
    got = [hash_ for hash_ in pollers[0].got.values() if hash_ in made]
    tries = Counter(
        code
        for line in [*(each.line for each in pushers), *(each.line for each in pollers)]
        for each in line.tries
        for code in each
    )
    words = "each restarted in turn" if rolling else "none restarted"
    lost, doubled = len(told - set(got)), len(got) - len(set(got))
    answers = " ".join(f"{code or 'cut'}:{count}" for code, count in sorted(tries.items()))
    print(
        f"{words:24}{lasted:8.1f}{len(told):8}{lost:6}{doubled:9}{polls:10.2f}{pushes:10.2f}",
        answers,
        flush=True,
    )


def main(arguments: list[str]) -> None:
    """Start the processes, measure, take them down."""
    seconds = float(arguments[0]) if arguments else SECONDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = HubPlace(cluster().fresh(), folder / "hub.d")
        ca, tls = own_ca(folder)
        clock = TestClock(system_clock())
        with closing(given_hub(place.url, place.folder, clock)) as hub:
            with fleet(place, tls) as processes:
                print(f"load {os.getloadavg()[0]:.1f}; {SITES} sites push, {SITES} poll, over TLS")
                print(
                    f"{'2 processes, PostgreSQL':24}{'seconds':>8}{'events':>8}{'lost':>6}"
                    f"{'doubled':>9}{'poll gap':>10}{'push gap':>10}"
                    f"  answers (bar: poll gap {BAR_S:.0f} s)"
                )
                for rolling in (False, True):
                    measure(hub, processes, ca, seconds, rolling=rolling)
            print(f"chain of the town verified to number {check_town(hub, TOWN).seq}")


if __name__ == "__main__":
    main(sys.argv[1:])
