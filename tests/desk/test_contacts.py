"""Whom the palette finds to ring up: today's duty roster, units and stations with their phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch.advice.line import Grammar
from dispatch.desk.desk import Desk
from dispatch.desk.handover import HandoverDesk
from dispatch.desk.views_palette import Named, Typing
from dispatch.domain.calendar import HOUR
from dispatch.domain.codes import Kind, Role
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Subject
from dispatch.wire import tables
from dispatch.wire.protocol import Table
from tests.desk.offices import FIRE, PASSWORD, STATION, Hand, nodes, open_desk
from tests.desk.test_typed import NO_PHONE
from tests.unit.towns import HENGLI, hengli
from ui.palette.grammar import grammar

TODAY, NIGHT = f"{HENGLI}-20261121-D", f"{HENGLI}-20261120-N"
"""The running shift of the tests' clock, and the one that ended at eight."""
TOMORROW = f"{HENGLI}-20261122-D"
OFFICE, MOBILE = "0769-00000119", "10000000001"
PLANNED = (
    tables.DutyEntry(TOMORROW, "一席", "clerk2", NO_PHONE),
    tables.DutyEntry(NIGHT, "值班长", "chief1", NO_PHONE),
    tables.DutyEntry(TODAY, "值班长", "chief1", NO_PHONE),
    tables.DutyEntry(TODAY, "二席", "dispatcher1", ""),
    tables.DutyEntry(f"{STATION}-20261121-D", "村站", "station1", NO_PHONE),
)
PHONES = {f"{HENGLI}/{FIRE}": OFFICE, STATION: MOBILE}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_desk(tmp_path / "seat", Hand())
    put(made, "duty", tables.write_duty(PLANNED, "1"))
    with_phones = [replace(each, phone=PHONES.get(each.code, "")) for each in nodes()]
    put(made, "organisation", tables.write_organisation(with_phones, "phones"))
    made.login("dispatcher1", PASSWORD).result()
    yield made
    made.site.close()


@pytest.fixture(scope="module")
def words() -> Grammar:
    return grammar((Role.DISPATCHER,))


def put(desk: Desk, name: str, body: str) -> None:
    desk.site.write(lambda log: log.set_table(Table(name, "2", body, b""), f"{name}-2")).result()


def found(desk: Desk, words: Grammar, text: str, kind: str = "contact") -> list[Named]:
    read = desk.typed(Typing(text), words).result()
    return [each for each in read.found if each.kind == kind]


@pytest.mark.parametrize("text", ["演示长", "yanshizhang", "ysz", "值班长", "zbz", "chief1"])
def test_who_is_on_duty_is_found_the_running_shift_first(
    desk: Desk, words: Grammar, text: str
) -> None:
    first, second = found(desk, words, text)
    assert (f"duty:{TODAY}:chief1", f"duty:{NIGHT}:chief1") == (first.code, second.code)
    assert ("演示长", "值班长", "100 **** 6021") == (first.name, first.beside, first.phone)


def test_neither_tomorrow_nor_who_has_no_phone(desk: Desk, words: Grammar) -> None:
    assert [] == [*found(desk, words, "clerk2"), *found(desk, words, "dispatcher1")]


def test_a_day_later_the_other_shift_is_found(tmp_path: Path, words: Grammar) -> None:
    clock = Hand()
    desk = open_desk(tmp_path / "seat", clock)
    put(desk, "duty", tables.write_duty(PLANNED, "1"))
    assert [] == found(desk, words, "clerk2")
    clock.forward(24 * HOUR)
    assert [f"duty:{TOMORROW}:clerk2"] == [each.code for each in found(desk, words, "clerk2")]
    desk.site.close()


@pytest.mark.parametrize("text", ["消防", "xfdd", "xiaofang", "大队"])
def test_an_offices_number_is_shown(desk: Desk, words: Grammar, text: str) -> None:
    [fire] = found(desk, words, text)
    assert (f"unit:{FIRE}", OFFICE) == (fire.code, fire.phone)


def test_a_stations_mobile_is_somebodys_and_masked(desk: Desk, words: Grammar) -> None:
    """A unit without a phone is no contact; a station's duty seat is one beside the station."""
    village = next(each for each in hengli().villages if each.code == STATION)
    codes = {each.code: each.phone for each in found(desk, words, village.name)}
    assert "100 **** 0001" == codes[f"unit:{STATION}"]
    assert {f"unit:{STATION}", f"duty:{STATION}-20261121-D:station1"} == set(codes)
    assert [] == found(desk, words, "公安")


@pytest.mark.parametrize(
    ("code", "phone"),
    [(f"duty:{TODAY}:chief1", NO_PHONE), (f"unit:{STATION}", MOBILE), (f"unit:{FIRE}", OFFICE)],
)
def test_a_number_is_revealed_with_a_reason_and_a_trace(desk: Desk, code: str, phone: str) -> None:
    assert phone == desk.reveal_phone(code, "催办").result()
    assert desk.person is not None
    subject = Subject(Kind.AUDIT, desk.person.subject)
    [kept] = desk.site.read(lambda reader: reader.events(subject)).result()
    told = getattr(kept.event.body, "about", ""), getattr(kept.event.body, "reason", "")
    assert (f"{code}:phone", "催办") == told


@pytest.mark.parametrize(
    "code", ["", "unit:没有", f"duty:{TOMORROW}:clerk2", f"duty:{TODAY}:dispatcher1", "duty:x"]
)
def test_what_is_nobodys_number_leaves_no_trace(desk: Desk, code: str) -> None:
    assert desk.person is not None
    with pytest.raises(Refused, match="nothing_to_reveal"):
        desk.reveal_phone(code, "催办").result()
    with pytest.raises(BadInput):
        desk.reveal_phone(f"unit:{FIRE}", " ").result()
    subject = Subject(Kind.AUDIT, desk.person.subject)
    assert () == desk.site.read(lambda reader: reader.events(subject)).result()


def test_the_duty_sheet_shows_no_number_in_clear(desk: Desk) -> None:
    assert {"100 **** 6021", ""} == {each.phone for each in HandoverDesk(desk).duty(TODAY).result()}


@pytest.mark.parametrize("form", ["hanzi", "code", "initials"])
def test_a_grid_is_found_as_a_place(desk: Desk, words: Grammar, form: str) -> None:
    grid = hengli().grids[0]
    text = {"hanzi": grid.name, "code": grid.code, "initials": _initials(grid.name)}[form]
    places = found(desk, words, text, "grid")
    assert grid.code in {each.code for each in places[:3]}
    assert places[0].beside


def _initials(name: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name.replace(" ", ""), style=Style.FIRST_LETTER))


@pytest.mark.parametrize("apart", [True, False])
def test_a_grid_is_a_place_in_a_whole_line(desk: Desk, words: Grammar, *, apart: bool) -> None:
    grid = hengli().grids[0]
    name = grid.name if apart else grid.name.replace(" ", "")
    assert " " in grid.name
    read = desk.typed(Typing(f"报 0801 {name} 占了通道"), words).result()
    assert read.filled is not None
    given = {each.slot.name: each.value for each in read.filled.given}
    assert (grid.code, "0801", "占了通道") == (given["lon"], given["item"], given["text"])
    reports = desk.typed(Typing(f"{name} 0801"), words).result().reports
    assert reports is not None
    assert {grid.code, "0801"} == {each.value for each in reports.given}
