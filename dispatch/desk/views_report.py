"""What is shown beside a report while it is being written; a period's charts and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.desk.views import Near, Spans, UnitAdvice
from dispatch.domain.codes import Priority, Stage
from dispatch.domain.guide import NO_GUIDE, Guide
from dispatch.domain.sla import Limit, Span
from dispatch.reports.shift_input import Variant


@dataclass(frozen=True, slots=True)
class ReportProposal:
    """What a report that is being written would bring.

    `unit` is the one responsible, None when the town has none; `station` that of the village at
    the point, None without one; `priority` is the item's own.
    `limits` count as if it were reported, filed and dispatched now. `calendar_missing` are years
    whose working days the calendar does not know.
    """

    item: str
    unit: UnitAdvice | None
    station: UnitAdvice | None
    priority: Priority
    sla: str
    working: bool
    spans: Spans
    limits: tuple[Limit, ...]
    duplicates: tuple[Near, ...]
    calendar_missing: tuple[int, ...]
    guide: Guide = NO_GUIDE

    def span(self, stage: Stage) -> Span | None:
        """Return how long a stage may take."""
        return next((span for each, span in self.spans if each is stage), None)

    def due(self, stage: Stage) -> int | None:
        """Return when a stage would be over."""
        return next((limit.due for limit in self.limits if limit.stage is stage), None)


@dataclass(frozen=True, slots=True)
class ShiftCharts:
    """Series per hour of the shift: new, closed, backlog at the hour's end, on-time, disposed."""

    hours: tuple[int, ...]
    new: tuple[int, ...]
    closed: tuple[int, ...]
    backlog: tuple[int, ...]
    on_time: tuple[int, ...]
    disposed: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Which report is wanted: its kind and its span [from_at, to_at), UTC milliseconds.

    `name` and `items` are a special report's. `beside`: what a day, week or month is compared
    with: `before` (环比), `year` (同比).
    """

    variant: Variant
    from_at: int
    to_at: int
    name: str = ""
    items: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset({"before", "year"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A printed number with the incidents behind it, each once.

    `family` is the first part of its id; `group` names what of it is counted, a code for
    priorities and sources. `ratio` stands beside a rate; `whole` are those of its denominator.
    """

    id: str
    family: str
    name: str
    group: str
    text: str
    ratio: str = ""
    incidents: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a period that have a list, counted up to `cut` (UTC milliseconds)."""

    cut: int
    numbers: tuple[Number, ...]
