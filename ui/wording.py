"""Sentences with values put in: one rule for the room between hanzi and Latin or digits."""

import string
from typing import Final

_FORMATTER: Final = string.Formatter()
_CLOSE: Final = frozenset("，。；：、？！“”‘’（）《》〔〕…—·")
"""Marks that bring their own room; `·` stands between two spaces that the template writes."""


def told(template: str, /, **values: object) -> str:
    """Return the template with its `{names}` filled.

    Where a value meets the words beside it there is one space between hanzi and a Latin letter
    or digit, and none between hanzi and hanzi, whatever the template wrote there. What stands
    inside a value, and the words among themselves, stay as they are.
    """
    said = ""
    for words, name, _, _ in _FORMATTER.parse(template):
        said = beside(said, words)
        if name is not None:
            said = beside(said, str(values.get(name, "")))
    return said


def beside(left: str, right: str) -> str:
    """Return the two texts with the room between them that the rule gives."""
    if not left or not right:
        return left + right
    one, two = left.rstrip(" "), right.lstrip(" ")
    if not one or not two:
        return left + right
    ends, begins = one[-1], two[0]
    if ends in _CLOSE or begins in _CLOSE:
        return left + right
    hanzi = _hanzi(ends), _hanzi(begins)
    if all(hanzi):
        return one + two
    return f"{one} {two}" if any(hanzi) and _latin(ends, begins) else left + right


def _hanzi(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _latin(ends: str, begins: str) -> bool:
    other = begins if _hanzi(ends) else ends
    return other.isascii() and other.isalnum()
