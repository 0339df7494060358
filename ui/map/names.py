"""Where names and plates stand: beside their mark or on their ground, never over something."""

from typing import Final

from PySide6.QtGui import QColor, QPixmap

from ui.map.ground import GroundName
from ui.map.occupancy import Box, Occupancy
from ui.map.sprites import Sprite
from ui.map.stamps import Stamps

_GAP: Final = 5  # pixels between a mark and its plate
# Shifts tried for a name on the ground, in widths and heights of the name, nearest first.
_SHIFTS: Final = (
    (0.0, 0.0), (0.0, -1.0), (0.0, 1.0), (-0.5, 0.0), (0.5, 0.0), (0.0, -2.0), (0.0, 2.0),
    (-0.5, 1.0), (0.5, 1.0), (-0.5, -1.0), (0.5, -1.0), (-1.0, 0.0), (1.0, 0.0),
)  # fmt: skip


class NamePlacer:
    """Places names; a name keeps the shift it had while that is still free."""

    def __init__(self, stamps: Stamps) -> None:
        """Start without memories."""
        self._stamps = stamps
        self._shifts: dict[tuple[str, float], tuple[float, float]] = {}

    def beside(
        self,
        at: tuple[float, float],
        reach: float,
        pixmap: QPixmap,
        room: tuple[Occupancy, Box],
    ) -> Sprite:
        """Return a plate beside its mark; it is never left out.

        It stands where it is free and inside the frame, else inside where least is
        covered, else where it is free.
        """
        taken, frame = room
        slots = _slots(at, reach, pixmap)
        free = [slot for slot in slots if taken.free(slot)]
        inside = [slot for slot in free if frame.contains(slot)]
        seen = sorted((slot for slot in slots if frame.contains(slot)), key=taken.crowding)
        return _put((inside or seen or free or slots)[0], pixmap, taken)

    def beside_if_free(
        self,
        at: tuple[float, float],
        reach: float,
        pixmap: QPixmap,
        room: tuple[Occupancy, Box],
    ) -> Sprite | None:
        """Return a name beside its mark, inside the frame if it can be; None without room."""
        taken, frame = room
        free = [slot for slot in _slots(at, reach, pixmap) if taken.free(slot)]
        inside = [slot for slot in free if frame.contains(slot)]
        return _put((inside or free)[0], pixmap, taken) if free else None

    def place_all(
        self,
        names: list[GroundName],
        scale: float,
        region: Box,
        taken: Occupancy,
        ink: tuple[int, QColor],
        frame: Box | None = None,
    ) -> list[Sprite]:
        """Return the names that found room on their ground; the others are hidden.

        A name that the frame would cut is moved inside it.
        """
        px, colour = ink
        sprites = []
        for name in names:
            x, y = name.east * scale, -name.north * scale
            if not region.has(x, y):
                continue
            size = self._stamps.name_size(name.text, px)
            if frame is not None:
                x, y = _inside(frame, (x, y), size)
            slot = self._slot(name, (x, y, scale), size, taken)
            if slot is not None:
                sprites.append(_put(slot, self._stamps.name(name.text, colour, px), taken))
        return sprites

    def _slot(
        self,
        name: GroundName,
        at: tuple[float, float, float],
        size: tuple[int, int],
        taken: Occupancy,
    ) -> Box | None:
        """Return a free slot near the place; at is x, y and the scale. Its middle stays at home."""
        width, height = size
        x, y, scale = at
        key = (name.text, name.east)
        last = self._shifts.get(key)
        for shift in (last, *_SHIFTS) if last is not None else _SHIFTS:
            middle, level = x + shift[0] * width, y + shift[1] * height
            slot = Box(middle - width / 2, level - height / 2, width, height)
            if taken.free(slot) and name.owns(middle / scale, -level / scale):
                self._shifts[key] = shift
                return slot
        self._shifts.pop(key, None)
        return None


def _inside(frame: Box, at: tuple[float, float], size: tuple[int, int]) -> tuple[float, float]:
    half, high = size[0] / 2 + 6, size[1] / 2 + 6
    x, y = at
    if frame.spread(half).has(x, y):
        x = min(max(x, frame.left + half), frame.right - half)
        y = min(max(y, frame.top + high), frame.bottom - high)
    return x, y


def _slots(at: tuple[float, float], reach: float, pixmap: QPixmap) -> list[Box]:
    """Return the places beside a mark: right, left, above, below, then its four corners."""
    x, y = at
    size = pixmap.deviceIndependentSize()
    width, height = size.width(), size.height()
    away = reach + _GAP
    corners = [
        (x + away, y - height / 2),
        (x - away - width, y - height / 2),
        (x - width / 2, y - reach - height - 2),
        (x - width / 2, y + reach + 2),
        (x + reach / 2 + 2, y - reach - height),
        (x + reach / 2 + 2, y + reach),
        (x - reach / 2 - 2 - width, y - reach - height),
        (x - reach / 2 - 2 - width, y + reach),
    ]
    return [Box(left, top, width, height) for left, top in corners]


def _put(slot: Box, pixmap: QPixmap, taken: Occupancy) -> Sprite:
    taken.take(slot)
    return round(slot.left), round(slot.top), pixmap
