"""Workers on duty: who signs on, and where each of them walks in the own grid."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import shapely
from shapely.geometry import Point

from dispatch.drill.people import MadePerson
from dispatch.drill.players import FieldHand, Fix
from dispatch.drill.town import MadePlace, MadeTown
from dispatch.geo.area import DECIMALS, to_shape
from dispatch.geo.distance import Plane

PACE: Final = 0.8
"""Metres a second of somebody who walks and looks."""
_TURN: Final = 0.7
_TRIES: Final = 6


@dataclass(slots=True)
class _Walker:
    person: MadePerson
    grid: MadePlace
    lon: float
    lat: float
    heading: float
    at: int


class Walkers:
    """Workers on duty, each on a random walk that does not leave the grid."""

    def __init__(self, town: MadeTown, workers: Iterable[MadePerson], seed: int) -> None:
        self._rng = random.Random(f"walkers:{town.code}:{seed}")
        grids = {grid.code: grid for grid in town.grids}
        self._shapes = {code: to_shape(grid.area.outline) for code, grid in grids.items()}
        for shape in self._shapes.values():
            shapely.prepare(shape)
        self._walkers = [
            _Walker(
                each, grids[each.node], grids[each.node].lon, grids[each.node].lat, self._turn(), 0
            )
            for each in workers
        ]

    def _turn(self) -> float:
        return self._rng.uniform(0, 360)

    @property
    def logins(self) -> tuple[str, ...]:
        """The names of those who walk."""
        return tuple(each.person.login for each in self._walkers)

    def sign_on(self, hand: FieldHand, now: int) -> None:
        """Let all of them sign on in their grids."""
        for each in self._walkers:
            hand.sign_on(each.person.login, each.grid.code)
            each.at = now

    def sign_off(self, hand: FieldHand) -> None:
        """Let all of them sign off."""
        for each in self._walkers:
            hand.sign_off(each.person.login)

    def walk(self, hand: FieldHand, now: int, every_ms: int) -> None:
        """Let all of them walk on to `now` and tell where they were, a fix every so often."""
        for each in self._walkers:
            fixes = tuple(self._steps(each, now, every_ms))
            if fixes:
                hand.locate(each.person.login, fixes)

    def _steps(self, walker: _Walker, now: int, every_ms: int) -> Iterator[Fix]:
        while walker.at + every_ms <= now:
            walker.at += every_ms
            self._step(walker, every_ms / 1000)
            yield Fix(walker.lon, walker.lat, walker.at, round(walker.heading, 1))

    def _step(self, walker: _Walker, seconds: float) -> None:
        plane = Plane(walker.lon, walker.lat)
        for _ in range(_TRIES):
            heading = (walker.heading + self._rng.gauss(0, 60) * _TURN) % 360
            reach = PACE * seconds * self._rng.uniform(0.2, 1.0)
            x = reach * math.sin(math.radians(heading))
            y = reach * math.cos(math.radians(heading))
            lon, lat = plane.to_degrees(x, y)
            if self._shapes[walker.grid.code].contains(Point(lon, lat)):
                walker.lon, walker.lat = round(lon, DECIMALS), round(lat, DECIMALS)
                walker.heading = heading
                return
            walker.heading = self._turn()
