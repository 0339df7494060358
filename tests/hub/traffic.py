"""Sites that push and poll all the while, and remember how they were answered."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import msgspec
import requests

from dispatch.wire import protocol as wire
from dispatch.wire.protocol import Frame, decode, encode, event_hash
from tests.given import TOWN, given_filed
from tests.hub.office import Seat

AGAIN_S = 0.2
TRIES = 100


@dataclass(slots=True)
class Line:
    """A site's way to the hub; a request that failed is sent again. One thread each."""

    url: str
    ca: Path
    seat: Seat
    tries: list[tuple[int, ...]] = field(default_factory=list)
    """Of each request, how every try of it was answered; 0: the connection failed."""
    answered: list[float] = field(default_factory=list)
    """When each request had its answer, seconds of a clock that only goes forward."""

    def ask(self, path: str, message: wire.Message) -> bytes:
        """Send until it is answered well; 429 and 503 say that it is to be sent again."""
        got: list[int] = []
        headers = {"Authorization": f"Bearer {self.seat.token}"}
        body = encode(message, packed=False)
        with requests.Session() as session:
            for _ in range(TRIES):
                try:
                    answer = session.post(
                        self.url + path, data=body, headers=headers, timeout=90, verify=str(self.ca)
                    )
                except requests.ConnectionError:
                    got.append(0)
                else:
                    got.append(answer.status_code)
                    if answer.status_code == 200:
                        break
                time.sleep(AGAIN_S)
        self.tries.append(tuple(got))
        self.answered.append(time.monotonic())
        assert 200 == got[-1], got
        return answer.content

    def longest_gap_s(self) -> float:
        """Return the longest time from one answer to the next."""
        return max((b - a for a, b in pairwise(self.answered)), default=0.0)


class Pusher(threading.Thread):
    """Files one incident after the other and pushes each at once."""

    def __init__(self, line: Line, ended: threading.Event) -> None:
        super().__init__(name=f"push-{line.seat.site.letter}")
        self.line = line
        self.acknowledged: dict[str, int] = {}
        self._ended = ended

    def run(self) -> None:
        """Until the end."""
        seat = self.line.seat
        while not self._ended.is_set():
            begin = len(seat.log.kept)
            given_filed(seat.log)
            raw = self.line.ask("/v1/events", wire.Push(seat.frames(begin)))
            for each in msgspec.json.decode(raw, type=wire.PushAnswer).verdicts:
                assert each.status in {"accepted", "duplicate"}, each
                assert each.seq is not None
                self.acknowledged[each.hash] = each.seq
            self._ended.wait(0.05)


class Poller(threading.Thread):
    """Polls; remembers each event by its number."""

    def __init__(self, line: Line, ended: threading.Event) -> None:
        super().__init__(name=f"poll-{line.seat.site.letter}")
        self.line = line
        self.got: dict[int, str] = {}
        self.cursor = 0
        self._ended = ended

    def run(self) -> None:
        """Until the end."""
        while not self._ended.is_set():
            self.round(wait=5)

    def round(self, wait: int = 0) -> bool:
        """Take in one page; whether there is more."""
        raw = self.line.ask("/v1/pull", wire.Pull({TOWN: self.cursor}, wait))
        page = decode(raw, wire.PullAnswer, "pull").towns[TOWN]
        for entry in page.entries:
            assert isinstance(entry, Frame)
            self.cursor += 1
            assert self.cursor == entry.seq, "a hole"
            self.got[self.cursor] = event_hash(entry)
        return page.more or bool(page.entries)


@contextmanager
def going(threads: Sequence[threading.Thread], ended: threading.Event) -> Iterator[None]:
    """Keep threads going while the block runs, then end them."""
    for each in threads:
        each.start()
    try:
        yield
    finally:
        ended.set()
        for each in threads:
            each.join()
