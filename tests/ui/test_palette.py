"""Whole acts in one line of the real window over a real desk, by key events alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch.acts.perform import new_id
from dispatch.domain.calendar import HOUR, MINUTE
from dispatch.domain.codes import Channel, Kind, Priority, ReturnReason, Source, Stage, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.event import Event, Subject
from dispatch.wire import tables
from dispatch.wire.protocol import Table
from tests.desk.offices import FIRE, PASSWORD, SAFETY, STATION
from tests.desk.test_typed import NO_PHONE
from tests.ui.test_seat_window import WAIT_MS, Seat
from tests.ui.workplace import sealed_of
from tests.unit.towns import hengli
from ui.acts.act_form import ActForm
from ui.acts.dispatch_dialog import DispatchDialog
from ui.acts.finder import Finder
from ui.acts.plain_form import PlainForm
from ui.acts.report_form import ReportForm
from ui.palette.palette import Palette

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Key.Key_Return


class Hands:
    """Two hands at one seat, who type lines."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.window = seat.whole.window

    def type(self, text: str) -> None:
        """Type; hanzi come from the input method, as they do for a person."""
        target = QApplication.focusWidget()
        assert target is not None
        for piece in text:
            if piece.isascii():
                self.seat.type(piece)
            else:
                event = QInputMethodEvent()
                event.setCommitString(piece)
                QApplication.sendEvent(target, event)

    def open(self) -> Palette:
        """Press Ctrl+K and wait for the palette."""
        self.seat.key(Key.Key_K, CTRL)
        palette = self.seat.whole.palette.palette
        assert palette is not None
        assert palette.field.hasFocus()
        return palette

    def line(self, text: str) -> Palette:
        """Type a line into a palette and wait until everything about it is there."""
        palette = self.open()
        self.type(text)
        self.settle(palette, text)
        return palette

    def settle(self, palette: Palette, text: str) -> None:
        """Wait until the last answer is there."""

        def settled() -> bool:
            read = palette.asking.read
            return palette.asking.settled and read is not None and read.typing.text == text

        self.seat.qtbot.waitUntil(settled, timeout=WAIT_MS)

    def said(self) -> str:
        """Return everything that is said under the line."""
        palette = self.seat.whole.palette.palette
        assert palette is not None
        return " ".join(f"{e.label} {e.words} {e.after} {e.right}" for e in palette.facts())

    def do(self, text: str, type_: str, id_: str) -> Event:
        """Do a whole act in one line: type it, Enter; the newest event is the act's."""
        self.seat.clock.forward(MINUTE)
        palette = self.line(text)
        assert palette.asking.foreseen is not None, self.said()
        self.seat.key(ENTER)
        self.wait_event(id_, type_)
        self.seat.qtbot.waitUntil(lambda: self.seat.whole.palette.palette is None, timeout=WAIT_MS)
        self.seat.wait_shown(id_)
        return self.events(id_)[-1]

    def wait_event(self, id_: str, type_: str) -> None:
        """Wait until an event is the incident's newest."""
        self.seat.qtbot.waitUntil(lambda: self.events(id_)[-1].type == type_, timeout=WAIT_MS)

    def events(self, id_: str) -> tuple[Event, ...]:
        """Return the incident's facts."""
        return self.seat.desk.incident(id_).result().facts

    def number(self, id_: str) -> str:
        """Return the incident's number as the queue has it."""
        return self.seat.desk.rows(frozenset({id_})).result()[0].number


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    seat = Seat(qtbot, tmp_path)
    yield Hands(seat)
    seat.whole.window.close()
    for timer in seat.whole.window.findChildren(QTimer):
        timer.stop()  # one that is still to tell where the queue points would ask a closed store
    seat.desk.site.close()


def given_reported(hands: Hands, *, item: str = "0605") -> str:
    """A report that came in."""
    grid = hengli().grids[0]
    id_ = new_id()
    command = Command(
        verb=Verb.REPORT, incident=id_, item=item, source=Source.HOTLINE, text="通道堵塞"
    )
    hands.seat.desk.report_at(command, grid.lon, grid.lat).result()
    model = hands.window.queue.model
    hands.seat.qtbot.waitUntil(lambda: model.rowCount() > 0, timeout=WAIT_MS)
    return id_


