"""Distances on the ground in metres, and a flat plane for the inside of one town."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

EARTH: Final = 6_371_008.8
"""Mean radius in metres (IUGG)."""

_AXIS: Final = 6_378_137.0
_E2: Final = 0.00669438002290  # CGCS2000's ellipsoid


def metres(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the great-circle distance in metres between two points in degrees (haversine)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_lat = math.sin((phi2 - phi1) / 2)
    half_lon = math.sin(math.radians(lon2 - lon1) / 2)
    chord = half_lat * half_lat + math.cos(phi1) * math.cos(phi2) * half_lon * half_lon
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, chord)))


@dataclass(frozen=True, slots=True)
class Plane:
    """A flat plane in metres around one point: right to 0.1 % within 20 km of it."""

    lon: float
    lat: float

    @property
    def scale(self) -> tuple[float, float]:
        """Metres per degree of longitude and of latitude at the origin."""
        phi = math.radians(self.lat)
        magic = 1 - _E2 * math.sin(phi) ** 2
        per_lat = math.radians(_AXIS * (1 - _E2) / magic**1.5)
        per_lon = math.radians(_AXIS / math.sqrt(magic) * math.cos(phi))
        return per_lon, per_lat

    def to_metres(self, lon: float, lat: float) -> tuple[float, float]:
        """Return metres east and north of the origin."""
        per_lon, per_lat = self.scale
        return (lon - self.lon) * per_lon, (lat - self.lat) * per_lat

    def to_degrees(self, east: float, north: float) -> tuple[float, float]:
        """Return longitude and latitude of a place given in metres."""
        per_lon, per_lat = self.scale
        return self.lon + east / per_lon, self.lat + north / per_lat
