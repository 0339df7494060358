"""Rules that cross the transitions: roles, states, villages, on behalf, undo, versions, input."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dispatch.acts.perform import actor_of, new_id
from dispatch.domain.codes import Channel, Finding, Level, ReturnReason, Role, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.may import CORRECTORS, NEW, RIGHTS
from dispatch.domain.organisation import Node, Organisation
from dispatch.domain.rules import Actor, Rules
from tests import byways
from tests import given as g
from tests.given import MemoryLog, act

STATES: dict[State, g.Given] = {
    State.REPORTED: g.given_reported,
    State.VERIFY: g.given_verify,
    State.FILED: g.given_filed,
    State.SENT: g.given_sent,
    State.WORK: g.given_work,
    State.DONE: g.given_done,
    State.VISIT: g.given_visit,
    State.EVAL: g.given_eval,
    State.CLOSED: g.given_closed,
    State.HOLD: byways.given_hold,
    State.CITY: byways.given_city,
    State.VOID: byways.given_void,
    State.MERGED: byways.given_merged,
}


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


@pytest.mark.parametrize("state", STATES)
def test_every_act_is_refused_outside_its_states(log: MemoryLog, state: State) -> None:
    incident = STATES[state](log)
    tried = 0
    for verb, right in RIGHTS.items():
        if verb in NEW or state in right.states:
            continue
        with pytest.raises(Refused) as refused:
            act(log, incident.id, verb, g.WHO[verb], **g.SAID.get(verb, {}))
        assert refused.value.code in {"wrong_state", "already_dispatched", "already_merged"}
        if refused.value.code == "wrong_state":
            assert (state, verb) == (refused.value.facts["state"], refused.value.facts["verb"])
        tried += 1
    assert tried > 20
    assert incident.version == log.folded[incident.id].version


@pytest.mark.parametrize("verb", RIGHTS)
def test_every_act_is_refused_to_other_roles(log: MemoryLog, verb: Verb) -> None:
    right = RIGHTS[verb]
    incident = g.given_filed(log)
    if verb in NEW:
        id_, said = new_id(), {"lon": g.LON, "lat": g.LAT, "grid": g.GRID}
        said |= {"order": "SD-1"} if verb is Verb.CITY_ASSIGN else {}
    else:
        state = next(each for each in State if each in right.states and each in STATES)
        incident = STATES[state](log)
        id_, said = incident.id, g.SAID.get(verb, {})
    allowed = CORRECTORS[State(incident.state or "")] if verb is Verb.CORRECT else right.roles
    for role in set(Role) - allowed:
        with pytest.raises(Refused) as refused:
            act(log, id_, verb, g.person("somebody", role), **said)
        assert ("role_missing", verb, role) == (
            refused.value.code,
            refused.value.facts["verb"],
            refused.value.facts["has"],
        )


def test_the_first_role_that_may_is_recorded(log: MemoryLog) -> None:
    many = g.person("many", Role.AUDITOR, Role.CHIEF, Role.CLERK)
    assert "clerk" == act(log, g.given_reported(log).id, Verb.FILE, many).facts[-1].role


@pytest.mark.parametrize("state", CORRECTORS)
def test_who_may_hold_it_may_correct_it(log: MemoryLog, state: State) -> None:
    if state is State.CITY:
        return  # no act leads there yet
    for role in CORRECTORS[state]:
        incident = STATES[state](log)
        assert state is act(log, incident.id, Verb.CORRECT, g.person("x", role), place="新址").state


class TestVillage:
    """A village never closes, voids or evaluates; its station works for its own incidents."""

    def test_a_village_never_closes_or_voids_whatever_its_roles(self, log: MemoryLog) -> None:
        local = g.person("local", Role.CHIEF, Role.CLERK, node=g.VILLAGE)
        for given, verb in (
            (g.given_eval(log), Verb.CLOSE),
            (g.given_dissatisfied(log), Verb.ACCEPT),
            (g.given_filed(log), Verb.GRANT_VOID),
            (g.given_reported(log), Verb.GRANT_REFUSE),
            (g.given_reported(log), Verb.RECORD_ONLY),
        ):
            with pytest.raises(Refused) as refused:
                act(log, given.id, verb, local, **g.SAID.get(verb, {}))
            assert ("village_may_not", g.VILLAGE) == (
                refused.value.code,
                refused.value.facts["node"],
            )

    def test_a_station_handles_its_own_order_from_end_to_end(self, log: MemoryLog) -> None:
        incident = g.given_reported(log, g.STATION, source=None)
        for verb, said in (
            (Verb.ASK_VERIFY, {"worker": "W001"}),
            (Verb.VERIFY, {"finding": Finding.TRUE, "on_behalf": "W001"}),
            (Verb.FILE, {}),
            (Verb.UNFILE, {}),
            (Verb.FILE, {}),
            (Verb.DISPATCH, {"unit": g.VILLAGE}),
            (Verb.STAND_DOWN, {}),
            (Verb.DISPATCH, {"unit": g.VILLAGE}),
            (Verb.SIGN, {"person": "某人"}),
            (Verb.ARRIVE, {}),
            (Verb.CORRECT, {"place": "新址"}),
            (Verb.NOTE, {"text": "知悉"}),
            (Verb.FEEDBACK, {"text": "已办"}),
        ):
            incident = act(log, incident.id, verb, g.STATION, **said)
        assert State.DONE is incident.state
        roles = {event.role for event in incident.facts}
        assert {"station"} == roles

    def test_office_work_for_another_village_is_refused(self, log: MemoryLog) -> None:
        incident = g.given_filed(log, grid=g.NEXT_GRID)
        said = {"unit": g.FIRE, "assists": (g.VILLAGE,)}
        act(log, incident.id, Verb.DISPATCH, **said)
        for verb in (Verb.STAND_DOWN, Verb.REASSIGN):
            with pytest.raises(Refused, match="out_of_scope"):
                act(log, incident.id, verb, g.STATION, **g.SAID.get(verb, {}))
        with pytest.raises(Refused, match="out_of_scope"):
            act(log, incident.id, Verb.SIGN, g.STATION, person="某人", on_behalf=g.FIRE)

    def test_an_incident_that_concerns_nobody_here_is_out_of_scope(self, log: MemoryLog) -> None:
        incident = g.given_filed(log, grid=g.NEXT_GRID)
        with pytest.raises(Refused) as refused:
            act(log, incident.id, Verb.CORRECT, g.STATION, place="x")
        assert ("out_of_scope", g.VILLAGE, incident.id) == (
            refused.value.code,
            refused.value.facts["node"],
            refused.value.facts["incident"],
        )


def test_an_act_on_what_has_changed_says_who_changed_it(log: MemoryLog) -> None:
    incident = g.given_filed(log)
    act(log, incident.id, Verb.CORRECT, place="新址")
    with pytest.raises(Refused) as refused:
        act(log, incident.id, Verb.DISPATCH, unit=g.FIRE, seen=incident.version)
    assert ("changed_since", "corrected", "chief", g.START + 3 * 60_000) == (
        refused.value.code,
        *(refused.value.facts[name] for name in ("type", "by", "at")),
    )
    seen = log.folded[incident.id].version
    assert State.SENT is act(log, incident.id, Verb.DISPATCH, unit=g.FIRE, seen=seen).state


def test_an_incident_without_a_profile_has_no_clock(log: MemoryLog) -> None:
    incident = g.given_filed(log)
    log.folded[incident.id] = replace(incident, sla=None)
    with pytest.raises(Refused, match="no_profile"):
        act(log, incident.id, Verb.DISPATCH, unit=g.FIRE)


def test_an_actor_is_what_a_session_says() -> None:
    session = "c" * 64
    made = actor_of("clerk", (Role.CLERK,), g.TOWN, session)
    assert Actor("clerk", (Role.CLERK,), g.TOWN, session) == made


def test_a_profile_may_leave_stages_without_a_limit() -> None:
    """No disposal: the hold keeps nothing, the resume starts nothing, the rework has no half."""
    rules = g.town_rules()
    bare = {
        code: replace(each, spans={s: n for s, n in each.spans.items() if s == "accept"})
        for code, each in rules.profiles.items()
    }
    log = MemoryLog(rules=Rules(rules.organisation, rules.catalogue, bare, rules.calendar))
    held = byways.given_hold(log)
    assert held.left_ms is None
    assert act(log, held.id, Verb.RESUME).due_at is None
    with pytest.raises(Refused, match="return_too_late"):
        act(log, held.id, Verb.RETURN, why=ReturnReason.NOT_OURS)
    act(log, held.id, Verb.FEEDBACK, text="已办")
    failed = act(log, held.id, Verb.INSPECT_FAIL, reason="unfinished")
    assert failed.due_at is None
    act(log, held.id, Verb.FEEDBACK, text="已办")
    act(log, held.id, Verb.INSPECT_PASS)
    act(log, held.id, Verb.CALL_BACK, channel=Channel.PHONE, grade=1)
    assert act(log, held.id, Verb.CLOSE).on_time


def closed_town(**closed: str) -> Rules:
    """The small town with some nodes closed at the end of 2025, their work passed on."""
    day = date(2025, 12, 31)
    nodes = [
        replace(node, valid_to=day, successor=closed[node.name] or None)
        if node.name in closed
        else node
        for node in g.town_nodes()
    ]
    rules = g.town_rules()
    heir = Node(f"{g.TOWN}/消防救援", "消防救援", Level.DEPARTMENT, g.TOWN)
    tree = Organisation([*nodes, heir], "org-2")
    return Rules(tree, rules.catalogue, rules.profiles, rules.calendar)


def test_a_closed_unit_gets_no_order_and_its_heir_is_named() -> None:
    log = MemoryLog(rules=closed_town(消防=f"{g.TOWN}/消防救援", 公安=""))
    incident = g.given_filed(log)
    with pytest.raises(BadInput, match="消防 在 2026-03-04 不存在，现由 消防救援 承接"):
        act(log, incident.id, Verb.DISPATCH, unit="消防")
    with pytest.raises(BadInput, match=r"公安 在 2026-03-04 不存在$"):
        act(log, incident.id, Verb.DISPATCH, unit="公安")


def test_a_closed_grid_takes_no_report() -> None:
    log = MemoryLog(rules=closed_town(**{"一村 01": "", "二村": ""}))
    with pytest.raises(BadInput, match="grid"):
        g.given_reported(log)
    with pytest.raises(BadInput, match="village"):
        g.given_reported(log, grid=None, village=g.NEXT_VILLAGE)
