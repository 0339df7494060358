"""Made-up outlines and their division into cells of about one size."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import shapely
from shapely.geometry import MultiPoint, MultiPolygon, Polygon
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry.base import BaseGeometry

from dispatch.geo.area import DECIMALS, Outline, Point, moved, polygons, to_outline, to_shape
from dispatch.geo.distance import Plane

_ROUNDS = 15
_CORNERS = 180
_WAVES = ((2, 0.16), (3, 0.12), (5, 0.06), (8, 0.03))
"""How often an outline bulges and how far at most, as a share of its radius."""
_TRIES = 10_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One piece of a divided area and a point well inside it, in CGCS2000 degrees."""

    outline: Outline
    lon: float
    lat: float


def outline_about(lon: float, lat: float, square_km: float, rng: random.Random) -> Outline:
    """Draw an outline of the given area around a centre."""
    bulges = [(n, high * rng.uniform(0.4, 1.0), rng.uniform(0, math.tau)) for n, high in _WAVES]
    corners = []
    for i in range(_CORNERS):
        angle = math.tau * i / _CORNERS
        reach = 1 + sum(high * math.sin(n * angle + turn) for n, high, turn in bulges)
        corners.append((reach * math.cos(angle), reach * math.sin(angle)))
    drawn = Polygon(corners)
    grow = 1000 * math.sqrt(square_km / drawn.area)
    plane, middle = Plane(lon, lat), drawn.centroid
    shape = moved(
        drawn, lambda x, y: plane.to_degrees((x - middle.x) * grow, (y - middle.y) * grow)
    )
    return to_outline(shape)


def random_point(shape: BaseGeometry, rng: random.Random) -> Point:
    """Return a point inside the shape, every place of it being equally likely."""
    west, south, east, north = shape.bounds
    for _ in range(_TRIES):
        x, y = rng.uniform(west, east), rng.uniform(south, north)
        if shape.contains(ShapelyPoint(x, y)):
            return x, y
    inside = shape.representative_point()  # a sliver that chance never hits
    return inside.x, inside.y


def split(outline: Outline, count: int, rng: random.Random) -> list[Cell]:
    """Divide an area into `count` cells of about one size that fill it without overlap.

    Lloyd's rounds: cells of the nearest seed, seeds moved to their cells' centroids.
    """
    whole = to_shape(outline)
    middle = whole.centroid
    plane = Plane(middle.x, middle.y)
    flat = moved(whole, plane.to_metres)
    shapely.prepare(flat)
    seeds = [random_point(flat, rng) for _ in range(count)]
    cells = _voronoi(flat, seeds)
    for _ in range(_ROUNDS):
        seeds = [_heart(cell) for cell in cells]
        cells = _voronoi(flat, seeds)
    return [_cell(cell, plane) for cell in cells]


def _voronoi(flat: BaseGeometry, seeds: list[Point]) -> list[BaseGeometry]:
    """Return the part of `flat` nearest to each seed, in the seeds' order."""
    if len(seeds) == 1:
        return [flat]
    drawn = shapely.voronoi_polygons(MultiPoint(seeds), extend_to=flat.envelope, ordered=True)
    return [MultiPolygon(polygons(flat.intersection(cell))) for cell in drawn.geoms]


def _heart(cell: BaseGeometry) -> Point:
    """Return the centroid, or a point inside where the cell bends around its centroid."""
    point = cell.centroid
    if not cell.contains(point):
        point = cell.representative_point()
    return point.x, point.y


def _cell(flat: BaseGeometry, plane: Plane) -> Cell:
    lon, lat = plane.to_degrees(*_heart(flat))
    outline = to_outline(moved(flat, plane.to_degrees))
    return Cell(outline, round(lon, DECIMALS), round(lat, DECIMALS))
