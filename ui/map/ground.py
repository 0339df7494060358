"""The ground in metres: painter paths with their boxes, inner widths and label places."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from ui.map.projection import Floats, Projection
from ui.map.scene import MapGrid, MapGround, MapTown, Ring, Rings

Bounds = tuple[float, float, float, float]
_FILL_STEPS: Final = (1, 3, 6)  # open incidents from which fill 1, 2, 3 is taken


def fill_class(open_count: int) -> int:
    """Return which of the four fills a grid with that many open incidents has."""
    return sum(open_count >= step for step in _FILL_STEPS)


class Shapes:
    """The polygons of one kind; the path of a shape and its box share an index."""

    def __init__(self, projection: Projection, rings: list[Rings]) -> None:
        """Project every ring once."""
        self.paths: list[QPainterPath] = []
        boxes = []
        for each in rings:
            path, bounds = _path(projection, each)
            self.paths.append(path)
            boxes.append(bounds)
        self.boxes: Floats = np.array(boxes, np.float64).reshape(-1, 4)

    def within(self, bounds: Bounds) -> list[int]:
        """Return the indices of the shapes whose box meets the bounds, in order."""
        west, south, east, north = bounds
        boxes = self.boxes
        meets = (boxes[:, 0] <= east) & (boxes[:, 2] >= west)
        meets &= (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
        found: list[int] = np.flatnonzero(meets).tolist()
        return found


@dataclass(frozen=True, slots=True)
class GroundName:
    """A name that may be written on the ground."""

    text: str
    east: float
    north: float
    inner: float  # metres of free width at the place
    shape: BaseGeometry | None = None  # what it names; None: it may stand anywhere

    def owns(self, east: float, north: float) -> bool:
        """Tell whether a place is on the ground that the name is of."""
        return self.shape is None or bool(shapely.contains_xy(self.shape, east, north))


class Ground:
    """The ground as the tiles and the labels need it."""

    def __init__(self, source: MapGround) -> None:
        """Project the source round the middle of its towns (of its villages when none)."""
        outlines = [town.rings for town in source.towns] or [v.rings for v in source.villages]
        degrees = np.array([p for rings in outlines for ring in rings for p in ring])
        low, high = degrees.min(axis=0), degrees.max(axis=0)
        self.projection = Projection(*((low + high) / 2).tolist())
        self.source = source
        self.towns = Shapes(self.projection, [town.rings for town in source.towns])
        self.neighbours = Shapes(self.projection, [town.rings for town in source.neighbours])
        self.villages = Shapes(self.projection, [v.rings for v in source.villages])
        self.grids = Shapes(self.projection, [grid.rings for grid in source.grids])
        self.fills = [fill_class(grid.open_count) for grid in source.grids]
        west, south = self.projection.point(*low.tolist())
        east, north = self.projection.point(*high.tolist())
        self.bounds: Bounds = (west, south, east, north)
        self._place_names()

    def recount(self, counts: dict[str, int]) -> list[int]:
        """Take new open counts by grid code; return the grids whose fill changed."""
        changed = []
        for index, grid in enumerate(self.source.grids):
            fill = fill_class(counts.get(grid.code, 0))
            if fill != self.fills[index]:
                self.fills[index] = fill
                changed.append(index)
        return changed

    def _place_names(self) -> None:
        projection, source = self.projection, self.source
        villages = _polygons(projection, [village.rings for village in source.villages])
        self.village_lines = _linework(villages)
        labels = np.array([village.label for village in source.villages]).reshape(-1, 2)
        places = shapely.points(*projection.metres(labels[:, 0], labels[:, 1]))
        self.village_names = _names([v.name for v in source.villages], villages, places)
        grids = _polygons(projection, [grid.rings for grid in source.grids])
        self.grid_names = _names([_short(grid) for grid in source.grids], grids)
        towns = source.towns if len(source.towns) > 1 else ()
        shapes = _polygons(projection, [town.rings for town in towns])
        self.town_names = _names([town.name for town in towns], shapes)
        self.neighbour_names = _neighbour_names(projection, source.neighbours, self.bounds)


class Lines(Shapes):
    """Open lines in metres, painted without a fill."""

    def __init__(self, lines: list[Floats]) -> None:
        self.paths = []
        boxes = []
        for line in lines:
            path = QPainterPath()
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in line.tolist()]))
            self.paths.append(path)
            boxes.append((*line.min(axis=0).tolist(), *line.max(axis=0).tolist()))
        self.boxes = np.array(boxes, np.float64).reshape(-1, 4)


def _path(projection: Projection, rings: Rings) -> tuple[QPainterPath, Bounds]:
    path = QPainterPath()
    west = south = float("inf")
    east = north = float("-inf")
    for ring in rings:
        degrees = np.array(ring, np.float64)
        x, y = projection.metres(degrees[:, 0], degrees[:, 1])
        points = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        path.addPolygon(QPolygonF(points))
        path.closeSubpath()
        west, east = min(west, float(x.min())), max(east, float(x.max()))
        south, north = min(south, float(y.min())), max(north, float(y.max()))
    return path, (west, south, east, north)


def _polygons(projection: Projection, rings: list[Rings]) -> NDArray[np.object_]:
    """Return the shapes in metres, mended where outlines cross; inner rings are holes."""
    made = np.empty(len(rings), np.object_)
    for index, each in enumerate(rings):
        parts = [_ring_polygon(projection, ring) for ring in each]
        whole: BaseGeometry = parts[0]
        for part in parts[1:]:
            whole = shapely.make_valid(whole).symmetric_difference(shapely.make_valid(part))
        made[index] = whole
    mended: NDArray[np.object_] = shapely.make_valid(made)
    return mended


def _ring_polygon(projection: Projection, ring: Ring) -> Polygon:
    degrees = np.array(ring, np.float64)
    return Polygon(np.column_stack(projection.metres(degrees[:, 0], degrees[:, 1])))


def _short(grid: MapGrid) -> str:
    """Return 02 of 隔坑 02: the village's name stands on the ground already."""
    return grid.name.split()[-1] if grid.name.strip() else grid.code[-3:]


