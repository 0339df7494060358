"""What log-ins and shifts say: one frozen shape per type of event."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.domain.bodies import Body
from dispatch.domain.codes import LineKind, SignPart


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedIn(Body):
    """A session's first event: who, as what, checked online or against the kept table."""

    node: str
    roles: tuple[str, ...]
    offline: bool
    accounts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedOut(Body):
    """A session's last event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftOn(Body):
    """A person takes a seat in a shift."""

    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftOff(Body):
    """A person leaves the shift."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIssued(Body):
    """A shift report was made: SHA-256 of its figures, provisional or final, its revision.

    `content`: SHA-256 of its printed numbers alone, so that a second print of the same numbers
    is the same report; empty where it was not written down.
    """

    figures: str
    from_at: int
    to_at: int
    revision: int
    provisional: bool
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsTicked(Body):
    """The in-coming chief has gone through these lines of the hand-over list; `to`: the shift."""

    items: tuple[str, ...]
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicksWithdrawn(Body):
    """Lines that were ticked by mistake."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSigned(Body):
    """A signature: this person, in the event's own log-in, under the report with these figures."""

    part: SignPart
    figures: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWritten(Body):
    """A line of the shift's log; the text is sealed. `due`: UTC milliseconds, of a promise."""

    kind: LineKind
    incident: str = ""
    due: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseKept(Body):
    """A promise made to a caller is kept; `promise` is the hash of its line."""

    promise: str
