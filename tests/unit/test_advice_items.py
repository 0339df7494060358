"""Search for items and names: hanzi, pinyin, initials, local readings, codes."""

from __future__ import annotations

import csv

import pytest

from dispatch.advice.items import Entry, How, ItemSearch
from dispatch.files.tables import read_catalogue
from resources import path
from tests.unit.real_data import REAL, needs_real_data
from tests.unit.towns import official


@pytest.fixture(scope="module")
def items() -> ItemSearch:
    return ItemSearch.of_catalogue(read_catalogue(path("catalogue/catalogue_v1.csv"), "v1"))


@pytest.fixture(scope="module")
def places() -> ItemSearch:
    return ItemSearch(Entry(each.code, each.name) for each in official().divisions)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("灭火器", "灭火器缺失、过期"),
        ("mhq", "灭火器缺失、过期"),
        ("miehuoqi", "灭火器缺失、过期"),
        ("mie huo qi", "灭火器缺失、过期"),
        ("MHQ", "灭火器缺失、过期"),
        ("ｍｈｑ", "灭火器缺失、过期"),
        ("mhuoq", "灭火器缺失、过期"),
        ("灭hq", "灭火器缺失、过期"),
        ("mhq gq", "灭火器缺失、过期"),
        ("缺失、过期", "灭火器缺失、过期"),
        ("缺失过期", "灭火器缺失、过期"),
        ("fxchong", "飞线充电"),
        ("fxc", "飞线充电"),
        ("fxch", "飞线充电"),
        ("0801", "火情、冒烟(先报119)"),
        ("huoqing", "火情、冒烟(先报119)"),
        ("119", "火情、冒烟(先报119)"),
    ],
)
def test_an_item_is_found_first(items: ItemSearch, text: str, name: str) -> None:
    assert name == items.find(text)[0].entry.name


@pytest.mark.parametrize("text", ["mc", "machong", "mayong", "麻涌", "mach", "mac"])
def test_local_and_dictionary_readings_both_lead_there(places: ItemSearch, text: str) -> None:
    assert "麻涌镇" in [match.entry.name for match in places.find(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [("tangxia", "塘厦镇"), ("tangsha", "塘厦镇"), ("shanxia", "山厦村村民委员会"),
     ("shichong", "石涌村村民委员会"), ("daojiao", "道滘镇"), ("changping", "常平镇")],
)  # fmt: skip
def test_towns_and_villages_by_sound(places: ItemSearch, text: str, name: str) -> None:
    assert name in [match.entry.name for match in places.find(text)]


def test_what_matches_better_comes_first(items: ItemSearch) -> None:
    hows = [match.how for match in items.find("消防", limit=100)]

    assert sorted(hows) == hows
    assert How.NAME_START == hows[0]
    assert How.ALSO == hows[-1]


def test_a_code_being_typed_keeps_its_class_together(items: ItemSearch) -> None:
    assert {"0801", "0802", "0803", "0804"} == {m.entry.code for m in items.find("08")}


def test_the_matched_characters_are_told(items: ItemSearch) -> None:
    match = items.find("gq")[0]
    assert "过期" == match.entry.name[match.start : match.end]

    match = items.find("缺失过期")[0]
    assert "缺失、过期" == match.entry.name[match.start : match.end]


@pytest.mark.parametrize("text", ["", " ", "'", "、", "zzzz", "\u202e", "%", "🚒", "灭火器x"])
def test_nothing_is_found_for_nothing(items: ItemSearch, text: str) -> None:
    assert [] == items.find(text)


def test_the_limit_holds_and_order_is_stable(items: ItemSearch) -> None:
    assert 5 == len(items.find("s", limit=5))
    assert items.find("s", limit=5) == items.find("s")[:5]


def test_a_rare_reading_comes_after_a_common_one() -> None:
    """校 is xiao, and jiao in 校对; 交 is jiao."""
    search = ItemSearch([Entry("1", "校门"), Entry("2", "交通")])

    assert ["交通", "校门"] == [match.entry.name for match in search.find("jiao")]


@needs_real_data
def test_every_accepted_reading_of_the_hostile_names_is_found() -> None:
    with (REAL / "zh_hostile_strings.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["accepted_readings"]]
    assert len(rows) > 15
    for row in rows:
        search = ItemSearch([Entry("-", row["text"])])
        for reading in row["accepted_readings"].split("|"):
            initials = "".join(each[0] for each in reading.split())
            for typed in (reading, reading.replace(" ", ""), initials):
                assert search.find(typed), (row["text"], typed)


@needs_real_data
def test_any_hostile_text_can_be_indexed_and_typed() -> None:
    with (REAL / "zh_hostile_strings.csv").open(newline="", encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    search = ItemSearch(Entry(str(n), text) for n, text in enumerate(texts))

    for text in texts:
        for match in search.find(text):
            assert 0 <= match.start <= match.end <= len(match.entry.name)
