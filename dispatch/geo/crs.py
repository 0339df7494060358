"""Coordinate systems at the edge: whatever comes in becomes CGCS2000 degrees.

CGCS2000 and WGS-84 are one system at this product's precision. GCJ-02 (phones, commercial
maps) and BD-09 are shifted ones with no published inverse: it is found by iteration.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dispatch.domain.errors import BadInput

Degrees: TypeAlias = NDArray[np.float64]
Convert: TypeAlias = Callable[[Degrees, Degrees], tuple[Degrees, Degrees]]
"""Takes and returns longitudes and latitudes (or x and y) as arrays of one shape."""

KNOWN: Final = ("cgcs2000", "wgs84", "gcj02", "bd09")
"""Systems in degrees, by the names that people give."""
ALIAS: Final = {"wgs84": "cgcs2000"}

# The ellipsoid that GCJ-02 shifts on is Krasovsky 1940, not CGCS2000's.
_AXIS: Final = 6_378_245.0
_E2: Final = 0.00669342162296594323
_BD_TURN: Final = np.pi * 3000.0 / 180.0
_BD_OFFSET: Final = (0.0065, 0.006)
_ROUNDS: Final = 30
_CLOSE: Final = 1e-10  # degrees; 0.01 mm
_EPSG: Final = re.compile(r"epsg:([1-9][0-9]{3,5})", re.IGNORECASE)


def _waves(x: Degrees, y: Degrees) -> tuple[Degrees, Degrees]:
    """Return GCJ-02's shift in metres east and north at (lon - 105, lat - 35)."""
    root = np.sqrt(np.abs(x))
    ripple = (20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
    north += (20 * np.sin(np.pi * y) + 40 * np.sin(np.pi * y / 3)) * 2 / 3
    north += (160 * np.sin(np.pi * y / 12) + 320 * np.sin(np.pi * y / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
    east += (20 * np.sin(np.pi * x) + 40 * np.sin(np.pi * x / 3)) * 2 / 3
    east += (150 * np.sin(np.pi * x / 12) + 300 * np.sin(np.pi * x / 30)) * 2 / 3
    return east, north


def to_gcj02(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Shift CGCS2000 degrees to GCJ-02."""
    east, north = _waves(lon - 105.0, lat - 35.0)
    phi = np.radians(lat)
    magic = 1 - _E2 * np.sin(phi) ** 2
    per_lat = _AXIS * (1 - _E2) / (magic * np.sqrt(magic)) * np.pi / 180
    per_lon = _AXIS / np.sqrt(magic) * np.cos(phi) * np.pi / 180
    return lon + east / per_lon, lat + north / per_lat


def to_bd09(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Shift CGCS2000 degrees to BD-09, by way of GCJ-02."""
    x, y = to_gcj02(lon, lat)
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BD_TURN)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BD_TURN)
    return radius * np.cos(angle) + _BD_OFFSET[0], radius * np.sin(angle) + _BD_OFFSET[1]


def _inverse(shift: Convert, lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Find the point that `shift` moves to (lon, lat): step back by the error until it is nil."""
    x, y = lon.copy(), lat.copy()
    for _ in range(_ROUNDS):
        there = shift(x, y)
        dx, dy = there[0] - lon, there[1] - lat
        x, y = x - dx, y - dy
        if not np.any(np.maximum(np.abs(dx), np.abs(dy)) > _CLOSE):
            break
    return x, y


def from_gcj02(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return the CGCS2000 degrees of GCJ-02 ones."""
    return _inverse(to_gcj02, lon, lat)


def from_bd09(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return the CGCS2000 degrees of BD-09 ones."""
    return _inverse(to_bd09, lon, lat)


def _same(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    return lon, lat


def _epsg(number: str) -> Convert:
    # pyproj takes 0.2 s to import and only this door needs it.
    from pyproj import Transformer  # noqa: PLC0415
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    try:
        transformer = Transformer.from_crs(f"EPSG:{number}", "EPSG:4490", always_xy=True)
    except CRSError as error:
        raise BadInput("--crs", f"没有编号为 EPSG:{number} 的坐标系") from error

    def convert(x: Degrees, y: Degrees) -> tuple[Degrees, Degrees]:
        lon, lat = transformer.transform(x, y)
        return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)

    return convert


def to_cgcs2000(crs: str) -> Convert:
    """Return the conversion from `crs` (cgcs2000, wgs84, gcj02, bd09, EPSG:n) to CGCS2000 degrees.

    Axis order is x, y = longitude or easting first, whatever the EPSG register says.
    Raises BadInput for any other name.
    """
    plain: dict[str, Convert] = {"cgcs2000": _same, "gcj02": from_gcj02, "bd09": from_bd09}
    found = plain.get(ALIAS.get(crs.lower(), crs.lower()))
    if found is not None:
        return found
    match = _EPSG.fullmatch(crs)
    if match is None:
        raise BadInput("--crs", f"不认识的坐标系“{crs}”，可用 cgcs2000、wgs84、gcj02、bd09、EPSG:n")
    return _epsg(match.group(1))
