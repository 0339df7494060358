"""Likely duplicates of an incident, and what happened at its place before. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dispatch.geo.distance import metres

SAME_M: Final = 50
SAME_S: Final = 24 * 3600
PLACE_M: Final = 30
PLACE_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Spot:
    """Where, when and what an incident is; `at` is UTC milliseconds."""

    id: str
    item: str
    lon: float
    lat: float
    at: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A spot with its distance (metres) and how far apart in time (seconds)."""

    spot: Spot
    metres: int
    seconds: int


def duplicates(of: Spot, others: Iterable[Spot]) -> tuple[Neighbour, ...]:
    """Return open spots of the same item within 50 m and 24 h, nearest first."""
    return tuple(
        each
        for each in _around(of, others, SAME_M)
        if each.spot.item == of.item and not each.spot.ended and each.seconds <= SAME_S
    )


def earlier(of: Spot, others: Iterable[Spot]) -> tuple[Neighbour, ...]:
    """Return what was reported within 30 m in the 90 days before, newest first."""
    found = [
        each
        for each in _around(of, others, PLACE_M)
        if each.spot.at < of.at and each.seconds <= PLACE_DAYS * 86_400
    ]
    return tuple(sorted(found, key=lambda each: each.seconds))


def _around(of: Spot, others: Iterable[Spot], radius: int) -> list[Neighbour]:
    found = [
        Neighbour(each, round(metres(of.lon, of.lat, each.lon, each.lat)), _apart(of, each))
        for each in others
        if each.id != of.id
    ]
    return sorted(
        (each for each in found if each.metres <= radius),
        key=lambda each: (each.metres, each.spot.id),
    )


def _apart(one: Spot, two: Spot) -> int:
    return abs(one.at - two.at) // 1000
