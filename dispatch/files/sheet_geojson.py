"""A list as GeoJSON (RFC 7946): a feature a row, who took it out as foreign members."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from dispatch.files.sheet import Cell, Head, Line, Polygons, Ring, writable

DIGITS: Final = 7
"""Decimals of a degree: a centimetre. No system is named, as the standard has it: CGCS2000 and
the standard's WGS 84 are the same at this precision."""

Json = dict[str, Any]  # Any: JSON values


def write_geojson(head: Head, lines: Iterable[Line], draft: str) -> int:
    """Write the list; return how many features. A row that lies nowhere has no geometry."""
    count = 0
    keys = [each.key for each in head.columns]
    about = {"name": head.title, "watermark": head.watermark}
    about |= {key: value for key, _, value in head.notes}
    with Path(draft).open("w", encoding="utf-8", newline="\n") as file:
        opening = json.dumps({"type": "FeatureCollection", **about}, ensure_ascii=False)
        file.write(f'{writable(opening[:-1])}, "features": [')
        for count, line in enumerate(lines, 1):
            feature = json.dumps(_feature(keys, line), ensure_ascii=False, allow_nan=False)
            file.write(f"{',' if count > 1 else ''}\n{writable(feature)}")
        file.write("\n]}\n")
    return count


def _feature(keys: list[str], line: Line) -> Json:
    cells = {key: _value(cell) for key, cell in zip(keys, line.cells, strict=True)}
    return {"type": "Feature", "geometry": _geometry(line), "properties": cells}


def _value(cell: Cell) -> str | int | float | None:
    return cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else cell


def _geometry(line: Line) -> Json | None:
    polygons = polygons_of(line.polygons)
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    if polygons:
        return {"type": "MultiPolygon", "coordinates": polygons}
    if line.point is None:
        return None
    return {"type": "Point", "coordinates": _position(line.point)}


def polygons_of(polygons: Polygons) -> list[list[list[list[float]]]]:
    """Return rings closed, exteriors counter-clockwise and holes clockwise.

    A ring of too few positions is left out, with its polygon when it is the exterior.
    """
    found = []
    for rings in polygons:
        kept = [_ring(ring, hole=nth > 0) for nth, ring in enumerate(rings)]
        if kept and kept[0]:
            found.append([ring for ring in kept if ring])
    return found


def _ring(ring: Ring, *, hole: bool) -> list[list[float]]:
    points = [_position(each) for each in ring]
    points = [each for nth, each in enumerate(points) if nth == 0 or each != points[nth - 1]]
    if points and points[0] != points[-1]:
        points.append(points[0])
    if len(points) < 4:
        return []
    x, y = points[0]
    area = sum((a[0] - x) * (b[1] - y) - (b[0] - x) * (a[1] - y) for a, b in pairwise(points))
    return points[::-1] if (area > 0) is hole else points


def _position(point: tuple[float, float]) -> list[float]:
    return [round(point[0], DIGITS), round(point[1], DIGITS)]
