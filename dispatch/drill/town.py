"""A made-up inside for a real town: villages' areas, grids and units, all from a seed.

Codes and names of towns and villages are official; every line drawn inside a town is not, and
carries `synthetic=True`, which screens and papers show as 演示数据.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput
from dispatch.domain.organisation import Node
from dispatch.drill.cells import Cell, outline_about, split
from dispatch.drill.units import MadeUnit, made_units
from dispatch.files.tables import Centre, Division
from dispatch.geo.area import Area, Outline

GRIDS = (88, 92)
"""Fewest and most grids of a made-up town: the average of the real ones."""


@dataclass(frozen=True, slots=True)
class Official:
    """What is published: the code table, and centre and area of each town."""

    divisions: Sequence[Division]
    centres: Sequence[Centre]

    def town(self, code: str) -> Division:
        """Return the town's row. Raises BadInput for a code that is no town's."""
        for each in self.divisions:
            if each.code == code and each.level is Level.TOWN:
                return each
        raise BadInput("--town", f"“{code}”不是本市镇街代码（9 位，如 441900106 横沥镇）")

    def villages(self, town: str) -> list[Division]:
        """Return the villages of a town in order of code."""
        found = [each for each in self.divisions if each.parent == town]
        return sorted(found, key=lambda each: each.code)

    def centre(self, town: str) -> Centre:
        """Return centre and area. Raises BadInput for the units that have no area of their own."""
        for each in self.centres:
            if each.code == town:
                return each
        raise BadInput("--town", f"{town} 没有公布的中心点和面积，请先用 import grids 导入它的边界")


@dataclass(frozen=True, slots=True)
class MadePlace:
    """A village or a grid: its area, a point inside it, and the code of what it belongs to."""

    area: Area
    parent: str
    lon: float
    lat: float
    synthetic: bool = field(default=True, init=False)

    @property
    def code(self) -> str:
        """The official code of a village, the made-up 15 digits of a grid."""
        return self.area.code

    @property
    def name(self) -> str:
        """The short name of a village, its name and two digits for a grid."""
        return self.area.name


@dataclass(frozen=True, slots=True)
class MadeTown:
    """A town with all that a drill needs of its ground. `real_outline`: imported, not made up."""

    area: Area
    real_outline: bool
    villages: tuple[MadePlace, ...]
    grids: tuple[MadePlace, ...]
    units: tuple[MadeUnit, ...]
    seed: int
    synthetic: bool = field(default=True, init=False)

    @property
    def code(self) -> str:
        """The official code of the town."""
        return self.area.code

    @property
    def name(self) -> str:
        """The official name of the town."""
        return self.area.name

    def nodes(self, city: Division) -> tuple[Node, ...]:
        """Return the organisation tree: city, town, villages, grids, departments and squads."""
        found = [
            Node(city.code, city.name, Level.CITY, None),
            Node(self.code, self.name, Level.TOWN, city.code),
        ]
        phones = {each.code: each.phone for each in self.units}
        found += [
            Node(each.code, each.name, Level.VILLAGE, self.code, phone=phones.get(each.code, ""))
            for each in self.villages
        ]
        found += [Node(each.code, each.name, Level.GRID, each.parent) for each in self.grids]
        for unit in self.units:
            if unit.level in (Level.DEPARTMENT, Level.SQUAD):
                node = Node(unit.code, unit.name, unit.level, self.code, phone=unit.phone)
                found.append(node)
        return tuple(found)


def make_town(code: str, seed: int, official: Official, outline: Outline | None = None) -> MadeTown:
    """Make the inside of a town, the same for the same arguments.

    `outline` is the imported real one; without it an outline of the published area is drawn
    around the published centre. Raises BadInput for a code that is no town's.
    """
    town = official.town(code)
    rng = random.Random(f"town:{code}:{seed}")
    real = outline is not None
    if outline is None:
        centre = official.centre(code)
        outline = outline_about(centre.lon, centre.lat, centre.square_km, rng)
    villages = _villages(official.villages(code), outline, rng)
    grids = _grids(villages, rng)
    units = made_units(code, [each.area for each in villages], rng)
    return MadeTown(Area(code, town.name, outline), real, villages, grids, units, seed)


def _villages(
    official: Sequence[Division], outline: Outline, rng: random.Random
) -> tuple[MadePlace, ...]:
    cells = split(outline, len(official), rng)
    rng.shuffle(cells)
    return tuple(
        MadePlace(Area(each.code, each.short, cell.outline), each.parent, cell.lon, cell.lat)
        for each, cell in zip(official, cells, strict=True)
    )


def _grids(villages: Sequence[MadePlace], rng: random.Random) -> tuple[MadePlace, ...]:
    found = []
    counts = _shares(rng.randint(*GRIDS), len(villages))
    for village, count in zip(villages, counts, strict=True):
        cells = numbered(split(village.area.outline, count, rng))
        short = village.name.removesuffix("村") if len(village.name) > 2 else village.name
        for number, cell in enumerate(cells, 1):
            area = Area(f"{village.code}{number:03d}", f"{short} {number:02d}", cell.outline)
            found.append(MadePlace(area, village.code, cell.lon, cell.lat))
    return tuple(found)


def _shares(total: int, among: int) -> list[int]:
    """Split `total` as evenly as whole numbers allow, one at the least."""
    each, rest = divmod(max(total, among), among)
    return [each + (number < rest) for number in range(among)]


def numbered(cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells in the order of their numbers: rows from north to south, each from the west.

    The national rule for grid codes numbers from left to right and from top to bottom.
    """
    north = sorted(cells, key=lambda cell: (-cell.lat, cell.lon))
    width = max(1, round(math.sqrt(len(north))))
    rows = [north[start : start + width] for start in range(0, len(north), width)]
    return [cell for row in rows for cell in sorted(row, key=lambda cell: cell.lon)]
