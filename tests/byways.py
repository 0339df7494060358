"""Incidents off the straight road: held, joint, at the city, void, merged, returned, contested."""

from __future__ import annotations

from collections.abc import Callable

from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Channel, ReturnReason, Role, Supervision
from dispatch.domain.command import Verb
from dispatch.domain.decide_city import city_incident
from dispatch.domain.incident import Incident
from tests.given import (
    FIRE,
    FIRE_ITEM,
    GRID,
    LAT,
    LEADER,
    LON,
    POLICE,
    TOWN,
    MemoryLog,
    Option,
    act,
    given_filed,
    given_reported,
    given_work,
    person,
)


def given_red_card(log: MemoryLog, state: Callable[..., Incident], **options: Option) -> Incident:
    """In some state, with a red card by the leader that nobody has answered."""
    due = log.now + DAY
    given = state(log, **options)
    return act(log, given.id, Verb.SUPERVISE, LEADER, level=Supervision.RED, due=due)


def given_hold(log: MemoryLog, **options: Option) -> Incident:
    """On hold for thirty days."""
    given = given_work(log, **options)
    act(log, given.id, Verb.ASK_HOLD, reason="season", review_at=log.now + 30 * DAY)
    return act(log, given.id, Verb.GRANT_HOLD)


def given_joint(log: MemoryLog, *assists: str, **options: Option) -> Incident:
    """In the fire brigade's work, with the police assisting if nobody else is named."""
    given = given_work(log, **options)
    return act(log, given.id, Verb.JOINT, unit=FIRE, assists=assists or (POLICE,))


def given_city(log: MemoryLog, **options: Option) -> Incident:
    """Handed up to the city out of the fire brigade's work."""
    given = given_work(log, **options)
    act(log, given.id, Verb.ASK_ESCALATION, reason="beyond_power")
    return act(log, given.id, Verb.GRANT_ESCALATION)


def given_assigned(log: MemoryLog, order: str = "SD-9", **options: Option) -> Incident:
    """An order of the city, filed in the first village."""
    said = {"item": FIRE_ITEM, "lon": LON, "lat": LAT, "grid": GRID, "order": order}
    return act(log, city_incident(TOWN, order), Verb.CITY_ASSIGN, **(said | options))


def given_void(log: MemoryLog, **options: Option) -> Incident:
    """Voided while filed."""
    given = given_filed(log, **options)
    act(log, given.id, Verb.ASK_VOID, reason="duplicate")
    return act(log, given.id, Verb.GRANT_VOID)


def given_merged(log: MemoryLog, master: Incident | None = None, **options: Option) -> Incident:
    """A second report of the same matter, merged into a filed master."""
    into = master or given_filed(log, **options)
    return act(log, given_reported(log, **options).id, Verb.MERGE, into=into.id)


def given_returned(log: MemoryLog, times: int = 1) -> Incident:
    """Given back by the fire brigade so many times."""
    incident = given_filed(log)
    for _ in range(times):
        act(log, incident.id, Verb.DISPATCH, unit=FIRE)
        incident = act(log, incident.id, Verb.RETURN, why=ReturnReason.NOT_OURS, propose=POLICE)
    return incident


def given_double_dispatch(log: MemoryLog, **options: Option) -> Incident:
    """Two seats that did not see each other sent it to two units."""
    incident = given_filed(log, **options)
    other = log.fork("B")
    act(log, incident.id, Verb.DISPATCH, unit=FIRE)
    act(other, incident.id, Verb.DISPATCH, person("dispatcher2", Role.DISPATCHER), unit=POLICE)
    log.take(kept.event for kept in other.kept)
    return log.folded[incident.id]


def given_eval_with_child(log: MemoryLog) -> Incident:
    """To be closed, with a second report merged into it while it was in work."""
    master = given_work(log)
    given_merged(log, master)
    act(log, master.id, Verb.FEEDBACK, text="已清理")
    act(log, master.id, Verb.INSPECT_PASS)
    return act(log, master.id, Verb.CALL_BACK, channel=Channel.PHONE, grade=1)
