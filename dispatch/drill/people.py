"""Made-up people of a made-up town: workers of each grid, seats of the centre, stations, units.

No name belongs to anybody and no phone is a number: the middle four digits are always masked.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from dispatch.domain.codes import Role
from dispatch.drill.town import MadePlace, MadeTown
from dispatch.drill.units import Post
from resources import path

WORKERS_A_GRID = (3, 4)
"""A town of 90 grids has about 300 workers."""

SEATS = (
    (Role.CLERK, 3),
    (Role.DISPATCHER, 2),
    (Role.CHIEF, 2),
    (Role.LEADER, 1),
    (Role.INSPECTOR, 2),
    (Role.SUPERVISOR, 2),
)
"""How many people of a role sit in a made-up town centre."""

STATION_PEOPLE = 2
UNIT_CLERKS = 2
PATROL_PEOPLE = 6


@dataclass(frozen=True, slots=True)
class MadePerson:
    """Somebody made up. `node` is the town, village, grid, department or squad of the post.

    `login` is unique in the town and is the name to log in with; field workers' is their number.
    """

    login: str
    name: str
    role: Role
    node: str
    phone: str
    synthetic: bool = field(default=True, init=False)


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody of one made-up town."""

    seats: tuple[MadePerson, ...]
    stations: tuple[MadePerson, ...]
    units: tuple[MadePerson, ...]
    patrols: tuple[MadePerson, ...]
    workers: tuple[MadePerson, ...]

    def everybody(self) -> tuple[MadePerson, ...]:
        """Return all people, seats first."""
        return (*self.seats, *self.stations, *self.units, *self.patrols, *self.workers)


def on_duty(roster: Roster, seed: int) -> tuple[MadePerson, ...]:
    """Return the workers who are out in a drill: one of each grid."""
    rng = random.Random(f"duty:{seed}")
    grids: dict[str, list[MadePerson]] = {}
    for worker in roster.workers:
        grids.setdefault(worker.node, []).append(worker)
    return tuple(rng.choice(people) for people in grids.values())


@cache
def wordlist(name: str) -> tuple[str, ...]:
    """Return one list of words for making up names and places."""
    with path("feeds/made_up_names.toml").open("rb") as file:
        return tuple(tomllib.load(file)[name])


def _names(rng: random.Random) -> Iterator[str]:
    """Yield names that do not repeat, in an order of the seed's."""
    every = [last + first for last in wordlist("surnames") for first in wordlist("given")]
    rng.shuffle(every)
    yield from every


def made_roster(town: MadeTown) -> Roster:
    """Make up everybody of a town, the same for the same town and seed."""
    rng = random.Random(f"people:{town.code}:{town.seed}")
    maker = _Maker(_names(rng))
    seats = [
        maker.person(f"{role}{number}", role, town.code)
        for role, count in SEATS
        for number in range(1, count + 1)
    ]
    stations = [
        maker.person(f"station{village.code[-3:]}{number}", Role.STATION, village.code)
        for village in town.villages
        for number in range(1, STATION_PEOPLE + 1)
    ]
    units, patrols = [], []
    for place, unit in enumerate(town.units, 1):
        if unit.post is Post.DEPARTMENT:
            units += [
                maker.person(f"unit{place}{number}", Role.UNIT, unit.code)
                for number in range(1, UNIT_CLERKS + 1)
            ]
        elif unit.post is Post.SQUAD:
            patrols += [
                maker.person(f"patrol{place}{number}", Role.PATROL, unit.code)
                for number in range(1, PATROL_PEOPLE + 1)
            ]
    workers = [person for grid in town.grids for person in _workers(grid, maker, rng)]
    return Roster(tuple(seats), tuple(stations), tuple(units), tuple(patrols), tuple(workers))


class _Maker:
    """Hands out names and numbers that do not repeat."""

    def __init__(self, names: Iterator[str]) -> None:
        self._names = names
        self._count = 0

    def person(self, login: str, role: Role, node: str) -> MadePerson:
        """Return the next person for a post."""
        self._count += 1
        return MadePerson(login, next(self._names), role, node, f"138****{self._count:04d}")


def _workers(grid: MadePlace, maker: _Maker, rng: random.Random) -> list[MadePerson]:
    """Return the workers of a grid; a number is the last nine digits of the grid's code and one."""
    count = rng.randint(*WORKERS_A_GRID)
    return [
        maker.person(f"{grid.code[6:]}{number}", Role.WORKER, grid.code)
        for number in range(1, count + 1)
    ]
