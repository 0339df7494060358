"""What events of a joint order (联合处置, T14) and its sub-orders say in the open."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.domain.bodies import Body
from dispatch.domain.codes import ReturnReason
from dispatch.domain.sla import Limit


@dataclass(frozen=True, slots=True)
class SubOrder:
    """What one assisting unit is to do, with limits of its own (sign-in, disposal)."""

    unit: str
    order_no: str
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JointOrdered(Body):
    """T14: `unit` leads; `orders` go to the assisting units beside those that they have.

    `order_no` is set where the lead changes hands, `from_unit` and `held_ms` then tell who had
    it how long. `assists` are all units that assist now. `whistle`: signing for one of these
    orders is an answer with its four facts, due at the end of its sign-in limit.
    """

    unit: str
    assists: tuple[str, ...]
    orders: tuple[SubOrder, ...]
    order_no: str | None = None
    from_unit: str | None = None
    held_ms: int = 0
    whistle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfSub(Body):
    """A fact about the sub-order of the unit `sub`."""

    sub: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubSigned(OfSub):
    """The assisting unit has it. Person in charge and phone are sealed.

    The answer to a whistle: taken on at `accepted_at`, to be done by `promised`, UTC milliseconds;
    with whom it was talked over and the measure are sealed.
    """

    accepted_at: int | None = None
    promised: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubArrived(OfSub):
    """The assisting unit is there, UTC milliseconds."""

    sub_arrived_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubFedBack(OfSub):
    """The assisting unit has done its part. Measure and result are sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubReturned(OfSub):
    """The assisting unit gives its part back; the chief excuses it or asks another."""

    why: ReturnReason
    propose: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubExcused(OfSub):
    """The chief lets an assisting unit off."""