def act(hands: Hands, verb: Verb, id_: str, **options: object) -> None:
    """Do an act at the desk, to get somewhere."""
    hands.seat.clock.forward(MINUTE)
    hands.seat.desk.act(Command(verb=verb, incident=id_, **options)).result()  # type: ignore[arg-type]


def become(hands: Hands, name: str) -> None:
    """Somebody else sits down."""
    hands.seat.desk.login(name, PASSWORD).result()


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


def test_several_with_one_number_are_asked_about(hands: Hands) -> None:
    """Two days, the same last four digits: the list asks, and the chosen one is acted on."""
    hands.seat.open("clerk1")
    first = given_reported(hands)
    second = given_reported(hands)
    numbers = [hands.number(first), hands.number(second)]
    rows = hands.seat.desk.rows(frozenset({first, second})).result()
    palette = hands.open()
    hands.type("立 1")
    hands.settle(palette, "立 1")
    assert palette.asking.read is not None

    palette.asking.read = replace(palette.asking.read, incidents=rows)
    palette.asking.changed.emit()
    assert set(numbers) == {each.sound for each in palette.choices()}
    hands.seat.key(Key.Key_Down)
    chosen = palette.current()
    assert chosen is not None
    hands.seat.key(ENTER)
    line = palette.field.line()
    assert chosen.sound in line
    hands.settle(palette, line)
    hands.seat.key(ENTER)
    hands.wait_event(chosen.code, "filed")


def test_what_is_missing_opens_the_form_with_what_is_known(hands: Hands) -> None:
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    act(hands, Verb.FILE, id_)
    become(hands, "dispatcher1")
    act(hands, Verb.DISPATCH, id_, unit=FIRE)
    hands.line(f"退 {hands.number(id_)} 公安")
    assert "还缺退回理由" in hands.said()
    hands.seat.key(ENTER)
    acts = hands.seat.whole.acts
    hands.seat.qtbot.waitUntil(lambda: isinstance(acts.form, ActForm), timeout=WAIT_MS)
    form = acts.form
    assert isinstance(form, ActForm)
    propose = form.rows["propose"].entry
    assert isinstance(propose, Finder)
    found = propose.found()
    assert found is not None
    assert "公安" == found.code


def test_a_worker_in_a_units_place_is_sent_with_the_lead(hands: Hands) -> None:
    """张伟 is no unit: the item's own unit leads, his station assists, the order names him."""
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    act(hands, Verb.FILE, id_)
    become(hands, "dispatcher1")
    workers = hands.seat.desk.workers().result()
    worker = next(each for each in workers if each.grid.startswith(STATION))
    hands.line(f"派 {hands.number(id_)} {worker.name}")
    assert f"{worker.name}是网格员，不能作主办" in hands.said()
    hands.seat.key(ENTER)
    hands.wait_event(id_, "dispatched")
    sent = hands.events(id_)[-1]
    assert (FIRE, (STATION,)) == (getattr(sent.body, "unit", ""), getattr(sent.body, "assists", ()))
    assert f"请{worker.name}到场" in sealed_of(hands.seat.desk.site, sent)["text"]


def test_before_a_unit_is_named_the_advised_ones_are_listed(hands: Hands) -> None:
    """Two keys after the number: down, Enter, and the line names the unit."""
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    act(hands, Verb.FILE, id_)
    become(hands, "dispatcher1")
    palette = hands.line(f"派 {hands.number(id_)}")
    assert "还缺主办单位" in hands.said()
    hands.seat.key(Key.Key_Down)
    hands.seat.key(ENTER)
    line = palette.field.line()
    assert line.endswith("消防大队")
    hands.settle(palette, line)
    hands.seat.key(ENTER)
    hands.wait_event(id_, "dispatched")


def test_tab_completes_and_arrows_choose(hands: Hands) -> None:
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    act(hands, Verb.FILE, id_)
    become(hands, "dispatcher1")
    start = f"派 {hands.number(id_)} "
    palette = hands.line(f"{start}ga")
    chosen = palette.current()
    assert chosen is not None
    assert f" {chosen.name}" == palette.field.ghost()
    hands.seat.key(Key.Key_Tab)
    assert f"{start}{chosen.name} " == palette.field.line()
    hands.seat.key(Key.Key_Escape)
    assert hands.seat.whole.palette.palette is None or not palette.isVisible()


