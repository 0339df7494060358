"""What each type of event says in the open: one frozen shape per type.

A body's field that has the name of an incident's field sets that field (`fold`). None sets
nothing. Free text, names, phones and house numbers are never here: they are sealed.
"""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.domain.codes import (
    Channel,
    Finding,
    Priority,
    ReturnReason,
    Source,
    State,
)
from dispatch.domain.sla import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What every act may say: a reason code, and for whom it was recorded, told how."""

    reason: str = ""
    on_behalf: str | None = None
    told_by: Channel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sla:
    """An SLA profile as frozen into an incident: (stage, span) pairs like ("check", "4h")."""

    code: str
    working: bool
    spans: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter(Body):
    """The item an incident is, with everything the catalogue said of it at that time."""

    item: str | None = None
    klass: str | None = None
    department: str | None = None
    priority: Priority | None = None
    sla: Sla | None = None
    catalogue: str | None = None
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported(Matter):
    """T1. `found_at` is when it was seen; `temp` the number until the hub gives one."""

    source: Source
    lon: float
    lat: float
    grid: str
    village: str
    found_at: int
    temp: str
    photos_missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyAsked(Body):
    """T3, to the worker with this number."""

    worker: str
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified(Body):
    """T4."""

    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Matter):
    """T5: item, priority and profile are frozen; `rules` are the versions they came from."""

    organisation: str = ""
    calendar: str = ""
    by_station: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed(Body):
    """The chief has seen a P1 or P2 filing."""

    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Body):
    """A request for a refusal or a voiding (T6, T28): the reason is the request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Body):
    """An answer; `request` is the hash of what was asked."""

    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(Body):
    """An undo: the fact with the hash `undoes` no longer counts; the state is `to` again."""

    undoes: str
    to: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatched(Body):
    """T7."""

    unit: str
    assists: tuple[str, ...] = ()
    order_no: str
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed(Body):
    """T8. Person in charge and phone are sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Body):
    """T9. `held_ms` is how long the unit had it."""

    why: ReturnReason
    from_unit: str
    propose: str | None = None
    held_ms: int = 0
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassigned(Body):
    """T10. `held_ms` is how long the old unit had it."""

    unit: str
    from_unit: str
    order_no: str
    held_ms: int = 0
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldAsked(Body):
    """T12, asked: `review_at` in UTC milliseconds."""

    review_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldGranted(Answered):
    """T12, granted: `left_ms` of the disposal clock is kept, in the clock's own kind.

    None where no disposal clock ran.
    """

    left_ms: int | None = None
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Body):
    """T13."""

    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FedBack(Body):
    """T20. Measure and result are sealed; `closing` is the item's condition that is met.

    `unconfirmed` is that condition when nothing was said of it.
    """

    limits: tuple[Limit, ...] = ()
    closing: str = ""
    unconfirmed: str = ""
    photos_short: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed(Body):
    """T21. `drawn` is the sample draw 0..99 that `to` was decided by (below 10: call back)."""

    to: State
    drawn: int
    distance_m: int | None = None
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(Body):
    """T22: rework."""

    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected(Body):
    """What a worker found at the field door: evidence for T21, no change of state."""

    finding: Finding
    distance_m: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTried(Body):
    """A call-back that reached nobody."""

    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledBack(Body):
    """T23. `grade` 1 (very satisfied) to 5, None = could not be reached."""

    channel: Channel
    grade: int | None
    to: State
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Body):
    """The chief lets a dissatisfied call-back stand and goes on to the evaluation."""

    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Redone(Body):
    """T24."""

    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Body):
    """T25, or a child closed in its master's unit (`with_master`)."""

    on_time: bool
    archive_no: str
    score: int | None = None
    with_master: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Body):
    """T26."""

    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Body):
    """T27 on the child."""

    master: str
    distance_m: int
    apart_s: int
    same_item: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorbed(Body):
    """T27 on the master."""

    child: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Released(Body):
    """The split of a child, on its master: the absorption `undoes` no longer counts."""

    undoes: str
    child: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Matter):
    """T30. `old` holds (field, former value) of the open fields that were changed."""

    lon: float | None = None
    lat: float | None = None
    grid: str | None = None
    village: str | None = None
    old: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(Body):
    """T31, UTC milliseconds."""

    arrived_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Body):
    """T32. The text is sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved(Body):
    """T33: the facts that stand, those that do not, and the state that follows."""

    keep: tuple[str, ...]
    drop: tuple[str, ...]
    to: State


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitToldOff(Body):
    """After a double dispatch was decided: this unit is to stand down."""

    told_off: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOn(Body):
    """A worker begins duty, in this grid."""

    worker: str
    grid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOff(Body):
    """A worker ends duty."""

    worker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited(Body):
    """Something an auditor must see: a code and what it was about."""

    what: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(Body):
    """An event of a type or version this program does not know: kept, forwarded, not folded."""
