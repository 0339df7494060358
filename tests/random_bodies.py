"""Random bodies that every random life and graph of facts is made of."""

from __future__ import annotations

import random
from collections.abc import Callable

from dispatch.domain import bodies as b
from dispatch.domain import bodies_city as c
from dispatch.domain import bodies_joint as j
from dispatch.domain.codes import ReturnReason, State
from dispatch.domain.event import Event
from dispatch.domain.sla import Limit
from tests import given as g

Making = Callable[[random.Random, list[Event]], b.Body]


def shared_kinds(limits: Callable[[random.Random], tuple[Limit, ...]]) -> dict[str, Making]:
    """Order, joint work and the city, with limits drawn as the caller draws them."""
    return {
        "dispatched": lambda rng, _: b.Dispatched(
            unit=rng.choice((g.FIRE, g.POLICE)), order_no="1", limits=limits(rng)
        ),
        "joint_ordered": lambda rng, _: j.JointOrdered(
            unit=g.FIRE,
            assists=(g.POLICE,),
            orders=tuple(
                j.SubOrder(unit, f"J{rng.randint(1, 9)}", limits(rng))
                for unit in rng.choice(((g.POLICE,), (g.POLICE, g.SQUAD)))
            ),
        ),
        "sub_signed": lambda rng, _: j.SubSigned(sub=rng.choice((g.POLICE, g.SQUAD))),
        "sub_arrived": lambda rng, _: j.SubArrived(
            sub=rng.choice((g.POLICE, g.SQUAD)), sub_arrived_at=rng.randint(1, 9)
        ),
        "sub_fed_back": lambda rng, _: j.SubFedBack(sub=rng.choice((g.POLICE, g.SQUAD))),
        "sub_returned": lambda _, __: j.SubReturned(sub=g.POLICE, why=ReturnReason.NOT_OURS),
        "sub_excused": lambda _, __: j.SubExcused(sub=g.POLICE),
        "escalation_granted": lambda rng, _: c.EscalationGranted(
            request="x", stood=State.WORK, town_left_ms=rng.choice((None, 3)), limits=limits(rng)
        ),
        "city_returned": lambda rng, _: c.CityReturned(
            city_order=rng.choice("ab"), limits=limits(rng)
        ),
        "city_done": lambda rng, _: c.CityDone(city_order=rng.choice("ab"), limits=limits(rng)),
    }
