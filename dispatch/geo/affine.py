"""Foreign places laid onto a town: one stretch and one shift on each axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dispatch.geo.area import Point

Box = tuple[float, float, float, float]
"""West, south, east, north in CGCS2000 degrees."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Which two percentiles' box is laid on the town's, made smaller by `shrink`.

    A town does not fill its box.
    """

    low: float = 0.02
    high: float = 0.98
    shrink: float = 1.0


@dataclass(frozen=True, slots=True)
class Affine:
    """Foreign longitude and latitude to the town's."""

    stretch: tuple[float, float]
    shift: tuple[float, float]

    def __call__(self, point: Point) -> Point:
        """Return where a foreign point lies in the town."""
        x = point[0] * self.stretch[0] + self.shift[0]
        y = point[1] * self.stretch[1] + self.shift[1]
        return x, y


def laid(points: Sequence[Point], fit: Fit, box: Box) -> Affine:
    """Lay the box of two percentiles of the foreign points on the box of the town."""
    low, high = np.quantile(np.asarray(points), (fit.low, fit.high), axis=0)
    stretch, shift = [], []
    for axis in (0, 1):
        width = float(high[axis] - low[axis])
        here = (box[axis + 2] - box[axis]) * fit.shrink
        scale = here / width if width > 0 else 0.0
        stretch.append(scale)
        middle = float(high[axis] + low[axis]) / 2
        shift.append((box[axis] + box[axis + 2]) / 2 - middle * scale)
    return Affine((stretch[0], stretch[1]), (shift[0], shift[1]))
