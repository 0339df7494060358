"""Real outlines in three systems: converted they lie on each other, unconverted they do not."""

from __future__ import annotations

import json
from statistics import median

import numpy as np
import shapely
from shapely.geometry import Polygon, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from dispatch.files.grids import GridImport, Reading, read_grids
from dispatch.geo.area import polygons, to_shape
from dispatch.geo.crs import to_cgcs2000
from dispatch.geo.distance import Plane, metres
from tests.unit.real_data import REAL, needs_real_data
from tests.unit.towns import official

pytestmark = needs_real_data
MIDDLE = (113.9, 22.95)


def flat(geometry: BaseGeometry) -> BaseGeometry:
    """The shape in metres around the middle of the city."""
    east, north = Plane(*MIDDLE).scale
    moved: BaseGeometry = shapely.transform(
        geometry, lambda points: (points - MIDDLE) * (east, north)
    )
    return moved


def outline(name: str) -> BaseGeometry:
    """The one outline of a file, as its coordinates stand."""
    document = json.loads((REAL / name).read_text(encoding="utf-8"))
    return unary_union([shape(each["geometry"]) for each in document["features"]])


def towns() -> BaseGeometry:
    """The union of the town polygons in metres, without the narrow gaps between them."""
    document = json.loads((REAL / "dongguan_towns_wgs84.geojson").read_text(encoding="utf-8"))
    parts = [flat(shape(each["geometry"])).buffer(0) for each in document["features"]]
    whole: BaseGeometry = unary_union(parts)
    return unary_union([Polygon(each.exterior) for each in polygons(whole)])


def distance(crs: str) -> float:
    """Median distance in metres of the GCJ-02 outline's points to the towns' outer edge."""
    edge = towns().boundary
    city = outline("dongguan_boundary_gcj02.geojson")
    points = np.asarray(shapely.get_coordinates(city))
    lon, lat = to_cgcs2000(crs)(points[:, 0], points[:, 1])
    east, north = Plane(*MIDDLE).scale
    xy = np.column_stack(((lon - MIDDLE[0]) * east, (lat - MIDDLE[1]) * north))
    return float(np.median([edge.distance(each) for each in shapely.points(xy)]))


def test_the_gcj02_outline_lies_on_the_towns_once_converted() -> None:
    assert distance("gcj02") <= 60
    assert distance("cgcs2000") > 250


def taken(name: str, crs: str, *, repair: bool = False) -> GridImport:
    known = {each.code: each.name for each in official().divisions}
    return read_grids(REAL / name, Reading(crs, known, repair=repair))


def overlap(found: GridImport) -> tuple[list[float], list[float]]:
    """Centroid offsets in metres and IoU against the clean file, town by town."""
    clean = {
        each.code: to_shape(each.outline)
        for each in taken("dongguan_towns_wgs84.geojson", "cgcs2000").areas
    }
    offsets, shares = [], []
    for area in found.areas:
        here, there = to_shape(area.outline), clean[area.code]
        one, other = here.centroid, there.centroid
        offsets.append(metres(one.x, one.y, other.x, other.y))
        shares.append(float(here.intersection(there).area / here.union(there).area))
    return offsets, shares


def test_the_bd09_towns_are_repaired_on_request_and_lie_where_they_should() -> None:
    plain = taken("dongguan_towns_bd09.geojson", "bd09")
    repaired = taken("dongguan_towns_bd09.geojson", "bd09", repair=True)

    assert (7, 25) == (len(plain.areas), len(plain.rejects))
    assert (32, ()) == (len(repaired.areas), repaired.rejects)
    told = [each for each in repaired.notes if "没有闭合，已补上首点" in each.what]
    assert {each.place for each in plain.rejects} == {each.place for each in told}
    assert len(told) >= 25
    offsets, shares = overlap(repaired)
    assert median(offsets) <= 250
    assert median(shares) >= 0.85


def test_the_bd09_towns_taken_for_another_system_lie_elsewhere() -> None:
    """What the conversion is worth: without it the same figures are far off."""
    offsets, shares = overlap(taken("dongguan_towns_wgs84.geojson", "gcj02"))

    assert median(offsets) > 500
    assert median(shares) < 0.85
