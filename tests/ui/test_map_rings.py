"""Response rings of the selected incident and their minutes (演示数据)."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.test_map_view import GROUND, QUIET, at, colour, pixel, settle
from ui.look.theme import Theme
from ui.map.layout import Layout
from ui.map.view import MapView


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    made = MapView(Theme("night"))
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.set_ground(GROUND)
    made.set_incidents((QUIET,))
    made.show()
    made.select("i3")
    settle(made)
    return made


def layout(view: MapView) -> Layout:
    picture = view._picture  # noqa: SLF001 - what stands where is what is tested
    assert picture is not None
    assert picture.layout is not None
    return picture.layout


def test_three_rings_have_their_minutes_and_a_reach(view: MapView) -> None:
    assert 3 == len(layout(view).rings)
    blue = view._theme.tokens.blue  # noqa: SLF001
    view.set_reach(300)
    settle(view)
    middle = pixel(view, QUIET)
    reach = round(3 * 300 * view.camera.view.scale)
    near = [colour(view, middle + QPoint(reach + off, y)) for off in (-1, 0, 1) for y in range(12)]
    assert blue in near


def test_a_ring_name_makes_way_for_a_mark(view: MapView) -> None:
    """Twelve o'clock of the three-minute ring is taken by another incident."""
    names = layout(view).rings._middles.tolist()  # noqa: SLF001
    scale = view.camera.view.scale
    lat = QUIET.lat + 3 * 400 / 110_750
    view.set_incidents((QUIET, replace(QUIET, id="i9", lat=lat)))
    settle(view)
    spot = pixel(view, replace(QUIET, lat=lat))
    assert abs(spot.y() - (pixel(view, QUIET).y() - 1200 * scale)) <= 2
    moved = layout(view).rings._middles.tolist()  # noqa: SLF001
    assert names[0] == moved[0]
    assert names[1] != moved[1]


def test_without_a_choice_or_its_layer_there_are_none(view: MapView) -> None:
    QTest.keyClick(view, Qt.Key.Key_2)
    settle(view)
    assert 0 == len(layout(view).rings)
    QTest.keyClick(view, Qt.Key.Key_2)
    view.select(None)
    settle(view)
    assert 0 == len(layout(view).rings)
    assert view.rect().contains(at(view, QUIET.lon, QUIET.lat))