def test_ctrl_enter_goes_on_to_the_next(hands: Hands) -> None:
    hands.seat.open("clerk1")
    one, two = given_reported(hands), given_reported(hands)
    model = hands.window.queue.model
    hands.seat.qtbot.waitUntil(lambda: model.rowCount() == 2, timeout=WAIT_MS)
    hands.window.show_incident(one)
    hands.seat.wait_shown(one)
    hands.line("立")
    hands.seat.key(ENTER, CTRL)
    hands.wait_event(one, "filed")
    hands.seat.wait_shown(two)


def test_views_and_commands_are_found_by_their_words(hands: Hands) -> None:
    hands.seat.open("clerk1")
    dark = hands.seat.theme.tokens.dark
    palette = hands.line("rjyj")
    chosen = palette.current()
    assert chosen is not None
    assert ("key", "日间、夜间") == (chosen.kind, chosen.name)
    hands.seat.key(ENTER)
    assert dark is not hands.seat.theme.tokens.dark


def test_a_place_filters_the_queue_and_an_item_begins_a_report(hands: Hands) -> None:
    hands.seat.open("clerk1")
    village = hengli().villages[0]
    palette = hands.line(village.name)
    assert "village" == next(e.kind for e in palette.choices() if e.code == village.code)
    hands.seat.key(Key.Key_Escape)

    hands.line(f"0801 {village.name}")
    hands.seat.key(ENTER)
    acts = hands.seat.whole.acts
    hands.seat.qtbot.waitUntil(lambda: isinstance(acts.form, ReportForm), timeout=WAIT_MS)
    form = acts.form
    assert isinstance(form, ReportForm)
    hands.seat.qtbot.waitUntil(lambda: "lon" in form.rows["lonlat"].entry.values())
    values = form.rows["lonlat"].entry.values()
    assert ("0801", village.code) == (form.rows["item"].entry.values()["item"], values["village"])


def test_a_phone_is_revealed_with_a_reason_and_copied(hands: Hands) -> None:
    roster = [tables.RosterEntry("W1", "演示甲", STATION, NO_PHONE)]
    body = tables.write_roster(roster, "2")
    site = hands.seat.desk.site
    site.write(lambda log: log.set_table(Table("roster", "2", body, b""), "r-2")).result()
    hands.seat.open("dispatcher1")
    palette = hands.line("yanshijia")
    chosen = palette.current()
    assert chosen is not None
    assert NO_PHONE not in chosen.right
    assert "****" in chosen.right
    hands.seat.key(ENTER)
    hands.seat.qtbot.waitUntil(lambda: bool(hands.window.findChildren(PlainForm)), timeout=WAIT_MS)
    hands.type("派前确认")
    hands.seat.key(ENTER)
    bottom = hands.window.bottom
    hands.seat.qtbot.waitUntil(lambda: NO_PHONE in bottom.note(), timeout=WAIT_MS)
    assert NO_PHONE == QGuiApplication.clipboard().text()
    person = hands.seat.desk.person
    assert person is not None
    subject = Subject(Kind.AUDIT, person.subject)
    assert 1 == len(site.read(lambda reader: reader.events(subject)).result())


def test_a_late_answer_to_an_older_line_is_dropped(hands: Hands) -> None:
    hands.seat.open("dispatcher1")
    palette = hands.line("签 9999")
    old = palette.asking.read
    assert old is not None
    hands.type("8")
    palette.asking.take_read(old.typing, old)
    hands.settle(palette, "签 99998")


@pytest.mark.parametrize("text", ["\n\n签\n1", "x" * 1000, "\u202e签 1", "🙂", "'", "签 1 " * 60])
def test_what_is_pasted_is_one_line_and_breaks_nothing(hands: Hands, text: str) -> None:
    hands.seat.open("dispatcher1")
    palette = hands.open()
    QGuiApplication.clipboard().setText(text)
    hands.seat.key(Key.Key_V, CTRL)
    line = palette.field.line()
    assert "\n" not in line
    assert len(line) <= 200
    hands.settle(palette, line)
    hands.seat.key(ENTER)
