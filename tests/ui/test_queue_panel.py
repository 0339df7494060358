"""The queue under keys, mouse and change: what the hand has chosen stays where it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch.desk.views import Changes
from dispatch.domain.codes import Light, Priority, State
from tests.ui.queue_rows import row
from tests.ui.shell import Shell, shell
from ui.queue.delegate import ROW
from ui.queue.order import ALL, Chip

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def many(count: int = 60) -> list[object]:
    return [row(n, 3000 + 60 * n) for n in range(1, count + 1)]


def y_of(made: Shell, row_id: str) -> int:
    queue = made.window.queue
    index = queue.model.index(queue.model.place(row_id))
    return queue.list.visualRect(index).top()


def test_keys_go_through_the_rows(qtbot: QtBot) -> None:
    made = shell(qtbot, *many(5))  # type: ignore[arg-type]
    queue = made.window.queue
    seen = [int(queue.list.current_id()[3:])]
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_N, Key.Key_End):
        QTest.keyClick(queue.list, key)
        seen.append(int(queue.list.current_id()[3:]))

    assert [1, 2, 3, 2, 3, 5] == seen


def test_the_letters_of_acts_are_no_steps_in_the_list(qtbot: QtBot) -> None:
    """A key cap says one thing everywhere: J is the joint order, K goes to the city."""
    made = shell(qtbot, *many(5))  # type: ignore[arg-type]
    queue = made.window.queue
    first = queue.list.current_id()
    for key in (Key.Key_J, Key.Key_K):
        QTest.keyClick(queue.list, key)
    assert first == queue.list.current_id()
    listed = made.window.shortcuts.keys()
    assert not {"J", "K"} & {letter for each in listed for letter in each.keys.split()}


@pytest.mark.parametrize("keys_first", [False, True])
def test_the_first_row_is_current_whichever_comes_first(qtbot: QtBot, *, keys_first: bool) -> None:
    """Rows or the keys: what Enter opens after the start must not be chance."""
    made = shell(qtbot, start=False)
    queue = made.window.queue
    if not keys_first:
        made.window.bottom.field.setFocus()
    with qtbot.waitSignal(made.live.rows_reset):
        made.live.start()
    with qtbot.waitSignal(made.live.rows_changed):
        made.desk.put(*many(3))  # type: ignore[arg-type]
    if not keys_first:
        assert "" == queue.list.current_id()
        queue.list.setFocus()

    assert "id-000001" == queue.list.current_id()


def test_a_row_that_is_awaited_is_taken_up_however_it_comes(qtbot: QtBot) -> None:
    made = shell(qtbot, *many(3))  # type: ignore[arg-type]
    made.window.show_incident("id-000009")
    made.desk.kept["id-000009"] = row(9)
    with qtbot.waitSignal(made.live.rows_reset):
        made.live.refresh(Changes(everything=True))

    assert "id-000009" == made.window.queue.list.current_id()


def test_rows_that_leave_do_not_take_the_pane_from_the_awaited_one(qtbot: QtBot) -> None:
    made = shell(qtbot, *many(3))  # type: ignore[arg-type]
    shown: list[str] = []
    made.window.queue.pointed.connect(shown.append)
    made.window.show_incident("id-000009")
    with qtbot.waitSignal(made.live.rows_changed):
        made.desk.end("id-000001")
    made.desk.kept["id-000009"] = row(9)
    with qtbot.waitSignal(made.window.queue.pointed):
        made.live.refresh(Changes(everything=True))

    assert ["id-000009"] == shown


def test_the_same_rows_anew_point_at_nothing(qtbot: QtBot) -> None:
    """Else the pane would leave an ended incident that somebody looks at."""
    made = shell(qtbot, *many(3))  # type: ignore[arg-type]
    queue = made.window.queue
    with qtbot.waitSignal(queue.pointed):
        QTest.keyClick(queue.list, Key.Key_Down)
    pointed: list[str] = []
    queue.list.pointed.connect(pointed.append)
    with qtbot.waitSignal(made.live.rows_reset):
        made.live.refresh(Changes(everything=True))

    assert ("id-000002", []) == (queue.list.current_id(), pointed)


def test_enter_opens_and_the_pane_follows_once_the_hand_rests(qtbot: QtBot) -> None:
    made = shell(qtbot, *many(5))  # type: ignore[arg-type]
    window = made.window
    with qtbot.waitSignal(window.incident_shown) as shown:
        QTest.keyClick(window.queue.list, Key.Key_Down)
    assert ["id-000002"] == shown.args

    with qtbot.waitSignal(window.incident_opened) as opened:
        QTest.keyClick(window.queue.list, Key.Key_Return)
    assert ["id-000002"] == opened.args


def test_a_new_row_above_never_moves_the_selected_row(qtbot: QtBot) -> None:
    made = shell(qtbot, *many())  # type: ignore[arg-type]
    queue = made.window.queue
    queue.list.choose("id-000003")
    before = y_of(made, "id-000003")

    with qtbot.waitSignal(made.live.rows_changed):
        made.desk.put(row(901, 10), row(902, 20))

    assert before == y_of(made, "id-000003")
    assert "id-000003" == queue.list.current_id()
    assert "已选 1 · 新到 2 条在上方" == queue.foot.words()


def test_what_was_just_reported_is_chosen_when_its_row_comes(qtbot: QtBot) -> None:
    """Pane and queue speak of the same incident; the report is told before its row is."""
    made = shell(qtbot, *many(5))  # type: ignore[arg-type]
    queue = made.window.queue
    queue.list.choose("id-000003")
    with qtbot.waitSignal(made.window.incident_shown):
        made.window.show_incident("id-000901")
    with qtbot.waitSignal(made.live.rows_changed):
        made.desk.put(row(901, 10))
    assert "id-000901" == queue.list.current_id()

    made.window.show_incident("id-000902")
    QTest.keyClick(queue.list, Key.Key_Down)
    pointed = queue.list.current_id()
    with qtbot.waitSignal(made.live.rows_changed):
        made.desk.put(row(902, 10))
    assert pointed == queue.list.current_id()


def test_below_the_rows_lies_the_colour_of_the_theme(qtbot: QtBot) -> None:
    made = shell(qtbot, *many(2))  # type: ignore[arg-type]
    theme, view = made.window.theme, made.window.queue.list.viewport()
    for name in ("day", "night"):
        theme.choose(name)
        found = view.grab().toImage().pixelColor(view.width() // 2, view.height() - 20)
        assert theme.tokens.panel.name() == found.name()


def test_home_brings_the_new_rows_into_view(qtbot: QtBot) -> None:
    made = shell(qtbot, *many())  # type: ignore[arg-type]
    queue = made.window.queue
    queue.list.choose("id-000003")
    with qtbot.waitSignal(made.live.rows_changed):
        made.desk.put(row(901, 10))

    QTest.keyClick(queue.list, Key.Key_Home)

    assert "id-000901" == queue.list.current_id()
    assert 0 == y_of(made, "id-000901")
    assert "已选 1" == queue.foot.words()


def test_a_hand_that_rests_lets_the_new_rows_in_but_keeps_its_row_in_view(qtbot: QtBot) -> None:
    made = shell(qtbot, *many())  # type: ignore[arg-type]
    queue = made.window.queue
    queue.list.choose("id-000003")
    with qtbot.waitSignal(made.live.rows_changed):
        made.desk.put(row(901, 10), row(902, 20))

    queue.list.settle()  # what the rest timer calls after three seconds

    assert 0 == y_of(made, "id-000901")
    assert 4 * ROW == y_of(made, "id-000003")
    assert "已选 1" == queue.foot.words()


@pytest.mark.parametrize("held", [Key.Key_Shift, Key.Key_Control])
def test_a_key_that_is_still_held_selects_no_second_row(qtbot: QtBot, held: Qt.Key) -> None:
    """After Ctrl Enter the next row is gone to while Ctrl is down."""
    made = shell(qtbot, *many(5))  # type: ignore[arg-type]
    queue = made.window.queue
    QTest.keyPress(queue.list, held, Qt.KeyboardModifier.NoModifier)
    modifier = {Key.Key_Shift: SHIFT, Key.Key_Control: CTRL}[held]
    QTest.keyClick(queue.list, Key.Key_F13, modifier)
    assert modifier == QApplication.keyboardModifiers()
    queue.next_row()
    chosen = queue.list.chosen_ids()
    QTest.keyRelease(queue.list, held, Qt.KeyboardModifier.NoModifier)
    QTest.keyClick(queue.list, Key.Key_F13)

    assert ("id-000002",) == chosen


def test_a_new_row_below_the_fold_is_counted_there(qtbot: QtBot) -> None:
    made = shell(qtbot, *many())  # type: ignore[arg-type]
    made.window.queue.list.choose("id-000002")

    with qtbot.waitSignal(made.live.rows_changed):
        made.desk.put(row(901, 90_000))

    assert "已选 1 · 新到 1 条在下方" == made.window.queue.foot.words()


def test_a_change_that_resorts_keeps_the_selected_row_in_place(qtbot: QtBot) -> None:
    made = shell(qtbot, *many())  # type: ignore[arg-type]
    queue = made.window.queue
    queue.list.choose("id-000010")
    before = y_of(made, "id-000010")

    with qtbot.waitSignal(made.live.rows_changed):
        made.desk.put(*(row(n, 5, version="v2") for n in range(40, 50)))

    assert before == y_of(made, "id-000010")


def test_a_row_that_leaves_the_tab_hands_the_keys_to_its_neighbour(qtbot: QtBot) -> None:
    made = shell(qtbot, *many(6))  # type: ignore[arg-type]
    queue = made.window.queue
    queue.choose_tab(3)
    queue.list.choose("id-000002")

    with qtbot.waitSignal(made.live.rows_changed):
        made.desk.put(row(2, 3120, state=State.SENT, version="v2"))

    assert "id-000003" == queue.list.current_id()


def test_right_and_left_step_through_the_tabs(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1), row(2, state=State.WORK))
    queue = made.window.queue

    for _ in range(3):
        QTest.keyClick(queue.list, Key.Key_Right)
    assert ("待派遣", 1) == (queue.rail.tab.name, queue.model.rowCount())
    QTest.keyClick(queue.list, Key.Key_Left)
    assert ("待核实", 0) == (queue.rail.tab.name, queue.model.rowCount())
    assert "没有待核实事件。→ 看下一类" == queue.list.empty_words


def test_a_press_on_the_rail_chooses_the_tab(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1), row(2, state=State.WORK))
    rail = made.window.queue.rail
    spots = {tab.name: box for box, tab in rail._spots() if hasattr(tab, "name")}  # noqa: SLF001

    QTest.mouseClick(rail, Qt.MouseButton.LeftButton, pos=spots["处置中"].center())

    assert ["id-000002"] == [made.window.queue.model.id_at(0)]


def test_the_rails_parts_add_up_with_contested_closed_ones(qtbot: QtBot) -> None:
    rows = [row(n, state=state, contested=True) for n, state in enumerate(State)]
    made = shell(qtbot, *rows)
    counts = made.window.queue.model.rows
    tabs = made.window.queue.rail.tabs()

    parts = sum(counts.tally(tab.key).all for tab in tabs if tab.part)

    assert len(rows) == parts == counts.tally(ALL.key).all
    assert "结案争议" in [tab.name for tab in tabs]


def test_the_search_field_filters_and_enter_opens(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1), row(2, place="隔坑村 9 号"), row(3, item="0802"))
    window, queue = made.window, made.window.queue
    QTest.keyClick(queue.list, Key.Key_F)
    field = queue.head.field
    assert field.hasFocus()

    QTest.keyClicks(field, "sllj")
    qtbot.waitUntil(lambda: queue.model.rowCount() == 1)

    with qtbot.waitSignal(window.incident_opened) as opened:
        QTest.keyClick(field, Key.Key_Return)
    assert ["id-000003"] == opened.args
    field.setFocus()
    QTest.keyClick(field, Key.Key_Escape)
    qtbot.waitUntil(lambda: queue.model.rowCount() == 3)


def test_letters_typed_into_the_field_stay_letters(qtbot: QtBot) -> None:
    made = shell(qtbot, *many(3))  # type: ignore[arg-type]
    field = made.window.queue.head.field
    field.setFocus()

    QTest.keyClicks(field, "nzw")

    assert "nzw" == field.text()


@pytest.mark.parametrize(("chip", "key"), [(Chip.RED, Key.Key_R), (Chip.P1, Key.Key_P)])
def test_chips_filter_by_key_and_by_press(qtbot: QtBot, chip: Chip, key: Qt.Key) -> None:
    made = shell(qtbot, row(1, -5, priority=Priority.P1), row(2, 9000), row(3, 9000))
    queue = made.window.queue
    button = next(each for each in queue.head.chips if each.chip is chip)

    QTest.keyClick(queue.list, key, Qt.KeyboardModifier.AltModifier)
    assert (1, True) == (queue.model.rowCount(), button.isChecked())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (3, False) == (queue.model.rowCount(), button.isChecked())


def test_several_rows_are_selected_with_shift(qtbot: QtBot) -> None:
    made = shell(qtbot, *many(5))  # type: ignore[arg-type]
    queue = made.window.queue
    QTest.keyClick(queue.list, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    assert ("id-000001", "id-000002") == queue.list.chosen_ids()
    assert "已选 2" == queue.foot.words()


def test_the_second_turns_the_light_that_is_shown(qtbot: QtBot) -> None:
    made = shell(qtbot, row(1, 5))
    made.later(6)

    assert Light.RED is made.window.queue.model.rows.light("id-000001")


def test_a_double_click_opens(qtbot: QtBot) -> None:
    made = shell(qtbot, *many(5))  # type: ignore[arg-type]
    window = made.window
    viewport = window.queue.list.viewport()
    at = QPoint(100, 2 * ROW + 10)
    with qtbot.waitSignal(window.incident_opened) as opened:
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=at)

    assert ["id-000003"] == opened.args
