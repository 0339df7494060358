"""The map under a city's load, beside a pyqtgraph map of the same data in the same run.

``python -m tests.bench.bench_map`` prints p50 and p95 of a frame while panning and zooming.
"""

import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pyqtgraph
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF
from PySide6.QtWidgets import QApplication, QGraphicsPolygonItem, QWidget
from shapely.geometry import MultiPoint, box
from shapely.ops import voronoi_diagram

from ui.look.marks import Light
from ui.look.theme import Theme
from ui.map.projection import Projection
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

GRIDS, WORKERS, INCIDENTS = 3201, 10_000, 2_000
SIZE = (1920, 1080)
AREA = box(113.55, 22.7, 114.25, 23.15)
Row = tuple[str, float, float, float, float]
Spent = list[tuple[float, float]]  # wall and CPU milliseconds of a frame


def city(seed: int = 1) -> tuple[MapGround, tuple[MapIncident, ...], MapWorkers]:
    """Return a made-up city: 3,201 grids, 609 villages, 33 towns, incidents and workers."""
    draw = np.random.default_rng(seed)
    towns = tuple(MapTown(f"镇{n}", (ring,)) for n, ring in enumerate(_parts(33, draw)))
    villages = tuple(
        MapVillage(f"v{n}", f"演示村{n}", (ring,), _middle(ring))
        for n, ring in enumerate(_parts(609, draw))
    )
    grids = tuple(
        MapGrid(f"g{n}", (ring,), int(draw.integers(0, 8)))
        for n, ring in enumerate(_parts(GRIDS, draw))
    )
    pick = random.Random(seed)
    spots = _points(INCIDENTS, draw)
    incidents = tuple(
        MapIncident(
            id=f"i{n}",
            number=str(n),
            lon=float(lon),
            lat=float(lat),
            light=pick.choices((Light.RED, Light.YELLOW, Light.GREEN), (1, 10, 30))[0],
            priority=pick.choices((1, 2, 3), (1, 6, 13))[0],
        )
        for n, (lon, lat) in enumerate(spots)
    )
    rows = np.zeros(WORKERS, WORKER_FIELDS)
    rows["lon"], rows["lat"] = _points(WORKERS, draw).T
    rows["status"] = draw.integers(0, 6, WORKERS)
    return MapGround(towns, (), villages, grids), incidents, MapWorkers(rows, ("",) * WORKERS)


def _points(count: int, draw: np.random.Generator) -> np.ndarray:
    west, south, east, north = AREA.bounds
    return draw.uniform((west, south), (east, north), (count, 2))


def _parts(count: int, draw: np.random.Generator) -> list[tuple[tuple[float, float], ...]]:
    cells = voronoi_diagram(MultiPoint(_points(count, draw)), envelope=AREA)
    inside = [cell.intersection(AREA) for cell in cells.geoms]
    return [tuple((x, y) for x, y in cell.segmentize(0.003).exterior.coords) for cell in inside]


def _middle(ring: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    spots = np.array(ring)
    return float(spots[:, 0].mean()), float(spots[:, 1].mean())


def frames(widget: QWidget, moves: Sequence[Callable[[], object]]) -> Spent:
    """Return the milliseconds of each move with the painting it causes."""
    widget.window().show()
    QApplication.processEvents()
    spent: Spent = []
    for move in moves:
        begun, worked = time.perf_counter(), time.thread_time()
        move()
        widget.repaint()
        wall, cpu = time.perf_counter() - begun, time.thread_time() - worked
        spent.append((wall * 1000, cpu * 1000))
        QApplication.sendPostedEvents()
    return spent


def measure(name: str, spent: Spent) -> Row:
    """Return a row of the table; CPU time tells what a busy machine adds to the wall time."""
    wall = [frame[0] for frame in spent]
    cpu = [frame[1] for frame in spent]
    p95 = statistics.quantiles(wall, n=20)[18]
    return name, statistics.median(wall), p95, max(wall), statistics.quantiles(cpu, n=20)[18]


def own(grouped: bool) -> list[Row]:
    """Measure our map; not grouped paints all 2,000 marks one by one."""
    ground, incidents, workers = city()
    view = MapView(Theme("night"))
    view.resize(*SIZE)
    view.set_ground(ground)
    view.set_incidents(incidents)
    view.set_workers(workers)
    view.set_grouped(grouped)
    frames(view, [lambda: None] * 30)
    rows = []
    sort = "clusters" if grouped else "every mark"
    for label, steps in (("fitted", 0), ("zoomed in 4x", 8)):
        view.camera.zoom(steps, 960, 540)
        frames(view, [lambda: None] * 30)
        pans = [partial(view.camera.pan, dx, 7) for dx in [24] * 60 + [-24] * 60]
        rows.append(measure(f"own, {sort}, pan {label}", frames(view, pans)))
    view.camera.refit()
    frames(view, [lambda: None] * 30)
    steps_in = [lambda: view.camera.zoom(1, 900, 500)] * 12 + [lambda: None] * 6
    steps_out = [lambda: view.camera.zoom(-1, 900, 500)] * 12 + [lambda: None] * 6
    rows.append(measure(f"own, {sort}, zoom", frames(view, (steps_in + steps_out) * 4)))
    return rows


def peer() -> list[Row]:
    """Measure pyqtgraph: one polygon item a grid, two scatter items."""
    ground, incidents, workers = city()
    plot = pyqtgraph.PlotWidget()
    plot.resize(*SIZE)
    plane = Projection(113.9, 22.92)
    fills = [pyqtgraph.mkBrush(colour) for colour in ("#131920", "#1A222B", "#222D38", "#2D3B49")]
    for grid in ground.grids:
        points = [QPointF(*plane.point(*place)) for place in grid.rings[0]]
        item = QGraphicsPolygonItem(QPolygonF(points))
        item.setPen(pyqtgraph.mkPen("#2E3A46"))
        item.setBrush(fills[min(3, grid.open_count // 2)])
        plot.addItem(item)
    people = np.array([plane.point(*place) for place in workers.rows[["lon", "lat"]].tolist()])
    plot.addItem(
        pyqtgraph.ScatterPlotItem(x=people[:, 0], y=people[:, 1], size=5, pen=None, brush="#4F9E81")
    )
    marks = np.array([plane.point(i.lon, i.lat) for i in incidents])
    plot.addItem(pyqtgraph.ScatterPlotItem(x=marks[:, 0], y=marks[:, 1], size=14, brush="#FFC357"))
    box_ = plot.getViewBox()
    frames(plot.viewport(), [lambda: None] * 3)
    pans = [partial(box_.translateBy, x=dx, y=60) for dx in [200] * 12 + [-200] * 12]
    rows = [measure("pyqtgraph, pan fitted", frames(plot.viewport(), pans))]
    zooms = [lambda: box_.scaleBy((0.84, 0.84))] * 12 + [lambda: box_.scaleBy((1.19, 1.19))] * 12
    rows.append(measure("pyqtgraph, zoom", frames(plot.viewport(), zooms)))
    return rows


def run() -> list[Row]:
    """Return every row: what; wall p50, p95, worst; CPU p95; in ms."""
    application = QApplication.instance() or QApplication([])
    del application
    return [*own(grouped=True), *own(grouped=False), *peer()]


if __name__ == "__main__":
    print(f"{GRIDS} polygons, {WORKERS} dots, {INCIDENTS} marks, {SIZE[0]}x{SIZE[1]}")
    print(f"{'':34}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}{'cpu p95':>9}")
    for what, *figures in run():
        print(f"{what:34}" + "".join(f"{figure:9.1f}" for figure in figures))
