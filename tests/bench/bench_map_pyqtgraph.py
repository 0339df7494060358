"""The same city as a pyqtgraph map: raster, no antialiasing, no axes.

Grids both ways and the faster one counts: an item a grid, or one path item a fill; workers and
incidents are two ScatterPlotItems in pixels (pxMode).
"""

from functools import partial

import numpy as np
import pyqtgraph
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsPolygonItem

from tests.bench.bench_map_city import SIZE, city
from tests.bench.bench_map_frames import Row, frames, settle
from ui.map.ground import fill_class
from ui.map.projection import Projection
from ui.map.scene import MapGround

FILLS = ("#131920", "#1A222B", "#222D38", "#2D3B49")
_PLANE = Projection(113.9, 22.92)


def run() -> list[Row]:
    """Return the rows of both ways."""
    return [*_map("items", one_path=False), *_map("paths", one_path=True)]


def _map(told: str, *, one_path: bool) -> list[Row]:
    ground, incidents, workers = city()
    plot = pyqtgraph.PlotWidget(antialias=False)
    plot.hideAxis("left")
    plot.hideAxis("bottom")
    plot.hideButtons()
    plot.resize(*SIZE)
    for item in _paths(ground) if one_path else _polygons(ground):
        plot.addItem(item)
    people = np.column_stack(_PLANE.metres(workers.rows["lon"], workers.rows["lat"]))
    dots = pyqtgraph.ScatterPlotItem(pos=people, size=5, pen=None, brush="#4F9E81", pxMode=True)
    plot.addItem(dots)
    marks = np.array([_PLANE.point(i.lon, i.lat) for i in incidents])
    plot.addItem(pyqtgraph.ScatterPlotItem(pos=marks, size=14, brush="#FFC357", pxMode=True))
    plane, seen = plot.getViewBox(), plot.viewport()
    settle(seen, 3)
    pans = [partial(plane.translateBy, x=dx, y=60) for dx in [200] * 12 + [-200] * 12]
    rows = [frames(seen, f"pyqtgraph, {told}, pan fitted", pans)]
    closer = [partial(plane.scaleBy, (2**-0.25, 2**-0.25))] * 12
    farther = [partial(plane.scaleBy, (2**0.25, 2**0.25))] * 12
    rows.append(frames(seen, f"pyqtgraph, {told}, zoom", closer + farther))
    draw = np.random.default_rng(2)

    def move() -> None:
        dots.setData(pos=people + draw.normal(0, 10, people.shape))

    rows.append(frames(seen, f"pyqtgraph, {told}, all dots move", [move] * 20))
    plot.close()
    return rows


def _polygons(ground: MapGround) -> list[QGraphicsItem]:
    items: list[QGraphicsItem] = []
    for grid in ground.grids:
        item = QGraphicsPolygonItem(QPolygonF([QPointF(*_PLANE.point(*p)) for p in grid.rings[0]]))
        item.setPen(pyqtgraph.mkPen("#2E3A46"))
        item.setBrush(pyqtgraph.mkBrush(FILLS[fill_class(grid.open_count)]))
        items.append(item)
    return items


def _paths(ground: MapGround) -> list[QGraphicsItem]:
    paths = [QPainterPath() for _ in FILLS]
    for grid in ground.grids:
        outline = QPolygonF([QPointF(*_PLANE.point(*p)) for p in grid.rings[0]])
        paths[fill_class(grid.open_count)].addPolygon(outline)
    items: list[QGraphicsItem] = []
    for path, fill in zip(paths, FILLS, strict=True):
        item = QGraphicsPathItem(path)
        item.setPen(pyqtgraph.mkPen("#2E3A46"))
        item.setBrush(pyqtgraph.mkBrush(fill))
        items.append(item)
    return items
