"""On which days a managed object is due to be looked at: a day of its own, or every so many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from dispatch.domain.bodies_force import ObjectChecked
from dispatch.domain.bodies_town import Checked
from dispatch.domain.calendar import OPENINGS, ZONE, instant, local
from dispatch.domain.event import Event

LONGEST_CYCLE: Final = 3_660
"""Days; a cycle of ten years is a slip of the pen's."""


@dataclass(frozen=True, slots=True)
class DueObject:
    """An object that is looked after by a cycle.

    Due on `due_on` and then every `every_days` natural days; without a number on that day alone.
    """

    code: str
    grid: str
    due_on: date
    every_days: int | None

    def is_due(self, day: date) -> bool:
        """Return whether it is to be looked at on a day."""
        passed = (day - self.due_on).days
        if self.every_days is None:
            return passed == 0
        return passed >= 0 and passed % self.every_days == 0


def days_of(from_at: int, to_at: int) -> tuple[date, ...]:
    """Return the days whose hours of work (08:30 to 17:30) a span touches, UTC milliseconds.

    So a night shift asks for no object, and a day is not asked for by two shifts.
    """
    opens, shuts = OPENINGS[0][0], OPENINGS[-1][1]
    day, last = local(from_at).date(), local(to_at).date()
    found = []
    while day <= last:
        if from_at < _moment(day, shuts) and to_at > _moment(day, opens):
            found.append(day)
        day += timedelta(days=1)
    return tuple(found)


def _moment(day: date, at: time) -> int:
    return instant(datetime.combine(day, at, ZONE))


def looked_at(facts: Iterable[Event]) -> dict[tuple[date, str], Checked]:
    """Return what was found of each object on each day: the gravest, whoever came later.

    Where nobody could look, the object has not been looked at; any other look outweighs it.
    """
    found: dict[tuple[date, str], Checked] = {}
    for event in facts:
        body = event.body
        if not isinstance(body, ObjectChecked):
            continue
        key = local(event.corrected_at).date(), body.object
        if key not in found or GRAVER[body.finding] > GRAVER[found[key]]:
            found[key] = body.finding
    return found


GRAVER: Final = {Checked.ABSENT: 0, Checked.CLEAR: 1, Checked.PROBLEM: 2}
