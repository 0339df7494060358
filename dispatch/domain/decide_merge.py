"""Several reports of one matter (T27): one master goes on, each reporter still gets an answer."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final

from dispatch.domain.ask import Ask
from dispatch.domain.bodies import Absorbed as AbsorbedBody
from dispatch.domain.bodies import Merged, Released, Undone
from dispatch.domain.codes import Role
from dispatch.domain.decide_requests import check_not_the_citys
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft
from dispatch.domain.incident import Incident
from dispatch.domain.may import RIGHTS
from dispatch.domain.oversight import check_no_red_card
from dispatch.domain.undo import undone

NEAR_M: Final = 50
SOON_S: Final = 24 * 3600
EARTH_M: Final = 6_371_008.8
"""Mean radius of the earth, metres (IUGG)."""


def metres(one: Incident, two: Incident) -> int:
    """Return the great-circle distance of two incidents, whole metres (haversine)."""
    if one.lat is None or two.lat is None or one.lon is None or two.lon is None:
        raise Refused("place_missing", incident=one.id)
    north = radians(two.lat - one.lat)
    east = radians(two.lon - one.lon)
    chord = sin(north / 2) ** 2 + cos(radians(one.lat)) * cos(radians(two.lat)) * sin(east / 2) ** 2
    return round(2 * EARTH_M * asin(sqrt(min(1.0, chord))))


def merge(ask: Ask) -> tuple[Draft, ...]:
    """A clerk within 50 m, same item and 24 h; the chief otherwise. Child and master at once."""
    child, into = ask.incident, ask.command.into or ""
    master = ask.incidents.get(into)
    if into == child.id:
        raise BadInput("into", "不能并入自身")
    check_not_the_citys(ask)
    if master is None or master.state is None:
        raise Refused("unknown_incident", incident=into)
    if master.state not in RIGHTS[ask.command.verb].states:
        raise Refused("wrong_state", verb="merge", state=master.state)
    check_no_red_card(child)
    if child.children:
        raise Refused("has_children", children=len(child.children))
    if master.contested:
        raise Refused("contested", pairs=len(master.contested), verb="merge")
    apart_s = abs((child.reported_at or 0) - (master.reported_at or 0)) // 1000
    body = Merged(
        reason=ask.command.reason,
        master=into,
        distance_m=metres(child, master),
        apart_s=apart_s,
        same_item=child.item == master.item,
    )
    alike = body.distance_m <= NEAR_M and apart_s <= SOON_S and body.same_item
    if not alike and Role.CHIEF not in ask.actor.roles:
        raise Refused("merge_needs_chief", metres=body.distance_m, hours=apart_s // 3600)
    seen = tuple(node for node in (child.village,) if node and node != master.village)
    return (
        ask.draft("merged", body),
        ask.draft("absorbed", AbsorbedBody(child=child.id), of=into, see_add=seen),
    )


def split(ask: Ask) -> tuple[Draft, ...]:
    """The undo of a merge: the child stands where it stood, the master lets it go."""
    child = ask.incident
    master = ask.incidents.get(child.master or "")
    if master is None:
        raise Refused("unknown_incident", incident=child.master or "")
    absorbed = next(
        (
            event
            for event in reversed(master.facts)
            if isinstance(event.body, AbsorbedBody)
            and event.body.child == child.id
            and master.lives(event)
        ),
        None,
    )
    fact, to = undone(child, ("merged",))
    drafts = [ask.draft("split", Undone(reason=ask.command.reason, undoes=fact.hash, to=to))]
    if absorbed is not None:
        body = Released(undoes=absorbed.hash, child=child.id)
        drafts.append(ask.draft("released", body, of=master.id))
    return tuple(drafts)
