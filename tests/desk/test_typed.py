"""A line of the palette against a real store: which incident, which names, what would happen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch.acts.perform import new_id
from dispatch.advice.line import Grammar
from dispatch.desk.desk import Desk
from dispatch.desk.views_palette import Typed, Typing
from dispatch.domain.codes import Kind, Role, Source, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Subject
from dispatch.wire import tables
from dispatch.wire.protocol import Table
from tests.desk.offices import FIRE, PASSWORD, STATION, Hand, open_desk
from tests.unit.towns import hengli
from ui.palette.grammar import grammar

NO_PHONE = "10000006021"
"""No number that anybody has: none begins so."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_desk(tmp_path / "seat", Hand())
    yield made
    made.site.close()


@pytest.fixture(scope="module")
def words() -> Grammar:
    return grammar((Role.DISPATCHER,))


def given_filed(desk: Desk) -> str:
    desk.login("clerk1", PASSWORD).result()
    id_ = new_id()
    grid = hengli().grids[0]
    report = Command(verb=Verb.REPORT, incident=id_, item="0605", source=Source.HOTLINE)
    desk.report_at(report, grid.lon, grid.lat).result()
    desk.act(Command(verb=Verb.FILE, incident=id_)).result()
    desk.login("dispatcher1", PASSWORD).result()
    return id_


def number_of(desk: Desk, id_: str) -> str:
    return desk.rows(frozenset({id_})).result()[0].number


def typed(desk: Desk, words: Grammar, text: str, **more: object) -> Typed:
    return desk.typed(Typing(text, **more), words).result()  # type: ignore[arg-type]


def test_a_number_and_a_unit_by_initials(desk: Desk, words: Grammar) -> None:
    id_ = given_filed(desk)
    read = typed(desk, words, f"派 {number_of(desk, id_)} xf")
    assert read.filled is not None
    assert [id_] == [row.id for row in read.incidents]
    assert (FIRE, FIRE) == (read.filled.given[0].value, read.asked[0].code)
    assert "xiao fang" in read.asked[0].sound


def test_a_verb_without_a_number_is_about_the_incident_that_is_shown(
    desk: Desk, words: Grammar
) -> None:
    id_ = given_filed(desk)
    assert [id_] == [row.id for row in typed(desk, words, "派", here=id_).incidents]
    assert () == typed(desk, words, "派").incidents


def test_a_word_of_several_verbs_is_the_one_that_is_offered(desk: Desk, words: Grammar) -> None:
    read = typed(desk, words, "核查", offered=(Verb.INSPECT_FAIL,))
    assert read.filled is not None
    assert Verb.INSPECT_FAIL is read.filled.act.verb


def test_a_worker_in_a_units_place_comes_with_the_station(desk: Desk, words: Grammar) -> None:
    worker = next(each for each in desk.workers().result() if each.grid.startswith(STATION))
    read = typed(desk, words, f"派 1 {worker.name}")
    assert read.filled is not None
    assert read.filled.worker is not None
    assert STATION == read.worker_unit
    assert "*" in next(each for each in read.asked if each.code == worker.number).phone


def test_item_and_place_without_a_verb_are_a_report(desk: Desk, words: Grammar) -> None:
    village = hengli().villages[0]
    read = typed(desk, words, f"{village.name} 0801")
    assert read.reports is not None
    assert {"0801", village.code} == {each.value for each in read.reports.given}
    assert {"village", "item"} <= {each.kind for each in read.found}


def test_incidents_are_found_by_their_texts_and_by_number(desk: Desk, words: Grammar) -> None:
    id_ = given_filed(desk)
    number = number_of(desk, id_)
    assert [id_] == [each.id for each in typed(desk, words, number).incidents]
    assert id_ in {each.code for each in typed(desk, words, number).found}


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "\ud800", "签 \ud800", "x" * 5000, "签 " + "9" * 90]
)
def test_a_line_that_means_nothing_is_no_error(desk: Desk, words: Grammar, text: str) -> None:
    given_filed(desk)
    assert () == typed(desk, words, text).incidents


def test_what_would_happen_is_told_and_nothing_is_stored(desk: Desk) -> None:
    id_ = given_filed(desk)
    before = desk.incident(id_).result()
    seen = desk.foresee(Command(verb=Verb.DISPATCH, incident=id_, unit=FIRE)).result()
    assert (("dispatched",), State.FILED, State.SENT) == (seen.types, seen.before, seen.after)
    assert {"sign_in", "disposal"} == {each.stage.value for each in seen.limits}
    assert before == desk.incident(id_).result()


def test_what_would_be_refused_is_refused_beforehand(desk: Desk) -> None:
    id_ = given_filed(desk)
    with pytest.raises(Refused, match="wrong_state"):
        desk.foresee(Command(verb=Verb.SIGN, incident=id_, person="演示甲")).result()
    with pytest.raises(BadInput):
        desk.foresee(Command(verb=Verb.DISPATCH, incident=id_, unit="没有")).result()


def test_a_workers_phone_is_told_once_it_is_written_down_who_asked(desk: Desk) -> None:
    desk.login("dispatcher1", PASSWORD).result()
    roster = [tables.RosterEntry("W1", "演示甲", STATION, NO_PHONE)]
    body = tables.write_roster(roster, "2")
    desk.site.write(lambda log: log.set_table(Table("roster", "2", body, b""), "r-2")).result()

    assert NO_PHONE == desk.reveal_phone("worker:W1", "派前确认").result()

    assert desk.person is not None
    subject = Subject(Kind.AUDIT, desk.person.subject)
    [kept] = desk.site.read(lambda reader: reader.events(subject)).result()
    body_ = kept.event.body
    told = (getattr(body_, "what", ""), getattr(body_, "about", ""), body_.reason)
    assert ("revealed", "worker:W1:phone", "派前确认") == told


@pytest.mark.parametrize(("number", "reason"), [("W9", "看"), ("", "看"), ("W1", " ")])
def test_a_phone_that_is_not_there_leaves_no_trace(desk: Desk, number: str, reason: str) -> None:
    person = desk.login("dispatcher1", PASSWORD).result()
    with pytest.raises((Refused, BadInput)):
        desk.reveal_phone(f"worker:{number}", reason).result()
    subject = Subject(Kind.AUDIT, person.subject)
    assert () == desk.site.read(lambda reader: reader.events(subject)).result()
