"""The base of the map as 256-pixel tiles, a few painted a frame, kept and dropped by age of use."""

import math
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ui.look.tokens import Tokens
from ui.map.ground import Bounds, Ground, Shapes
from ui.map.occupancy import Box
from ui.map.projection import Viewport
from ui.map.standin import StandIn

SIDE: Final = 256
KEPT: Final = 320  # tiles: about 80 MB at ratio 1
_Key = tuple[float, int, int]


class Tiles:
    """Paints and keeps the tiles of one ground in one theme at one device ratio."""

    def __init__(self, ground: Ground, tokens: Tokens, ratio: float) -> None:
        """Nothing is painted before it is asked for."""
        self._ground = ground
        self._tokens = tokens
        self._ratio = ratio
        self._tiles: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._stale: set[_Key] = set()
        self._stand_in = StandIn(tokens.map_out, ratio)
        boxes = np.vstack([ground.towns.boxes, ground.villages.boxes, ground.neighbours.boxes])
        (west, south), (east, north) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        self._extent: Bounds = (west, south, east, north)  # nothing is painted outside it
        self.grids_shown = True

    def missing(self, view: Viewport) -> bool:
        """Tell whether a tile of the view is not there or not of today."""
        return any(key not in self._tiles or key in self._stale for key in self._wanted(view))

    def renew(self, view: Viewport, seconds: float) -> list[Box]:
        """Paint missing tiles for about that long, one at least; return where on the plane."""
        missing = [k for k in self._wanted(view) if k not in self._tiles or k in self._stale]
        begun = time.perf_counter()
        renewed = []
        for key in _middle_first(missing, view):
            before = time.perf_counter()
            self._keep(key, self._render(key))
            renewed.append(Box(key[1] * SIDE, key[2] * SIDE, SIDE, SIDE))
            now = time.perf_counter()
            # The next one would take about as long as this one did.
            if now - begun + (now - before) > seconds:
                break
        return renewed

    def paint(self, painter: QPainter, view: Viewport, *, moving: bool) -> None:
        """Paint the base of the view; where a tile is missing another scale stands in.

        While the scale moves it is all of one kind: no patchwork of sharp and scaled parts.
        """
        wanted = list(self._wanted(view))
        there = [key for key in wanted if key in self._tiles]
        if len(there) < len(wanted):
            self._stand_in.paint(painter, view)
            if moving:
                return
        elif not _inside(view, self._extent):
            painter.fillRect(QRectF(0, 0, view.width, view.height), self._tokens.map_out)
        for key in there:
            self._tiles.move_to_end(key)
            painter.drawPixmap(_corner(key, view), self._tiles[key])

    def remember(self, view: Viewport) -> bool:
        """Keep the view's picture, if it is whole, to stand in for other scales; tell if it is."""
        wanted = list(self._wanted(view))
        whole = all(key in self._tiles for key in wanted)
        if whole:
            with self._stand_in.keep(view) as painter:
                painter.fillRect(QRectF(0, 0, view.width, view.height), self._tokens.map_out)
                for key in wanted:
                    painter.drawPixmap(_corner(key, view), self._tiles[key])
        return whole

    def prefetch(self, view: Viewport) -> bool:
        """Paint one tile round the view, for the pan to come; tell if there was one to paint."""
        around = replace(
            view,
            left=view.left - SIDE,
            top=view.top - SIDE,
            width=view.width + 2 * SIDE,
            height=view.height + 2 * SIDE,
        )
        missing = [k for k in self._wanted(around) if k not in self._tiles or k in self._stale]
        for key in _middle_first(missing, view)[:1]:
            self._keep(key, self._render(key))
        return bool(missing)

    def repaint_grids(self, indices: Iterable[int]) -> None:
        """Have the tiles under these grids painted again; the old ones stay until then."""
        boxes = [tuple(self._ground.grids.boxes[index].tolist()) for index in indices]
        for key in self._tiles:
            west, south, east, north = _bounds(key)
            if any(
                b[0] <= east and b[2] >= west and b[1] <= north and b[3] >= south for b in boxes
            ):
                self._stale.add(key)

    def show_grids(self, shown: bool) -> None:
        """Turn fills and grid lines on or off."""
        if shown != self.grids_shown:
            self.grids_shown = shown
            self._stale.update(self._tiles)

    def _wanted(self, view: Viewport) -> Iterable[_Key]:
        last = 1 / view.ratio
        right, bottom = view.left + view.width - last, view.top + view.height - last
        columns = range(math.floor(view.left / SIDE), math.floor(right / SIDE) + 1)
        rows = range(math.floor(view.top / SIDE), math.floor(bottom / SIDE) + 1)
        keys = ((view.scale, column, row) for row in rows for column in columns)
        return (key for key in keys if _meet(_bounds(key, spread=3), self._extent))

    def _keep(self, key: _Key, tile: QPixmap) -> None:
        self._stale.discard(key)
        self._tiles[key] = tile
        while len(self._tiles) > KEPT:
            dropped, _ = self._tiles.popitem(last=False)
            self._stale.discard(dropped)

    def _render(self, key: _Key) -> QPixmap:
        scale, column, row = key
        pixels = round(SIDE * self._ratio)
        tile = QPixmap(pixels, pixels)
        tile.setDevicePixelRatio(self._ratio)
        tile.fill(self._tokens.map_out)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-column * SIDE, -row * SIDE)
        painter.scale(scale, -scale)
        self._draw(painter, _bounds(key, spread=3))
        painter.end()
        return tile

    def _draw(self, painter: QPainter, bounds: Bounds) -> None:
        ground, tokens = self._ground, self._tokens
        _stroke(painter, ground.neighbours, bounds, tokens.map_out_line, 1.2)
        # Fills without antialiasing cost half; the lines over their edges hide the steps.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.map_fills[0])
        floor = ground.towns if ground.towns.paths else ground.villages
        for index in floor.within(bounds):
            painter.drawPath(floor.paths[index])
        grids = ground.grids.within(bounds) if self.grids_shown else []
        for index in grids:
            if ground.fills[index]:
                painter.setBrush(tokens.map_fills[ground.fills[index]])
                painter.drawPath(ground.grids.paths[index])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(tokens.map_grid, 1.0))
        for index in grids:
            painter.drawPath(ground.grids.paths[index])
        _stroke(painter, ground.village_lines, bounds, tokens.map_village, 1.3)
        _stroke(painter, ground.towns, bounds, tokens.map_town, 2.2)


