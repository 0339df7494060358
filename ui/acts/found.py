"""One line of what a search field found."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A code with its name, what stands beside the name, and at the right."""

    code: str
    name: str
    beside: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Spot(Found):
    """Something with a place: its point in CGCS2000 degrees, which stands for it and is not exact.

    `part` is the option that tells where it lies, with its code: grid or village. `said` are the
    words for the place of a report that is made there.
    """

    point: tuple[float, float] = (0.0, 0.0)
    part: tuple[str, str] = ("", "")
    said: str = ""


Taker = Callable[[str, tuple[Found, ...]], None]
"""Takes the text that was asked for, and what it found."""

Source = Callable[[str, Taker], None]
"""Asks for a text; the taker is called later, or at once, in the GUI thread."""
