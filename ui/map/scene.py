"""What the map is given to show; coordinates are CGCS2000 degrees, longitude first."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ui.look.marks import Light, WorkerMark

Ring = tuple[tuple[float, float], ...]
Rings = tuple[Ring, ...]

WORKER_FIELDS: Final = np.dtype(
    [("lon", "f8"), ("lat", "f8"), ("status", "u1"), ("fix_age_s", "f4"), ("heading", "f4")]
)
WORKER_STATUSES: Final = tuple(WorkerMark)  # the status code is the place in this tuple


class Layer(StrEnum):
    """What the layer switch turns on and off."""

    GRIDS = "grids"
    INCIDENTS = "incidents"
    WORKERS = "workers"
    UNITS = "units"
    AT_HAND = "at_hand"


@dataclass(frozen=True, slots=True)
class MapTown:
    """A town and its outline."""

    name: str
    rings: Rings


@dataclass(frozen=True, slots=True)
class MapVillage:
    """A village, its outline and where its name stands."""

    code: str
    name: str
    rings: Rings
    label: tuple[float, float]


@dataclass(frozen=True, slots=True)
class MapGrid:
    """A grid; the fill says how many incidents are open in it."""

    code: str
    rings: Rings
    open_count: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class MapGround:
    """All that seldom changes: own towns, neighbours, villages, grids."""

    towns: tuple[MapTown, ...]
    neighbours: tuple[MapTown, ...] = ()
    villages: tuple[MapVillage, ...] = ()
    grids: tuple[MapGrid, ...] = ()


@dataclass(frozen=True, slots=True)
class MapIncident:
    """An open incident. ``pinned`` = red card: it never enters a cluster."""

    id: str
    number: str
    lon: float
    lat: float
    light: Light
    priority: int
    contested: bool = False
    pinned: bool = False

    @property
    def mark(self) -> Light:
        """Return the shape that is painted."""
        return Light.CONTESTED if self.contested else self.light

    @property
    def stands_alone(self) -> bool:
        """Tell whether the incident must be seen by itself: P1 over its limit or red card."""
        return self.pinned or (self.priority == 1 and self.light is Light.RED)


@dataclass(frozen=True, slots=True)
class MapUnit:
    """A unit with its one character; an empty name writes no label.

    `at_hand`: no unit, but what lies close to the chosen incident.
    """

    code: str
    character: str
    lon: float
    lat: float
    name: str = ""
    at_hand: bool = False


@dataclass(frozen=True, slots=True)
class MapWorkers:
    """All workers as one array of WORKER_FIELDS, with their names in the same order.

    A fix that is not known has NaN for its longitude; a heading that is not known is NaN.
    """

    rows: NDArray[np.void]
    names: tuple[str, ...]

    @staticmethod
    def empty() -> "MapWorkers":
        """Return no workers."""
        return MapWorkers(np.zeros(0, WORKER_FIELDS), ())


@dataclass(frozen=True, slots=True)
class MapCandidate:
    """A line of the advice list; its number stands on the place."""

    rank: int
    lon: float
    lat: float
    name: str
