"""Ten thousand names: whom somebody means stands among the first three, however it is typed."""

from __future__ import annotations

from collections import Counter

import pytest

from dispatch.advice.items import Entry, ItemSearch, Match
from dispatch.advice.pairs import Pairs
from tests.unit.ten_thousand import (
    MODES,
    NAMES,
    entries,
    place_queries,
    places,
    queries,
    short,
)

ASKED = 1_800


@pytest.fixture(scope="module")
def everybody() -> ItemSearch:
    return ItemSearch(entries())


def test_there_are_ten_thousand_and_no_worker_twice() -> None:
    names = [each.name for each in entries() if each.code.startswith("W")]
    assert (NAMES, len(names)) == (len(entries()), len(set(names)))


def test_the_one_who_is_meant_stands_in_the_first_three(everybody: ItemSearch) -> None:
    asked: Counter[str] = Counter()
    missed: dict[str, list[str]] = {mode: [] for mode in MODES}
    for query in queries(ASKED):
        asked[query.mode] += 1
        found = [match.entry for match in everybody.find(query.text, 3)]
        if all(short(each.name) != short(query.wanted.name) for each in found):
            missed[query.mode].append(query.text)

    assert set(MODES) == set(asked)
    for mode, texts in missed.items():
        assert len(texts) <= asked[mode] / 100, (mode, texts)


def test_a_towns_villages_and_grids_stand_in_the_first_three() -> None:
    """All villages of the city, six grids each: a grid is its village and two digits."""
    asked, missed = 0, []
    for listed in places():
        search = ItemSearch(listed)
        for query in place_queries(listed):
            asked += 1
            found = [match.entry for match in search.find(query.text, 3)]
            if query.wanted not in found:
                missed.append(query.text)

    assert asked > 4_000
    assert len(missed) <= asked / 100, missed


@pytest.mark.parametrize("text", ["mc", "machong", "mayong", "麻涌", "mach", "MC"])
def test_a_local_reading_and_the_dictionarys_lead_to_the_same_town(
    everybody: ItemSearch, text: str
) -> None:
    assert "麻涌" in [match.entry.name for match in everybody.find(text, 3)]


@pytest.mark.parametrize("text", ["hx", "houxia", "lingxia", "lingsha", "岭厦"])
def test_xia_is_a_place_name_here(text: str) -> None:
    places = ItemSearch((Entry("1", "岭厦"), Entry("2", "侯厦"), Entry("3", "林国贤")))
    assert places.find(text)[0].entry.name in {"岭厦", "侯厦"}


def test_whole_syllables_stand_before_initials(everybody: ItemSearch) -> None:
    """`wuxia` is 屋厦, and only then 吴贤, whose last syllable would be unfinished."""
    assert "屋厦" == everybody.find("wuxia")[0].entry.name


def by_looking_at_all(names: tuple[Entry, ...], text: str) -> set[str]:
    found: set[str] = set()
    for each in names:
        if ItemSearch((each,)).find(text):
            found.add(each.code)
    return found


@pytest.mark.parametrize(
    "text", ["zw", "lij", "消防", "张 03", "w0001", "0801", "xia", "chong", "(", "a-b", "ü", "lv"]
)
def test_the_pairs_leave_nothing_out(text: str) -> None:
    """Every name that would be found by looking at all of them is found through the pairs."""
    some = (*entries()[:800], *entries()[-700:], Entry("a-b", "吕(甲)"))
    found = ItemSearch(some).find(text, len(some))
    assert by_looking_at_all(some, text) == {match.entry.code for match in found}


def test_of_very_many_the_shortest_that_begin_so_come_first(everybody: ItemSearch) -> None:
    found: list[Match] = everybody.find("z", 20)
    assert 20 == len(found)
    assert all(2 == len(match.entry.name) for match in found)


def test_a_word_that_stands_nowhere_finds_nothing(everybody: ItemSearch) -> None:
    for text in ("", "   ", "'", "qqqqq", "\ud800", "𠮷野家", "🙂", "a" * 400):
        assert [] == everybody.find(text)


def test_pairs_of_nothing() -> None:
    assert set() == Pairs(()).could_be("zw")
    assert {0} == Pairs((("ab",),)).could_be("")
