"""Limits that stood still by a response are read in a report as they stood at its cut."""

from __future__ import annotations

from dataclasses import replace

from dispatch.acts.town import set_mode
from dispatch.domain.calendar import DAY, HOUR
from dispatch.domain.codes import Kind, Level, Light, Stage, State
from dispatch.domain.command import Verb
from dispatch.domain.decide_town import SetResponse, SetSignal
from dispatch.domain.event import Subject
from dispatch.domain.freeze import view
from dispatch.domain.incident import light
from dispatch.domain.warning import Colour, ResponseLevel
from dispatch.reports.figures import count_all
from dispatch.reports.page_front import Front
from dispatch.reports.shift_input import Basis, People, Scope, ShiftInput, ShiftSpan
from dispatch.reports.walk import walk
from tests import given as g
from tests.reports.inputs import measures

ORDER = SetResponse(kind="wind", level=ResponseLevel.I, order_no="演示令 12 号")


def given_input(log: g.MemoryLog, cut: int) -> ShiftInput:
    return ShiftInput(
        scope=Scope(code=g.TOWN, name="横沥镇", level=Level.TOWN, centre="演示中心"),
        shift=ShiftSpan("白班", g.START - HOUR, cut),
        people=People(account="a", chief="b", leader="c"),
        printed_at=cut,
        incidents=tuple(log.folded.values()),
        basis=Basis(town_seq=1, own=1, behind=0),
        measures=measures(),
        calendar=g.town_rules().calendar,
        records=log.facts_of(Subject(Kind.TOWN, g.TOWN)),
    )


def test_what_stands_still_is_not_over_its_limit() -> None:
    log = g.MemoryLog()
    incident = g.given_sent(log, item="0602")
    set_mode(log, ORDER, g.CHIEF, log.now)
    cut = log.now + 3 * DAY
    given = given_input(log, cut)

    (case,) = walk(given).cases
    (plain,) = walk(replace(given, records=())).cases

    assert case.now is not None
    assert plain.now is not None
    assert (Light.GREEN, Light.RED) == (light(case.now, cut), light(plain.now, cut))
    shown = view(incident, log.modes(), cut, given.calendar)
    assert shown.limit(Stage.SIGN_IN) == case.now.limit(Stage.SIGN_IN)
    told = count_all(walk(given)).figures
    assert (1, 0) == (told["light.closing.green"].value, told["light.closing.red"].value)


def test_a_feedback_after_the_limit_that_stood_still_is_in_time() -> None:
    log = g.MemoryLog()
    incident = g.given_work(log, item="0602")
    set_mode(log, ORDER, g.CHIEF, log.now)
    log.now += 30 * DAY
    set_mode(log, replace(ORDER, level=None), g.CHIEF, log.now)
    done = g.act(log, incident.id, Verb.FEEDBACK, text="已清理")
    assert State.DONE is done.state
    given = given_input(log, log.now + HOUR)

    told = count_all(walk(given))["kpi.on_time"]
    plain = count_all(walk(replace(given, records=())))["kpi.on_time"]

    assert ((1, 1), (0, 1)) == ((told.num, told.den), (plain.num, plain.den))


def test_page_one_tells_what_stands_at_the_cut() -> None:
    log = g.MemoryLog()
    g.given_sent(log, item="0602")
    nothing = given_input(log, log.now + 1)
    set_mode(log, SetSignal(kind="typhoon", colour=Colour.RED), g.CHIEF, log.now)
    set_mode(log, ORDER, g.CHIEF, log.now)
    given = given_input(log, log.now + HOUR)
    set_mode(log, replace(ORDER, level=None), g.CHIEF, log.now + 2 * HOUR)
    late = given_input(log, log.now + 3 * HOUR)

    lines = [_lines(each) for each in (nothing, given, late)]

    assert {"预警信号": "无", "应急响应": "无"} == lines[0]
    assert "台风" in lines[1]["预警信号"]
    assert "红" in lines[1]["预警信号"]
    assert "Ⅰ" in lines[1]["应急响应"]
    assert (lines[1]["预警信号"], "无") == (lines[2]["预警信号"], lines[2]["应急响应"])


def _lines(given: ShiftInput) -> dict[str, str]:
    walked = walk(given)
    shown = Front(walked, count_all(walked)).facts(0, provisional=False)
    return {name: text for name, text in shown if name in {"预警信号", "应急响应"}}
