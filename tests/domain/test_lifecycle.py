"""The life cycle as it is built is the one that was agreed, and the page says what is built."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.lifecycle import page
from dispatch.acts.perform import perform
from dispatch.domain.codes import Role, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.lifecycle import WRITES, Act, acts
from dispatch.domain.types import TYPES
from tests import byways
from tests import given as g
from tests.domain.lifecycle_table import (
    BESIDE,
    ON_BEHALF,
    TABLE,
    UNDO,
    VILLAGE,
    Row,
)
from tests.property.branches import SIDES, beginnings, commands

PAGE = Path(__file__).parents[2] / "docs" / "lifecycle.md"


def of(transition: int) -> list[Act]:
    """The acts of a transition but for the undoing of it."""
    return [each for each in acts() if each.transition == transition and not each.undoes]


def test_the_page_is_what_the_code_says() -> None:
    assert page() == PAGE.read_text(encoding="utf-8")


def test_every_transition_of_the_table_is_built_and_no_other() -> None:
    assert list(range(1, 37)) == [row.transition for row in TABLE]
    assert {row.transition for row in TABLE} == {each.transition for each in acts()}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"T{row.transition}")
def test_from_where_to_where(row: Row) -> None:
    froms, to, _, _ = BESIDE.get(row.transition, ("", "", "", ""))
    found = of(row.transition)
    assert {State(each) for each in f"{row.froms} {froms}".split()} == {
        state for act in found for state in act.froms
    }
    assert {State(each) for each in f"{row.to} {to}".split()} == {
        state for act in found for state in act.tos
    }


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"T{row.transition}")
def test_who_may(row: Row) -> None:
    _, _, others, _ = BESIDE.get(row.transition, ("", "", "", ""))
    wanted = {Role(each) for each in f"{row.who} {others}".split()}
    if Role.UNIT in wanted and row.transition not in {10, 12, 30}:
        wanted.add(Role.PATROL)  # a squad is a unit
    if row.transition in VILLAGE:
        wanted.add(Role.STATION)
    if row.transition in ON_BEHALF:
        wanted |= {Role.DISPATCHER, Role.STATION}
    assert wanted == {role for act in of(row.transition) for role in act.roles}


def test_the_undo_list_is_complete() -> None:
    undoing = {each.verb.value: each for each in acts() if each.undoes}
    assert set(UNDO) == set(undoing)
    for verb, transitions in UNDO.items():
        taken_back = set(undoing[verb].undoes)
        made = {
            name
            for number in transitions.split()
            for act in of(int(number))
            for name in act.writes
            if TYPES[name].moves
        }
        assert taken_back <= made, verb
        for number in transitions.split():
            own = {name for act in of(int(number)) for name in act.writes}
            assert taken_back & own, (verb, number)


def later_acts() -> Iterator[tuple[Verb, set[str]]]:
    """Acts that make an incident, and those that only come second, with what they wrote."""
    log = g.MemoryLog()
    yield Verb.REPORT, {g.given_reported(log).facts[0].type}
    yield Verb.SELF_HANDLED, {fact.type for fact in g.given_self_handled(log).facts}
    yield Verb.CITY_ASSIGN, {byways.given_assigned(log).facts[0].type}
    work, joint, double = (
        g.given_work(log),
        byways.given_joint(log),
        byways.given_double_dispatch(log),
    )
    back, done = byways.given_city(log), byways.given_city(log)
    kept = next(fact for fact in double.facts if getattr(fact.body, "unit", "") == g.POLICE)
    for id_, verb, said in (
        (work.id, Verb.ASK_EXTENSION, {}),
        (work.id, Verb.GRANT_EXTENSION, {}),
        (joint.id, Verb.SUB_SIGN, {}),
        (joint.id, Verb.SUB_FEEDBACK, {}),
        (back.id, Verb.CITY_RETURN, {}),
        (done.id, Verb.CITY_DONE, {}),
        (double.id, Verb.RESOLVE, {"keep": (kept.hash,)}),
        (double.id, Verb.ANSWER_STAND_DOWN, {"unit": g.FIRE}),
    ):
        before = len(log.kept)
        g.act(log, id_, verb, **(g.SAID.get(verb, {}) | said))
        yield verb, {each.event.type for each in log.kept[before:]}


def test_every_act_writes_what_is_told_of_it() -> None:
    """What each act wrote, from every state that acts lead to, is in its row, and all of that."""
    wrote: dict[Verb, set[str]] = {verb: set() for verb in Verb}
    for _, given in beginnings():
        now = given.log.now + 60_000
        for role, command in commands(given.log, given, SIDES[0], now):
            seat = given.log.fork("A")
            try:
                made = perform(seat, command, SIDES[0].person(role), now)
            except (Refused, BadInput):
                continue
            wrote[command.verb] |= {event.type for event in made}
    for verb, types in later_acts():
        wrote[verb] |= types
    for verb, types in wrote.items():
        rest = {"split", "released"} if verb is Verb.RESOLVE else set()
        assert set(WRITES[verb]) - rest <= types <= set(WRITES[verb]), verb
