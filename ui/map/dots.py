"""Thousands of workers as dots, written straight into one picture."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from ui.look.marks import WorkerMark
from ui.look.tokens import Tokens
from ui.map.projection import Floats
from ui.map.scene import WORKER_STATUSES

# Shape first, hue second: outline, disc, square, arrow head, framed square, cross.
_STENCILS: Final = {
    WorkerMark.ON_DUTY: (".###.", "#...#", "#...#", "#...#", ".###."),
    WorkerMark.PATROL: (".###.", "#####", "#####", "#####", ".###."),
    WorkerMark.ASSIGNED: (".....", ".###.", ".###.", ".###.", "....."),
    WorkerMark.EN_ROUTE: ("..#..", "..#..", ".###.", ".###.", "#####"),
    WorkerMark.ON_SCENE: ("#####", "#####", "#####", "#####", "#####"),
    WorkerMark.SILENT: ("#...#", ".#.#.", "..#..", ".#.#.", "#...#"),
}
_REACH: Final = 3  # pixels from a dot's middle to the edge of its halo


@dataclass(frozen=True, slots=True)
class DotPlaces:
    """Where the dots go, in device pixels of a picture of that size."""

    size: tuple[int, int]
    x: Floats
    y: Floats
    status: NDArray[np.uint8]


class Dots:
    """One transparent picture, kept and painted over."""

    def __init__(self, tokens: Tokens, ratio: float) -> None:
        self._tokens = tokens
        self._ratio = ratio
        self._pixels: NDArray[np.uint32] = np.zeros((0, 0), np.uint32)
        self.picture = QImage()

    def paint(self, places: DotPlaces) -> None:
        """Paint ``picture`` anew; it shares this object's memory."""
        width, height = places.size
        if self._pixels.shape != (height, width):
            self._pixels = np.zeros((height, width), np.uint32)
        else:
            self._pixels.fill(0)
        x, y = np.rint(places.x), np.rint(places.y)
        inside = (x >= _REACH) & (y >= _REACH) & (x < width - _REACH) & (y < height - _REACH)
        row, column = y[inside].astype(np.int64), x[inside].astype(np.int64)
        self._stamp((row - _REACH) * width + column - _REACH, places.status[inside])
        argb = QImage.Format.Format_ARGB32_Premultiplied
        self.picture = QImage(self._pixels.data, width, height, width * 4, argb)
        self.picture.setDevicePixelRatio(self._ratio)

    def _stamp(self, corners: NDArray[np.int64], status: NDArray[np.uint8]) -> None:
        flat = self._pixels.reshape(-1)
        halo = _opaque(self._tokens.map_halo)
        width = self._pixels.shape[1]
        for code, mark in enumerate(WORKER_STATUSES):
            those = corners[status == code][:, None]
            if those.size:
                ink, edge = _offsets(mark, width)
                flat[those + edge] = halo
                flat[those + ink] = _opaque(_hue(mark, self._tokens))


def _offsets(mark: WorkerMark, width: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the ink and the halo of a stencil lie from its corner, in a flat picture."""
    ink = np.zeros((7, 7), np.bool_)
    ink[1:6, 1:6] = [[cell == "#" for cell in row] for row in _STENCILS[mark]]
    edge = ink.copy()
    edge[1:] |= ink[:-1]
    edge[:-1] |= ink[1:]
    edge[:, 1:] |= ink[:, :-1]
    edge[:, :-1] |= ink[:, 1:]
    edge &= ~ink
    offsets = np.arange(7, dtype=np.int64)[:, None] * width + np.arange(7, dtype=np.int64)
    return offsets[ink], offsets[edge]


def _hue(mark: WorkerMark, tokens: Tokens) -> QColor:
    match mark:
        case WorkerMark.SILENT:
            return tokens.grey
        case WorkerMark.ON_DUTY | WorkerMark.PATROL:
            return tokens.green
        case _:
            return tokens.blue


def _opaque(colour: QColor) -> int:
    return 0xFF000000 | (colour.rgba() & 0x00FFFFFF)
