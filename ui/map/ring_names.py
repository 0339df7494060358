"""The minutes of the response rings, written on their rings where nothing else stands."""

import math
from typing import Final

from PySide6.QtCore import QCoreApplication

from ui.map.occupancy import Box, Occupancy
from ui.map.overlay import LEAST_RING, RING_MINUTES
from ui.map.sprites import Sprite
from ui.map.stamps import Stamps

# Above first, then to both sides by turns, as far as below: degrees from twelve o'clock.
_TURNS: Final = (0, 20, -20, 40, -40, 65, -65, 90, -90, 120, -120, 150, -150, 180)


def ring_names(
    stamps: Stamps,
    at: tuple[float, float],
    pixels_a_minute: float,
    room: tuple[Occupancy, Box],
) -> list[Sprite]:
    """Return a name a ring, in the frame and over nothing; a ring without such a place has none."""
    taken, frame = room
    sprites = []
    for minutes in RING_MINUTES:
        radius = minutes * pixels_a_minute
        if radius < LEAST_RING:
            continue
        text = QCoreApplication.translate("Map", "{0} 分").format(minutes)
        width, height = stamps.name_size(text, 12)
        for turn in _TURNS:
            x = at[0] + radius * math.sin(math.radians(turn))
            y = at[1] - radius * math.cos(math.radians(turn))
            slot = Box(x - width / 2, y - height / 2, width, height)
            if frame.contains(slot) and taken.free(slot):
                taken.take(slot)
                label = stamps.name(text, stamps.theme.tokens.blue, 12)
                sprites.append((round(slot.left), round(slot.top), label))
                break
    return sprites
