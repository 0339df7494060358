"""A typed line: which act, which incident, and what its words give the act."""

from __future__ import annotations

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from dispatch.advice.items import Entry, ItemSearch, Match
from dispatch.advice.line import LONGEST, Act, Grammar, Holds, Slot, parse
from dispatch.advice.slots import Filled, fill
from dispatch.domain.command import Verb

NOW = 1_795_231_200_000
UNIT = Slot("unit", Holds.UNIT, "主办", needed=True)
ACTS = (
    Act(
        Verb.DISPATCH,
        ("派遣", "派"),
        (
            UNIT,
            Slot("assists", Holds.UNITS, "协助"),
            Slot("due", Holds.TIME, "时限"),
            Slot("text", Holds.WORDS, "要求"),
        ),
    ),
    Act(
        Verb.RETURN,
        ("退回", "退", "回退"),
        (
            Slot(
                "why",
                Holds.CHOICE,
                "退回理由",
                needed=True,
                choices=(("not-ours", "不属本单位"), ("wrong-place", "地点不符")),
            ),
            Slot("propose", Holds.UNIT, "建议单位"),
            Slot("text", Holds.WORDS, "说明"),
        ),
    ),
    Act(
        Verb.SIGN,
        ("签收", "签"),
        (
            Slot("person", Holds.WORD, "负责人", needed=True),
            Slot("phone", Holds.WORD, "电话"),
            Slot("text", Holds.WORDS, "说明"),
        ),
    ),
    Act(Verb.VERIFY, ("核实反馈",), ()),
    Act(Verb.INSPECT_PASS, ("核查通过",), (Slot("distance_m", Holds.WHOLE, "距离"),)),
    Act(Verb.INSPECT_FAIL, ("核查不通过",), (Slot("reason", Holds.WORDS, "理由", needed=True),)),
    Act(Verb.REPORT, ("上报", "报"), (Slot("item", Holds.ITEM, "事项", needed=True),)),
)
GRAMMAR = Grammar(ACTS)


class Town:
    """Some units and workers."""

    def __init__(self) -> None:
        units = (
            Entry("消防", "消防大队"),
            Entry("公安", "公安分局"),
            Entry("4419", "隔坑村工作站"),
        )
        people = (Entry("W1", "张伟", ("隔坑 03",)), Entry("W2", "郑文辉", ("水边 02",)))
        self._kinds = {
            Holds.UNIT: ItemSearch(units),
            Holds.UNITS: ItemSearch(units),
            Holds.WORKER: ItemSearch(people),
            Holds.ITEM: ItemSearch((Entry("0801", "火情、冒烟(先报119)"),)),
        }

    def find(self, holds: Holds, text: str, limit: int) -> tuple[Match, ...]:
        known = self._kinds.get(holds)
        return tuple(known.find(text, limit)) if known else ()


def filled(text: str, picked: str = "") -> Filled:
    line = parse(text, GRAMMAR)
    return fill(line, line.acts[0], Town(), NOW, picked)


