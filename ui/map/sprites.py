"""Many placed pixmaps, found and painted fast."""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPixmap

from ui.map.projection import Floats, Viewport

Sprite = tuple[int, int, QPixmap]  # left and top on the plane in pixels


class Sprites:
    """Sprites in their order of painting, with their boxes in one array."""

    def __init__(self, sprites: Iterable[Sprite]) -> None:
        placed = list(sprites)
        self._pixmaps = [pixmap for _, _, pixmap in placed]
        # The same few pixmaps come again and again: each is asked for its size once.
        halves = {
            id(pixmap): _half(pixmap) for pixmap in {id(p): p for p in self._pixmaps}.values()
        }
        sizes = [halves[id(pixmap)] for pixmap in self._pixmaps]
        self._half: Floats = np.array(sizes, np.float64).reshape(-1, 2)
        corners = np.array([(x, y) for x, y, _ in placed], np.float64).reshape(-1, 2)
        self._middles: Floats = corners + self._half

    def __len__(self) -> int:
        return len(self._pixmaps)

    def paint(self, painter: QPainter, view: Viewport, factor: float) -> None:
        """Draw the sprites that lie in the view.

        The factor is the view's scale over the scale the sprites were arranged for: during a
        zoom marks stay on their places until the new arrangement is there.
        """
        corners = self._middles * factor - self._half - (view.left, view.top)
        if factor != 1:
            corners = np.rint(corners)
        low = -2 * self._half
        seen = (corners > low).all(axis=1) & (corners < (view.width, view.height)).all(axis=1)
        shown = np.flatnonzero(seen)
        places = corners[shown]
        whole = np.rint(places)
        if np.array_equal(whole, places):
            for (x, y), index in zip(whole.astype(np.int64).tolist(), shown.tolist(), strict=True):
                painter.drawPixmap(x, y, self._pixmaps[index])
            return
        for (x, y), index in zip(places.tolist(), shown.tolist(), strict=True):
            painter.drawPixmap(QPointF(x, y), self._pixmaps[index])


def _half(pixmap: QPixmap) -> tuple[float, float]:
    size = pixmap.deviceIndependentSize()
    return size.width() / 2, size.height() / 2
