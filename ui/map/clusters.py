"""Which incidents stand so close that one disc with a count takes their place."""

import math
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass
from typing import Final

SPACING: Final = 24.0  # pixels under which marks would cover each other
PAIR_SPACING: Final = 14.0  # two alone share a disc only when they would hide each other
GATHER: Final = 44.0  # pixels round its first incident that a cluster takes in: two disc radii

_POINTS_A_STEP: Final = 100
DENSE: Final = 12  # incidents a disc on average from which discs gather twice as far

Point = tuple[float, float]
_Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Indices of the incidents that stand alone, and of those that share a disc."""

    singles: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]


def group(points: list[Point], alone: list[bool]) -> Grouping:
    """Group points (pixels at one scale); an index that must stand alone never enters a group.

    The same points in the same order give the same groups, wherever the view is.
    """
    steps = group_in_steps(points, alone)
    try:
        while True:
            next(steps)
    except StopIteration as finished:
        grouping: Grouping = finished.value
        return grouping


def group_in_steps(points: list[Point], alone: list[bool]) -> Generator[None, None, Grouping]:
    """Group as ``group`` does, with pauses of a few milliseconds."""
    free = [index for index, apart in enumerate(alone) if not apart]
    gathered = yield from _gather(points, free, GATHER)
    crowds = [_crowd(points, members) for members in gathered]
    crowded = sorted(index for members in crowds for index in members)
    if len(crowded) > DENSE * max(1, sum(map(bool, crowds))):
        # A storm: fewer and larger discs leave the map and the red marks to be seen.
        crowds = yield from _gather(points, crowded, 2 * GATHER)
    groups = [tuple(members) for members in crowds if _needs_disc(points, members)]
    grouped = {index for members in groups for index in members}
    singles = tuple(index for index in range(len(points)) if index not in grouped)
    return Grouping(singles, tuple(groups))


def centre(points: list[Point], members: tuple[int, ...]) -> Point:
    """Return the middle of a group."""
    count = len(members)
    return sum(points[i][0] for i in members) / count, sum(points[i][1] for i in members) / count


def _cell(point: Point, side: float) -> _Cell:
    return math.floor(point[0] / side), math.floor(point[1] / side)


def _round(cell: _Cell) -> list[_Cell]:
    return [(cell[0] + dx, cell[1] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]


def _gather(
    points: list[Point], crowded: list[int], reach: float
) -> Generator[None, None, list[list[int]]]:
    """Give each point to the nearest first one in reach; without any it becomes a first one."""
    gathered: list[list[int]] = []
    near: dict[_Cell, list[int]] = defaultdict(list)
    for turn, index in enumerate(crowded, start=1):
        if turn % _POINTS_A_STEP == 0:
            yield
        best, least = None, reach
        cell = _cell(points[index], reach)
        for other in _round(cell):
            for place in near.get(other, ()):
                gap = _gap(points[index], points[gathered[place][0]])
                if gap < least:
                    best, least = place, gap
        if best is None:
            near[cell].append(len(gathered))
            gathered.append([index])
        else:
            gathered[best].append(index)
    return gathered


def _crowd(points: list[Point], members: list[int]) -> list[int]:
    """Return the members that have another within the spacing.

    Sixteen points fit into the reach of a disc at that spacing; more are a crowd as a whole.
    """
    if len(members) > 16:
        return members
    return [
        index
        for index in members
        if any(o != index and _gap(points[index], points[o]) < SPACING for o in members)
    ]


def _needs_disc(points: list[Point], members: list[int]) -> bool:
    if len(members) == 2:
        return _gap(points[members[0]], points[members[1]]) < PAIR_SPACING
    return len(members) > 2


def _gap(one: Point, other: Point) -> float:
    return math.hypot(one[0] - other[0], one[1] - other[1])
