"""Whom to ask to look at a place: the workers of the town, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dispatch.desk.reference import Reference
from dispatch.desk.views import WorkerRow, WorkerStatus
from dispatch.domain.codes import Level
from dispatch.geo.distance import metres

FREE: Final = frozenset({WorkerStatus.ON_DUTY, WorkerStatus.PATROL})
_FAR: Final = 10**9  # metres: after every worker whose place is known


@dataclass(frozen=True, slots=True)
class Candidate:
    """A worker who could look.

    `where`: own (the incident's grid), village (another grid of its village) or town.
    `distance_m` is that of the last fix, None without one.
    """

    row: WorkerRow
    where: str
    distance_m: int | None

    @property
    def free(self) -> bool:
        """Whether the worker is on duty, heard of, and has nothing in hand."""
        return self.row.status in FREE and not self.row.task


@dataclass(frozen=True, slots=True)
class Spot:
    """Where to look: grid and village by code, the point in CGCS2000 degrees."""

    grid: str
    village: str
    lon: float
    lat: float


def candidates(tables: Reference, board: Iterable[WorkerRow], spot: Spot) -> tuple[Candidate, ...]:
    """Return every worker: who is free in the grid first, then in the village, nearest first.

    After them come the busy and silent ones of the village, who is free elsewhere, and last who
    is off duty.
    """
    found = [_candidate(tables, row, spot) for row in board]
    return tuple(sorted(found, key=_rank))


def _candidate(tables: Reference, row: WorkerRow, spot: Spot) -> Candidate:
    where = "town"
    if row.grid and row.grid == spot.grid:
        where = "own"
    elif tables.rules.organisation.ancestor(row.grid, Level.VILLAGE) == (spot.village or None):
        where = "village"
    distance = None
    if row.lon is not None and row.lat is not None:
        distance = round(metres(row.lon, row.lat, spot.lon, spot.lat))
    return Candidate(row, where, distance)


def _rank(each: Candidate) -> tuple[int, int, int, str]:
    near = each.where != "town"
    if each.row.status is WorkerStatus.OFF:
        group = 3 if near else 5
    elif each.free:
        group = 0 if near else 2
    else:
        group = 1 if near else 4
    place = {"own": 0, "village": 1}.get(each.where, 2)
    distance = _FAR if each.distance_m is None else each.distance_m
    return group, place, distance, each.row.number
