"""The map under hand and keyboard, on a made-up square town (演示数据)."""

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import map_scene
from ui.look.marks import Light
from ui.look.theme import Theme
from ui.map.hand import Mode
from ui.map.projection import Viewport
from ui.map.scene import (
    WORKER_FIELDS,
    MapGrid,
    MapGround,
    MapIncident,
    MapTown,
    MapVillage,
    MapWorkers,
)
from ui.map.view import MapView

LEFT = Qt.MouseButton.LeftButton


def square(west: float, south: float, side: float) -> tuple[tuple[tuple[float, float], ...], ...]:
    east, north = west + side, south + side
    return (((west, south), (east, south), (east, north), (west, north), (west, south)),)


GROUND = MapGround(
    towns=(MapTown("演示镇", square(114.0, 23.0, 0.08)),),
    villages=(MapVillage("v1", "演示村", square(114.0, 23.0, 0.08), (114.04, 23.04)),),
    grids=(
        MapGrid("g1", square(114.0, 23.0, 0.04), 0, "01"),
        MapGrid("g2", square(114.04, 23.04, 0.04), 7, "02"),
    ),
)
FIRE = MapIncident("i1", "1023", 114.02, 23.02, Light.RED, 1)
WATER = MapIncident("i2", "1041", 114.06, 23.06, Light.YELLOW, 2)
QUIET = MapIncident("i3", "1044", 114.06, 23.02, Light.GREEN, 3)


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


def settle(view: MapView) -> None:
    """Paint until nothing is missing."""
    for _ in range(20):
        view.grab()
    QApplication.processEvents()


def pixel(view: MapView, incident: MapIncident) -> QPoint:
    return at(view, incident.lon, incident.lat)


def at(view: MapView, lon: float, lat: float) -> QPoint:
    ground = view._ground  # noqa: SLF001 - where a place is painted is what is tested
    assert ground is not None
    x, y = view.camera.view.screen(*ground.projection.point(lon, lat))
    return QPoint(round(x), round(y))


def colour(view: MapView, place: QPoint) -> QColor:
    return view.grab().toImage().pixelColor(place)


def test_a_click_on_a_mark_chooses_its_incident(view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.incident_chosen) as chosen:
        QTest.mouseClick(view, LEFT, pos=pixel(view, WATER))
    assert ["i2"] == chosen.args


def test_a_click_beside_every_mark_chooses_nothing(view: MapView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.incident_chosen):
        QTest.mouseClick(view, LEFT, pos=at(view, 114.04, 23.01))
    assert not view.camera.locked


def test_a_drag_moves_and_locks_until_zero_refits(view: MapView) -> None:
    fitted = view.camera.view
    drag(view, QPoint(400, 350), QPoint(460, 380))
    assert (60, 30) == (fitted.left - view.camera.view.left, fitted.top - view.camera.view.top)
    assert view.camera.locked
    assert view.lock_note.isVisible()

    QTest.keyClick(view, Qt.Key.Key_0)
    assert fitted == view.camera.view
    assert not view.lock_note.isVisible()


def test_new_data_never_moves_a_locked_view(view: MapView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Left)
    moved = view.camera.view
    view.set_incidents((FIRE, WATER, QUIET, replace(FIRE, id="i9", lon=114.2)))
    view.select("i9")
    view.set_open_counts({"g1": 9})
    view.set_ground(GROUND)
    settle(view)
    assert moved == view.camera.view


def test_a_locked_view_keeps_its_middle_when_the_panel_is_resized(view: MapView) -> None:
    view.camera.pan(33, 44)
    middle = view.camera.view.place(400, 350)
    view.resize(600, 500)
    assert middle == pytest.approx(view.camera.view.place(300, 250), abs=20)
    assert view.camera.locked


def test_control_click_gives_the_place(view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.point_chosen) as chosen:
        QTest.mouseClick(
            view, LEFT, Qt.KeyboardModifier.ControlModifier, pos=at(view, 114.03, 23.05)
        )
    assert [114.03, 23.05] == pytest.approx(chosen.args, abs=2e-4)


def test_pick_mode_takes_one_click_even_on_a_mark(view: MapView, qtbot: QtBot) -> None:
    view.pick_point()
    with (
        qtbot.assertNotEmitted(view.incident_chosen),
        qtbot.waitSignal(view.point_chosen),
    ):
        QTest.mouseClick(view, LEFT, pos=pixel(view, FIRE))
    assert view.hand.mode is Mode.LOOK


def test_a_box_gives_the_incidents_in_it(view: MapView, qtbot: QtBot) -> None:
    QTest.keyClick(view, Qt.Key.Key_B)
    assert view.tools.box.isChecked()
    with qtbot.waitSignal(view.box_chosen) as chosen:
        drag(view, at(view, 114.05, 23.07), at(view, 114.07, 23.01))
    assert [["i2", "i3"]] == [sorted(chosen.args[0])]
    assert not view.camera.locked


def test_the_keyboard_goes_from_the_most_urgent_on_and_chooses(view: MapView) -> None:
    chosen: list[str] = []
    view.incident_chosen.connect(chosen.append)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_N)
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert ["i1", "i2", "i3"] == chosen


