"""The hub in a run: its doors, its long polls in virtual time, and its power."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine, select

from dispatch.domain.errors import Offline
from dispatch.drill.faults.doors import Doors
from dispatch.drill.faults.met import Met
from dispatch.drill.faults.points import Points, PowerCut
from dispatch.drill.faults.prepared import HUB_FILE, Prepared
from dispatch.drill.faults.timeline import Timeline
from dispatch.hub.database import Database
from dispatch.hub.dialect import dialect_of
from dispatch.hub.hub import Hub
from dispatch.hub.life import begin_anew
from dispatch.hub.places import Office
from dispatch.hub.schema import EVENT, HEAD
from dispatch.hub.sync_doors import LONGEST_WAIT_S, is_news
from dispatch.hub.wake import DEBOUNCE_S
from dispatch.sync.ops import Answer, Ask
from dispatch.wire.header import read_header
from dispatch.wire.protocol import PullAnswer, decode

T = TypeVar("T")
Reply = Callable[[Answer | Exception], None]
"""Takes the answer of a request, or why there is none."""

_REFUSED_MS: Final = 100
_LAST: Final = select(EVENT.c.town, EVENT.c.bytes).join(
    HEAD, (HEAD.c.town == EVENT.c.town) & (HEAD.c.seq == EVENT.c.seq)
)


class _Database(Database):
    """The hub's database; each of its transactions passes points at which the power may fail."""

    def __init__(self, url: str, points: Points) -> None:
        self.url = url
        self.dialect = dialect_of(url)
        self.engine = _engine(url)
        self.halves: list[str] = []
        self._points = points
        self._reading: Connection | None = None

    def read(self, job: Callable[[Connection], T]) -> T:
        """As it does, over one connection that is kept: taking one anew is dear, in this many."""
        if self._reading is None:
            self._reading = self.dialect.reading(self.engine.connect())
        if self._reading.in_transaction():
            return super().read(job)
        with self._reading.begin():
            return job(self._reading)

    def close(self) -> None:
        """Give all connections back."""
        if self._reading is not None:
            self._reading.close()
            self._reading = None
        super().close()

    def write(self, job: Callable[[Connection], T]) -> T:
        """As it does, with a point before it, before its commit and after it."""
        self._points.reach("中心写入之前")

        def whole(connection: Connection) -> T:
            found = job(connection)
            self._points.reach("中心提交之前")
            return found

        done = super().write(whole)
        self.halves += self.read(_halves)
        self._points.reach("中心提交之后")
        return done


def _halves(connection: Connection) -> list[str]:
    """Return the towns whose log ends within a unit: they would stay so if the power failed now."""
    marks = [(town, read_header(raw).unit) for town, raw in connection.execute(_LAST)]
    return [
        f"I4 {town} 的一组事件只编了 {mark.i}/{mark.n}"
        for town, mark in marks
        if mark and mark.i < mark.n
    ]


def _ours(database: Database) -> _Database:
    assert isinstance(database, _Database)
    return database


@cache
def _engine(url: str) -> Engine:
    """Return one engine for all runs of a process: its compiled statements are used again."""
    return dialect_of(url).engine(url)


@dataclass(slots=True)
class _Poll:
    """A long poll that waits."""

    ask: Ask
    town: str
    reply: Reply


