"""The names of a town, to be found by hanzi, pinyin and initials: made once for each table."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dispatch.advice.called import called
from dispatch.advice.items import Entry, How, ItemSearch, Match
from dispatch.advice.line import Holds
from dispatch.advice.readings import usual_readings
from dispatch.desk.contacts import Contact, contacts, today
from dispatch.desk.masks import masked
from dispatch.desk.views_palette import Named
from dispatch.domain.codes import Level

if TYPE_CHECKING:
    from dispatch.desk.reference import Reference

_KINDS = {
    Holds.ITEM: "item",
    Holds.UNIT: "unit",
    Holds.UNITS: "unit",
    Holds.WORKER: "worker",
}
_LEVELS = {Level.VILLAGE: "village", Level.GRID: "grid"}


class NameIndex:
    """Items, units, workers, villages, grids of one set of tables. Safe from any thread."""

    def __init__(self, tables: Reference) -> None:
        self._tables = tables
        self._rung: tuple[int, dict[str, Contact], ItemSearch] | None = None

    def find(self, holds: Holds, text: str, limit: int) -> tuple[Match, ...]:
        """Return what a text means among the names of that kind, best first."""
        match holds:
            case Holds.ITEM:
                return tuple(self._items.find(text, limit))
            case Holds.UNIT | Holds.UNITS:
                return tuple(self._units.find(text, limit))
            case Holds.WORKER:
                return tuple(self._workers.find(text, limit))
            case Holds.PLACE:
                return tuple(self._places.find(text, limit))
            case _:
                return ()

    def shown(self, holds: Holds, match: Match) -> Named:
        """Return a match as it is shown."""
        entry, phone = match.entry, ""
        beside = " · ".join(entry.also[:1])
        if holds is Holds.WORKER:
            phone = masked(self._phones.get(entry.code, ""))
        marked = (match.start, match.end)
        kind = _KINDS.get(holds) or self._level(entry.code)
        if kind == "grid":
            beside = self._tables.names.node(entry.code[:12])
        return Named(kind, entry.code, entry.name, _sound(entry.name), beside, phone, *marked)

    def contacts(self, text: str, limit: int, now: int) -> tuple[tuple[How, Named], ...]:
        """Return whom of today's duty roster and the units with a phone a text means, and how."""
        day, rung = today(now), self._rung
        if rung is None or rung[0] != day:
            listed = contacts(self._tables, now)
            search = ItemSearch(Entry(each.code, each.name, each.also) for each in listed)
            rung = self._rung = (day, {each.code: each for each in listed}, search)
        return tuple(
            (match.how, _rung(rung[1][match.entry.code], match))
            for match in rung[2].find(text, limit)
        )

    def _level(self, code: str) -> str:
        node = self._tables.rules.organisation.get(code)
        return _LEVELS.get(node.level, "village") if node is not None else "village"

    def unit_of(self, worker: str) -> str:
        """Return the unit that a worker belongs to: the village of the grid; "" when none is."""
        grid = next((each.grid for each in self._tables.roster if each.number == worker), "")
        return self._tables.rules.organisation.ancestor(grid, Level.VILLAGE) or ""

    @cached_property
    def _phones(self) -> dict[str, str]:
        return {each.number: each.phone for each in self._tables.roster}

    @cached_property
    def _items(self) -> ItemSearch:
        return ItemSearch.of_catalogue(self._tables.rules.catalogue)

    @cached_property
    def _units(self) -> ItemSearch:
        names = self._tables.names
        return ItemSearch(
            Entry(unit, names.unit(unit), () if unit.isascii() else (unit, names.char(unit)))
            for unit in self._tables.units()
        )

    @cached_property
    def _workers(self) -> ItemSearch:
        return ItemSearch(
            Entry(each.number, each.name, (each.grid_name,)) for each in self._tables.roster
        )

    @cached_property
    def _places(self) -> ItemSearch:
        """Villages, and grids: a grid is one word, for a line is made of words."""
        organisation, town = self._tables.rules.organisation, self._tables.town
        here = [each for each in organisation if organisation.within(each.code, town)]
        villages = (
            Entry(node.code, called(node.name), (node.name,))
            for node in here
            if node.level is Level.VILLAGE
        )
        grids = (
            Entry(node.code, node.name.replace(" ", ""))
            for node in here
            if node.level is Level.GRID
        )
        return ItemSearch((*villages, *grids))


def _rung(contact: Contact, match: Match) -> Named:
    marked = (match.start, match.end)
    sound = _sound(contact.name)
    return Named(
        "contact", contact.code, contact.name, sound, contact.beside, contact.shown, *marked
    )


def _sound(name: str) -> str:
    usual = (usual_readings(char) for char in name)
    return " ".join(each[0] for each in usual if each)
