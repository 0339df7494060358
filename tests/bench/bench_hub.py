"""The hub over loopback: push with signatures checked, fold, pull, idle round, long poll.

Each figure stands beside a floor: bare SQLite inserts of the same bytes in transactions of 500.
Run: python -m tests.bench.bench_hub [events]
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from dispatch.hub.hub import Hub
from dispatch.hub.verify import check_town
from dispatch.sync.answers import ask
from dispatch.sync.driver import Line
from dispatch.sync.link import HubLink
from dispatch.wire import protocol as wire
from dispatch.wire.protocol import Frame, decode
from tests.given import TOWN, given_filed
from tests.hub.office import Seat, TestClock, given_hub, given_seat
from tests.hub.serving import served

EVENTS, PUSH = 5_000, 500


def _taken(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin


def floor(folder: Path, frames: tuple[Frame, ...]) -> float:
    """Insert the same bytes with nothing else, a transaction each 500."""
    with closing(sqlite3.connect(folder / "floor.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("PRAGMA synchronous=FULL")
        bare.execute("CREATE TABLE event (seq INTEGER PRIMARY KEY, bytes BLOB, sig BLOB)")

        def job() -> None:
            for start in range(0, len(frames), PUSH):
                bare.execute("BEGIN IMMEDIATE")
                bare.executemany(
                    "INSERT INTO event (bytes, sig) VALUES (?, ?)",
                    [(each.event, each.sig) for each in frames[start : start + PUSH]],
                )
                bare.execute("COMMIT")

        return _taken(job)


class Caller:
    """A site's way to the hub without a store: what the hub takes, not what a site does."""

    def __init__(self, hub: Hub, seat: Seat, url: str) -> None:
        self.town = seat.site.town
        self.line = Line(HubLink(url, seat.token, hub.office.keys.signer.public))

    def push(self, frames: tuple[Frame, ...]) -> None:
        """Push everything, page by page."""
        for start in range(0, len(frames), PUSH):
            answer = self.line.ask(ask("/v1/events", wire.Push(frames[start : start + PUSH])))
            assert 200 == answer.status, answer.body

    def pull(self, cursor: int = 0, wait: int = 0) -> wire.TownPage:
        """Pull one page."""
        answer = self.line.ask(ask("/v1/pull", wire.Pull({self.town: cursor}, wait), wait))
        packed = answer.headers.get("content-encoding") == "zstd"
        return decode(answer.body, wire.PullAnswer, "pull", packed=packed).towns[self.town]

    def pull_all(self) -> int:
        """Pull everything; return how many came."""
        cursor, count, more = 0, 0, True
        while more:
            page = self.pull(cursor)
            cursor, more, count = page.next, page.more, count + len(page.entries)
        return count


def wake_up(one: Caller, other: Caller, seat: Seat, cursor: int) -> list[float]:
    """Return how long after the push's answer the other seat's poll has the event."""
    found: list[float] = []
    for _ in range(20):
        start = len(seat.log.kept)
        given_filed(seat.log)
        got: list[float] = []

        def poll(at: int = cursor, got: list[float] = got) -> None:
            other.pull(at, 25)
            got.append(time.perf_counter())

        waiting = threading.Thread(target=poll)
        waiting.start()
        time.sleep(0.15)
        begin = time.perf_counter()
        one.push(seat.frames(start))
        waiting.join()
        found.append(got[0] - begin)
        cursor += 2
    return found


def main(count: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        hub = given_hub(f"sqlite:///{folder / 'hub.db'}", folder / "hub.d", TestClock())
        with closing(hub), served(hub) as url:
            seat, reader = given_seat(hub, "A"), given_seat(hub, "B")
            for _ in range(count // 2):
                given_filed(seat.log)
            frames = seat.frames()
            size = sum(len(each.event) for each in frames) / len(frames)
            one, other = Caller(hub, seat, url), Caller(hub, reader, url)
            bare = floor(folder, frames)
            pushing = _taken(lambda: one.push(frames))
            pulling = _taken(other.pull_all)
            idle = [_taken(lambda: other.pull(len(frames))) * 1000 for _ in range(100)]
            waking = wake_up(one, other, seat, len(frames))
            checking = _taken(lambda: check_town(hub, TOWN))
    for name, seconds in (
        (f"floor: {len(frames)} bare inserts of {size:.0f} bytes", bare),
        ("push, signatures checked, numbered, folded", pushing),
        ("pull of all, zstd, no store", pulling),
        ("verify: bytes, chains, signatures, projection", checking),
    ):
        rate = len(frames) / seconds
        print(f"{name:<52} {seconds:8.2f} s {rate:9.0f}/s  {seconds / bare:6.1f} x floor")
    print(
        f"{'idle pull, p50 / p95':<52} {statistics.median(idle):8.1f} / {sorted(idle)[94]:.1f} ms"
    )
    print(
        f"{'push to the other seat`s poll, p50 / max':<52} "
        f"{statistics.median(waking) * 1000:8.1f} / {max(waking) * 1000:.1f} ms"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS)
