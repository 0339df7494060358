"""A made-up city for the map's benches: 3,201 grids, 10,000 workers, 2,000 incidents (演示数据)."""

import random

import numpy as np
from shapely.geometry import MultiPoint, box
from shapely.ops import voronoi_diagram

from ui.look.marks import Light
from ui.map.scene import (
    WORKER_FIELDS,
    MapGrid,
    MapGround,
    MapIncident,
    MapTown,
    MapVillage,
    MapWorkers,
)

GRIDS, WORKERS, INCIDENTS = 3201, 10_000, 2_000
SIZE = (1920, 1080)
AREA = box(113.55, 22.7, 114.25, 23.15)


def city(seed: int = 1) -> tuple[MapGround, tuple[MapIncident, ...], MapWorkers]:
    """Return a made-up city: 3,201 grids, 609 villages, 33 towns, incidents and workers."""
    draw = np.random.default_rng(seed)
    towns = tuple(MapTown(f"镇{n}", (ring,)) for n, ring in enumerate(_parts(33, draw)))
    villages = tuple(
        MapVillage(f"v{n}", f"演示村{n}", (ring,), _middle(ring))
        for n, ring in enumerate(_parts(609, draw))
    )
    grids = tuple(
        MapGrid(f"g{n}", (ring,), int(draw.integers(0, 8)))
        for n, ring in enumerate(_parts(GRIDS, draw))
    )
    pick = random.Random(seed)
    spots = _points(INCIDENTS, draw)
    incidents = tuple(
        MapIncident(
            id=f"i{n}",
            number=str(n),
            lon=float(lon),
            lat=float(lat),
            light=pick.choices((Light.RED, Light.YELLOW, Light.GREEN), (1, 10, 30))[0],
            priority=pick.choices((1, 2, 3), (1, 6, 13))[0],
        )
        for n, (lon, lat) in enumerate(spots)
    )
    rows = np.zeros(WORKERS, WORKER_FIELDS)
    rows["lon"], rows["lat"] = _points(WORKERS, draw).T
    rows["status"] = draw.integers(0, 6, WORKERS)
    return MapGround(towns, (), villages, grids), incidents, MapWorkers(rows, ("",) * WORKERS)


def _points(count: int, draw: np.random.Generator) -> np.ndarray:
    west, south, east, north = AREA.bounds
    return draw.uniform((west, south), (east, north), (count, 2))


def _parts(count: int, draw: np.random.Generator) -> list[tuple[tuple[float, float], ...]]:
    cells = voronoi_diagram(MultiPoint(_points(count, draw)), envelope=AREA)
    inside = [cell.intersection(AREA) for cell in cells.geoms]
    return [tuple((x, y) for x, y in cell.segmentize(0.003).exterior.coords) for cell in inside]


def _middle(ring: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    spots = np.array(ring)
    return float(spots[:, 0].mean()), float(spots[:, 1].mean())
