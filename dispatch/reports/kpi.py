"""The measures of the table in force, over the whole shift."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from dispatch.domain.measure import Measure, Shape
from dispatch.reports.figure import Figure
from dispatch.reports.force import given
from dispatch.reports.measures import Counting
from dispatch.reports.walk import Case, Walk

ON_TIME: Final = "kpi.on_time"
"""The measure that is told per source, too."""


def counting(walk: Walk, keep: Callable[[Case], bool] = lambda _: True) -> Counting:
    """Return what counts measures over the cases that are kept."""
    cases = tuple((case, now) for case, now in walk.present() if keep(case))
    return Counting(walk, cases, given(walk))


def of_units(measure: Measure) -> bool:
    """Return whether a measure is told of units alone."""
    return measure.shape is Shape.SCORE or measure.den == "=filed_most"


def measures(walk: Walk) -> Iterator[Figure]:
    """Every measure of the table but those of units."""
    whole = counting(walk)
    for each in walk.given.measures:
        if not of_units(each):
            yield whole.figure(each)


def seats(walk: Walk) -> Iterator[Figure]:
    """Seats taken, as they were given."""
    for seat, taken in walk.given.people.seats:
        yield Figure(id=f"force.seat.{seat}", name=f"{seat}席", form="count", value=taken)
