"""The base of the map as 256-pixel tiles, a few painted a frame, kept and dropped by age of use."""

import math
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ui.look.tokens import Tokens
from ui.map.ground import Bounds, Ground, Shapes
from ui.map.projection import Viewport

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
        self._last: tuple[QPixmap, Viewport] | None = None
        self._widest: tuple[QPixmap, Viewport] | None = None
        self._shown: Viewport | None = None
        self.grids_shown = True

    def paint(self, painter: QPainter, view: Viewport, seconds: float) -> bool:
        """Paint the base of the view with new tiles for about that long; tell if some are missing.

        Where a tile is missing the picture before the zoom stands in for it.
        """
        self._remember(view)
        wanted = list(self._wanted(view))
        missing = [key for key in wanted if key not in self._tiles or key in self._stale]
        end = time.perf_counter() + seconds
        painted = 0
        for key in _middle_first(missing, view):
            self._keep(key, self._render(key))
            painted += 1
            if time.perf_counter() > end:
                break
        if any(key not in self._tiles for key in wanted):
            self._paint_stand_in(painter, view)
        for key in wanted:
            tile = self._tiles.get(key)
            if tile is not None:
                self._tiles.move_to_end(key)
                painter.drawPixmap(_corner(key, view), tile)
        return painted < len(missing)

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

    def _remember(self, view: Viewport) -> None:
        """Keep the last whole picture of another scale: it stands in during a zoom.

        Beside the last one the widest is kept, for the edges when zooming out.
        """
        before = self._shown
        self._shown = view
        if before is None or before.scale == view.scale:
            return
        if any(key not in self._tiles for key in self._wanted(before)):
            return
        picture = QPixmap(round(before.width * self._ratio), round(before.height * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        painter = QPainter(picture)
        for key in self._wanted(before):
            painter.drawPixmap(_corner(key, before), self._tiles[key])
        painter.end()
        self._last = (picture, before)
        if self._widest is None or before.scale <= self._widest[1].scale:
            self._widest = self._last

    def _paint_stand_in(self, painter: QPainter, view: Viewport) -> None:
        last = _stand_in(self._last, view)
        if last is None or not last[0].contains(QRectF(0, 0, view.width, view.height)):
            painter.fillRect(QRectF(0, 0, view.width, view.height), self._tokens.map_out)
            widest = _stand_in(self._widest, view)
            if widest is not None and self._widest is not self._last:
                painter.drawPixmap(widest[0], widest[1], QRectF(widest[1].rect()))
        if last is not None:
            painter.drawPixmap(last[0], last[1], QRectF(last[1].rect()))

    def _wanted(self, view: Viewport) -> Iterable[_Key]:
        columns = range(
            math.floor(view.left / SIDE), math.floor((view.left + view.width - 1) / SIDE) + 1
        )
        rows = range(
            math.floor(view.top / SIDE), math.floor((view.top + view.height - 1) / SIDE) + 1
        )
        return ((view.scale, column, row) for row in rows for column in columns)

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


def _stand_in(
    kept: tuple[QPixmap, Viewport] | None, view: Viewport
) -> tuple[QRectF, QPixmap] | None:
    """Return where a kept picture lies in the view, or None when there is none."""
    if kept is None:
        return None
    picture, old = kept
    factor = view.scale / old.scale
    corner = QPointF(old.left * factor - view.left, old.top * factor - view.top)
    return QRectF(corner, QSizeF(old.width * factor, old.height * factor)), picture


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
