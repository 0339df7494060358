"""Whole acts in one line of the real window over a real desk, by key events alone."""

from __future__ import annotations

import pytest
from shiboken6 import isValid

from dispatch.domain.calendar import HOUR, MINUTE
from dispatch.domain.codes import Channel, Priority, ReturnReason, Stage, State, Supervision
from dispatch.domain.command import Command, Verb
from dispatch.domain.event import Event
from tests.desk.offices import FIRE, SAFETY
from tests.ui.palette_hands import ENTER, Hands, Key, act, become, given_reported
from tests.ui.palette_hands import hands as hands  # noqa: PLC0414 - the fixture
from tests.ui.test_seat_window import WAIT_MS
from tests.ui.workplace import sealed_of
from ui import labels
from ui.acts.dispatch_dialog import DispatchDialog


def test_an_order_goes_its_way_in_lines(hands: Hands) -> None:
    """立, 派, 签, 到, 转, 退, 反馈: each event is what the form would have stored."""
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    n = hands.number(id_)
    filed = hands.do(f"立 {n} 0601 P2", "filed", id_)
    told = (getattr(filed.body, "item", None), getattr(filed.body, "priority", None))
    assert ("0601", Priority.P2) == told
    become(hands, "dispatcher1")
    sent = hands.do(f"派 {n} xf 4h 先断电", "dispatched", id_)
    body = sent.body
    assert (FIRE, ()) == (getattr(body, "unit", None), getattr(body, "assists", None))
    due = {each.stage: each.due for each in getattr(body, "limits", ())}
    assert hands.seat.clock.now + 4 * HOUR == due[Stage.DISPOSAL]
    assert {"text": "先断电"} == sealed_of(hands.seat.desk.site, sent)
    signed = hands.do(f"签 {n} 演示乙", "signed", id_)
    assert (FIRE, Channel.PHONE) == (signed.body.on_behalf, signed.body.told_by)
    assert {"person": "演示乙"} == sealed_of(hands.seat.desk.site, signed)
    arrived = hands.do(f"到 {n}", "arrived", id_)
    assert hands.seat.clock.now == getattr(arrived.body, "arrived_at", None)
    moved = hands.do(f"转 {n} anjian", "reassigned", id_)
    assert SAFETY == getattr(moved.body, "unit", None)
    back = hands.do(f"退 {n} bsbdw 公安 请另派", "returned", id_)
    assert (ReturnReason.NOT_OURS, "公安", SAFETY) == (
        getattr(back.body, "why", None), getattr(back.body, "propose", None), back.body.on_behalf
    )  # fmt: skip
    assert State.FILED is hands.seat.desk.incident(id_).result().state


def stored(event: Event) -> tuple[str, str, object, object]:
    """Return what does not depend on which of two equal incidents it is about."""
    body = event.body
    kept = {name: getattr(body, name) for name in body.__dataclass_fields__ if name != "order_no"}
    return event.type, event.role, kept, event.sealed.__class__


def test_a_line_and_a_form_store_the_same(hands: Hands) -> None:
    """Two equal incidents, the same act by form and by line at the same minute."""
    hands.seat.open("clerk1")
    by_form, by_line = given_reported(hands), given_reported(hands)
    for each in (by_form, by_line):
        hands.seat.desk.act(Command(verb=Verb.FILE, incident=each)).result()
    become(hands, "dispatcher1")
    hands.window.show_incident(by_form)
    hands.seat.wait_shown(by_form)
    hands.window.queue.list.setFocus()
    hands.seat.clock.forward(MINUTE)
    hands.seat.key(Key.Key_D)
    acts = hands.seat.whole.acts
    hands.seat.qtbot.waitUntil(lambda: isinstance(acts.form, DispatchDialog), timeout=WAIT_MS)
    hands.seat.key(ENTER)
    hands.wait_event(by_form, "dispatched")
    hands.line(f"派 {hands.number(by_line)} 消防")
    hands.seat.key(ENTER)
    hands.wait_event(by_line, "dispatched")

    one, two = hands.events(by_form)[-1], hands.events(by_line)[-1]
    assert stored(one) == stored(two)
    site = hands.seat.desk.site
    assert sealed_of(site, one) == sealed_of(site, two)
    assert sealed_of(site, one)["text"]


