"""The workers board: counts that add up, filters, columns at every width, choosing a worker."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dispatch.desk.views import WorkerStatus
from tests.ui import panel_scene as scene
from tests.ui.text_audit import look_at
from ui.look.theme import Theme
from ui.workers.board import WorkersBoard
from ui.workers.head import ORDER


def board(qtbot: QtBot, width: int = 854, height: int = 249) -> WorkersBoard:
    made = WorkersBoard(Theme())
    qtbot.addWidget(made)
    made.resize(width, height)
    made.set_now(scene.NOW)
    made.set_grids(92)
    made.show_rows(scene.workers())
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("width", [420, 494, 700, 760, 854, 1400])
@pytest.mark.parametrize("height", [40, 249])
def test_no_text_is_clipped_or_crossed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, width: int, height: int
) -> None:
    made = board(qtbot, width, height)
    audit = look_at(made.head, monkeypatch)
    assert [] == audit.beyond + audit.crossing()
    if height > 40:
        made.table.verticalScrollBar().setValue(0)
        audit = look_at(made.table, monkeypatch)
        assert [] == audit.beyond + audit.crossing()


def test_the_counts_add_up_to_those_on_duty(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    made = board(qtbot)
    audit = look_at(made.head, monkeypatch)
    said = [text for texts in audit.written.values() for text, _ in texts]

    counts = [int(text) for text in said if text.isdigit()]
    on_duty = [row for row in scene.workers() if row.status is not WorkerStatus.OFF]
    assert len(on_duty) == sum(counts)
    assert f"{len(on_duty)} / {len(scene.workers())}" in said
    assert "覆盖 6/92 网格" in said


@pytest.mark.parametrize("place", range(6))
def test_a_digit_and_a_click_filter_and_give_back(qtbot: QtBot, place: int) -> None:
    made = board(qtbot)
    wanted = {row.number for row in scene.workers() if row.status is ORDER[place]}
    made.setFocus()
    QTest.keyClick(made.table, Qt.Key(Qt.Key.Key_1 + place))
    assert wanted == {row.number for row in made.table.rows()}
    made.head.grab()
    box = made.head.box(ORDER[place]).center().toPoint()
    QTest.mouseClick(made.head, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, box)
    assert len(scene.workers()) == len(made.table.rows())
    assert made.filter() is None


def test_a_worker_is_chosen_by_mouse_and_arrows(qtbot: QtBot) -> None:
    made = board(qtbot)
    numbers = [row.number for row in scene.workers()]
    with qtbot.waitSignal(made.worker_chosen) as chosen:
        QTest.mouseClick(
            made.table.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(40, 26 + 28 + 10),
        )
    assert [numbers[1]] == chosen.args
    with qtbot.waitSignal(made.worker_chosen) as chosen:
        QTest.keyClick(made.table, Qt.Key.Key_Down)
    assert [numbers[2]] == chosen.args


def test_the_last_worker_is_reached_with_the_arrows(qtbot: QtBot) -> None:
    made = board(qtbot)
    for _ in scene.workers():
        QTest.keyClick(made.table, Qt.Key.Key_Down)
    bar = made.table.verticalScrollBar()
    assert bar.maximum() == bar.value()


def test_a_chosen_worker_stays_chosen_when_the_rows_change(qtbot: QtBot) -> None:
    made = board(qtbot)
    QTest.keyClick(made.table, Qt.Key.Key_Down)
    QTest.keyClick(made.table, Qt.Key.Key_Down)
    made.show_rows(tuple(reversed(scene.workers())))
    with qtbot.waitSignal(made.worker_chosen) as chosen:
        QTest.keyClick(made.table, Qt.Key.Key_Up)
    numbers = [row.number for row in reversed(scene.workers())]
    assert [numbers[numbers.index(scene.workers()[1].number) - 1]] == chosen.args


def test_the_head_alone_stays_on_a_small_screen(qtbot: QtBot) -> None:
    assert not board(qtbot, 494, 40).table.isVisible()
    assert board(qtbot, 494, 249).table.isVisible()
