"""The shell: command field, undo, alarms, tray, theme, sizes and who gets which key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dispatch.desk.views_tray import Exceptional
from dispatch.domain.codes import Priority, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import Refused
from tests.ui.queue_rows import NOW, STRIP, row
from tests.ui.shell import shell
from ui.alarms.tones import Tone, samples
from ui.arrangement import Room, room_for
from ui.strips.undo import UNDO_OF

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
NOTHING_HELD = Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize(("key", "held"), [(Key.Key_K, CTRL), (Key.Key_Slash, NOTHING_HELD)])
def test_the_keys_of_the_palette_ask_for_it(
    qtbot: QtBot, key: Key, held: Qt.KeyboardModifier
) -> None:
    made = shell(qtbot, row(1))
    with qtbot.waitSignal(made.window.palette_wanted):
        QTest.keyClick(made.window.queue.list, key, held)


def test_the_field_of_the_bottom_line_opens_it_by_key_and_by_mouse(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1))
    field = made.window.bottom.field
    with qtbot.waitSignal(made.window.palette_wanted):
        QTest.keyClick(field, Key.Key_Return)
    with qtbot.waitSignal(made.window.palette_wanted):
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    field.setFocus()
    QTest.keyClick(field, Key.Key_Escape)
    assert made.window.queue.list.hasFocus()


def test_z_takes_the_last_act_back_while_ten_seconds_last(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1023))
    with qtbot.waitSignal(made.live.acted):
        made.live.act(Command(verb=Verb.DISPATCH, incident="id-001023", unit="u1"))
    assert "已派遣 1023" == made.window.bottom.note()

    with qtbot.waitSignal(made.live.acted):
        QTest.keyClick(made.window.queue.list, Key.Key_Z)

    undo = made.desk.acts[-1]
    assert (Verb.STAND_DOWN, "id-001023", "v2") == (undo.verb, undo.incident, undo.seen)


def test_after_ten_seconds_nothing_is_taken_back(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1023))
    with qtbot.waitSignal(made.live.acted):
        made.live.act(Command(verb=Verb.DISPATCH, incident="id-001023", unit="u1"))
    made.later(10.1)

    QTest.keyClick(made.window.queue.list, Key.Key_Z)

    assert 1 == len(made.desk.acts)
    assert "没有可撤销的动作" in made.window.bottom.note()


def test_every_undo_is_an_undo_in_the_rules() -> None:
    from dispatch.domain.may import RIGHTS

    assert all(RIGHTS[undo].undo_of for undo in UNDO_OF.values())
    assert all("reason" not in RIGHTS[undo].needs for undo in UNDO_OF.values())


def test_a_refused_act_is_worded_at_the_bottom(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1))
    made.desk.refuse = Refused("contested", pairs=1, verb="close")

    made.live.act(Command(verb=Verb.CLOSE, incident="id-000001"))

    qtbot.waitUntil(lambda: "有 1 处争议未决" in made.window.bottom.note())


def test_a_p1_rings_once_and_again_until_space_acknowledges_it(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1))
    assert [] == made.sink.played
    with qtbot.waitSignal(made.live.rows_changed):
        made.desk.put(row(7, priority=Priority.P1, reported_at=NOW))
    window = made.window
    assert [samples(Tone.INCIDENT)] == made.sink.played
    assert window.lanes.isVisible()

    QTest.keyClick(window.queue.list, Key.Key_Space)

    assert 0 == window.watch.board.unacknowledged()
    assert STRIP.account == window.watch.board.alarms[0].acknowledged_by
    assert "id-000007" == window.queue.list.current_id()


def test_a_p1_in_somebodys_hands_is_no_alarm(qtbot: QtBot) -> None:
    made = shell(qtbot, row(7, priority=Priority.P1))
    assert 1 == made.window.watch.board.unacknowledged()

    with qtbot.waitSignal(made.live.rows_changed):
        made.desk.put(row(7, priority=Priority.P1, state=State.WORK, version="v2"))

    assert () == made.window.watch.board.alarms
    assert not made.window.lanes.isVisible()


def test_an_acknowledged_p1_that_goes_over_its_limit_rings_anew(qtbot: QtBot) -> None:
    made = shell(qtbot, row(7, 5, priority=Priority.P1))
    QTest.keyClick(made.window.queue.list, Key.Key_Space)
    heard = len(made.sink.played)

    made.later(6)

    assert 1 == made.window.watch.board.unacknowledged()
    assert heard + 1 == len(made.sink.played)


def test_mute_silences_for_two_minutes_and_keeps_the_lane(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1))
    QTest.keyClick(made.window.queue.list, Key.Key_F8)
    with qtbot.waitSignal(made.live.rows_changed):
        made.desk.put(row(7, priority=Priority.P1))
    assert [] == made.sink.played
    assert made.window.lanes.isVisible()
    assert "静音还剩 02:00" in made.window.lanes.rest_words()

    made.later(121)
    qtbot.waitUntil(lambda: made.sink.played != [], timeout=3000)


def test_lanes_move_nothing_below_them(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1))
    before = made.map.geometry()
    with qtbot.waitSignal(made.live.rows_changed):
        made.desk.put(*(row(n, priority=Priority.P1) for n in range(2, 9)))

    assert before == made.map.geometry()
    assert 3 == len(made.window.lanes.lanes())
    assert "另有 4 条待确认" == made.window.lanes.rest_words()


def test_unsent_for_five_minutes_is_a_fault_with_its_own_sound(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1))
    strip = replace(STRIP, unsent=4, oldest_unsent_at=NOW - 301_000)

    made.live.strip_changed.emit(strip)

    assert made.window.top.offline()
    assert [samples(Tone.FAULT)] == made.sink.played


def test_the_tray_opens_upward_and_enter_shows_the_incident(qtbot: QtBot) -> None:
    made = shell(qtbot, row(2))
    window = made.window
    lines = (
        Exceptional("silent", "甲", NOW, "dispatcher", ""),
        Exceptional("contested", "HL-20251121-0002", NOW, "chief", "id-000002"),
        Exceptional("unsent", "12", NOW, "", ""),
    )
    made.live.exceptions_changed.emit(lines)
    assert [1, 1, 0, 0, 12] == [
        window.bottom.count(kind)
        for kind in ("contested", "silent", "cut", "quarantined", "unsent")
    ]

    QTest.keyClick(window.queue.list, Key.Key_E, CTRL)
    bottom = window.bottom.geometry().top()
    assert window.tray.isVisible()
    assert bottom == window.tray.geometry().bottom() + 1
    QTest.keyClick(window.tray, Key.Key_Return)

    assert not window.tray.isVisible()
    assert "id-000002" == window.queue.list.current_id()


def test_letters_the_queue_does_not_take_go_to_the_pane_then_to_the_map(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1))

    for key in (Key.Key_D, Key.Key_0, Key.Key_1, Key.Key_X):
        QTest.keyClick(made.window.queue.list, key)

    assert (["d", "1"], ["0"]) == (made.pane.pressed, made.map.pressed)


def test_day_night_and_font_choice_survive(qtbot: QtBot, tmp_path: object) -> None:
    made = shell(qtbot, row(1))
    settings = QSettings(f"{tmp_path}/seat.ini", QSettings.Format.IniFormat)
    QTest.keyClick(made.window.queue.list, Key.Key_T, CTRL)
    QTest.keyClick(made.window.queue.list, Key.Key_Equal, CTRL)
    made.window.save(settings)

    other = shell(qtbot, row(1))
    other.window.restore(settings)

    assert ("day", 115) == (other.window.theme.tokens.name, other.window.theme.fonts.scale)
    other.window.theme.choose("night", 100)


@pytest.mark.parametrize(
    ("width", "scale", "room"),
    [
        (1920, 100, Room.NORMAL),
        (1366, 100, Room.NARROW),
        (1024, 100, Room.COVERED),
        (2560, 100, Room.WIDE),
        (1920, 130, Room.NARROW),
        (1366, 130, Room.COVERED),
    ],
)
def test_what_fits_depends_on_width_and_font(width: int, scale: int, room: Room) -> None:
    assert room is room_for(width, scale)


def left_and_width(widget: QWidget, window: QWidget) -> tuple[int, int]:
    return widget.mapTo(window, QPoint()).x(), widget.width()


def test_the_panels_stand_where_the_design_has_them(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1))
    window = made.window

    assert (0, 96) == left_and_width(window.queue.rail, window)
    assert (96, 504) == left_and_width(window.queue, window)
    assert (601, 853) == left_and_width(made.map, window)
    assert (1455, 465) == left_and_width(made.pane, window)
    assert (48, 40) == (window.top.height(), window.bottom.height())


def test_a_small_screen_has_the_boards_head_under_the_map(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1), size=(1366, 768))
    window, board = made.window, made.window.panels.workers

    assert (72, 400) == left_and_width(window.queue, window)
    assert 400 == made.pane.width()
    assert 40 == board.height()
    before = made.map.geometry()
    QTest.keyClick(window.queue.list, Key.Key_W)
    assert 249 == board.height()
    assert before == made.map.geometry()


def test_the_wide_pane_takes_from_the_map_or_lies_over_it(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1))
    made.window.middle.set_pane_wide(True)
    assert 744 == made.pane.width()
    assert made.pane.parentWidget() is made.window.middle.splitter

    made.window.resize(1366, 768)
    made.window.middle.fit(1366)
    assert made.pane.parentWidget() is made.window.stage


def test_on_the_smallest_screen_the_pane_comes_with_enter_and_goes_with_esc(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1, priority=Priority.P1), size=(1100, 700))
    assert not made.pane.isVisible()
    QTest.keyClick(made.window.queue.list, Key.Key_Down)

    QTest.keyClick(made.window.queue.list, Key.Key_Return)
    assert made.pane.isVisible()
    assert made.pane.geometry().top() == made.window.lanes.height()  # an alarm stays in reach

    QTest.keyClick(made.window.queue.list, Key.Key_Escape)
    assert not made.pane.isVisible()


def test_the_help_sheet_lists_every_key_and_any_key_closes_it(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1))
    QTest.keyClick(made.window.queue.list, Key.Key_F1)
    assert made.window.help.isVisible()

    QTest.keyClick(made.window.help, Key.Key_A)

    assert not made.window.help.isVisible()
    assert made.window.queue.list.hasFocus()


def test_a_key_to_the_screen_is_measured(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1), row(2))
    assert made.window.echo.p95() is None

    with qtbot.waitSignal(made.window.echo.changed):
        QTest.keyClick(made.window.queue.list, Key.Key_Down)

    assert made.window.echo.p95() is not None


def test_the_settings_act_at_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    made = shell(qtbot, row(1, priority=Priority.P1))
    window, menu = made.window, made.window.settings_menu
    # A real popup makes the off-screen platform warn.
    monkeypatch.setattr(menu, "popup", lambda _place: menu.aboutToShow.emit())
    QTest.keyClick(window.queue.list, Key.Key_F12)
    words = {action.text(): action for action in menu.actions()}
    assert words["夜间"].isChecked()
    assert words["字号 100%"].isChecked()

    for name in ("日间", "字号 90%", "告警不闪烁"):
        words[name].trigger()

    assert ("day", 90) == (window.theme.tokens.name, window.theme.fonts.scale)
    assert window.lanes.steady
    window.theme.choose("night", 100)


@pytest.mark.parametrize(("key", "name"), [(Key.Key_F9, "shift"), (Key.Key_F11, "report")])
def test_the_other_views_are_asked_for(qtbot: QtBot, key: Qt.Key, name: str) -> None:
    made = shell(qtbot, row(1))
    with qtbot.waitSignal(made.window.view_wanted) as wanted:
        QTest.keyClick(made.window.queue.list, key)

    assert [name] == wanted.args


def test_the_same_key_is_not_bound_twice(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1))
    with pytest.raises(ValueError, match="bound twice"):
        made.window.shortcuts.bind("x", "N", "x", made.window.undo)


def test_nothing_is_shown_as_known_before_the_desk_answers(qtbot: QtBot) -> None:
    made = shell(qtbot, start=False)

    assert "" == made.window.queue.list.empty_words  # not "nothing open": nobody knows yet
    assert not made.window.top.offline()


@pytest.mark.parametrize("width", [1024, 1100, 1280, 1366, 1600, 1920])
@pytest.mark.parametrize("scale", [90, 100, 115])
def test_nothing_in_the_top_strip_lies_over_the_clock(qtbot: QtBot, width: int, scale: int) -> None:
    made = shell(qtbot, row(1, priority=Priority.P1))
    made.window.theme.choose("night", scale)
    late = replace(STRIP, unsent=1312, oldest_unsent_at=NOW - 52 * 60_000)
    made.live.strip_changed.emit(late)
    top = made.window.top
    top.resize(width, top.height())
    top.grab()

    left, begin, end, right = top.extents

    assert left <= begin < end <= right <= width
    made.window.theme.choose("night", 100)
