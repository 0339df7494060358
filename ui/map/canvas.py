"""Pixels that Qt paints and numpy writes, and the sheet of them that moves along with the hand."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from ui.map.occupancy import Box
from ui.map.projection import Viewport

PAD: Final = 8  # device pixels drawn beyond an area, so that a mark on its edge is whole


class Canvas:
    """A picture without transparency; painter and array share its memory."""

    def __init__(self, width: int, height: int, ratio: float) -> None:
        """Width and height are device pixels; what is in them is not said."""
        self.image = QImage(width, height, QImage.Format.Format_RGB32)
        self.image.setDevicePixelRatio(ratio)
        memory = np.frombuffer(self.image.bits(), np.uint32)
        self.pixels: NDArray[np.uint32] = memory.reshape(height, width)


Draw = Callable[[Canvas, Viewport], None]
_Area = tuple[int, int, int, int]  # left, top, right, bottom in device pixels of the plane


class Sheet:
    """What the screen shows of the plane, wrapped round: a pan draws only what comes into view."""

    def __init__(self) -> None:
        """Nothing is drawn before it is asked for."""
        self._canvas = Canvas(1, 1, 1.0)
        self._origin = (0, 0)  # the plane's pixel in the canvas's first column and row
        self._scale = 0.0
        self._valid: _Area = (0, 0, 0, 0)

    def forget(self) -> None:
        """Have everything drawn anew."""
        self._valid = (0, 0, 0, 0)

    def bring(self, view: Viewport, spoilt: list[Box], draw: Draw) -> None:
        """Bring the sheet to the view: kept where it can be, drawn where it must be."""
        wanted = _area(_seen(view), view.ratio)
        kept = _common(self._valid, wanted)
        if kept is None or view.scale != self._scale or not self._fits(wanted, view.ratio):
            self._draw_whole(view, wanted, draw)
        else:
            fresh = list(_rest(wanted, kept))
            parts = [_common(_area(box, view.ratio), kept) for box in spoilt]
            for area in [*fresh, *(part for part in parts if part is not None)]:
                self._draw_part(view, area, draw)
        self._scale, self._valid = view.scale, wanted

    def paint(self, painter: QPainter, view: Viewport) -> None:
        """Copy the view to the screen, in up to four pieces."""
        ratio = view.ratio
        area = _area(_seen(view), ratio)
        for x, y, box in self._pieces(area):
            at = QPointF((x - area[0]) / ratio, (y - area[1]) / ratio)
            painter.drawImage(at, self._canvas.image, QRectF(*box))

    def _fits(self, wanted: _Area, ratio: float) -> bool:
        height, width = self._canvas.pixels.shape
        wide, high = wanted[2] - wanted[0] + 2 * PAD, wanted[3] - wanted[1] + 2 * PAD
        return wide <= width and high <= height and self._canvas.image.devicePixelRatio() == ratio

    def _draw_whole(self, view: Viewport, wanted: _Area, draw: Draw) -> None:
        left, top, right, bottom = wanted
        if not self._fits(wanted, view.ratio):
            # A panel under the hand grows by pixels: room in steps spares a canvas each time.
            wide, high = right - left + 2 * PAD, bottom - top + 2 * PAD
            self._canvas = Canvas(-(-wide // 256) * 256, -(-high // 256) * 256, view.ratio)
        self._origin = (left - PAD, top - PAD)
        draw(self._canvas, _padded(view, wanted))

    def _draw_part(self, view: Viewport, area: _Area, draw: Draw) -> None:
        left, top, right, bottom = area
        part = Canvas(right - left + 2 * PAD, bottom - top + 2 * PAD, view.ratio)
        draw(part, _padded(view, area))
        for x, y, (column, row, wide, high) in self._pieces(area):
            u, v = x - left + PAD, y - top + PAD
            piece = part.pixels[v : v + high, u : u + wide]
            self._canvas.pixels[row : row + high, column : column + wide] = piece

    def _pieces(self, area: _Area) -> Iterator[tuple[int, int, tuple[int, int, int, int]]]:
        """Yield the pieces of an area: its corner on the plane, its box in the canvas."""
        left, top, right, bottom = area
        height, width = self._canvas.pixels.shape
        for y, row, high in _spans(top, bottom, self._origin[1], height):
            for x, column, wide in _spans(left, right, self._origin[0], width):
                yield x, y, (column, row, wide, high)


def _spans(begin: int, end: int, origin: int, length: int) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches of begin..end that do not wrap: begin, place in the canvas, length."""
    while begin < end:
        place = (begin - origin) % length
        run = min(end - begin, length - place)
        yield begin, place, run
        begin += run


def _seen(view: Viewport) -> Box:
    return Box(view.left, view.top, view.width, view.height)


def _area(box: Box, ratio: float) -> _Area:
    return (
        math.floor(box.left * ratio + 0.01),
        math.floor(box.top * ratio + 0.01),
        math.ceil(box.right * ratio - 0.01),
        math.ceil(box.bottom * ratio - 0.01),
    )


def _padded(view: Viewport, area: _Area) -> Viewport:
    """Return the view of an area and the pixels round it."""
    left, top, right, bottom = area
    return replace(
        view,
        left=(left - PAD) / view.ratio,
        top=(top - PAD) / view.ratio,
        width=(right - left + 2 * PAD) / view.ratio,
        height=(bottom - top + 2 * PAD) / view.ratio,
    )


def _common(one: _Area, other: _Area) -> _Area | None:
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[2], other[2]), min(one[3], other[3])
    return (left, top, right, bottom) if left < right and top < bottom else None


def _rest(whole: _Area, kept: _Area) -> Iterator[_Area]:
    """Yield what the whole has beyond the kept part: strips above, below, left and right."""
    left, top, right, bottom = whole
    if top < kept[1]:
        yield left, top, right, kept[1]
    if kept[3] < bottom:
        yield left, kept[3], right, bottom
    if left < kept[0]:
        yield left, kept[1], kept[0], kept[3]
    if kept[2] < right:
        yield kept[2], kept[1], right, kept[3]
