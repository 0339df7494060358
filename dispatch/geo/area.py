"""A named area of the map as plain tuples, so that it may cross any border."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from dispatch.geo.distance import Plane

Point: TypeAlias = tuple[float, float]
"""Longitude, latitude in CGCS2000 degrees."""
Ring: TypeAlias = tuple[Point, ...]
"""Closed: the last point repeats the first."""
Outline: TypeAlias = tuple[tuple[Ring, ...], ...]
"""Polygons, each an exterior ring (anticlockwise) followed by its holes (clockwise)."""

DECIMALS = 7
"""Of a degree: about one centimetre."""


@dataclass(frozen=True, slots=True)
class Area:
    """A town, village or grid with its outline; 9, 12 or 15 digits of code."""

    code: str
    name: str
    outline: Outline


def to_shape(outline: Outline) -> MultiPolygon:
    """Return the outline as a shape in degrees."""
    return MultiPolygon([Polygon(rings[0], rings[1:]) for rings in outline])


def polygons(shape: BaseGeometry) -> list[Polygon]:
    """Return the polygons that a shape is made of; lines and points are dropped."""
    parts: Iterable[BaseGeometry] = getattr(shape, "geoms", (shape,))
    found: list[Polygon] = []
    for part in parts:
        if isinstance(part, Polygon):
            if not part.is_empty:
                found.append(part)
        elif hasattr(part, "geoms"):
            found.extend(polygons(part))
    return found


def to_outline(shape: BaseGeometry) -> Outline:
    """Return a polygonal shape as an outline, wound and rounded as RFC 7946 asks."""
    outline = []
    for polygon in polygons(shape):
        wound = shapely.geometry.polygon.orient(polygon)
        rings = [wound.exterior, *wound.interiors]
        outline.append(tuple(_ring(ring.coords) for ring in rings))
    return tuple(outline)


def _ring(coords: Iterable[tuple[float, ...]]) -> Ring:
    return tuple((round(each[0], DECIMALS), round(each[1], DECIMALS)) for each in coords)


def moved(shape: BaseGeometry, move: Callable[[float, float], Point]) -> BaseGeometry:
    """Return the shape with every point passed through `move`."""

    def each(points: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> list[Point]:
        return [move(float(x), float(y)) for x, y in points]

    result: BaseGeometry = shapely.transform(shape, lambda points: np.array(each(points)))
    return result


def square_metres(shape: BaseGeometry) -> float:
    """Return the size of a shape that is given in degrees and no larger than a town."""
    if shape.is_empty:
        return 0.0
    middle = shape.centroid
    east, north = Plane(middle.x, middle.y).scale
    return float(shape.area) * east * north
