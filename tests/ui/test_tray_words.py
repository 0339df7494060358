"""What the exceptions tray says of a store that was damaged."""

from __future__ import annotations

import pytest

from dispatch.desk.views_tray import Exceptional
from tests.builders import NOON
from ui.sync.tray_words import key_words, until_words, words_of


@pytest.mark.parametrize(
    ("what", "said"), [("12", "救回 12 条"), ("0", "救回 0 条"), ("", "还没救出")]
)
def test_a_damaged_store_that_is_not_saved_yet_is_told_apart(what: str, said: str) -> None:
    assert said in words_of(Exceptional("damage", what, NOON, "admin", ""))


@pytest.mark.parametrize(
    ("kind", "what", "said"),
    [
        ("inform", "HL-1021 phone", "1021 首报（电话）过时未报"),
        ("card", "HL-1021 yellow", "1021 黄牌督办过时未答复"),
        ("review", "HL-1021", "1021 挂起已到复查时间"),
        ("promise", "HL-1021", "1021 答应来电人的事过时未兑现"),
        ("promise", "", "答应来电人的事过时未兑现"),
        ("clock", "HL-1021", "时钟可疑"),
        ("part", "HL-1021 sent 公安分局", "1021 公安分局协办单“待签收”，已过时限"),
        ("whistle", "HL-1021 sent 公安 分局", "1021 公安 分局没有按时答复吹哨"),
        ("round", "3 台风 检查", "台风 检查：还有 3 个任务没有回报"),
        ("notice", "演示 通知", "通知未读：演示 通知"),
        ("objects", "12", "应查对象还有 12 处没有查"),
    ],
)
def test_what_is_due_and_silent_is_told_by_its_number(kind: str, what: str, said: str) -> None:
    assert said in words_of(Exceptional(kind, what, NOON, "", ""))


@pytest.mark.parametrize(
    ("kind", "what", "said"),
    [
        ("rewound", "90 12", "退回到第 90 号，本机把 12 条重新送去"),
        ("copied", "3", "3 条已换名重发"),
        ("shut_out", "site_revoked", "被市平台停用"),
        ("shut_out", "certificate_expired", "证书已到期"),
    ],
)
def test_what_happened_between_the_site_and_its_hub_is_said(
    kind: str, what: str, said: str
) -> None:
    assert said in words_of(Exceptional(kind, what, NOON, "admin", ""))


@pytest.mark.parametrize(
    ("line", "until", "key"),
    [
        (
            Exceptional("part", "A1 sent 公安", NOON, "unit", "a1", NOON - 1),
            "应于",
            "Enter 打开事件",
        ),
        (Exceptional("notice", "通知", NOON, "", "", NOON + 1), "限", "Enter 或 F6 应急与任务"),
        (Exceptional("notice", "通知", NOON, "", ""), "", "Enter 或 F6 应急与任务"),
        (Exceptional("cut", "", NOON, "", ""), "", ""),
    ],
)
def test_until_when_and_which_key_leads_there(line: Exceptional, until: str, key: str) -> None:
    assert until == until_words(line, NOON).partition(" ")[0]
    assert key == key_words(line)
