"""A new site's first exchange: by a snapshot, and page by page, one after the other in one run.

Both take in the same events into real stores, chain checked, folded and indexed; the floor is the
same bytes into a bare SQLite table in transactions of 500.
Run: python -m tests.bench.bench_snapshot [events]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from dispatch.hub.hub import Hub
from dispatch.sync import snapshots
from dispatch.wire import protocol as wire
from tests.bench.bench_hub import floor
from tests.given import TOWN, given_filed
from tests.hub.office import TestClock, given_hub, given_seat
from tests.hub.serving import served
from tests.sync.stations import Station, given_station

EVENTS, PUSH = 100_000, 500


def taken(job: Callable[[], object]) -> float:
    """Return how long a job takes, seconds."""
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin


def filled(hub: Hub, count: int) -> tuple[wire.Frame, ...]:
    """Give the hub so many events; returns them."""
    seat = given_seat(hub, "A")
    while len(seat.log.kept) < count:
        given_filed(seat.log)
    frames = seat.frames()
    for start in range(0, len(frames), PUSH):
        seat.push(start, start + PUSH)
    hub.folding.catch_up(seat.site.town)
    return frames


def digest(station: Station) -> str:
    """What the site holds, in one figure."""
    return station.store.read(lambda reader: reader.digest(TOWN)).result()


def main(count: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        hub = given_hub(f"sqlite:///{folder / 'hub.db'}", folder / "hub.d", TestClock())
        with closing(hub), served(hub) as url:
            frames = filled(hub, count)
            bare = floor(folder, frames)
            slow = given_station(hub, url, folder / "slow")
            quick = given_station(hub, url, folder / "quick")
            with closing(slow.store), closing(quick.store):
                worth, snapshots.WORTH = snapshots.WORTH, sys.maxsize  # type: ignore[misc]
                paged = taken(slow.sync)
                snapshots.WORTH = min(worth, count - 1)  # type: ignore[misc]
                site = hub.sites.of_token(quick.link.token)
                assert site is not None
                building = taken(lambda: hub.snapshots.latest(site))
                size = hub.snapshots.latest(site).stat().st_size
                begun = taken(quick.sync)
                equal = digest(slow) == digest(quick)
    print(f"{len(frames)} events of {sum(len(each.event) for each in frames) // len(frames)} bytes")
    for name, seconds in (
        ("floor: bare inserts of the same bytes", bare),
        ("first exchange, page by page (200)", paged),
        ("first exchange, by a snapshot that is there", begun),
        (f"the hub builds it, once an hour: {size / 1e6:.1f} MB", building),
    ):
        print(f"{name:<52} {seconds:8.2f} s {len(frames) / seconds:9.0f}/s")
    print(f"{'page by page / snapshot':<52} {paged / begun:8.2f}   digests equal: {equal}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS)
