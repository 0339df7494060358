"""How few keys a form takes, and what each of them does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from dispatch.domain.calendar import HOUR
from dispatch.domain.codes import Priority, Role, Source
from dispatch.domain.command import Command, Verb
from tests.ui import panel_scene as scene
from tests.ui.form_room import ENTER, Room, form_room
from ui.acts.dispatch_dialog import DispatchDialog
from ui.acts.fields import IMMEDIATE
from ui.acts.finder import Finder
from ui.acts.plain_form import SHIFT_ON, PlainForm
from ui.acts.report_form import ReportForm


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    with form_room(qtbot) as made:
        yield made


def test_filing_takes_two_keys_and_the_item_another_four(room: Room) -> None:
    room.open(Verb.FILE, Role.CLERK)
    room.key(ENTER)
    room.wait(lambda: len(room.desk.acts) == 1)
    assert ("0801", Priority.P1) == (room.desk.acts[0].item, room.desk.acts[0].priority)

    form = room.open(Verb.FILE, Role.CLERK)
    room.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    room.type("tst")
    room.key(ENTER)
    finder = form.rows["item"].entry.widget()
    assert isinstance(finder, Finder)
    room.wait(lambda: finder.found() is not None)
    room.key(ENTER)
    room.wait(lambda: len(room.desk.acts) == 2)
    assert ("0605", Priority.P2) == (room.desk.acts[1].item, room.desk.acts[1].priority)


def test_a_priority_chosen_by_hand_outlives_another_item(room: Room) -> None:
    form = room.open(Verb.FILE, Role.CLERK)
    finder = form.rows["item"].entry.widget()
    assert isinstance(finder, Finder)
    room.key(Qt.Key.Key_Tab)
    room.key(Qt.Key.Key_3)
    finder.setFocus()
    finder.selectAll()
    room.type("0605")
    room.key(ENTER)
    room.wait(lambda: finder.found() is not None)
    room.key(ENTER)
    room.wait(lambda: len(room.desk.acts) == 1)
    assert ("0605", Priority.P3) == (room.desk.acts[0].item, room.desk.acts[0].priority)


def test_a_report_is_filed_with_six_keys(room: Room) -> None:
    """The form's key, three letters, Enter, Enter: the point came from the map."""
    room.acts.report((113.9635, 23.0380))
    form = room.acts.form
    assert isinstance(form, ReportForm)
    room.wait(lambda: "grid" in form.rows["lonlat"].entry.values())
    keys = 1
    for letter in "hqm":
        room.type(letter)
        keys += 1
    for _ in range(2):
        room.key(ENTER)
        keys += 1
        room.wait(lambda: isinstance(form.item, Finder) and form.item.found() is not None)
    room.wait(lambda: len(room.desk.acts) == 1)

    assert keys <= 6
    assert room.desk.acts[0] == Command(
        verb=Verb.REPORT,
        incident="new-id",
        item="0801",
        priority=Priority.P1,
        source=Source.CITIZEN,
        lon=113.9635,
        lat=23.038,
        grid=scene.place().grid,
    )


def test_escape_gives_up_and_hands_the_keys_back(room: Room) -> None:
    before = QLineEdit(room.host)
    before.show()
    before.setFocus()
    form = room.open(Verb.NOTE)
    with room.qtbot.waitSignal(form.closed):
        room.key(Qt.Key.Key_Escape)
    assert before is QApplication.focusWidget()
    assert [] == room.desk.acts
    assert room.acts.form is None


def test_control_enter_does_it_and_asks_for_the_next(room: Room) -> None:
    room.open(Verb.CLOSE)
    with room.qtbot.waitSignal(room.acts.next_wanted):
        room.key(ENTER, Qt.KeyboardModifier.ControlModifier)
    assert [Verb.CLOSE] == [command.verb for command in room.desk.acts]


def test_shift_enter_begins_a_line_and_enter_does(room: Room) -> None:
    room.open(Verb.NOTE)
    room.type("one")
    room.key(ENTER, Qt.KeyboardModifier.ShiftModifier)
    room.type("two")
    room.key(ENTER)
    room.wait(lambda: len(room.desk.acts) == 1)
    assert "one\ntwo" == room.desk.acts[0].text


@pytest.mark.parametrize("verb", sorted(IMMEDIATE))
def test_what_asks_nothing_is_done_at_the_key(room: Room, verb: Verb) -> None:
    room.acts.want(verb, room.desk.shown)
    room.wait(lambda: len(room.desk.acts) == 1)
    assert (verb, "v1") == (room.desk.acts[0].verb, room.desk.acts[0].seen)
    assert room.acts.form is None


def test_the_dispatch_takes_main_and_assists_by_digit(room: Room) -> None:
    room.acts.want(Verb.DISPATCH, room.desk.shown)
    room.wait(lambda: isinstance(room.acts.form, DispatchDialog))
    dialog = room.acts.form
    assert isinstance(dialog, DispatchDialog)
    room.key(Qt.Key.Key_3)
    room.key(Qt.Key.Key_2, Qt.KeyboardModifier.ShiftModifier)
    room.key(Qt.Key.Key_Exclam, Qt.KeyboardModifier.ShiftModifier)
    assert "隔坑工作站、消防大队 1 中队" == dialog.assists.text()
    room.key(ENTER)
    room.wait(lambda: len(room.desk.acts) == 1)

    units = scene.unit_advice()
    command = room.desk.acts[0]
    assert (units[2].unit, (units[1].unit, units[0].unit), None) == (
        command.unit,
        command.assists,
        command.due,
    )


def test_typing_in_the_dispatch_finds_any_unit(room: Room) -> None:
    room.acts.want(Verb.DISPATCH, room.desk.shown)
    room.wait(lambda: isinstance(room.acts.form, DispatchDialog))
    dialog = room.acts.form
    assert isinstance(dialog, DispatchDialog)
    room.type("t")
    room.type("r")
    room.key(ENTER)
    room.wait(lambda: dialog.units.main == scene.unit_advice()[4].unit)
    dialog.due.setFocus()
    room.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    room.type("4h")
    room.key(ENTER)
    room.wait(lambda: len(room.desk.acts) == 1)
    assert (scene.unit_advice()[4].unit, scene.NOW + 4 * HOUR) == (
        room.desk.acts[0].unit,
        room.desk.acts[0].due,
    )


def test_the_merge_proposal_leaves_the_dispatch_for_the_duplicates(room: Room) -> None:
    """B gives way to the two side by side; nothing is merged or sent by the key alone."""
    room.acts.want(Verb.DISPATCH, room.desk.shown)
    room.wait(lambda: isinstance(room.acts.form, DispatchDialog))
    with room.qtbot.waitSignal(room.acts.duplicates_wanted):
        room.key(Qt.Key.Key_B)
    room.wait(lambda: room.acts.form is None)
    assert [] == room.desk.acts


def test_a_seat_is_taken_by_digit(room: Room) -> None:
    form = PlainForm(room.theme, room.host, ("接班", "上岗"), SHIFT_ON)
    form.open()
    room.key(Qt.Key.Key_2)
    with room.qtbot.waitSignal(form.filled) as filled:
        room.key(ENTER)
    assert [{"seat": "dispatcher"}] == filled.args
