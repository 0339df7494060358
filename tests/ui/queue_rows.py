"""Made-up rows of the queue and a desk that answers at once, for tests, bench and pictures."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace

from dispatch.desk.views import (
    Changes,
    ItemChoice,
    QueueRow,
    Strip,
    WorkerRow,
)
from dispatch.desk.views_tray import Exceptional
from dispatch.domain.codes import STAGE_OF, Priority, Stage, State
from dispatch.domain.command import Command
from dispatch.domain.errors import Refused
from dispatch.domain.sla import Limit

NOW = 1_763_706_728_000  # 2025-11-21 14:32:08 in the town
MINUTE = 60_000


def row(number: int, left_s: int = 3600, **changes: object) -> QueueRow:
    """Return a row with so many seconds left; the limit turns yellow 15 minutes before its end."""
    state = changes.get("state", State.FILED)
    assert isinstance(state, State)
    due = NOW + left_s * 1000
    stage = STAGE_OF.get(state, Stage.DISPATCH)
    made = QueueRow(
        id=f"id-{number:06d}",
        number=f"HL-20251121-{number:04d}",
        state=State.FILED,
        priority=Priority.P2,
        item="0801",
        item_name="消防车通道占用",
        place="恒泉 水边路口",
        grid="441900106201003",
        grid_name="恒泉 02",
        village="441900106201",
        unit="",
        unit_name="",
        lon=113.96,
        lat=23.04,
        reported_at=NOW - (number % 50 + 1) * MINUTE,
        clock=Limit(stage, due - 75 * MINUTE, due - 15 * MINUTE, due),
        contested=False,
        unsent=0,
        photos=0,
        merged=0,
        rework=0,
        waiting=(),
        version="v1",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def answered(value: object) -> Future[object]:
    """Return a future that is done."""
    future: Future[object] = Future()
    future.set_result(value)
    return future


@dataclass(frozen=True, slots=True)
class DoneThing:
    """What an act answers."""

    incident: str
    version: str


STRIP = Strip(
    town="441900106",
    town_name="横沥镇",
    level="town",
    shift="白班 08:00-20:00",
    chief="陈国强",
    account="dispatcher1",
    person="李婉仪",
    role="dispatcher",
    synthetic=True,
    unsent=0,
    oldest_unsent_at=None,
    last_contact_at=NOW - 2000,
    hub_word="ok",
)


class SmallDesk:
    """Answers at once from a dictionary; `touch` does what the writer does after a commit."""

    def __init__(self, *rows: QueueRow) -> None:
        self.kept = {each.id: each for each in rows}
        self.ended: dict[str, QueueRow] = {}
        self.acts: list[Command] = []
        self.refuse: Refused | None = None
        self.now_strip = STRIP
        self.lines: tuple[Exceptional, ...] = ()
        self.people: tuple[WorkerRow, ...] = ()
        self._callbacks: list[Callable[[Changes], None]] = []

    def rows(self, ids: frozenset[str] | None = None) -> Future[tuple[QueueRow, ...]]:
        known = self.kept | self.ended
        found = self.kept.values() if ids is None else (known[i] for i in ids if i in known)
        return answered(tuple(found))  # type: ignore[return-value]

    def search(self, text: str, limit: int = 50) -> Future[tuple[QueueRow, ...]]:
        known = (self.kept | self.ended).values()
        return answered(tuple(r for r in known if text in r.place)[:limit])  # type: ignore[return-value]

    def items(self, text: str) -> Future[tuple[ItemChoice, ...]]:
        found = ItemChoice("0802", "私拉乱接", "消防", "消防", Priority.P2, "M1")
        return answered((found,) if text == "sllj" else ())  # type: ignore[return-value]

    def find(self, text: str) -> Future[str]:
        hits = [each.id for each in self.kept.values() if each.number.endswith(text)]
        if len(hits) == 1:
            return answered(hits[0])  # type: ignore[return-value]
        return failed(Refused("unknown_incident", text=text))  # type: ignore[return-value]

    def act(self, command: Command, /) -> Future[DoneThing]:
        self.acts.append(command)
        if self.refuse is not None:
            return failed(self.refuse)  # type: ignore[return-value]
        return answered(DoneThing(command.incident, "v2"))  # type: ignore[return-value]

    def strip(self) -> Future[Strip]:
        return answered(self.now_strip)  # type: ignore[return-value]

    def exceptions(self) -> Future[tuple[Exceptional, ...]]:
        return answered(self.lines)  # type: ignore[return-value]

    def workers(self) -> Future[tuple[WorkerRow, ...]]:
        return answered(self.people)  # type: ignore[return-value]

    def subscribe(self, callback: Callable[[Changes], None]) -> None:
        self._callbacks.append(callback)

    def put(self, *rows: QueueRow) -> None:
        """Keep new or changed rows and tell of it."""
        for each in rows:
            self.kept[each.id] = each
        self.tell(Changes(incidents=frozenset(each.id for each in rows)))

    def end(self, row_id: str) -> None:
        """Close one and tell of it."""
        self.ended[row_id] = replace(self.kept.pop(row_id), state=State.CLOSED, version="v9")
        self.tell(Changes(incidents=frozenset({row_id})))

    def tell(self, changes: Changes) -> None:
        """Do what the writer does after a commit."""
        for callback in self._callbacks:
            callback(changes)


def failed(error: Exception) -> Future[object]:
    """Return a future that failed."""
    future: Future[object] = Future()
    future.set_exception(error)
    return future
