"""A site in a run: the real store and the real exchange, its lanes driven in virtual time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from dispatch.acts.perform import perform
from dispatch.domain.command import Command
from dispatch.domain.errors import Offline, StoreError, ZhiwangError
from dispatch.domain.event import Event
from dispatch.drill.faults.acts import somebody
from dispatch.drill.faults.disk import Disk, ModelStore
from dispatch.drill.faults.line import WireLine
from dispatch.drill.faults.points import Points, PowerCut
from dispatch.drill.faults.prepared import Enrolled
from dispatch.drill.faults.timeline import Timeline
from dispatch.store.changes import Changes
from dispatch.store.engine import DiskFull
from dispatch.store.identity import SiteIdentity
from dispatch.store.prepared import execute
from dispatch.store.reader import Reader
from dispatch.sync.driver import Line
from dispatch.sync.exchange import Exchange
from dispatch.sync.hands import Hands
from dispatch.sync.link import HubLink
from dispatch.sync.loop import AFTER_DEFECT_S
from dispatch.sync.once import VERSION
from dispatch.sync.ops import (
    AddPart,
    Answer,
    Apply,
    Ask,
    CheckRoom,
    KeepPart,
    KeepPhoto,
    LoadPhoto,
    Nudge,
    Op,
    Read,
    Rest,
    Steps,
)

Told = Callable[[str], None]
_OP_MS: Final = 3
_MAY_FAIL: Final = (Apply, CheckRoom, LoadPhoto, KeepPhoto, AddPart, KeepPart)
"""What may find a page that does not fit, no room, or a photo that is not here."""


@dataclass(slots=True)
class Lane:
    """One lane as `sync.loop` runs it: a latched call ends its rest unless that is deaf."""

    name: str
    begin: Callable[[], Steps]
    steps: Steps | None = None
    called: bool = False
    resting: object | None = None
    deaf: bool = False


@dataclass(slots=True)
class Parts:
    """What a site stands on in a run."""

    timeline: Timeline
    line: WireLine
    disk: Disk
    points: Points
    random: random.Random


@dataclass(slots=True)
class Memory:
    """What a run remembers of a site beside its store."""

    acked: list[Event] = field(default_factory=list)
    photos: list[tuple[str, Event]] = field(default_factory=list)
    """Each with the event that speaks of it."""
    defects: list[str] = field(default_factory=list)
    cuts: int = 0


class Station:
    """One site. `told` gets a line of the run's story."""

    def __init__(self, enrolled: Enrolled, hub_key: bytes, parts: Parts, told: Told) -> None:
        self.place = enrolled.place
        self.parts = parts
        self.memory = Memory()
        self.skew = 0
        self.up = False
        self._told = told
        self._hub_key = hub_key
        self._epoch = 0
        self._identity: SiteIdentity = enrolled.identity
        self._idle = Line(HubLink("https://hub", "", hub_key))
        self.lanes: dict[str, Lane] = {}
        self.store: ModelStore
        self.exchange: Exchange

    def start(self) -> None:
        """Open the store and begin the lanes."""
        self.store = self.parts.disk.open(self._identity)
        self._check_cursor()
        self.store.committed = self._check_cursor
        self.exchange = Exchange(self.place.town, self._hub_key, VERSION, self.parts.random.random)
        self.lanes = {
            "talk": Lane("talk", self.exchange.talking),
            "poll": Lane("poll", self.exchange.polling),
            "photos": Lane("photos", self.exchange.photographing),
        }
        self._hands = Hands(self.store, self._idle, between=self.parts.disk.note)
        self.store.subscribe(self._changed)
        self.up = True
        for lane in self.lanes.values():
            self._begin(lane)

    def stop(self) -> None:
        """End the run for this site."""
        if self.up:
            self._leave()
            self.store.close()
        self._idle.close()

    def lose_power(self, for_ms: int) -> None:
        """Stop at once, lose what was not synced, start again after a while."""
        if not self.up:
            return
        self.memory.cuts += 1
        self._leave()
        self.parts.disk.lose_power(self.store)
        self.parts.timeline.after(for_ms, self._wake)

    def keep_copy(self) -> None:
        """Take a backup and go on."""
        if self.up:
            self._leave()
            self.parts.disk.keep_copy(self.store)
            self.start()

    def put_back(self, for_ms: int) -> bool:
        """Put the copy back in place of the store; False when there is none."""
        if not self.up:
            return False
        self._leave()
        self.store.close()
        found = self.parts.disk.put_back()
        self.parts.timeline.after(for_ms, self._wake)
        return found

    def act(self, command: Command) -> tuple[Event, ...] | str:
        """Do an act at this seat; return its events once they are saved, or why there are none."""
        if not self.up:
            return "站点停着"
        now = self.parts.timeline.now + self.skew
        by = somebody(self.place)
        before = self._own() if self.parts.disk.full() else 0
        try:
            events = self.store.write(lambda log: perform(log, command, by, now)).result()
        except PowerCut as cut:
            self._cut(cut)
            return "保存前后断电"
        except DiskFull as full:
            self._undone(before)
            return str(full)
        except ZhiwangError as refused:
            return str(refused)
        self.parts.disk.note()
        self.memory.acked += events
        self.memory.photos += [(sha256, each) for each in events for sha256 in each.blobs]
        return events

    def fill(self, free: int) -> None:
        """Leave so many bytes on the disk."""
        if self.up:
            self.parts.disk.fill(self.store, free)

    def clear(self) -> None:
        """Make room on the disk again."""
        self.parts.disk.clear(self.store if self.up else None)

    def _own(self) -> int:
        count = "SELECT count(*) FROM event"
        look = partial(_scalar, count)
        return self.store.read(look).result()

    def _undone(self, before: int) -> None:
        """Of an act that found no room nothing is stored."""
        self.parts.line.centre.met.mattered["full"] += 1
        if self._own() != before:
            self.memory.defects.append(f"I4 {self.place.name}: 磁盘满时存了半个操作")

    def nudge(self, name: str) -> None:
        """End a lane's rest, or have its next one be none."""
        lane = self.lanes.get(name)
        if lane is None:
            return
        lane.called = True
        if lane.resting is not None and not lane.deaf:
            self._rested(lane, lane.resting)

    # Inside.

    def _wake(self) -> None:
        if not self.up:
            self.start()

    def _leave(self) -> None:
        self.up = False
        self._epoch += 1
        for lane in self.lanes.values():
            if lane.steps is not None:
                lane.steps.close()
            lane.steps = lane.resting = None
        self.lanes = {}

    def behind(self, head: int) -> bool:
        """Whether anything is unsent here, or the town's last number has not come yet."""

        def look(reader: Reader) -> bool:
            return reader.unsent().count > 0 or reader.cursor(self.place.town).seq != head

        return self.store.read(look).result()

    def _cut(self, cut: PowerCut) -> None:
        self.parts.line.centre.met.add("power", mattered=cut.within)
        self._told(f"断电（{cut}）")
        self.lose_power(self.parts.random.randint(500, 20_000))

    def _changed(self, changes: Changes) -> None:
        if changes.sync:
            # In the writer's thread, which the run waits for: arranged, not done.
            for lane in ("talk", "photos"):
                self.parts.timeline.after(0, partial(self.nudge, lane))

    def _check_cursor(self) -> None:
        """I5: what the cursor has passed is stored."""
        problem = self.store.read(lambda reader: cursor_problem(reader.connection)).result()
        if problem:
            self.memory.defects.append(f"I5 {self.place.name}: {problem}")

    def _begin(self, lane: Lane) -> None:
        lane.steps = lane.begin()
        self._later(lane, None, None)

    def _later(self, lane: Lane, answer: Any, failure: Exception | None) -> None:
        # Any: each op's own answer
        epoch = self._epoch
        wait = self.parts.random.randint(0, _OP_MS)
        self.parts.timeline.after(wait, lambda: self._go(lane, epoch, answer, failure))

    def _go(self, lane: Lane, epoch: int, answer: Any, failure: Exception | None) -> None:
        # Any: each op's own answer
        steps = lane.steps
        if epoch != self._epoch or steps is None:
            return
        try:
            op = steps.throw(failure) if failure else steps.send(answer)
        except Offline:
            self._begin(lane)
            return
        except (ZhiwangError, StopIteration) as defect:
            if not isinstance(defect, DiskFull):
                self.memory.defects.append(f"{self.place.name} {lane.name}: {defect!r}")
            self.parts.timeline.after(int(AFTER_DEFECT_S * 1000), lambda: self._again(lane, epoch))
            return
        self._do(lane, op)

    def _again(self, lane: Lane, epoch: int) -> None:
        if epoch == self._epoch:
            self._begin(lane)

    def _do(self, lane: Lane, op: Op) -> None:
        match op:
            case Ask():
                begin, epoch = self.parts.timeline.now, self._epoch
                self.parts.line.send(op, lambda found: self._answered(lane, epoch, begin, found))
            case Rest():
                self._rest(lane, op)
            case Nudge(lane=name):
                self.nudge(name)
                self._later(lane, None, None)
            case _:
                self._at_store(lane, op)

    def _at_store(self, lane: Lane, op: Op) -> None:
        answer, failure = None, None
        try:
            answer = self._hands.do(op)
        except PowerCut as cut:
            self._cut(cut)
            return
        except ZhiwangError as error:
            failure = error
            # A page that does not fit is refused and asked for again; if for ever, I6 tells.
            if isinstance(error, DiskFull):
                self.parts.line.centre.met.mattered["full"] += 1
            elif isinstance(error, StoreError) and not isinstance(op, _MAY_FAIL):
                self.memory.defects.append(f"{self.place.name} {lane.name}: {error!r}")
        if not isinstance(op, Read):
            self.parts.disk.note()
        self._later(lane, answer, failure)

    def _answered(self, lane: Lane, epoch: int, begin: int, found: Answer | Exception) -> None:
        now = self.parts.timeline.now
        if isinstance(found, Exception):
            self._go(lane, epoch, None, found)
            return
        told = Answer(found.status, found.body, found.headers, now + self.skew, now - begin)
        self._go(lane, epoch, told, None)

    def _rest(self, lane: Lane, rest: Rest) -> None:
        if not rest.deaf and (lane.called or rest.seconds <= 0):
            lane.called = lane.called and rest.seconds <= 0
            self._later(lane, None, None)
            return
        mark = object()
        lane.resting, lane.deaf = mark, rest.deaf
        ms = int(rest.seconds * 1000)
        self.parts.timeline.after(ms, lambda: self._rested(lane, mark))

    def _rested(self, lane: Lane, mark: object) -> None:
        if lane.resting is not mark or lane.steps is None:
            return
        if not lane.deaf:
            lane.called = False
        lane.resting = None
        self._later(lane, None, None)


_PASSED: Final = """
SELECT seq,
  (SELECT count(*) FROM event e WHERE e.town = c.town AND e.seq <= c.seq)
  + (SELECT count(*) FROM gap g WHERE g.town = c.town AND g.seq <= c.seq),
  (SELECT count(*) FROM event e WHERE e.town = c.town AND e.seq > c.seq)
FROM cursor c
"""


def _scalar(sql: str, reader: Reader) -> int:
    return int(execute(reader.connection, sql).fetchone()[0])


def cursor_problem(connection: Any) -> str:  # Any: SQLAlchemy's connection
    """Return how events and gaps contradict the cursor; nothing when they do not."""
    for seq, stored, beyond in execute(connection, _PASSED).fetchall():
        if stored != seq or beyond:
            return f"游标 {seq}，其内有 {stored} 件，其外有 {beyond} 件"
    return ""