def values(text: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for each in filled(text).given:
        many = each.slot.holds is Holds.UNITS
        before = found.get(each.slot.name, ())
        assert isinstance(before, tuple) or not many
        found[each.slot.name] = (*before, each.value) if many else each.value  # type: ignore[misc]
    return found


@pytest.mark.parametrize(
    ("text", "verb", "number", "words"),
    [
        ("派 1023 张伟", Verb.DISPATCH, "1023", ["张伟"]),
        ("派1023 张伟", Verb.DISPATCH, "1023", ["张伟"]),
        ("派\u30001023\u3000张伟", Verb.DISPATCH, "1023", ["张伟"]),
        ("派遣 HL-20251121-1023", Verb.DISPATCH, "HL-20251121-1023", []),
        ("paiqian 1023 zw", Verb.DISPATCH, "1023", ["zw"]),
        ("pq 1023", Verb.DISPATCH, "1023", []),
        ("pai 1023", Verb.DISPATCH, "1023", []),
        ("dispatch 1023", Verb.DISPATCH, "1023", []),
        ("回退 1023", Verb.RETURN, "1023", []),
        ("签", Verb.SIGN, "", []),
        ("签 王强", Verb.SIGN, "", ["王强"]),
        ("核查不通过 7 照片不清", Verb.INSPECT_FAIL, "7", ["照片不清"]),
        ("报 0801 隔坑", Verb.REPORT, "", ["0801", "隔坑"]),
    ],
)
def test_a_line_is_read(text: str, verb: Verb, number: str, words: list[str]) -> None:
    line = parse(text, GRAMMAR)
    assert (verb, number) == (line.acts[0].verb, line.number.text if line.number else "")
    assert words == [each.text for each in line.words]


def test_every_part_knows_where_it_stands() -> None:
    line = parse("派1023  zw ", GRAMMAR)
    parts = [line.verb, line.number, *line.words]
    assert [(0, 1), (1, 5), (7, 9)] == [(p.start, p.end) for p in parts if p is not None]
    assert line.closed


@pytest.mark.parametrize("text", ["hl 0801", "zw", "p 1023", "你好", "   ", "", "王强 签"])
def test_what_begins_with_no_verb_is_a_search(text: str) -> None:
    assert () == parse(text, GRAMMAR).acts


def test_a_number_alone_names_an_incident() -> None:
    line = parse("1023", GRAMMAR)
    assert line.number is not None
    assert ((), "1023") == (line.acts, line.number.text)


def test_a_beginning_that_several_verbs_share_is_all_of_them() -> None:
    verbs = [each.verb for each in parse("核 1023", GRAMMAR).acts]
    assert [Verb.VERIFY, Verb.INSPECT_PASS, Verb.INSPECT_FAIL] == verbs


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("派 1023 消防", {"unit": "消防"}),
        ("派 1023 xf", {"unit": "消防"}),
        ("派 1023 消防 公安 gk", {"unit": "消防", "assists": ("公安", "4419")}),
        ("派 1023 消防 4h 先断电 再疏散", {"unit": "消防", "due": NOW + 14_400_000,
                                     "text": "先断电 再疏散"}),
        ("退 1023 不属本单位 公安 请转", {"why": "not-ours", "propose": "公安", "text": "请转"}),
        ("退 1023 bsbdw", {"why": "not-ours"}),
        ("退 1023 ddbf", {"why": "wrong-place"}),
        ("退 1023 wrong-place", {"why": "wrong-place"}),
        ("签 1023 王强", {"person": "王强"}),
        ("签 1023 王强 137****1180 已出发", {"person": "王强", "phone": "137****1180",
                                           "text": "已出发"}),
        ("签 1023 王强 已出发 带水", {"person": "王强", "text": "已出发 带水"}),
        ("核查不通过 1023 二楼  仍堵", {"reason": "二楼  仍堵"}),
        ("核查通过 1023 40", {"distance_m": 40}),
        ("上报 hq", {"item": "0801"}),
    ],
)  # fmt: skip
def test_words_find_their_slots(text: str, wanted: dict[str, object]) -> None:
    assert wanted == values(text)


def test_what_is_missing_is_told() -> None:
    assert ["why"] == [each.name for each in filled("退 1023").missing()]
    assert () == filled("退 1023 地点不符").missing()


def test_the_last_word_brings_what_it_may_mean_and_one_can_be_picked() -> None:
    found = filled("派 1023 f")
    assert found.asked is None or found.asked.name in {"unit", "text"}
    both = filled("派 1023 g")
    assert [each.entry.code for each in both.matches][:2] == ["公安", "4419"]
    assert "公安" == both.given[0].value
    assert "4419" == filled("派 1023 g", "4419").given[0].value


def test_a_person_where_a_unit_is_asked_for_is_told_apart() -> None:
    """张伟 is no unit: the main unit is still missing, and the line says who was meant."""
    found = filled("派 1023 zhangwei")
    assert found.worker is not None
    assert ("张伟", ["unit"]) == (found.worker.entry.name, [e.name for e in found.missing()])


def test_a_word_that_nothing_takes_is_left_unread() -> None:
    assert ["好"] == [each.text for each in filled("核查通过 1023 好").unread]


@given_any(st.text(max_size=300))
def test_no_line_breaks_it(text: str) -> None:
    line = parse(text, GRAMMAR)
    assert line.text == text[:LONGEST]
    for act in line.acts:
        for each in fill(line, act, Town(), NOW).given:
            assert each.word.start >= (line.verb.end if line.verb else 0)
