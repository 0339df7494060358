"""The timeline says what each fact came to: the finding, the grade, the time, not only the act."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dispatch.desk.names import Names
from dispatch.desk.outcome import outcome as points
from dispatch.desk.pane import timeline
from dispatch.domain.codes import Channel, Finding, ReturnReason
from dispatch.domain.command import Verb
from dispatch.domain.guide import Guide, Guides
from dispatch.domain.incident import Incident
from tests import byways
from tests import given as g
from tests.given import MemoryLog, act
from ui import times
from ui.incident.outcome import outcome


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


def said(log: MemoryLog, incident: Incident, back: int = 1) -> str:
    """The words for the fact that is so many from the end."""
    event = incident.facts[-back]
    entry = timeline(incident, {})[back - 1]
    names = Names(log.rules(), g.TOWN)
    found = points(event, names, lambda id_: "0022" if id_ else "")
    return outcome(replace(entry, points=found))


@pytest.mark.parametrize(
    ("finding", "word"),
    [(Finding.TRUE, "属实"), (Finding.FALSE, "不属实"), (Finding.ABSENT, "未发现")],
)
def test_a_verification_says_what_was_found(log: MemoryLog, finding: Finding, word: str) -> None:
    asked = g.given_verify(log)

    assert word == said(log, act(log, asked.id, Verb.VERIFY, finding=finding))


def test_an_inspection_says_what_was_found_and_where_it_goes(log: MemoryLog) -> None:
    done = g.given_done(log)
    looked = act(log, done.id, Verb.INSPECT, finding=Finding.FALSE, distance_m=30)
    assert "不属实 · 距事发地 30 米" == said(log, looked)

    passed = act(log, done.id, Verb.INSPECT_PASS)
    assert passed.state is not None
    assert said(log, passed) in {"转待回访", "转待评价"}


@pytest.mark.parametrize(("grade", "word"), [(2, "满意"), (4, "不满意")])
def test_a_call_back_says_how_content_the_reporter_is(
    log: MemoryLog, grade: int, word: str
) -> None:
    visit = g.given_visit(log)
    tried = act(log, visit.id, Verb.CALL_TRIED, channel=Channel.MESSAGE)
    assert "短信" == said(log, tried)

    called = act(log, visit.id, Verb.CALL_BACK, channel=Channel.PHONE, grade=grade)
    assert f"电话 · {word} · 转{'待评价' if grade < 4 else '待回访'}" == said(log, called)


def test_arriving_says_when_and_a_return_why(log: MemoryLog) -> None:
    work = g.given_work(log)
    at = log.now - 60_000
    arrived = act(log, work.id, Verb.ARRIVE, at=at)
    assert times.minute(at, log.now) == said(log, arrived)

    sent = g.given_sent(log)
    back = act(log, sent.id, Verb.RETURN, why=ReturnReason.NOT_OURS, reason="x")
    assert said(log, back).startswith("不属本单位")


def test_a_correction_says_old_and_new(log: MemoryLog) -> None:
    filed = g.given_filed(log)
    was = filed.priority
    changed = act(log, filed.id, Verb.CORRECT, g.CHIEF, priority="P1" if was != "P1" else "P2")

    assert f"优先级 {was} → {changed.priority}" == said(log, changed)


def test_a_closing_says_whether_it_was_in_time(log: MemoryLog) -> None:
    closed = g.given_closed(log)

    assert said(log, closed).split(" · ")[0] in {"按时", "超时"}
    assert f"归档号 {closed.archive_no}" in said(log, closed)


def test_an_undo_says_where_it_leads(log: MemoryLog) -> None:
    sent = g.given_sent(log)

    assert "转待派遣" == said(log, act(log, sent.id, Verb.STAND_DOWN, g.DISPATCHER))


def test_a_place_that_the_words_name_is_not_said_twice(log: MemoryLog) -> None:
    made = g.given_reported(log)
    hash_ = made.facts[0].hash
    plain = {"text": "工业二路18号三楼通道堵塞。", "place": "工业二路18号", "reporter": "演示甲"}

    entry = timeline(made, {hash_: plain})[-1]

    assert "工业二路18号三楼通道堵塞 · 演示甲" == entry.text


def test_a_merge_says_how_far_apart_and_with_which(log: MemoryLog) -> None:
    merged = byways.given_merged(log)

    assert re.fullmatch(r"相距 \d+ 米 · 0022", said(log, merged))


def test_a_feedback_says_what_nobody_confirmed_and_which_photos_lack() -> None:
    guides = Guides("1", [Guide("*", closing="通道已清空", after=1)])
    log = MemoryLog(rules=replace(g.town_rules(), guides=guides))
    work = g.given_work(log)
    told = {"text": "已办", "on_behalf": g.FIRE}
    after = act(log, work.id, Verb.FEEDBACK, g.DISPATCHER, **told)

    assert "未确认办结条件：通道已清空 · 缺处置后照片 1 张" == said(log, after)