def _meet(one: Bounds, other: Bounds) -> bool:
    across = one[0] <= other[2] and one[2] >= other[0]
    return across and one[1] <= other[3] and one[3] >= other[1]


def _inside(view: Viewport, extent: Bounds) -> bool:
    west, north = view.place(0, 0)
    east, south = view.place(view.width, view.height)
    return west >= extent[0] and south >= extent[1] and east <= extent[2] and north <= extent[3]


def _stroke(
    painter: QPainter, shapes: Shapes, bounds: Bounds, colour: QColor, width: float
) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(colour, width))
    for index in shapes.within(bounds):
        painter.drawPath(shapes.paths[index])


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width, c=Qt.PenCapStyle.FlatCap, j=Qt.PenJoinStyle.BevelJoin)
    pen.setCosmetic(True)
    return pen


def _bounds(key: _Key, spread: float = 0) -> Bounds:
    """Return the metres a tile covers, with that many pixels more on every side."""
    scale, column, row = key
    return (
        (column * SIDE - spread) / scale,
        -((row + 1) * SIDE + spread) / scale,
        ((column + 1) * SIDE + spread) / scale,
        -(row * SIDE - spread) / scale,
    )


def _corner(key: _Key, view: Viewport) -> QPointF:
    _, column, row = key
    return QPointF(column * SIDE - view.left, row * SIDE - view.top)


def _middle_first(keys: list[_Key], view: Viewport) -> list[_Key]:
    x = (view.left + view.width / 2) / SIDE - 0.5
    y = (view.top + view.height / 2) / SIDE - 0.5
    return sorted(keys, key=lambda key: (key[1] - x) ** 2 + (key[2] - y) ** 2)
