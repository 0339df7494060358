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


Taker = Callable[[str, tuple[Found, ...]], None]
"""Takes the text that was asked for, and what it found."""

Source = Callable[[str, Taker], None]
"""Asks for a text; the taker is called later, or at once, in the GUI thread."""
