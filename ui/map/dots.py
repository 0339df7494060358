"""Thousands of workers as dots, written straight into one picture."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

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
    """Where the middles of the dots go, in device pixels of a picture of that size."""

    size: tuple[int, int]
    x: Floats
    y: Floats
    status: NDArray[np.uint8]


class Dots:
    """Writes the dots of one theme into pictures."""

    def __init__(self, tokens: Tokens) -> None:
        """The halo is one colour; the ink goes with the status."""
        self._halo = _opaque(tokens.map_halo)
        self._inks = [_opaque(_hue(mark, tokens)) for mark in WORKER_STATUSES]

    def stamp(self, pixels: NDArray[np.uint32], places: DotPlaces) -> None:
        """Write every dot that lies in the picture as a whole; the picture may be in a larger one.

        The larger one is not written beyond the picture.
        """
        width, height = places.size
        near = (places.x >= _REACH) & (places.x < width - _REACH)
        near &= (places.y >= _REACH) & (places.y < height - _REACH)
        shown = np.flatnonzero(near)
        if not shown.size:
            return
        x, y = np.rint(places.x[shown]).astype(np.int64), np.rint(places.y[shown]).astype(np.int64)
        stride = pixels.shape[1]
        corners = (y - _REACH).clip(0, height - 7) * stride + (x - _REACH).clip(0, width - 7)
        status = places.status[shown]
        flat = pixels.reshape(-1)
        for code, mark in enumerate(WORKER_STATUSES):
            those = corners[status == code][:, None]
            if those.size:
                ink, edge = _offsets(mark, stride)
                flat[those + edge] = self._halo
                flat[those + ink] = self._inks[code]


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
