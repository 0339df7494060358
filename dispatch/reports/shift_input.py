"""What a shift report is made from: values only, nothing is opened or asked for here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dispatch.domain.calendar import WorkingCalendar
from dispatch.domain.codes import Level, SignPart
from dispatch.domain.cycle import DueObject
from dispatch.domain.errors import BadInput
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident
from dispatch.domain.measure import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose report it is. `centre` is the office's full name; `initials` begin the report's number.

    Without `initials` they are taken from the name's pinyin.
    """

    code: str
    name: str
    level: Level
    centre: str
    initials: str = ""


class Variant(StrEnum):
    """What kind of report it is."""

    SHIFT = "shift"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class ShiftSpan:
    """The shift by name (白班, 夜班) and its time [from_at, to_at), UTC milliseconds.

    Of another variant: the period by the report's name.
    """

    name: str
    from_at: int
    to_at: int
    variant: Variant = Variant.SHIFT


@dataclass(frozen=True, slots=True)
class SignedFor:
    """A signature: which part, whose, when (UTC ms), under a report whose numbers are `content`.

    It is printed on a report of the same numbers only (`Sheet.content`).
    """

    part: SignPart
    name: str
    at: int
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who had the shift, who takes it over; an unknown name is empty. `seats`: name and count."""

    account: str
    chief: str = ""
    leader: str = ""
    relief: str = ""
    seats: tuple[tuple[str, int], ...] = ()
    signed: tuple[SignedFor, ...] = ()


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker of the roster by number, with grid and village."""

    number: str
    grid: str
    village: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What was known: the town's last number, own events made, own events not yet at the hub."""

    town_seq: int
    own: int
    behind: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names by code; a code without a name is printed itself."""

    items: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    villages: Mapping[str, str] = field(default_factory=dict)
    grids: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def item(self, incident: Incident) -> str:
        """Return what an incident's item was called when it was filed; "" without an item."""
        code = incident.item or ""
        known = self.former.get(incident.catalogue or "", {})
        return known.get(code) or self.items.get(code, code)


@dataclass(frozen=True, slots=True)
class Plain:
    """An incident's words in clear, as far as they are known here."""

    place: str = field(default="", repr=False)
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Weather and orders of the shift; None is printed as "—"."""

    weather: str | None = None
    signal: str | None = None
    response: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A report of this shift that was issued before: its printed figures by id."""

    revision: int
    provisional: bool
    sha256: str
    printed: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Another period that this one is compared with: `before` or `year`, and what was on then.

    `known` is False where nothing is known of that time: its numbers are printed as "—".
    """

    key: str
    span: ShiftSpan
    incidents: tuple[Incident, ...]
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftInput:
    """Everything of one shift report. `printed_at` is UTC milliseconds.

    `incidents` are folded from every fact known here, also those of before and after the shift;
    what is unknown to them is unknown to the report. `measures` are the definitions in force.
    `records` are the events of other subjects (duty, shift, notices, checks, audit) from a day
    before the shift, its log from a week, checks from a month before it; `posts` the node of
    each account.
    `plain` by incident, and of promises by the hash of the log's line.
    By the town's orders among them and the `calendar` limits stand still.
    Of `items` alone where there are any (a special report). `synthetic` marks made-up data on
    every page. `objects` are those that are on a cycle, `grids` all of the scope, `tracked` those
    with a valid fix, each with the day.
    """

    scope: Scope
    shift: ShiftSpan
    people: People
    printed_at: int
    incidents: tuple[Incident, ...]
    basis: Basis
    measures: tuple[Measure, ...]
    calendar: WorkingCalendar
    plain: Mapping[str, Plain] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    conditions: Conditions = field(default_factory=Conditions)
    roster: tuple[Worker, ...] = ()
    records: tuple[Event, ...] = ()
    posts: Mapping[str, str] = field(default_factory=dict)
    items: frozenset[str] = frozenset()
    compared: tuple[Compared, ...] = ()
    synthetic: bool = False
    previous: Issue | None = None
    objects: tuple[DueObject, ...] = ()
    grids: tuple[str, ...] = ()
    tracked: frozenset[tuple[date, str]] = frozenset()

    def measure(self, id_: str) -> Measure:
        """Return a definition; a table without one the report needs is a BadInput."""
        found = next((each for each in self.measures if each.id == id_), None)
        if found is None:
            raise BadInput("指标", f"指标表中没有 {id_}")
        return found

    @property
    def cut(self) -> int:
        """Facts from this instant on do not count: the shift's end, or now while it lasts."""
        return min(self.shift.to_at, self.printed_at)