def test_the_wheel_zooms_about_the_pointer(view: MapView) -> None:
    spot = QPointF(pixel(view, WATER))
    before = view.camera.view
    view.wheelEvent(wheel(spot, 120))
    assert math.sqrt(2) == pytest.approx(view.camera.view.scale / before.scale)
    assert (spot - QPointF(pixel(view, WATER))).manhattanLength() <= 2


def test_zooming_in_and_out_comes_back_to_the_same_tiles(view: MapView) -> None:
    scale = view.camera.view.scale
    for steps in (3, -3):
        view.camera.zoom(steps, 100, 100)
    assert scale == view.camera.view.scale


def test_measuring_gives_metres(view: MapView) -> None:
    QTest.keyClick(view, Qt.Key.Key_M)
    for lat in (23.02, 23.03):
        QTest.mouseClick(view, LEFT, pos=at(view, 114.04, lat))
    assert 1107.5 == pytest.approx(view.hand.measure.length(), rel=0.02)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.hand.mode is Mode.LOOK


def test_a_grid_is_darker_the_more_is_open_in_it(view: MapView) -> None:
    fills = view._theme.tokens.map_fills  # noqa: SLF001
    spot = at(view, 114.03, 23.005)
    assert fills[0] == colour(view, spot)
    view.set_open_counts({"g1": 6, "g2": 7})
    settle(view)
    assert fills[3] == colour(view, spot)
    view.layers.toggle(1)
    settle(view)
    assert fills[0] == colour(view, spot)


def test_selection_is_seen_at_once_and_moves_nothing(view: MapView) -> None:
    before = view.camera.view
    corner = pixel(view, QUIET) + QPoint(-23, -20)
    blue = view._theme.tokens.blue  # noqa: SLF001
    assert blue != colour(view, corner)
    view.select("i3")
    assert blue == colour(view, corner)
    assert before == view.camera.view


def test_a_layer_that_is_off_is_neither_seen_nor_picked(view: MapView, qtbot: QtBot) -> None:
    QTest.keyClick(view, Qt.Key.Key_2)
    settle(view)
    with qtbot.assertNotEmitted(view.incident_chosen):
        QTest.mouseClick(view, LEFT, pos=pixel(view, FIRE))


def test_a_click_on_a_cluster_zooms_to_its_members(view: MapView, qtbot: QtBot) -> None:
    crowd = tuple(
        replace(QUIET, id=f"c{n}", lon=QUIET.lon + n * 0.0004, lat=QUIET.lat) for n in range(5)
    )
    view.set_incidents(crowd)
    settle(view)
    before = view.camera.view.scale
    QTest.mouseClick(view, LEFT, pos=at(view, QUIET.lon + 0.0008, QUIET.lat))
    settle(view)
    assert view.camera.view.scale > before
    with qtbot.waitSignal(view.incident_chosen) as chosen:
        QTest.mouseClick(view, LEFT, pos=pixel(view, crowd[4]))
    assert ["c4"] == chosen.args


def test_thousands_of_workers_are_dots_and_few_are_marks(view: MapView) -> None:
    rows = np.zeros(2000, WORKER_FIELDS)
    draw = np.random.default_rng(1)
    rows["lon"] = draw.uniform(114.0, 114.08, 2000)
    rows["lat"] = draw.uniform(23.0, 23.08, 2000)
    rows["lon"][0] = math.nan
    rows["status"] = 1
    for count, dots in ((2000, True), (50, False)):
        view.set_workers(MapWorkers(rows[:count], ("",) * count))
        settle(view)
        picture = view._picture  # noqa: SLF001
        assert picture is not None
        assert picture.layout is not None
        assert dots == picture.layout.dots


def test_a_theme_change_repaints_in_the_new_colours(view: MapView) -> None:
    view._theme.choose("day")  # noqa: SLF001
    settle(view)
    assert view._theme.tokens.map_fills[0] == colour(view, at(view, 114.03, 23.005))  # noqa: SLF001


@pytest.mark.parametrize("name", ["night", "day"])
def test_a_busy_morning_on_the_real_outline_is_painted(name: str, qtbot: QtBot) -> None:
    """Names never cover a mark or one another."""
    ground = map_scene.town_ground()
    view = MapView(Theme(name))  # type: ignore[arg-type] # the two names above
    qtbot.addWidget(view)
    view.resize(854, 742)
    view.set_ground(ground)
    view.set_incidents(map_scene.incidents(ground))
    view.set_workers(map_scene.workers(ground))
    view.set_units(map_scene.units(ground))
    view.show()
    settle(view)
    picture = view._picture  # noqa: SLF001
    assert picture is not None
    layout = picture.layout
    assert layout is not None
    assert len(layout.names) >= 14
    assert view.camera.view == fitted_of(view)


def fitted_of(view: MapView) -> Viewport:
    ground = view._ground  # noqa: SLF001
    assert ground is not None
    return view.camera.view.fitted(ground.bounds, 26)


def drag(view: MapView, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(view, LEFT, pos=start)
    QTest.mouseMove(view, QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2))
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, LEFT, pos=end)


def wheel(spot: QPointF, angle: int) -> QWheelEvent:
    return QWheelEvent(
        spot,
        spot,
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