def test_before_enter_it_says_what_will_happen_and_why(hands: Hands) -> None:
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    act(hands, Verb.FILE, id_)
    become(hands, "dispatcher1")
    hands.line(f"派 {hands.number(id_)} xf")
    said = hands.said()
    for words in ("将执行 派遣", "待派遣 → 待签收", "本事项主办单位", "10 秒内可撤销", "签收限"):
        assert words in said
    assert "filed" == hands.events(id_)[-1].type


def test_what_somebody_undoes_is_marked_in_the_recent_lines(hands: Hands) -> None:
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    line = f"立 {hands.number(id_)}"
    hands.do(line, "filed", id_)
    hands.window.queue.list.setFocus()
    hands.seat.key(Key.Key_Z)
    hands.wait_event(id_, "unfiled")
    history = hands.seat.whole.palette.history
    hands.seat.qtbot.waitUntil(lambda: history.lines()[0].undone, timeout=WAIT_MS)

    palette = hands.open()
    [past] = [each for each in palette.choices() if each.code == "recent"]
    assert line == past.fill
    assert "已撤销" in past.right
    for _ in palette.choices():
        if palette.current() == past:
            break
        hands.seat.key(Key.Key_Down)
    hands.seat.key(ENTER)
    assert line == palette.field.line()
    hands.settle(palette, line)
    hands.seat.key(ENTER)
    hands.wait_event(id_, "filed")


def test_a_refusal_is_told_before_enter_and_nothing_is_done(hands: Hands) -> None:
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    become(hands, "dispatcher1")
    palette = hands.line(f"签 {hands.number(id_)} 演示甲")
    assert "不能办 “待受理”的事件不能签收" in hands.said()
    hands.seat.key(ENTER)
    assert palette.isVisible()
    assert ["reported"] == [each.type for each in hands.events(id_)]


def test_what_changed_in_between_is_refused_at_enter(hands: Hands) -> None:
    """Somebody else filed it after the line was read: Enter does not do it blindly."""
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    palette = hands.line(f"立 {hands.number(id_)}")
    act(hands, Verb.FILE, id_)
    hands.seat.key(ENTER)
    hands.seat.qtbot.waitUntil(lambda: "不能办" in hands.said(), timeout=WAIT_MS)
    assert palette.isVisible()
    assert ["reported", "filed"] == [each.type for each in hands.events(id_)]


@pytest.mark.parametrize("number", ["9999", "0000000000000000000000"])
def test_a_number_that_nobody_bears_is_told(hands: Hands, number: str) -> None:
    hands.seat.open("dispatcher1")
    hands.line(f"签 {number}")
    assert f"没有找到编号 {number}" in hands.said()
    hands.seat.key(ENTER)
    assert hands.seat.whole.palette.palette is not None


def test_an_act_that_came_later_is_done_like_every_other(hands: Hands) -> None:
    """督办: nothing of it stands in the palette; the tables of verbs, words and fields have it."""
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    act(hands, Verb.FILE, id_)
    become(hands, "chief1")
    word = labels.supervision(Supervision.YELLOW)
    event = hands.do(f"督 {hands.number(id_)} {word} 4h 请尽快", "supervised", id_)
    assert Supervision.YELLOW == getattr(event.body, "level", None)
    assert {"text": "请尽快"} == sealed_of(hands.seat.desk.site, event)


def test_another_person_finds_neither_the_line_nor_the_recent_ones(hands: Hands) -> None:
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    hands.do(f"立 {hands.number(id_)}", "filed", id_)
    palette = hands.line("记 1 演示")
    become(hands, "dispatcher1")
    hands.seat.qtbot.waitUntil(lambda: hands.seat.whole.palette.palette is None, timeout=WAIT_MS)
    assert not isValid(palette) or not palette.isVisible()
    assert () == hands.seat.whole.palette.history.lines()
