"""A made-up busy morning (演示数据) on the real outline of one town, to look at and to test on."""

import csv
import json
import math
import random
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import MultiPoint, Point, Polygon, shape
from shapely.geometry.base import BaseGeometry

from ui.look.marks import Light
from ui.map.scene import (
    WORKER_FIELDS,
    MapCandidate,
    MapGrid,
    MapGround,
    MapIncident,
    MapTown,
    MapUnit,
    MapVillage,
    MapWorkers,
    Ring,
    Rings,
)

TOWN = "441900106"
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def real_data() -> Path:
    """Return the folder of real data, or skip visibly."""
    if not (DATA / "dongguan_towns_wgs84.geojson").exists():
        pytest.skip("the real data is not here")
    return DATA


def rings(geometry: BaseGeometry) -> Rings:
    """Return every ring of a shape, holes too."""
    parts = [part for part in getattr(geometry, "geoms", [geometry]) if isinstance(part, Polygon)]
    found: list[Ring] = []
    for part in parts:
        outlines = (part.exterior, *part.interiors)
        found.extend(tuple((x, y) for x, y in ring.coords) for ring in outlines)
    return tuple(found)


def split(area: BaseGeometry, count: int, seed: int) -> list[BaseGeometry]:
    """Cut an area into about even parts round random points."""
    draw = random.Random(seed)
    west, south, east, north = area.bounds
    points: list[Point] = []
    while len(points) < count:
        point = Point(draw.uniform(west, east), draw.uniform(south, north))
        if area.contains(point):
            points.append(point)
    for _ in range(4):
        cells = _cells(points, area)
        points = [cell.representative_point() if cell.is_empty else cell.centroid for cell in cells]
    return _cells(points, area)


def _cells(points: list[Point], area: BaseGeometry) -> list[BaseGeometry]:
    cells = shapely.voronoi_polygons(MultiPoint(points), extend_to=area).geoms
    return [cell.intersection(area) for cell in cells if cell.intersects(area)]


def town_ground(seed: int = 5) -> MapGround:
    """Return the town with made-up villages and grids inside its real outline."""
    folder = real_data()
    towns = json.loads((folder / "dongguan_towns_wgs84.geojson").read_text())["features"]
    areas = {
        t["properties"]["code"]: (t["properties"]["name"], shape(t["geometry"])) for t in towns
    }
    name, area = areas.pop(TOWN)
    near = area.buffer(0.06)
    neighbours = tuple(MapTown(n, rings(a)) for n, a in areas.values() if a.intersects(near))
    names = _village_names(folder)
    villages, grids = [], []
    draw = random.Random(seed)
    for number, part in enumerate(split(area, len(names), seed)):
        code = f"{TOWN}{201 + number}"
        middle = part.representative_point()
        villages.append(MapVillage(code, names[number], rings(part), (middle.x, middle.y)))
        for grid, cell in enumerate(split(part, draw.choice((4, 5, 5, 6)), seed + number), start=1):
            count = draw.choice((0, 0, 0, 0, 1, 1, 2, 3, 4, 7))
            grids.append(MapGrid(f"{code}{grid:03d}", rings(cell), count, f"{grid:02d}"))
    return MapGround((MapTown(name, rings(area)),), neighbours, tuple(villages), tuple(grids))


def _village_names(folder: Path) -> list[str]:
    with (folder / "dongguan_divisions.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["parent_code"].startswith(TOWN)]
    return [row["short_name"] for row in rows]


def places(ground: MapGround, count: int, seed: int) -> list[tuple[float, float]]:
    """Return random places inside the first town."""
    area = Polygon(ground.towns[0].rings[0])
    draw = random.Random(seed)
    west, south, east, north = area.bounds
    found: list[tuple[float, float]] = []
    while len(found) < count:
        place = (draw.uniform(west, east), draw.uniform(south, north))
        if area.contains(Point(place)):
            found.append(place)
    return found


def incidents(ground: MapGround, count: int = 40, seed: int = 2) -> tuple[MapIncident, ...]:
    """Return open incidents: a few over their limit, most within."""
    draw = random.Random(seed)
    made = []
    for number, (lon, lat) in enumerate(places(ground, count, seed)):
        light = draw.choices((Light.RED, Light.YELLOW, Light.GREEN), (1, 3, 8))[0]
        priority = draw.choices((1, 2, 3), (1, 4, 5))[0]
        made.append(
            MapIncident(
                id=f"i{number}",
                number=f"{1000 + number}",
                lon=lon,
                lat=lat,
                light=light,
                priority=priority,
                contested=number == 7,
                pinned=number == 3,
            )
        )
    return tuple(made)


def workers(ground: MapGround, count: int = 160, seed: int = 3) -> MapWorkers:
    """Return workers of every status with fixes of every age."""
    draw = np.random.default_rng(seed)
    rows = np.zeros(count, WORKER_FIELDS)
    spots = np.array(places(ground, count, seed))
    rows["lon"], rows["lat"] = spots[:, 0], spots[:, 1]
    rows["status"] = draw.choice(6, count, p=[0.2, 0.5, 0.06, 0.08, 0.12, 0.04])
    rows["fix_age_s"] = draw.choice([20, 90, 240, 900], count, p=[0.5, 0.3, 0.12, 0.08])
    rows["heading"] = draw.uniform(0, 360, count)
    return MapWorkers(rows, tuple(f"演示{number:03d}" for number in range(count)))


def units(ground: MapGround) -> tuple[MapUnit, ...]:
    """Return a command centre, a fire brigade, village stations and a duty point."""
    middle = Polygon(ground.towns[0].rings[0]).centroid
    made = [
        MapUnit("u1", "指", middle.x, middle.y, "指挥中心"),
        MapUnit("u2", "消", middle.x - 0.008, middle.y - 0.004, "消防大队"),
        MapUnit("d1", "避", middle.x + 0.006, middle.y - 0.006, "中学避险点", at_hand=True),
    ]
    for number, village in enumerate(ground.villages[::2]):
        lon, lat = village.label
        made.append(MapUnit(f"s{number}", "站", lon + 0.002, lat - 0.002))
    return tuple(made)


def candidates(near: MapIncident) -> tuple[MapCandidate, ...]:
    """Return two lines of an advice list round an incident."""
    turn = math.radians(30)
    return (
        MapCandidate(1, near.lon - 0.006, near.lat - 0.008, "消防大队"),
        MapCandidate(2, near.lon + 0.004 * math.cos(turn), near.lat + 0.003, "演示员"),
    )