class Centre:
    """One hub process over a database file of the run; without power nobody is answered."""

    def __init__(
        self, begin: Prepared, folder: Path, timeline: Timeline, told: Callable[[str], None]
    ) -> None:
        self.points = Points()
        self.met = Met()
        self._told = told
        self.up = True
        self._keys = begin.keys
        self._folder = folder
        self._timeline = timeline
        self._polls: dict[str, _Poll] = {}
        self._towns = {each.token: each.place.town for each in begin.sites}
        self._due: set[str] = set()
        self._copy = b""
        self._halves: list[str] = []
        (folder / HUB_FILE).write_bytes(begin.hub)
        self.doors = self._opened()

    @property
    def defects(self) -> list[str]:
        """What its commits have shown to be wrong."""
        return self._halves + _ours(self.hub.office.database).halves

    @property
    def hub(self) -> Hub:
        """The hub as it runs now."""
        return self.doors.hub

    def _opened(self) -> Doors:
        database = _Database(f"sqlite:///{self._folder / HUB_FILE}", self.points)
        photos = self._folder / "photos"
        hub = Hub(Office(database, self._keys, lambda: self._timeline.now, photos))
        return Doors(hub, self.ring)

    def lose_power(self, for_ms: int) -> None:
        """Stop at once; everybody who waits finds the line dead. Starts again by itself."""
        if self.up:
            self._leave()
            self._timeline.after(for_ms, self._start)

    def keep_copy(self) -> None:
        """Take a backup, the hub being at rest, and go on."""
        if self.up:
            self._leave()
            self._copy = (self._folder / HUB_FILE).read_bytes()
            self._start()

    def put_back(self, for_ms: int) -> bool:
        """Put the copy back, say so as `hub restore` does, start after a while; False without."""
        if not self.up or not self._copy:
            return False
        self._leave()
        (self._folder / HUB_FILE).write_bytes(self._copy)
        for tail in ("-wal", "-shm"):
            (self._folder / f"{HUB_FILE}{tail}").unlink(missing_ok=True)
        self._timeline.after(for_ms, self._restored)
        return True

    def _leave(self) -> None:
        self.up = False
        waiting, self._polls = self._polls, {}
        for poll in waiting.values():
            poll.reply(Offline("中心断电"))
        self._halves += _ours(self.hub.office.database).halves
        self.hub.close()

    def _start(self) -> None:
        self.doors = self._opened()
        self.up = True

    def _restored(self) -> None:
        self._start()
        office = self.hub.office
        super(_Database, _ours(office.database)).write(
            lambda connection: begin_anew(office, connection)
        )

    def take(self, ask: Ask, token: str, reply: Reply) -> None:
        """Answer a request that has arrived; a long poll waits for news."""
        found = self._answered(ask, token)
        if isinstance(found, Exception):
            self._timeline.after(_REFUSED_MS, lambda: reply(found))
            return
        older = self._polls.pop(token, None) if ask.path == "/v1/pull" else None
        if older is not None:
            self._end(older, token)
        if ask.wait_s > 0 and not _news(found):
            poll = _Poll(ask, self._towns[token], reply)
            self._polls[token] = poll
            wait = min(ask.wait_s, LONGEST_WAIT_S)
            self._timeline.after(int(wait * 1000), lambda: self._over(token, poll))
            return
        reply(found)

    def work(self, job: Callable[[Hub], T], for_ms: int) -> T | None:
        """Do what no site has asked for (a field door); None when the power is or goes off."""
        if not self.up:
            return None
        try:
            return job(self.hub)
        except PowerCut as cut:
            self._cut(cut, for_ms)
            return None

    def ring(self, town: str) -> None:
        """Wake those who wait for a town, a moment later."""
        if town not in self._due:
            self._due.add(town)
            self._timeline.after(int(DEBOUNCE_S * 1000), lambda: self._wake(town))

    def _wake(self, town: str) -> None:
        self._due.discard(town)
        for token, poll in list(self._polls.items()):
            if poll.town != town or self._polls.get(token) is not poll:
                continue
            found = self._answered(poll.ask, token)
            if self._polls.get(token) is poll and (isinstance(found, Exception) or _news(found)):
                del self._polls[token]
                poll.reply(found)

    def _over(self, token: str, poll: _Poll) -> None:
        if self._polls.get(token) is poll:
            del self._polls[token]
            self._end(poll, token)

    def _end(self, poll: _Poll, token: str) -> None:
        poll.reply(self._answered(poll.ask, token))

    def _answered(self, ask: Ask, token: str) -> Answer | Exception:
        if not self.up:
            return Offline("中心不通")
        try:
            return self.doors.answer(ask, token)
        except PowerCut as cut:
            self._cut(cut, _OFF_MS)
            return Offline("中心断电")

    def _cut(self, cut: PowerCut, for_ms: int) -> None:
        self.met.add("hub power", mattered=cut.within)
        self._told(f"断电（{cut}）")
        self.lose_power(for_ms)


_OFF_MS: Final = 8_000


def _news(answer: Answer) -> bool:
    if answer.status != 200:
        return True
    packed = answer.headers.get("content-encoding") == "zstd"
    found = decode(answer.body, PullAnswer, "pull", packed=packed)
    return is_news(found, found) or any(page.digest for page in found.towns.values())
