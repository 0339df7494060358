"""The workers whose place is known, in metres, from north to south."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ui.map.projection import Floats, Projection
from ui.map.scene import MapWorkers


@dataclass(frozen=True, slots=True)
class Crowd:
    """Workers as columns; row by row of the picture, so that dots are written in its order."""

    workers: MapWorkers
    rows: NDArray[np.void]
    east: Floats
    north: Floats
    status: NDArray[np.uint8]

    @staticmethod
    def of(workers: MapWorkers, projection: Projection) -> "Crowd":
        """Project and sort; a worker without a fix is left out."""
        rows = workers.rows[~np.isnan(workers.rows["lon"])]
        rows = rows[np.argsort(-rows["lat"], kind="stable")]
        east, north = projection.metres(rows["lon"], rows["lat"])
        return Crowd(workers, rows, east, north, np.ascontiguousarray(rows["status"]))
