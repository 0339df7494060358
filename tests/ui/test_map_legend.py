"""The legend of the map, on a made-up square town (演示数据)."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.test_map_view import GROUND, at, settle
from ui.look.theme import Theme
from ui.map.view import MapView


def shown(qtbot: QtBot, width: int, height: int) -> MapView:
    view = MapView(Theme("night"))
    qtbot.addWidget(view)
    view.resize(width, height)
    view.set_ground(GROUND)
    view.show()
    settle(view)
    return view


def town(view: MapView) -> QRectF:
    return QRectF(at(view, 114.0, 23.08), at(view, 114.08, 23.0))


def test_it_opens_by_itself_beside_the_town(qtbot: QtBot) -> None:
    view = shown(qtbot, 1200, 600)
    assert view.legend.isVisible()
    assert not view.legend_button.isVisible()
    assert not town(view).intersects(QRectF(view.legend.geometry()))


def test_it_is_shut_where_it_would_cover_the_town(qtbot: QtBot) -> None:
    view = shown(qtbot, 800, 800)
    assert not view.legend.isVisible()
    assert view.legend_button.isVisible()
    assert view.rect().contains(view.legend_button.geometry())


@pytest.mark.parametrize("by", ["key", "click"])
def test_asked_for_it_opens_and_shuts_again(by: str, qtbot: QtBot) -> None:
    view = shown(qtbot, 800, 800)
    for widget in (view.legend_button, view.legend):
        if by == "key":
            QTest.keyClick(view, Qt.Key.Key_L)
        else:
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        opened = widget is view.legend_button
        assert opened == view.legend.isVisible()
        assert opened != view.legend_button.isVisible()


def test_once_shut_it_stays_shut_at_any_size(qtbot: QtBot) -> None:
    view = shown(qtbot, 1200, 600)
    QTest.keyClick(view, Qt.Key.Key_L)
    view.resize(1300, 600)
    settle(view)
    assert not view.legend.isVisible()


def test_it_does_not_move_while_the_hand_has_the_map(qtbot: QtBot) -> None:
    view = shown(qtbot, 1200, 600)
    before = view.legend.pos()
    for _ in range(6):
        QTest.keyClick(view, Qt.Key.Key_Right)
    settle(view)
    assert view.legend.isVisible()
    assert before == view.legend.pos()
