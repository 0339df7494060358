"""The check of what a unit reported done: evidence, pass, rework (T21, 22)."""

from __future__ import annotations

import hashlib
from typing import Final

from dispatch.domain.ask import Ask
from dispatch.domain.bodies import Failed, Inspected, Passed
from dispatch.domain.bodies_oversight import SelfHandlingRefused
from dispatch.domain.codes import PUBLIC, Priority, Stage, State
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft
from dispatch.domain.four_eyes import same_eyes
from dispatch.domain.incident import Incident
from dispatch.domain.oversight import check_no_red_card, self_handled
from dispatch.domain.sla import half

DISTANCES: Final = range(1_000_001)
SAMPLE: Final = 10
"""Of 100 incidents that need no call-back by rule, how many are drawn for one."""


def check_other_eyes(ask: Ask) -> None:
    """Refuse who had a hand in what is to be judged."""
    if same_eyes(ask.command.verb, ask.incident, ask.actor, ask.rules):
        raise Refused("four_eyes", account=ask.actor.account)


def check_distance(ask: Ask) -> None:
    """Refuse a distance to the incident that cannot be one, metres."""
    distance = ask.command.distance_m
    if distance is not None and distance not in DISTANCES:
        raise BadInput("distance_m", "距离必须是 0 至 1000000 米")


def draw(incident: Incident) -> int:
    """Return 0..99, fixed by the incident and its feedback: nobody can draw twice."""
    fed = incident.latest("fed_back", "self_handled", "city_done")
    seed = f"{incident.id}{fed.hash if fed else ''}".encode()
    return int.from_bytes(hashlib.sha256(seed).digest()[:4]) % 100


def must_visit(incident: Incident) -> bool:
    """Return whether the reporter must be called back: public reports and every P1."""
    return incident.source in PUBLIC or incident.priority is Priority.P1


def inspect(ask: Ask) -> tuple[Draft, ...]:
    """A worker's look at the place: evidence for the check, not the check itself."""
    command = ask.command
    assert command.finding is not None  # the options were checked
    check_other_eyes(ask)
    check_distance(ask)
    body = Inspected(reason=command.reason, finding=command.finding, distance_m=command.distance_m)
    return (ask.draft("inspected", body),)


def pass_(ask: Ask) -> tuple[Draft, ...]:
    """T21: to the call-back for public, P1 and the drawn sample, else to the evaluation."""
    check_other_eyes(ask)
    check_distance(ask)
    command, incident = ask.command, ask.incident
    drawn = draw(incident)
    if command.no_visit and must_visit(incident):
        raise Refused("visit_required", source=incident.source or "")
    visit = must_visit(incident) or (drawn < SAMPLE and not command.no_visit)
    stage = Stage.VISIT if visit else Stage.CLOSE
    body = Passed(
        reason=command.no_visit or command.reason or ("" if visit else "not_drawn"),
        to=State.VISIT if visit else State.EVAL,
        drawn=drawn,
        distance_m=command.distance_m,
        limits=ask.clock(stage),
    )
    return (ask.draft("inspected_pass", body),)


def fail(ask: Ask) -> tuple[Draft, ...]:
    """T22: back to work with half of the limit that the order was sent with.

    What was self-handled (T2) and is not accepted is void: there is no unit to go back to.
    """
    check_other_eyes(ask)
    if self_handled(ask.incident):
        return _refuse_self_handling(ask)
    sent = ask.incident.latest("dispatched")
    limits = getattr(sent.body, "limits", ()) if sent else ()
    first = next((each for each in limits if each.stage is Stage.DISPOSAL), None)
    limit = half(ask.profile(), first, ask.now, ask.rules.calendar)
    body = Failed(reason=ask.command.reason, limits=(limit,) if limit else ())
    return (ask.draft("inspected_fail", body),)


def _refuse_self_handling(ask: Ask) -> tuple[Draft, ...]:
    incident, verb = ask.incident, ask.command.verb
    if incident.contested:
        raise Refused("contested", pairs=len(incident.contested), verb=verb)
    check_no_red_card(incident)
    if incident.children:
        raise Refused("has_children", children=len(incident.children))
    return (ask.draft("self_handling_refused", SelfHandlingRefused(reason=ask.command.reason)),)
