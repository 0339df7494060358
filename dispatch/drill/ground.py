"""Places of a made-up town: a point, the grid it lies in, and words for it."""

from __future__ import annotations

import random
from dataclasses import dataclass

import shapely
from shapely.geometry import Point as ShapelyPoint
from shapely.ops import nearest_points, unary_union

from dispatch.drill.cells import random_point
from dispatch.drill.people import wordlist
from dispatch.drill.town import MadeTown
from dispatch.geo.area import DECIMALS, Point, to_shape
from dispatch.geo.distance import Plane
from dispatch.geo.grid_lookup import GridLookup

_INWARD = 0.02
"""How far inside the edge a point from outside is put: a share of the way to the grid's middle."""
_HOUSES = 180


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in CGCS2000 degrees. `moved`: it fell outside the town and was put on its edge."""

    lon: float
    lat: float
    grid: str
    village: str
    words: str
    moved: bool = False


class Ground:
    """Finds places in one town. Some grids are busier than others, the same ones for a seed."""

    def __init__(self, town: MadeTown) -> None:
        self.town = town
        self._shapes = [to_shape(grid.area.outline) for grid in town.grids]
        self._whole = unary_union(self._shapes)
        shapely.prepare(self._whole)
        self._lookup = GridLookup(grid.area for grid in town.grids)
        self._grids = {grid.code: grid for grid in town.grids}
        self._villages = {village.code: village.name for village in town.villages}
        rng = random.Random(f"ground:{town.code}:{town.seed}")
        self._busy = [rng.gammavariate(2.0, 1.0) for _ in town.grids]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the town."""
        west, south, east, north = self._whole.bounds
        return west, south, east, north

    def anywhere(self, rng: random.Random) -> Spot:
        """Return a place in a grid drawn by how busy it is."""
        number = rng.choices(range(len(self._shapes)), self._busy)[0]
        return self.at(random_point(self._shapes[number], rng), rng)

    def near(self, spot: Spot, metres: float, rng: random.Random) -> Spot:
        """Return a place at most so many metres away, with the same words."""
        plane = Plane(spot.lon, spot.lat)
        reach = metres / 2**0.5
        point = plane.to_degrees(rng.uniform(-reach, reach), rng.uniform(-reach, reach))
        found = self.at(point, rng)
        return Spot(found.lon, found.lat, found.grid, found.village, spot.words, found.moved)

    def at(self, point: Point, rng: random.Random) -> Spot:
        """Return the place at a point; one outside the town is put just inside its edge."""
        lon, lat = round(point[0], DECIMALS), round(point[1], DECIMALS)
        found = self._lookup.find(lon, lat, 0.0)
        moved = found.code is None
        code = found.code
        if code is None:
            lon, lat, code = self._inside(lon, lat)
        village = self._grids[code].parent
        return Spot(lon, lat, code, village, self._words(village, rng), moved)

    def _inside(self, lon: float, lat: float) -> tuple[float, float, str]:
        edge = nearest_points(self._whole, ShapelyPoint(lon, lat))[0]
        number = min(range(len(self._shapes)), key=lambda n: (self._shapes[n].distance(edge), n))
        grid = self.town.grids[number]
        x = round(edge.x + (grid.lon - edge.x) * _INWARD, DECIMALS)
        y = round(edge.y + (grid.lat - edge.y) * _INWARD, DECIMALS)
        found = self._lookup.find(x, y, 0.0).code
        # The straight way to the middle of a bent grid may leave it: then its middle itself.
        return (x, y, found) if found is not None else (grid.lon, grid.lat, grid.code)

    def _words(self, village: str, rng: random.Random) -> str:
        road, spot = rng.choice(wordlist("roads")), rng.choice(wordlist("spots"))
        return f"{self._villages[village]}{road}{rng.randint(1, _HOUSES)}号{spot}"
