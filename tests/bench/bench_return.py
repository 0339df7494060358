"""All sites of a city back at once after three days without a line: 33 towns, 626 sites.

Light clients, a thread each, push what they wrote and pull until nothing more comes; a hub in a
process of its own with SQLite. What they wrote is made before. No peer does this; beside it stand
bare inserts of the same bytes.
Run: python -m tests.bench.bench_return [SITES] [EVENTS a site]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from dispatch.domain.codes import Level, Role
from dispatch.domain.command import Verb
from dispatch.domain.errors import Offline
from dispatch.domain.organisation import Node, Organisation
from dispatch.domain.rules import Actor, Rules
from dispatch.hub.hub import Hub
from dispatch.sync.answers import ask
from dispatch.sync.driver import Line
from dispatch.sync.link import HubLink
from dispatch.sync.ops import Answer, Ask
from dispatch.wire import protocol as wire
from dispatch.wire import tables
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import Frame, decode
from tests.bench.bench_hub import floor
from tests.bench.sync_ours import hub as served
from tests.given import CITY, MemoryLog, act, given_reported, town_rules
from tests.hub.office import TestClock, given_hub

SITES, EVENTS, TOWNS = 626, 100, 33
"""A village of this city writes some eleven incidents a day, three events each without a line."""
PAGE, MOST_S = 500, 1_200

M = TypeVar("M", bound=wire.Message)


class TownLog(MemoryLog):
    """A log in memory of one town of many."""

    def __init__(self, letter: str, town: str, rules: Rules) -> None:
        super().__init__(letter, rules)
        self._town = town

    @property
    def town(self) -> str:
        return self._town


@dataclass(slots=True)
class Client:
    """One light site: what it writes, and what it met with. Times in seconds."""

    town: str
    token: str
    frames: tuple[Frame, ...]
    pulled: int = 0
    busy: int = 0
    lost: int = 0
    longest: float = 0
    first_in: float = 0
    quiet: float = 0
    took: list[float] = field(default_factory=list)

    def back(self, url: str, key: bytes, begun: float) -> None:
        """Push everything, then pull until nothing more comes; 429 waits as it is told."""
        line = Line(HubLink(url, self.token, key))
        for start in range(0, len(self.frames), PAGE):
            push = wire.Push(self.frames[start : start + PAGE])
            said = _read(self.ask(line, ask("/v1/events", push)), wire.PushAnswer)
            assert all(each.status == "accepted" for each in said.verdicts), said.verdicts[:3]
        self.first_in = time.monotonic() - begun
        cursor, more = 0, True
        while more:
            answer = self.ask(line, ask("/v1/pull", wire.Pull({self.town: cursor}, 0, PAGE)))
            page = _read(answer, wire.PullAnswer).towns[self.town]
            self.pulled += len(page.entries)
            cursor, more = page.next, page.more
        self.quiet = time.monotonic() - begun
        line.close()

    def ask(self, line: Line, question: Ask) -> Answer:
        """Ask until it is answered."""
        while True:
            begin = time.monotonic()
            try:
                answer = line.ask(question)
            except Offline:
                self.lost += 1
                time.sleep(1)
                continue
            finally:
                self.took.append(time.monotonic() - begin)
            if answer.status == 200:
                return answer
            assert answer.status == 429, (answer.status, answer.body[:200])
            self.busy += 1
            time.sleep(float(answer.headers.get("retry-after", "1")))


def _read(answer: Answer, kind: type[M]) -> M:
    packed = answer.headers.get("content-encoding") == "zstd"
    return decode(answer.body, kind, "answer", packed=packed)


def towns() -> list[Node]:
    """The city, its towns, one village with one grid in each."""
    nodes = [Node(CITY, "东莞市", Level.CITY, None)]
    for number in range(1, TOWNS + 1):
        town = f"{CITY}{number:03}"
        nodes.append(Node(town, f"演示镇{number}", Level.TOWN, CITY))
        nodes.append(Node(f"{town}201", "一村", Level.VILLAGE, town))
        nodes.append(Node(f"{town}201001", "一村 01", Level.GRID, f"{town}201"))
    return nodes


def clients(hub: Hub, sites: int, events: int) -> list[Client]:
    """Enrol the sites, by turns a centre's and a village's, and have each write its share."""
    nodes = towns()
    rules = replace(town_rules(), organisation=Organisation(nodes))
    hub.office.database.write(
        lambda connection: hub.reference.publish(
            connection, "organisation", tables.write_organisation(nodes, "org-2")
        )
    )
    found = []
    for number in range(sites):
        town = f"{CITY}{number % TOWNS + 1:03}"
        scope = town if number < TOWNS else f"{town}201"
        log = TownLog(f"S{number}", town, rules)
        pen, key = log.pen(), Signer.new()
        code = hub.sites.code(scope, f"演示{number}")
        done = hub.sites.enrol(wire.Enrol(code, key.public, pen.inc, pen.signer.public))
        by = Actor("clerk", (Role.CLERK,), town, "")
        while len(log.kept) < events:
            id_ = given_reported(log, by, grid=f"{town}201001").id
            act(log, id_, Verb.NOTE, by, text="到场查看，已提醒整改")
            act(log, id_, Verb.FILE, by)
        frames = tuple(
            Frame(each.signed.raw.decode(), each.signed.sig) for each in log.kept[:events]
        )
        found.append(Client(town, done.token, frames))
    return found


def main(sites: int, events: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        hub = given_hub(f"sqlite:///{folder / 'hub.db'}", folder / "hub.d", TestClock())
        with closing(hub):
            every = clients(hub, sites, events)
            key = hub.office.keys.signer.public
        bare = floor(folder, tuple(frame for each in every for frame in each.frames))
        with served(folder) as (url, peak):
            begun = time.monotonic()
            threads = [
                threading.Thread(target=each.back, args=(url, key, begun), daemon=True)
                for each in every
            ]
            for each in threads:
                each.start()
            for each in threads:
                each.join(max(0.0, begun + MOST_S - time.monotonic()))
    told(every, bare, peak[0])


def told(every: list[Client], bare: float, peak: float) -> None:
    """Print what the clients met with."""
    done = [each for each in every if each.quiet]
    took = sorted(each for client in every for each in client.took)
    sent = sum(len(each.frames) for each in every)
    last = max((each.first_in for each in done), default=float("nan"))
    print(f"{len(every)} sites of {TOWNS} towns, {sent} events; quiet: {len(done)}")
    print(f"floor: bare inserts of the same bytes, s       {bare:9.2f}")
    print(f"until the last site's events are in, s         {last:9.2f}")
    print(f"until all is quiet, s                          {max(e.quiet for e in every):9.2f}")
    print(f"events pulled                                  {sum(e.pulled for e in every):9}")
    print(f"requests {len(took)}, of them 429: {sum(e.busy for e in every)}, ", end="")
    print(f"without an answer: {sum(e.lost for e in every)}")
    p99 = took[int(len(took) * 0.99)]
    print(f"request p50 / p99 / longest, s                 {statistics.median(took):9.3f}", end="")
    print(f" / {p99:.2f} / {took[-1]:.2f}  bar: 30")
    print(f"hub's peak memory, MB                          {peak:9.1f}")


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:3]]
    main(*(*given, *(SITES, EVENTS)[len(given) :]))
