"""Sub-orders of a joint order: what the facts make of them, whole or one more on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from dispatch.domain.bodies_joint import JointOrdered, OfSub, SubArrived, SubOrder, SubSigned
from dispatch.domain.codes import Stage, SubState
from dispatch.domain.event import Event
from dispatch.domain.graph import Graph
from dispatch.domain.sla import Limit

LEADS: Final = {
    "sub_signed": SubState.WORK,
    "sub_fed_back": SubState.DONE,
    "sub_returned": SubState.RETURNED,
    "sub_excused": SubState.EXCUSED,
}
"""What a fact about a sub-order makes of it; an arrival leaves it as it is."""
_FIRST: Final = (
    SubState.DONE,
    SubState.WORK,
    SubState.SENT,
    SubState.RETURNED,
    SubState.EXCUSED,
)
_RANK: Final = {state: rank for rank, state in enumerate(_FIRST)}
"""Of facts that did not see each other the further work stands."""
OVER: Final = frozenset({SubState.DONE, SubState.EXCUSED})
"""A sub-order that the lead need not wait for."""


@dataclass(frozen=True, slots=True)
class Sub:
    """One assisting unit's part. Times are UTC milliseconds; None: not yet.

    `whistle`: signing for it is an answer; `answer` is the hash of that event.
    """

    unit: str
    order_no: str
    state: SubState
    limits: tuple[Limit, ...]
    signed_at: int | None = None
    arrived_at: int | None = None
    ended_at: int | None = None
    whistle: bool = False
    accepted_at: int | None = None
    promised: int | None = None
    answer: str = ""

    @property
    def open(self) -> bool:
        """Whether the lead still waits for it; one that was given back is the chief's to settle."""
        return self.state not in OVER

    def clock(self) -> Limit | None:
        """Return the limit that runs, or None."""
        stage = {SubState.SENT: Stage.SIGN_IN, SubState.WORK: Stage.DISPOSAL}.get(self.state)
        return next((each for each in self.limits if each.stage is stage), None)


def subs(graph: Graph, alive: list[tuple[int, Event]]) -> tuple[Sub, ...]:
    """Return the sub-orders that the live facts make, by unit."""
    orders: dict[str, dict[int, SubOrder]] = {}
    for at, event in alive:
        if isinstance(event.body, JointOrdered):
            for order in event.body.orders:
                orders.setdefault(order.unit, {})[at] = order
    if not orders:
        return ()
    told: dict[str, list[int]] = {}
    for at, event in alive:
        if isinstance(event.body, OfSub):
            told.setdefault(event.body.sub, []).append(at)
    return tuple(_sub(graph, orders[unit], told.get(unit, ())) for unit in sorted(orders))


def _sub(graph: Graph, orders: dict[int, SubOrder], told: Iterable[int]) -> Sub:
    """What became of the last order to a unit: facts that had not seen it are of an earlier one."""
    last = graph.last(orders)
    shown = min((orders[at] for at in last), key=_urgency)
    heard = [at for at in told if any(graph.saw(at, order) for order in last)]
    whistle = any(_whistled(graph.facts[at]) for at in last)
    sub = Sub(shown.unit, shown.order_no, SubState.SENT, shown.limits, whistle=whistle)
    for at in heard:
        sub = _stamped(sub, graph.facts[at])
    ends = graph.last([at for at in heard if graph.facts[at].type in LEADS])
    if not ends:
        return sub
    fact = min((graph.facts[at] for at in ends), key=_furthest)
    return _led(sub, fact)


def _whistled(event: Event) -> bool:
    return isinstance(event.body, JointOrdered) and event.body.whistle


def _furthest(event: Event) -> tuple[int, str]:
    return _RANK[LEADS[event.type]], event.hash


def _urgency(order: SubOrder) -> tuple[object, ...]:
    """The earlier end stands; all that is in an order, so that equal ones are the same."""
    spans = tuple((each.due, each.stage, each.start, each.amber) for each in order.limits)
    ends = [each.due for each in order.limits if each.stage is Stage.DISPOSAL]
    return (ends, order.order_no, spans)


def _stamped(sub: Sub, event: Event) -> Sub:
    """The first signature and the first arrival count."""
    body = event.body
    if isinstance(body, SubSigned):
        return _answered(replace(sub, signed_at=min(event.at, sub.signed_at or event.at)), event)
    if isinstance(body, SubArrived):
        at = body.sub_arrived_at
        return replace(sub, arrived_at=min(at, sub.arrived_at or at))
    return sub


def _answered(sub: Sub, event: Event) -> Sub:
    """Of answers made apart the one with the earlier promise stands, then the smaller hash."""
    body = event.body
    if not isinstance(body, SubSigned) or body.accepted_at is None or body.promised is None:
        return sub
    if sub.promised is not None and (sub.promised, sub.answer) <= (body.promised, event.hash):
        return sub
    return replace(sub, accepted_at=body.accepted_at, promised=body.promised, answer=event.hash)


def _led(sub: Sub, event: Event) -> Sub:
    state = LEADS[event.type]
    over = state not in {SubState.SENT, SubState.WORK}
    return replace(sub, state=state, ended_at=event.at if over else None)


def with_fact(known: tuple[Sub, ...], event: Event) -> tuple[Sub, ...]:
    """Return the sub-orders after a fact that saw all others."""
    body = event.body
    if isinstance(body, JointOrdered):
        fresh = {
            each.unit: Sub(
                *(each.unit, each.order_no, SubState.SENT, each.limits), whistle=body.whistle
            )
            for each in body.orders
        }
        by_unit = {each.unit: each for each in known} | fresh
        return tuple(by_unit[unit] for unit in sorted(by_unit))
    if not isinstance(body, OfSub):
        return known
    found = []
    for each in known:
        after = each
        if each.unit == body.sub:
            after = _stamped(each, event)
            after = _led(after, event) if event.type in LEADS else after
        found.append(after)
    return tuple(found)


def clash(one: Event, two: Event) -> str | None:
    """Return the unit whose sub-order two facts made apart lead two ways, or None."""
    if one.type == two.type or one.type not in LEADS or two.type not in LEADS:
        return None
    mine, yours = getattr(one.body, "sub", None), getattr(two.body, "sub", None)
    return mine if mine == yours else None
