"""Whose an incident is: the shift that took it over, or the one in which it was reported."""

from __future__ import annotations

from typing import Final

from dispatch.domain.shift import Line, before, shift_of
from dispatch.store.reader import Reader

LOOKED_BACK: Final = 28
"""So many shifts, two weeks: every open line is gone through at each change of shifts."""
PROMISED_IN: Final = 14
"""In so many shifts promises are looked for: a week."""
_LISTS: Final = ("open", "hold", "contested")


def owner_shift(reader: Reader, running: str, id_: str) -> str:
    """Return the id of the shift that answers for an incident, empty for an unknown one.

    `running` is the shift that runs now. A tick counts from the hand-over's second signature on:
    until then the out-going shift answers for everything.
    """
    row = reader.row(id_)
    if row is None or row.reported_at is None:
        return ""
    # Ids are compared within one scope only: their days sort as text.
    first = shift_of(running.rsplit("-", 2)[0], row.reported_at)
    shift = running
    for _ in range(LOOKED_BACK):
        shift = before(shift)
        folded = reader.shift(shift)
        if folded.handed_over:
            ticks = (folded.ticks.get(f"{each}:{id_}") for each in _LISTS)
            taken = next((each.to for each in ticks if each is not None), None)
            if taken is not None:
                return taken
        if shift == first:
            break
    return first


def promises(reader: Reader, shift: str) -> tuple[Line, ...]:
    """Return the promises made in this shift or within a week before it that nobody has kept."""
    found: list[Line] = []
    for _ in range(PROMISED_IN):
        found = [*reader.shift(shift).promises(), *found]
        shift = before(shift)
    return tuple(found)