def _names(
    texts: list[str], shapes: NDArray[np.object_], places: NDArray[np.object_] | None = None
) -> list[GroundName]:
    """Return names with the free width at their places; without places each finds its own."""
    if not texts:
        return []
    points = shapely.point_on_surface(shapes) if places is None else places
    east, north = shapely.get_x(points), shapely.get_y(points)
    west, _, right, _ = shapely.bounds(shapes).T
    ends = np.stack(
        [np.column_stack([west - 1, north]), np.column_stack([right + 1, north])], axis=1
    )
    inner = shapely.length(shapely.intersection(shapes, shapely.linestrings(ends)))
    shapely.prepare(shapes)
    columns = (texts, east.tolist(), north.tolist(), inner.tolist(), shapes.tolist())
    return [GroundName(*row) for row in zip(*columns, strict=True)]


def _linework(shapes: NDArray[np.object_]) -> Lines:
    """Return the outlines with every shared edge once: half the strokes of whole polygons."""
    if not shapes.size:
        return Lines([])
    merged = shapely.line_merge(shapely.union_all(shapely.boundary(shapes)))
    return Lines([np.asarray(line.coords) for line in getattr(merged, "geoms", [merged])])


def _neighbour_names(
    projection: Projection, neighbours: tuple[MapTown, ...], bounds: Bounds
) -> list[GroundName]:
    """Place each neighbour's name in the part of it that lies round the own town."""
    west, south, east, north = bounds
    spread = 0.1 * max(east - west, north - south)
    inner = box(west - spread, south - spread, east + spread, north + spread)
    shapes = _polygons(projection, [town.rings for town in neighbours])
    names = []
    for town, shape in zip(neighbours, shapes, strict=True):
        part = shape.intersection(inner)
        if part.is_empty:
            continue
        middle = shapely.centroid(part)
        if not part.contains(middle):
            middle = part.representative_point()
        names.append(GroundName(town.name, middle.x, middle.y, part.bounds[2] - part.bounds[0]))
    return names
