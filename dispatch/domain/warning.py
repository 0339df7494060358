"""Warning signals and response levels: two scales, never one field; the kinds of each as rows."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Colour(StrEnum):
    """The public colours of a warning signal; in Guangdong a typhoon has five, white first."""

    WHITE = "white"
    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


class ResponseLevel(StrEnum):
    """The emergency response that the town is under; Ⅰ is the gravest."""

    IV = "IV"
    III = "III"
    II = "II"
    I = "I"  # noqa: E741 - the level's own name


GRAVITY: Final[Mapping[StrEnum, int]] = {
    **{colour: rank for rank, colour in enumerate(Colour, 1)},
    **{level: rank for rank, level in enumerate(ResponseLevel, 1)},
}
"""How grave a colour or a level is on its own scale, from 1; none at all is 0."""

_ALL: Final = tuple(Colour)
_THREE: Final = (Colour.YELLOW, Colour.ORANGE, Colour.RED)
_TWO: Final = (Colour.ORANGE, Colour.RED)

SIGNALS: Final[Mapping[str, tuple[Colour, ...]]] = {
    "typhoon": _ALL,
    "rainstorm": _THREE,
    "thunder_gale": _THREE,
    "cold": _THREE,
    "heat": _THREE,
    "fog": _THREE,
    "haze": (Colour.YELLOW,),
    "hail": _TWO,
    "icing": _THREE,
    "forest_fire": _THREE,
}
"""The kinds of signals with the colours each has; the first three rows are the text in force, the
others illustrative. A kind that a later version adds is kept and shown by its code."""

RESPONSES: Final[Mapping[str, tuple[str, ...]]] = {
    "wind": ("1101", "1102", "1103", "1802"),
    "flood": ("1101", "1103", "1802"),
    "cold": ("1801", "1802"),
    "drought": (),
    "geology": ("1101", "1103"),
}
"""The kinds of responses with the items that are special while each is on (illustrative)."""


def gravity(value: StrEnum | None) -> int:
    """Return the rank of a colour or a level, 0 for none."""
    return GRAVITY[value] if value is not None else 0
