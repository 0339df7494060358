"""The room between hanzi and Latin letters or digits: one rule wherever a value is put in."""

import re

import pytest

from dispatch.domain.errors import Refused
from ui import refusals
from ui.incident.steps import length
from ui.wording import told

HANZI = "[\u4e00-\u9fff]"
GAP = re.compile(f"{HANZI} {HANZI}")
TOUCH = re.compile(f"{HANZI}[A-Za-z0-9]|[A-Za-z0-9]{HANZI}")
NAMES = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize(
    ("template", "value", "said"),
    [
        ("最晚{x}后到达", length(120_000), "最晚 2 分后到达"),
        ("最晚 {x} 后到达", "2天4时", "最晚 2天4时后到达"),
        ("已经派给 {x}，现为", "消防大队", "已经派给消防大队，现为"),
        ("已经派给{x}，现为", "D1", "已经派给 D1，现为"),
        ("已派遣{x}", "", "已派遣"),
        ("{x}没有定位", "演示员甲", "演示员甲没有定位"),
        ("（{x}）", "横沥镇", "（横沥镇）"),
        ("合计 · {x}", "3", "合计 · 3"),
    ],
)
def test_a_value_meets_the_words_beside_it_by_one_rule(
    template: str, value: str, said: str
) -> None:
    """One space between hanzi and Latin, none between hanzi and hanzi."""
    assert said == told(template, x=value)


def test_what_stands_inside_a_value_stays() -> None:
    """A place is data: its own spaces are not ours."""
    assert "在村头村 兴村路 7号厂房见" == told("在{x}见", x="村头村 兴村路 7号厂房")


@pytest.mark.parametrize("code", sorted(refusals.codes()))
@pytest.mark.parametrize("value", ["镇街", "W12"])
def test_no_refusal_has_a_gap_or_a_touch(code: str, value: str) -> None:
    """Every sentence, filled with hanzi and with Latin letters."""
    names = NAMES.findall(refusals._SENTENCES[code])  # noqa: SLF001 - the sentences themselves

    said = refusals.words(Refused(code, **dict.fromkeys(names, value)))

    assert [] == GAP.findall(said)
    assert [] == TOUCH.findall(said)
