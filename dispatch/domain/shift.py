"""A shift: when it runs, and its fold: who is on, what was ticked, issued, signed, written down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from dispatch.domain.bodies_shift import (
    HandoverSigned,
    ItemsTicked,
    LineWritten,
    PromiseKept,
    ReportIssued,
    ShiftOff,
    ShiftOn,
    TicksWithdrawn,
)
from dispatch.domain.calendar import HOUR, local
from dispatch.domain.codes import LineKind, SignPart
from dispatch.domain.errors import BadInput
from dispatch.domain.event import Event
from dispatch.domain.graph import Graph

DAY_BEGINS: Final = 8
NIGHT_BEGINS: Final = 20
LASTS_MS: Final = 12 * HOUR
_ID: Final = re.compile(r"(?P<scope>[^\s/]{1,40})-(?P<day>\d{8})-(?P<part>[DN])", re.ASCII)


def shift_of(scope: str, now: int) -> str:
    """Return the id of the shift that runs at `now`: day 08:00-20:00, night 20:00-08:00."""
    at = local(now)
    day = at.date() if at.hour >= DAY_BEGINS else local(now - DAY_BEGINS * HOUR).date()
    part = "D" if DAY_BEGINS <= at.hour < NIGHT_BEGINS else "N"
    return f"{scope}-{day:%Y%m%d}-{part}"


def span_of(shift: str) -> tuple[int, int]:
    """Return a shift's [from, to) in UTC milliseconds; what is no shift's id is a BadInput."""
    found = _ID.fullmatch(shift)
    try:
        day = datetime.strptime(found["day"] if found else "", "%Y%m%d").replace(tzinfo=UTC)
    except ValueError:
        raise BadInput("shift", f"“{shift[:60]}”不是班次（如 441900106-20261121-D）") from None
    hour = DAY_BEGINS if found and found["part"] == "D" else NIGHT_BEGINS
    # China has one zone and no summer time.
    begin = round((day + timedelta(hours=hour - 8)).timestamp() * 1000)
    return begin, begin + LASTS_MS


def scope_of(shift: str) -> str:
    """Return whose shift it is; what is no shift's id is a BadInput."""
    span_of(shift)
    return shift.rsplit("-", 2)[0]


def next_of(shift: str) -> str:
    """Return the shift after that one."""
    return shift_of(scope_of(shift), span_of(shift)[1])


def before(shift: str) -> str:
    """Return the shift before that one."""
    return shift_of(scope_of(shift), span_of(shift)[0] - 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the hand-over list that the in-coming chief went through; `at` UTC ms."""

    item: str
    by: str
    at: int
    to: str
    hash: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A report of this shift. `same`: what tells its numbers from another report's."""

    figures: str
    same: str
    revision: int
    provisional: bool
    at: int
    by: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed for which part under which figures; `at` UTC ms."""

    part: SignPart
    by: str
    role: str
    at: int
    figures: str
    hash: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log: its text lies sealed beside the event with that hash."""

    hash: str
    kind: LineKind
    by: str
    at: int
    incident: str = ""
    due: int | None = None
    kept_by: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift as its facts say; the same set of facts gives the same shift in any order.

    `present`: account to seat of who is on now; `worked`: everyone who ever was. `signed` holds
    every signature, those under an older report too: `signature` gives the one that counts.
    """

    present: Mapping[str, str] = field(default_factory=dict)
    worked: frozenset[str] = frozenset()
    ticks: Mapping[str, Tick] = field(default_factory=dict)
    reports: tuple[Issued, ...] = ()
    signed: tuple[Signature, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def report(self) -> Issued | None:
        """The report that is to be signed: the last one."""
        return self.reports[-1] if self.reports else None

    def is_of_report(self, figures: str) -> bool:
        """Return whether these figures are those of the last report, or of a print like it."""
        last = self.report
        return last is not None and any(
            each.figures == figures and each.same == last.same for each in self.reports
        )

    def content_of(self, figures: str) -> str:
        """Return what tells the numbers of the report with these figures; empty for no report."""
        return next((each.same for each in self.reports if each.figures == figures), "")

    def signature(self, part: SignPart) -> Signature | None:
        """Return the first signature for a part under the last report, None without one."""
        for each in self.signed:
            if each.part is part and self.is_of_report(each.figures):
                return each
        return None

    @property
    def handed_over(self) -> bool:
        """Two persons have signed one report, in and out; a later revision takes nothing back."""
        out = {(self.content_of(e.figures), e.by) for e in self.signed if e.part is SignPart.OUT}
        return any(
            content == mine and by != each.by
            for each in self.signed
            if each.part is SignPart.IN and (mine := self.content_of(each.figures))
            for content, by in out
        )

    def promises(self) -> tuple[Line, ...]:
        """Return the promises to callers that nobody has kept yet."""
        return tuple(
            each for each in self.lines if each.kind is LineKind.PROMISE and not each.kept_by
        )


def fold_shift(facts: Iterable[Event]) -> Shift:
    """Return the shift that these facts make.

    They are read so that each follows what its author had seen, ties by id: neither the order
    of arrival nor the hub's numbers nor a clock has a say.
    """
    unnumbered = (replace(each, seq=None, received_at=None, number=None) for each in facts)
    reading = _Reading()
    for event in Graph(unnumbered).facts:
        reading.take(event)
    return reading.shift()


class _Reading:
    """Collects a shift from its facts, one after another."""

    def __init__(self) -> None:
        self._present: dict[str, str] = {}
        self._worked: set[str] = set()
        self._ticks: dict[str, Tick] = {}
        self._reports: list[Issued] = []
        self._signed: list[Signature] = []
        self._lines: dict[str, Line] = {}
        self._kept: dict[str, str] = {}

    def take(self, event: Event) -> None:
        """Read one fact; a type of another kind says nothing here."""
        at, by = event.corrected_at, event.actor
        match event.body:
            case ShiftOn(seat=seat):
                self._present[by] = seat
                self._worked.add(by)
            case ShiftOff():
                self._present.pop(by, None)
            case ItemsTicked(items=items, to=to):
                for item in items:
                    self._ticks.setdefault(item, Tick(item, by, at, to, event.hash))
            case TicksWithdrawn(items=items):
                for item in items:
                    self._ticks.pop(item, None)
            case ReportIssued() as body:
                self._reports.append(
                    Issued(
                        figures=body.figures,
                        same=body.content or body.figures,
                        revision=body.revision,
                        provisional=body.provisional,
                        at=at,
                        by=by,
                    )
                )
            case HandoverSigned(part=part, figures=figures):
                self._signed.append(Signature(part, by, event.role, at, figures, event.hash))
            case LineWritten(kind=kind, incident=incident, due=due):
                self._lines[event.hash] = Line(event.hash, kind, by, at, incident, due)
            case PromiseKept(promise=promise):
                self._kept.setdefault(promise, by)

    def shift(self) -> Shift:
        """Return what was collected."""
        return Shift(
            present=self._present,
            worked=frozenset(self._worked),
            ticks=self._ticks,
            reports=tuple(self._reports),
            signed=tuple(self._signed),
            lines=tuple(
                replace(line, kept_by=self._kept.get(line.hash, ""))
                for line in self._lines.values()
            ),
        )
