"""The reference tables as the desk uses them: names, item search, grid lookup, map, people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dispatch.desk.names import Names
from dispatch.desk.towns import is_city
from dispatch.desk.views import ItemChoice, PlaceChoice, Shape, TownGeometry
from dispatch.desk.workers import RosterEntry
from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput
from dispatch.domain.measure import Measure
from dispatch.domain.rules import Account, Rules
from dispatch.files.measures import read_measures
from dispatch.wire.tables import (
    DutyEntry,
    Feature,
    parse_accounts,
    parse_duty,
    parse_geometry,
    parse_measures,
    parse_roster,
)
from resources import path

if TYPE_CHECKING:
    from dispatch.advice.items import ItemSearch
    from dispatch.desk.name_index import NameIndex
    from dispatch.geo.grid_lookup import GridLookup


@dataclass(frozen=True)
class Reference:
    """One consistent set of tables, with what is worked out from them once."""

    rules: Rules
    town: str
    body: Callable[[str], str | None]

    @cached_property
    def towns(self) -> tuple[str, ...]:
        """The towns of a city's console, by code; none at a site of a town or below."""
        organisation = self.rules.organisation
        if not is_city(self.rules, self.town):
            return ()
        below = organisation.children.get(self.town, ())
        return tuple(each.code for each in below if each.level is Level.TOWN)

    @cached_property
    def names(self) -> Names:
        """Words for codes."""
        return Names(self.rules, self.town)

    @cached_property
    def accounts(self) -> dict[str, Account]:
        """People by account name."""
        body = self.body("accounts")
        return {each.name: each for each in parse_accounts(body)} if body else {}

    def person(self, account: str) -> str:
        """What people call somebody; whom the tables here do not name keeps the account."""
        known = self.accounts.get(account)
        return (known.person if known else "") or account

    @cached_property
    def roster(self) -> tuple[RosterEntry, ...]:
        """The workers of the field."""
        body = self.body("roster")
        return tuple(
            RosterEntry(each.number, each.name, each.grid, self.names.node(each.grid), each.phone)
            for each in (parse_roster(body) if body else ())
        )

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """What the report's rates count; the shipped definitions where the hub has none."""
        body = self.body("kpi")
        return parse_measures(body) if body else read_measures(path("catalogue/kpi_v1.csv"))

    @cached_property
    def duty(self) -> tuple[DutyEntry, ...]:
        """Who is planned on which shift at which seat."""
        body = self.body("duty")
        return parse_duty(body) if body else ()

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        """All places with their shapes."""
        body = self.body("geometry")
        return parse_geometry(body).features if body else ()

    @cached_property
    def geometry(self) -> TownGeometry:
        """The map of the town."""
        inside = [each for each in self.features if self._in_town(each.code)]
        outside = [each for each in self.features if each.level == "town" and each not in inside]
        whole = [each for each in inside if each.code == self.town]
        units = {"department", "squad", "village"}
        return TownGeometry(
            town=self.town,
            name=self.names.node(self.town),
            synthetic=any(each.synthetic for each in self.features),
            outline=self._shape(whole[0]) if whole else None,
            villages=tuple(self._shape(each) for each in inside if each.level == "village"),
            grids=tuple(self._shape(each) for each in inside if each.level == "grid"),
            # Of a whole city they would cover everything else.
            units=() if self.towns else self._shapes(inside, units),
            neighbours=tuple(self._shape(each) for each in outside),
            towns=tuple(self._shape(each) for each in inside if each.code in self.towns),
        )

    def _shapes(self, features: Iterable[Feature], levels: set[str]) -> tuple[Shape, ...]:
        return tuple(self._shape(each) for each in features if each.level in levels)

    def of(self, town: str) -> Reference:
        """Return the tables for a town's own matters, at a city's console; else these."""
        if not self.towns or town == self.town:
            return self
        found = self._of_towns.get(town)
        if found is None:
            found = self._of_towns[town] = replace(self, town=town)
            # What is worked out of the tables is the same for all.
            found.__dict__.update(features=self.features, places=self.places, roster=self.roster)
        return found

    @cached_property
    def _of_towns(self) -> dict[str, Reference]:
        return {}

    def _in_town(self, code: str) -> bool:
        return self.rules.organisation.within(code, self.town) or code.startswith(self.town)

    def _shape(self, feature: Feature) -> Shape:
        name = feature.name or self.names.node(feature.code)
        return Shape(feature.code, name, feature.level, feature.lon, feature.lat, feature.rings)

    @cached_property
    def places(self) -> dict[str, tuple[float, float]]:
        """A point per node code, CGCS2000 degrees."""
        return {each.code: (each.lon, each.lat) for each in self.features}

    @cached_property
    def known_names(self) -> NameIndex:
        """Everything that has a name here, to be found by it."""
        # The readings of all hanzi, too, are needed at the first key only.
        from dispatch.desk.name_index import NameIndex  # noqa: PLC0415

        return NameIndex(self)

    @cached_property
    def _items(self) -> ItemSearch:
        # The readings of all hanzi take a quarter of a second and are needed at the first key.
        from dispatch.advice.items import ItemSearch  # noqa: PLC0415

        return ItemSearch.of_catalogue(self.rules.catalogue)

    @cached_property
    def _grids(self) -> GridLookup:
        # Shapely, too, is not needed for the first window.
        from dispatch.geo.area import Area  # noqa: PLC0415
        from dispatch.geo.grid_lookup import GridLookup  # noqa: PLC0415

        return GridLookup(
            Area(each.code, each.name, each.rings)
            for each in self.features
            if each.level == "grid" and each.rings
        )

    def items(self, text: str) -> tuple[ItemChoice, ...]:
        """Return the items that a text means, best first."""
        found = []
        for match in self._items.find(text):
            item = self.rules.catalogue.get(match.entry.code)
            if item is not None:
                found.append(
                    ItemChoice(
                        item.code,
                        item.name,
                        item.klass,
                        item.department,
                        item.priority,
                        item.profile,
                    )
                )
        return tuple(found)

    def place(self, lon: float, lat: float) -> PlaceChoice:
        """Return the grid at a point, or the nearest within 300 m; none is a BadInput."""
        found = self._grids.find(lon, lat)
        grid = found.code or found.nearest
        if grid is None:
            raise BadInput("--at", f"点 {lon},{lat} 不在本镇任何网格内")
        village = self.rules.organisation.ancestor(grid, Level.VILLAGE) or ""
        return PlaceChoice(
            grid=grid,
            grid_name=self.names.node(grid),
            village=village,
            village_name=self.names.node(village),
            distance_m=round(found.distance_m),
            also=found.also,
        )

    def grids_at(self, points: Sequence[tuple[float, float]]) -> list[str | None]:
        """Return for each point the grid that `place` would, None where that refuses."""
        return [found.code or found.nearest for found in self._grids.find_all(points)]

    def grids_holding(self, points: Sequence[tuple[float, float]]) -> list[str | None]:
        """Return the grid that holds each point (CGCS2000 degrees), None where none does."""
        return [found.code for found in self._grids.find_all(points)]

    def units(self) -> tuple[str, ...]:
        """Return the codes of all units of the town that can be sent, departments first."""
        order = {Level.DEPARTMENT: 0, Level.SQUAD: 1, Level.VILLAGE: 2}
        nodes = [
            node
            for node in self.rules.organisation
            if node.level in order and self.rules.organisation.within(node.code, self.town)
        ]
        nodes.sort(key=lambda node: (order[node.level], node.code))
        return tuple(node.code.rpartition("/")[2] for node in nodes)
