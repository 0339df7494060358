"""The map's sheet: what a pan leaves of it and draws anew is what a whole drawing would show."""

import random

import numpy as np
import pytest
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from tests.ui.test_map_view import GROUND, settle
from ui.look.marks import Light
from ui.look.theme import Theme
from ui.map.canvas import Canvas, Sheet
from ui.map.layout import MOST_WORKER_MARKS
from ui.map.occupancy import Box
from ui.map.projection import Viewport
from ui.map.scene import WORKER_FIELDS, MapIncident, MapWorkers
from ui.map.view import MapView


def draw_places(canvas: Canvas, view: Viewport) -> None:
    """Write into every pixel which place of the plane it is."""
    ratio = view.ratio
    width, height = round(view.width * ratio), round(view.height * ratio)
    x = np.arange(width) + round(view.left * ratio)
    y = np.arange(height) + round(view.top * ratio)
    canvas.pixels[:height, :width] = (x[None, :] & 0xFFF) | ((y[:, None] & 0xFFF) << 12)


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_every_pixel_is_its_own_place_after_any_pans(ratio: float) -> None:
    sheet, draw = Sheet(), random.Random(7)
    view = Viewport(1.0, 100.0, 200.0, 200, 120, ratio)
    drawn: list[float] = []

    def note(canvas: Canvas, area: Viewport) -> None:
        drawn.append(area.width * area.height)
        draw_places(canvas, area)

    for _ in range(60):
        sheet.bring(view, [], note)
        assert places_of(view) == seen(sheet, view)
        view = view.panned(draw.randint(-90, 90), draw.randint(-60, 60))
    assert max(drawn[1:]) <= 0.8 * drawn[0] or ratio != 1.0
    view = view.resized(320, 90, ratio)
    sheet.bring(view, [], note)
    assert places_of(view) == seen(sheet, view)


def places_of(view: Viewport) -> bytes:
    width, height = round(view.width * view.ratio), round(view.height * view.ratio)
    canvas = Canvas(width, height, view.ratio)
    draw_places(canvas, view)
    return (canvas.pixels & 0xFFFFFF).tobytes()


def seen(sheet: Sheet, view: Viewport) -> bytes:
    screen = Canvas(round(view.width * view.ratio), round(view.height * view.ratio), view.ratio)
    painter = QPainter(screen.image)
    sheet.paint(painter, view)
    painter.end()
    return (screen.pixels & 0xFFFFFF).tobytes()


@pytest.mark.usefixtures("qtbot")
def test_only_the_spoilt_box_is_drawn_again() -> None:
    sheet = Sheet()
    view = Viewport(1.0, 0.0, 0.0, 200, 120, 1.0)
    areas: list[tuple[float, float]] = []

    def note(_canvas: Canvas, area: Viewport) -> None:
        areas.append((area.width, area.height))

    sheet.bring(view, [], note)
    sheet.bring(view, [Box(20, 30, 10, 10), Box(500, 0, 9, 9)], note)
    assert [(216.0, 136.0), (26.0, 26.0)] == areas


@pytest.mark.parametrize("crowd", [40, MOST_WORKER_MARKS + 200])
def test_a_panned_map_is_the_map_drawn_anew(crowd: int, qtbot: QtBot) -> None:
    """Marks, dots, names, rings and lines across the seams are whole."""
    view = MapView(Theme("night"))
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.set_ground(GROUND)
    view.set_workers(people(crowd))
    view.set_incidents(incidents())
    view.select("i3")
    view.show()
    view.camera.zoom(1, 250, 200)
    settle(view)
    turn = random.Random(3)
    for _ in range(25):
        view.camera.pan(turn.randint(-70, 70), turn.randint(-70, 70))
        settle(view)
    panned = view.grab().toImage()
    picture = view._picture  # noqa: SLF001 - the same view from an empty sheet
    assert picture is not None
    picture._sheet.forget()  # noqa: SLF001
    assert panned == view.grab().toImage()


def people(count: int) -> MapWorkers:
    draw = np.random.default_rng(4)
    rows = np.zeros(count, WORKER_FIELDS)
    rows["lon"] = draw.uniform(114.0, 114.08, count)
    rows["lat"] = draw.uniform(23.0, 23.08, count)
    rows["status"] = draw.integers(0, 6, count)
    return MapWorkers(rows, ("",) * count)


def incidents() -> tuple[MapIncident, ...]:
    draw = random.Random(5)
    lights = (Light.RED, Light.YELLOW, Light.GREEN)
    return tuple(
        MapIncident(
            f"i{n}",
            str(1000 + n),
            114 + draw.random() * 0.08,
            23 + draw.random() * 0.08,
            draw.choice(lights),
            draw.choice((1, 2, 3)),
        )
        for n in range(60)
    )
