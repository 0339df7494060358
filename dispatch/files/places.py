"""Places to be checked from a table: the grid, what the place is called, where it lies."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

from dispatch.domain.decide_campaign import LONGEST_NAME, PlaceToCheck
from dispatch.files.rows import Cells
from dispatch.files.tables import read_each

COLUMNS: Final = ("grid", "name", "lon", "lat")


def read_places(path: Path) -> tuple[PlaceToCheck, ...]:
    """Read the file (CGCS2000 degrees, both empty or both there); BadRows names every bad row."""
    return read_each(path, COLUMNS, _place)


def _place(row: Cells, where: str) -> PlaceToCheck:
    if not row["grid"]:
        raise ValueError("网格编码为空")
    if len(row["name"]) > LONGEST_NAME:
        raise ValueError(f"名称超过 {LONGEST_NAME} 字")
    del where
    lon, lat = row["lon"], row["lat"]
    if bool(lon) != bool(lat):
        raise ValueError("经度和纬度须一起写")
    if not lon:
        return PlaceToCheck(grid=row["grid"], name=row["name"])
    return PlaceToCheck(
        grid=row["grid"], name=row["name"], lon=_degrees(lon, 180), lat=_degrees(lat, 90)
    )


def _degrees(text: str, most: int) -> float:
    try:
        found = float(text)
    except ValueError:
        raise ValueError(f"“{text}”不是坐标") from None
    if not (math.isfinite(found) and -most <= found <= most):
        raise ValueError(f"“{text}”不在 -{most} 至 {most} 之间")
    return found
