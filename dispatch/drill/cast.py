"""Who plays whom: the made-up people of a town at their seats, stations and in the field."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import chain
from typing import Final

from dispatch.domain.codes import Role
from dispatch.drill.people import MadePerson, Roster, on_duty
from dispatch.drill.step import FIELD, Player
from dispatch.drill.town import MadeTown
from dispatch.drill.units import Post

SEATS: Final = ("seat1", "seat2")
"""The two seats of the town's centre."""
SEAT_NAMES: Final = {"seat1": "1 号席", "seat2": "2 号席"}
"""What people call them: the name a seat is logged on to under."""
VILLAGE: Final = "village"
"""The one station that has a console of its own."""


class Cast:
    """The people of one town by what they can be asked for. `station` has the village console."""

    def __init__(
        self, town: MadeTown, roster: Roster, station: str, seats: Sequence[str] = SEATS
    ) -> None:
        self.town = town
        self.station = station
        self.on_duty = on_duty(roster, town.seed)
        self._out = frozenset(each.login for each in self.on_duty)
        self._seats: dict[Role, list[Player]] = {}
        for person in roster.seats:
            known = self._seats.setdefault(person.role, [])
            known.append(Player(person, seats[len(known) % len(seats)]))
        self._at_node: dict[str, list[Player]] = {}
        for person in (*roster.stations, *roster.units, *roster.patrols, *roster.workers):
            where = VILLAGE if person.node == station else FIELD
            self._at_node.setdefault(_local(town, person.node), []).append(Player(person, where))
        self.departments = tuple(unit.code for unit in town.units if unit.post is Post.DEPARTMENT)
        self.squads = tuple(unit.code for unit in town.units if unit.post is Post.SQUAD)

    def seated(self, role: Role, rng: random.Random) -> Player:
        """Return somebody of the town's centre."""
        return rng.choice(self._seats[role])

    def first(self, role: Role) -> Player:
        """Return the first of a role at the town's centre."""
        return self._seats[role][0]

    def posted(self, node: str, rng: random.Random) -> Player:
        """Return somebody of a grid, station, department or squad; of a grid, who is on duty."""
        people = self._at_node[node]
        return rng.choice([each for each in people if each.login in self._out] or people)

    def everybody(self, node: str) -> tuple[Player, ...]:
        """Return all people of a grid, station, department or squad."""
        return tuple(self._at_node.get(node, ()))

    def at_site(self, site: str) -> tuple[MadePerson, ...]:
        """Return all people who act at a site."""
        players = chain.from_iterable((*self._seats.values(), *self._at_node.values()))
        return tuple(each.person for each in players if each.where == site)


def _local(town: MadeTown, node: str) -> str:
    """A department is known inside its town by the short name that incidents carry."""
    return node.removeprefix(f"{town.code}/")
