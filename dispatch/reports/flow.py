"""Page 2: the stock at both ends of the shift and every movement between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from dispatch.domain.calendar import HOUR
from dispatch.domain.codes import Priority, Source
from dispatch.reports.figure import Figure, count, rate
from dispatch.reports.kpi import ON_TIME, counting
from dispatch.reports.walk import Case, Standing, Step, Walk

S = Standing
BINS: Final = 24
"""At most so many spans of time on the hourly chart."""


@dataclass(frozen=True, slots=True)
class Row:
    """A movement: its name, +1 into the stock or -1 out of it, and the steps it counts."""

    name: str
    sign: int
    before: frozenset[Standing]
    after: frozenset[Standing]

    def counts(self, step: Step) -> bool:
        """Return whether a step is such a movement."""
        return step.before in self.before and step.after in self.after


def _set(*standings: Standing) -> frozenset[Standing]:
    return frozenset(standings)


_HERE: Final = _set(S.OPEN, S.CLOSED, S.VOID, S.MERGED)
_FROM: Final = _set(S.OPEN, S.ABSENT)
"""What is already ended when it is first known comes in and goes out at once."""

ROWS: Final[dict[str, Row]] = {
    "new": Row("新上报", 1, _set(S.ABSENT), _HERE),
    "reopened": Row("重开", 1, _set(S.CLOSED), _set(S.OPEN)),
    "restored": Row("恢复", 1, _set(S.VOID), _set(S.OPEN)),
    "split": Row("拆分", 1, _set(S.MERGED), _set(S.OPEN)),
    "moved_in": Row("转入", 1, _set(S.ELSEWHERE), _set(S.OPEN)),
    "closed": Row("结案", -1, _FROM, _set(S.CLOSED)),
    "voided": Row("作废", -1, _FROM, _set(S.VOID)),
    "merged": Row("并案", -1, _FROM, _set(S.MERGED)),
    "moved_out": Row("转出", -1, _set(S.OPEN), _set(S.ELSEWHERE)),
}
"""Every way into and out of the stock; a step that is none of these does not touch it."""

PRIORITIES: Final = (Priority.P1, Priority.P2, Priority.P3, None)
SOURCES: Final = (
    Source.WORKER,
    Source.CITIZEN,
    Source.HOTLINE,
    Source.PATROL,
    Source.STATION,
    Source.POLICE,
    Source.CITY,
    Source.RESIDENCY,
    Source.DEPARTMENT,
    None,
)
Keep = Callable[[Case], bool]


def everything(_: Case) -> bool:
    """Keep every case."""
    return True


def of_priority(priority: Priority | None) -> Keep:
    """Keep the cases that have this priority at the cut."""
    return lambda case: (case.now.priority if case.now else None) is priority


def of_source(source: Source | None) -> Keep:
    """Keep the cases that came from this source."""
    return lambda case: (case.now.source if case.now else None) is source


def opening(walk: Walk, keep: Keep) -> Iterator[str]:
    """Ids in the stock when the shift began."""
    return (case.id for case in walk.cases if case.began is S.OPEN and keep(case))


def closing(walk: Walk, keep: Keep) -> Iterator[str]:
    """Ids in the stock at the cut."""
    return (case.id for case in walk.cases if case.stands is S.OPEN and keep(case))


def moved(walk: Walk, row: str, keep: Keep, span: tuple[int, int] | None = None) -> Iterator[str]:
    """Ids once for each movement of a row, in a span of time or the whole shift."""
    for case in walk.cases:
        if keep(case):
            for step in case.steps:
                if ROWS[row].counts(step) and (span is None or span[0] <= step.at < span[1]):
                    yield case.id


def totals(walk: Walk) -> Iterator[Figure]:
    """Stock and movements of all cases, and children that ended with their master."""
    yield from _flow(walk, "all", everything)
    also = [
        case.id
        for case in walk.cases
        for step in case.steps
        if step.before is S.MERGED and step.after is S.CLOSED
    ]
    yield count("flow.closed_with_master", "子案随主案结案", also)


def by_priority(walk: Walk) -> Iterator[Figure]:
    """The same for each priority."""
    for priority in PRIORITIES:
        yield from _flow(walk, priority or "none", of_priority(priority))


def _flow(walk: Walk, group: str, keep: Keep) -> Iterator[Figure]:
    yield count(f"flow.opening.{group}", "接班存量", opening(walk, keep))
    for row, what in ROWS.items():
        yield count(f"flow.{row}.{group}", what.name, moved(walk, row, keep))
    yield count(f"flow.closing.{group}", "交班存量", closing(walk, keep))


def by_source(walk: Walk) -> Iterator[Figure]:
    """Per source: new, its share, closed, disposed on time of those due."""
    for source in SOURCES:
        keep, group = of_source(source), source or "none"
        new = list(moved(walk, "new", keep))
        yield count(f"source.new.{group}", "新上报", new)
        yield rate(f"source.share.{group}", "占比", new, moved(walk, "new", everything))
        yield count(f"source.closed.{group}", "结案", moved(walk, "closed", keep))
        on_time = walk.given.measure(ON_TIME)
        yield counting(walk, keep).figure(on_time, f"source.on_time.{group}")


def spans(walk: Walk) -> tuple[tuple[int, int], ...]:
    """The shift cut into hours from its beginning; into longer spans when it is long."""
    end = walk.given.shift.to_at
    width = HOUR * max(1, -(-(end - walk.from_at) // (HOUR * BINS)))
    return tuple((at, min(at + width, end)) for at in range(walk.from_at, end, width))


def by_hour(walk: Walk) -> Iterator[Figure]:
    """Per span: new, closed and the stock at its end; spans after the cut have none."""
    stock = len(list(opening(walk, everything)))
    for index, span in enumerate(spans(walk)):
        yield count(f"hour.new.{index:02d}", "新上报", moved(walk, "new", everything, span))
        yield count(f"hour.closed.{index:02d}", "结案", moved(walk, "closed", everything, span))
        stock += _change(walk, span)
        told = stock if span[0] < walk.cut else None
        yield Figure(id=f"hour.stock.{index:02d}", name="未结存量", form="count", value=told)


def _change(walk: Walk, span: tuple[int, int]) -> int:
    return sum(
        what.sign * len(list(moved(walk, row, everything, span))) for row, what in ROWS.items()
    )


def balances(figures: Iterable[Figure], group: str) -> bool:
    """Return whether the printed rows of a group add up to its closing stock."""
    told = {each.id: each.value for each in figures if each.value is not None}
    stock = told[f"flow.opening.{group}"]
    for row, what in ROWS.items():
        stock += what.sign * told[f"flow.{row}.{group}"]
    return stock == told[f"flow.closing.{group}"]
