"""What events say of self-handling, extension, supervision, instruction and record-only."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.domain.bodies import Answered, Body
from dispatch.domain.codes import BulletinPart, Channel, Supervision
from dispatch.domain.sla import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfHandled(Body):
    """T2: who found it has dealt with it. Its photos are those of after; measure is sealed."""

    photos_missing: int = 0
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfHandlingRefused(Body):
    """T2, not accepted in the review: void."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionAsked(Body):
    """T11, asked: so many days, working ones unless `natural`; `until` is the end asked for.

    UTC milliseconds. `nth`: the how manieth of this incident it would be, from 1.
    """

    days: int
    natural: bool
    until: int
    nth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionEndorsed(Body):
    """T11: the chief agrees, the leader has yet to; `request` is the hash of what was asked."""

    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionGranted(Answered):
    """T11, granted. `was_due`: the end of the disposal that it replaces, UTC milliseconds."""

    was_due: int
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervised(Body):
    """T15: to be answered by `answer_by`, UTC milliseconds. `city`: it comes from the city."""

    level: Supervision
    answer_by: int
    points: int
    city: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionReplied(Body):
    """T15, answered; `card` is the hash of the supervision. The text is sealed."""

    card: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionCancelled(Body):
    """T15, taken back; `card` is the hash of the supervision."""

    card: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructed(Body):
    """T16. The words, and who passes them on, are sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Informed(Body):
    """T34, an information report: the how manieth follow-up (`nth`, else 0), how it was given.

    `due` is the end of the clock that it answers, UTC milliseconds; None where none ran. The
    text is sealed.
    """

    part: BulletinPart
    way: Channel
    nth: int
    due: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedOnly(Body):
    """T29: for information; nobody has to act."""

    archive_no: str
