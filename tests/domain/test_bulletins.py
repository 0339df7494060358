"""Information reports: who owes one, until when, in which order, and what none of it changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dispatch.domain.bodies_oversight import Informed
from dispatch.domain.bulletin import CITY, Duties, Duty, case_of, made, owed
from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import BulletinPart, Channel, Light, Priority, Role, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.incident import Incident
from dispatch.files.bulletins import read_bulletins
from resources import path
from tests import byways
from tests import given as g

P = BulletinPart
C = Channel
DUTIES = Duties(
    "1",
    [
        Duty("P1", 20 * MINUTE, 40 * MINUTE),
        Duty(CITY, 10 * MINUTE, 15 * MINUTE),
        Duty("06", 0, 60 * MINUTE),
        Duty("0601", 5 * MINUTE, 0),
    ],
)


@pytest.fixture
def log() -> g.MemoryLog:
    return g.MemoryLog(rules=replace(g.town_rules(), bulletins=DUTIES))


def inform(log: g.MemoryLog, id_: str, part: P, way: C | None = None) -> Incident:
    return g.act(log, id_, Verb.INFORM, part=part, channel=way, text="正文")


def urgent(log: g.MemoryLog, item: str = "0801") -> Incident:
    return g.given_filed(log, item=item)


def test_a_first_by_phone_leaves_the_written_one_owed(log: g.MemoryLog) -> None:
    incident = urgent(log)
    start = incident.reported_at or 0
    ends = [(each.way, each.due - start) for each in owed(case_of(incident), DUTIES)]
    assert [(C.PHONE, 20 * MINUTE), (C.MESSAGE, 40 * MINUTE)] == ends
    incident = inform(log, incident.id, P.FIRST, C.PHONE)
    assert [C.MESSAGE] == [each.way for each in owed(case_of(incident), DUTIES)]
    incident = inform(log, incident.id, P.FIRST)
    assert () == owed(case_of(incident), DUTIES)
    assert [start + 20 * MINUTE, start + 40 * MINUTE] == [each.due for each in made(incident)]


def test_a_written_first_answers_both(log: g.MemoryLog) -> None:
    incident = inform(log, urgent(log).id, P.FIRST)
    assert () == owed(case_of(incident), DUTIES)


def test_the_light_turns_at_four_fifths_and_after_the_end(log: g.MemoryLog) -> None:
    incident = urgent(log)
    start, phone = incident.reported_at or 0, owed(case_of(incident), DUTIES)[0]
    for minutes, light in ((0, Light.GREEN), (16, Light.YELLOW), (20, Light.YELLOW)):
        assert light is phone.light(start + minutes * MINUTE)
    assert Light.RED is phone.light(start + 20 * MINUTE + 1)


def test_the_nearest_duty_counts_and_the_void_owe_none(log: g.MemoryLog) -> None:
    own, of_class = urgent(log, "0601"), urgent(log, "0605")
    assert [C.PHONE] == [each.way for each in owed(case_of(own), DUTIES)]
    assert [C.MESSAGE] == [each.way for each in owed(case_of(of_class), DUTIES)]
    assert () == owed(case_of(replace(own, item="0101", priority=Priority.P3)), DUTIES)
    void = byways.given_city(log)
    up = void.latest("escalation_granted")
    assert up is not None
    plain = replace(void, item="0101", priority=Priority.P3)
    assert [up.at + 10 * MINUTE, up.at + 15 * MINUTE] == [
        e.due for e in owed(case_of(plain), DUTIES)
    ]
    g.act(log, own.id, Verb.ASK_VOID, reason="slip")
    assert () == owed(case_of(g.act(log, own.id, Verb.GRANT_VOID)), DUTIES)


def test_follow_ups_are_numbered_until_the_final_one(log: g.MemoryLog) -> None:
    id_ = urgent(log).id
    inform(log, id_, P.FIRST)
    for part in (P.FOLLOW, P.FOLLOW, P.FINAL):
        incident = inform(log, id_, part)
    told = [(each.part, each.nth) for each in made(incident)]
    assert [(P.FIRST, 0), (P.FOLLOW, 1), (P.FOLLOW, 2), (P.FINAL, 0)] == told
    with pytest.raises(Refused, match="bulletins_ended"):
        inform(log, id_, P.FOLLOW)


def test_a_later_one_needs_a_first_and_a_first_is_made_once(log: g.MemoryLog) -> None:
    id_ = urgent(log).id
    for part in (P.FOLLOW, P.FINAL):
        with pytest.raises(Refused, match="no_first_bulletin"):
            inform(log, id_, part)
    inform(log, id_, P.FIRST, C.PHONE)
    with pytest.raises(Refused, match="already_informed"):
        inform(log, id_, P.FIRST, C.PHONE)
    inform(log, id_, P.FIRST)
    for way in (C.PHONE, C.MESSAGE):
        with pytest.raises(Refused, match="already_informed"):
            inform(log, id_, P.FIRST, way)


def test_bad_options_are_named(log: g.MemoryLog) -> None:
    id_ = urgent(log).id
    with pytest.raises(BadInput, match="channel"):
        inform(log, id_, P.FIRST, C.VISIT)
    with pytest.raises(BadInput, match="part"):
        g.act(log, id_, Verb.INFORM, part=None, text="正文")
    with pytest.raises(BadInput, match="text: inform"):
        g.act(log, id_, Verb.INFORM, part=P.FIRST, text="")


def test_it_changes_nothing_else_and_its_text_is_sealed(log: g.MemoryLog) -> None:
    before = urgent(log)
    after = inform(log, before.id, P.FIRST)
    beside = {"facts": after.facts, "heads": after.heads, "live": after.live}
    assert replace(before, **beside) == after  # type: ignore[arg-type] # three fields by name
    fact = after.facts[-1]
    assert ("text",) == fact.sealed
    assert isinstance(fact.body, Informed)
    assert State.REPORTED is g.act(log, before.id, Verb.UNFILE).state  # no act built on it


def test_two_first_ones_at_two_seats_both_stand(log: g.MemoryLog) -> None:
    """A recorded fact is never refused later; nothing contradicts, both are shown."""
    incident = urgent(log)
    other = log.fork("B")
    mine = inform(log, incident.id, P.FIRST).facts[-1]
    theirs = inform(other, incident.id, P.FIRST).facts[-1]
    log.take([theirs])
    both = log.folded[incident.id]
    assert {mine.hash, theirs.hash} == {each.hash for each in made(both)}
    assert () == both.contested


def test_a_village_does_not_inform(log: g.MemoryLog) -> None:
    said = {"part": P.FIRST, "text": "正文"}
    with pytest.raises(Refused, match="role_missing"):
        g.act(log, urgent(log).id, Verb.INFORM, g.STATION, **said)
    chief = g.person("village_chief", Role.CHIEF, node=g.VILLAGE)
    with pytest.raises(Refused, match="village_may_not"):
        g.act(log, urgent(log).id, Verb.INFORM, chief, **said)


def test_the_shipped_table_reads_and_bad_rows_are_told(tmp_path: Path) -> None:
    catalogue = g.town_rules().catalogue
    shipped = read_bulletins(path("catalogue/bulletins_v1.csv"), catalogue, "v1")
    assert {"P1", CITY} == {each.about for each in shipped}
    for row, what in (
        ("P9,1,1", "没有优先级"),
        ("P1,x,1", "列 phone"),
        ("P1,1,10081", "列 written"),
        ("P1,1,1\nP1,1,1", "P1 重复"),
    ):
        file = tmp_path / "bulletins.csv"
        file.write_text(f"for,phone,written\n{row}\n", encoding="utf-8")
        with pytest.raises(BadInput, match=what):
            read_bulletins(file, catalogue, "x")
