"""Which parts of the map are taken, in cells of four pixels."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

CELL: Final = 4


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the plane, in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return the lower edge."""
        return self.top + self.height

    def contains(self, other: "Box") -> bool:
        """Tell whether the other lies inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def spread(self, by: float) -> "Box":
        """Return the box grown on every side."""
        return Box(self.left - by, self.top - by, self.width + 2 * by, self.height + 2 * by)

    def common(self, other: "Box") -> "Box | None":
        """Return what the two have in common, or None."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        if left >= right or top >= bottom:
            return None
        return Box(left, top, right - left, bottom - top)

    def has(self, x: float, y: float) -> bool:
        """Tell whether the point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Occupancy:
    """Taken cells of one region; what lies outside the region counts as taken."""

    def __init__(self, region: Box) -> None:
        """Start with everything free."""
        self._left = region.left
        self._top = region.top
        shape = (math.ceil(region.height / CELL), math.ceil(region.width / CELL))
        self._taken = np.zeros(shape, np.bool_)

    def take(self, box: Box) -> None:
        """Mark the cells of the box, as far as it lies in the region."""
        top, bottom, left, right = self._cells(box)
        self._taken[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = True

    def free(self, box: Box) -> bool:
        """Tell whether the whole box lies in the region and nothing is in it."""
        top, bottom, left, right = self._cells(box)
        rows, columns = self._taken.shape
        if top < 0 or left < 0 or bottom > rows or right > columns:
            return False
        return not self._taken[top:bottom, left:right].any()

    def crowding(self, box: Box) -> int:
        """Return how many cells of the box are taken."""
        top, bottom, left, right = self._cells(box)
        return int(self._taken[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)].sum())

    def _cells(self, box: Box) -> tuple[int, int, int, int]:
        return (
            int((box.top - self._top) // CELL),
            int(-((self._top - box.bottom) // CELL)),
            int((box.left - self._left) // CELL),
            int(-((self._left - box.right) // CELL)),
        )
