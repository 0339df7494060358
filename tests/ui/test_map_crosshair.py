"""Measuring, box select and picking a point by keyboard alone (演示数据)."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.test_map_view import FIRE, GROUND, QUIET, WATER, at, colour, pixel, settle
from ui.look.theme import Theme
from ui.map.crosshair import FINE, STEP
from ui.map.hand import Mode
from ui.map.view import MapView

FINER = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    made = MapView(Theme("night"))
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.set_ground(GROUND)
    made.set_incidents((FIRE, WATER, QUIET))
    made.show()
    settle(made)
    return made


def go(view: MapView, place: QPoint) -> None:
    """Bring the crosshair to a pixel with arrow keys."""
    ways = ((Qt.Key.Key_Left, Qt.Key.Key_Right, "x"), (Qt.Key.Key_Up, Qt.Key.Key_Down, "y"))
    begun = view.crosshair.at.toPoint() if view.crosshair.at else view.rect().center()
    gone = place - begun
    for back, forth, axis in ways:
        way = gone.x() if axis == "x" else gone.y()
        key = forth if way > 0 else back
        for _ in range(round(abs(way) // STEP)):
            QTest.keyClick(view, key)
        for _ in range(round(abs(way) % STEP / FINE)):
            QTest.keyClick(view, key, FINER)


def test_two_corners_by_keyboard_choose_the_box(view: MapView, qtbot: QtBot) -> None:
    QTest.keyClick(view, Qt.Key.Key_B)
    go(view, pixel(view, WATER) + QPoint(-30, -30))
    QTest.keyClick(view, Qt.Key.Key_Return)
    go(view, pixel(view, QUIET) + QPoint(30, 30))
    with qtbot.waitSignal(view.box_chosen) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert ["i2", "i3"] == sorted(chosen.args[0])


def test_a_length_is_measured_by_keyboard(view: MapView) -> None:
    QTest.keyClick(view, Qt.Key.Key_M)
    for lat in (23.02, 23.03):
        go(view, at(view, 114.04, lat))
        QTest.keyClick(view, Qt.Key.Key_Space)
    assert 1107.5 == pytest.approx(view.hand.measure.length(), rel=0.08)


def test_a_point_is_picked_by_keyboard_and_the_mode_ends(view: MapView, qtbot: QtBot) -> None:
    view.pick_point()
    go(view, at(view, 114.03, 23.05))
    with qtbot.waitSignal(view.point_chosen) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert [114.03, 23.05] == pytest.approx(chosen.args, abs=5e-4)
    assert view.hand.mode is Mode.LOOK
    assert view.crosshair.at is None


def test_at_the_edge_the_map_moves_and_the_first_corner_with_it(
    view: MapView, qtbot: QtBot
) -> None:
    QTest.keyClick(view, Qt.Key.Key_B)
    go(view, pixel(view, WATER) + QPoint(20, -30))
    QTest.keyClick(view, Qt.Key.Key_Return)
    before = view.camera.view.left
    for _ in range(20):
        QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.camera.view.left < before
    go(view, pixel(view, FIRE) + QPoint(-10, 30))
    settle(view)
    with qtbot.waitSignal(view.box_chosen) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert ["i1", "i2", "i3"] == sorted(chosen.args[0])


def test_it_is_seen_and_gone_with_its_mode(view: MapView) -> None:
    blue = view._theme.tokens.blue  # noqa: SLF001
    QTest.keyClick(view, Qt.Key.Key_M)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.crosshair.at is not None
    arm = view.crosshair.at.toPoint() + QPoint(9, 0)
    assert blue == colour(view, arm)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert blue != colour(view, arm)


def test_arrows_move_the_map_while_looking(view: MapView) -> None:
    before = view.camera.view.left
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.camera.view.left > before
    assert view.crosshair.at is None
