"""What stands where at one scale: marks, clusters, plates and names, without overlaps."""

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from PySide6.QtGui import QPixmap

from ui.look.marks import OLD_FIX_S, Light, fix_age
from ui.map import clusters
from ui.map.crowd import Crowd
from ui.map.ground import Ground, GroundName
from ui.map.names import NamePlacer
from ui.map.occupancy import Box, Occupancy
from ui.map.overlay import RING_REACH
from ui.map.projection import Floats, Viewport
from ui.map.ring_names import ring_names
from ui.map.scene import (
    WORKER_STATUSES,
    Layer,
    MapCandidate,
    MapIncident,
    MapUnit,
    MapWorkers,
)
from ui.map.sprites import Sprite, Sprites
from ui.map.stamps import DISCS, Stamps, cluster_radius
from ui.tongue import tr

MARGIN: Final = 384.0  # pixels round the view that are arranged too, so that a pan finds them
MOST_WORKER_MARKS: Final = 800  # above that many in the region workers are dots
ROOM_FOR_UNIT_NAMES: Final = 700  # pixels of map width
STATION: Final = tr("站")  # a workstation is called after its village, whose name stands there
_REACH: Final = 120.0  # pixels a mark with its plate or a neighbour's name reaches beyond
_NAMES_A_STEP: Final = 4
_MARKS_A_STEP: Final = 40
_PLATES_A_STEP: Final = 8
_Asked = tuple[tuple[MapIncident, ...], float, str | None, bool]
_PAINT_ORDER: Final = {
    Light.CITY: 0, Light.HOLD: 0, Light.GREEN: 1, Light.YELLOW: 2, Light.RED: 3,
    Light.CONTESTED: 4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """What is to be shown on the ground at the moment."""

    incidents: tuple[MapIncident, ...] = ()
    units: tuple[MapUnit, ...] = ()
    at_hand: tuple[MapUnit, ...] = ()
    workers: MapWorkers = field(default_factory=MapWorkers.empty)
    candidates: tuple[MapCandidate, ...] = ()
    selected: str | None = None
    layers: frozenset[Layer] = frozenset(Layer)
    metres_a_minute: float = RING_REACH
    grouped: bool = True  # False paints every incident by itself


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a mark or a cluster can be picked, in pixels of the plane."""

    x: float
    y: float
    radius: float
    members: tuple[int, ...]  # indices of incidents; one for a mark


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that is painted over the tiles, in the order of painting."""

    content: Content
    scale: float
    region: Box
    extent: Box  # outside it there is nothing to arrange
    names: Sprites
    workers: Sprites
    dots: bool
    rings: Sprites  # the names of the response rings
    units: Sprites
    incidents: Sprites
    hits: tuple[Hit, ...]

    def covers(self, view: Viewport, spare: float = 0) -> bool:
        """Tell whether the view, with something to spare round it, needs no new layout."""
        seen = Box(view.left, view.top, view.width, view.height).spread(spare)
        needed = seen.common(self.extent)
        return self.scale == view.scale and (needed is None or self.region.contains(needed))


class Arranger:
    """Arranges content on one ground with one set of stamps."""

    def __init__(self, ground: Ground, stamps: Stamps) -> None:
        """Names keep their last place where they can: nothing jumps when a worker moves."""
        self._ground = ground
        self._stamps = stamps
        self._names = NamePlacer(stamps)
        self._grouping: tuple[_Asked, list[clusters.Point], clusters.Grouping] | None = None
        self._chosen: tuple[Content, tuple[float, float] | None] | None = None
        self._places: tuple[tuple[MapIncident, ...], Floats, Floats] | None = None
        self._crowd: Crowd | None = None

    def arrange(self, content: Content, view: Viewport) -> Generator[None, None, Layout]:
        """Return the layout of the view and its margin, by way of pauses of a few milliseconds."""
        region = Box(view.left, view.top, view.width, view.height).spread(MARGIN)
        taken = Occupancy(region)
        incidents, hits = yield from self._incidents(content, view, region, taken)
        units = self._units(content, view, region, taken)
        yield
        workers, dots = self._workers(content, view.scale, region, taken)
        yield
        rings = self._ring_names(content, view, taken)
        units += self._candidates(content, view, taken)
        units += self._unit_names(content, view, region, taken)
        yield
        names = yield from self._ground_names(content, view, region, taken)
        marks = Sprites(incidents)
        yield
        return Layout(
            content=content,
            scale=view.scale,
            region=region,
            extent=self._extent(content, view.scale),
            names=Sprites(names),
            workers=Sprites(workers),
            dots=dots,
            rings=Sprites(rings),
            units=Sprites(units),
            incidents=marks,
            hits=tuple(hits),
        )

    def _incidents(
        self, content: Content, view: Viewport, region: Box, taken: Occupancy
    ) -> Generator[None, None, tuple[list[Sprite], list[Hit]]]:
        if Layer.INCIDENTS not in content.layers:
            return [], []
        points, grouping = yield from self._grouped(content, view.scale)
        yield
        order = sorted(
            (i for i in grouping.singles if region.has(*points[i])),
            key=lambda i: _paint_place(content.incidents[i], content.selected),
        )
        hits: list[Hit] = []
        sprites = yield from self._clusters(content.incidents, points, grouping, (taken, hits))
        marks: list[Sprite] = []
        for begin in range(0, len(order), _MARKS_A_STEP):
            some = order[begin : begin + _MARKS_A_STEP]
            marks += self._marks(content.incidents, points, some, (taken, hits))
            yield
        plates: list[Sprite] = []
        for begin in range(0, len(order), _PLATES_A_STEP):
            some = order[::-1][begin : begin + _PLATES_A_STEP]
            plates += self._plates(content, points, some, (taken, view))
            yield
        # What must be seen by itself lies over the clusters, the selected one over everything.
        last = sum(_paint_place(content.incidents[i], content.selected)[0] > 0 for i in order)
        split = len(marks) - last
        return [*marks[:split], *sprites, *plates, *marks[split:]], hits

    def selected_point(self, content: Content) -> tuple[float, float] | None:
        """Return the metres of the selected incident."""
        if self._chosen is None or self._chosen[0] is not content:
            point = self._ground.projection.point
            those = (i for i in content.incidents if i.id == content.selected)
            found = next((point(i.lon, i.lat) for i in those), None)
            self._chosen = (content, found)
        return self._chosen[1]

    def _extent(self, content: Content, scale: float) -> Box:
        """Return the box on the plane of the ground and all that is known to lie on it."""
        west, south, east, north = self._ground.bounds
        crowd = self.crowd(content.workers)
        placed = (*content.units, *content.at_hand)
        units = [self._ground.projection.point(unit.lon, unit.lat) for unit in placed]
        right, up = self._metres(content.incidents)
        across = np.concatenate([[west, east], crowd.east, right, [unit[0] for unit in units]])
        along = np.concatenate([[-south, -north], -crowd.north, -up, [-unit[1] for unit in units]])
        left, top = float(across.min()) * scale, float(along.min()) * scale
        width, height = float(np.ptp(across)) * scale, float(np.ptp(along)) * scale
        return Box(left, top, width, height).spread(_REACH)

    def _grouped(
        self, content: Content, scale: float
    ) -> Generator[None, None, tuple[list[clusters.Point], clusters.Grouping]]:
        incidents = content.incidents
        asked = (incidents, scale, content.selected, content.grouped)
        kept = self._grouping
        if kept is not None and kept[0][0] is incidents and kept[0][1:] == asked[1:]:
            return kept[1], kept[2]
        east, north = self._metres(incidents)
        yield
        points = list(zip((east * scale).tolist(), (-north * scale).tolist(), strict=True))
        alone = [i.stands_alone or i.id == content.selected for i in incidents]
        if content.grouped:
            grouping = yield from clusters.group_in_steps(points, alone)
        else:
            grouping = clusters.Grouping(tuple(range(len(points))), ())
        self._grouping = (asked, points, grouping)
        return points, grouping

    def _metres(self, incidents: tuple[MapIncident, ...]) -> tuple[Floats, Floats]:
        if self._places is None or self._places[0] is not incidents:
            lon = np.fromiter((i.lon for i in incidents), np.float64, len(incidents))
            lat = np.fromiter((i.lat for i in incidents), np.float64, len(incidents))
            self._places = (incidents, *self._ground.projection.metres(lon, lat))
        return self._places[1], self._places[2]

    def _clusters(
        self,
        incidents: tuple[MapIncident, ...],
        points: list[clusters.Point],
        grouping: clusters.Grouping,
        notes: tuple[Occupancy, list[Hit]],
    ) -> Generator[None, None, list[Sprite]]:
        taken, hits = notes
        sprites: list[Sprite] = []
        for turn, members in enumerate(grouping.groups):
            if turn % _MARKS_A_STEP == 0:
                yield
            x, y = clusters.centre(points, members)
            lights = [incidents[i].light for i in members]
            red, amber = lights.count(Light.RED), lights.count(Light.YELLOW)
            pixmap = self._stamps.cluster(red, amber, len(members) - red - amber)
            radius = cluster_radius(len(members))
            sprites.append(_sprite(x, y, pixmap))
            hits.append(Hit(x, y, radius, members))
            taken.take(Box(x, y, 0, 0).spread(radius + 2))
        return sprites

    def _marks(
        self,
        incidents: tuple[MapIncident, ...],
        points: list[clusters.Point],
        order: list[int],
        notes: tuple[Occupancy, list[Hit]],
    ) -> list[Sprite]:
        """Return the marks in order; note the room they take and where they can be picked."""
        taken, hits = notes
        sprites = []
        for index in order:
            incident = incidents[index]
            x, y = points[index]
            sprites.append(_sprite(x, y, self._stamps.incident(incident.mark, incident.priority)))
            reach = DISCS[incident.priority] / 2
            hits.append(Hit(x, y, max(reach, 12), (index,)))
            taken.take(Box(x, y, 0, 0).spread(reach))
        return sprites

    def _plates(
        self,
        content: Content,
        points: list[clusters.Point],
        order: list[int],
        room: tuple[Occupancy, Viewport],
    ) -> list[Sprite]:
        """Return the numbers of P1, red and selected incidents, placed in that order."""
        taken, view = room
        frame = Box(view.left, view.top, view.width, view.height)
        sprites = []
        for index in order:
            incident = content.incidents[index]
            chosen = incident.id == content.selected
            if incident.priority == 1 or incident.light is Light.RED or chosen:
                # Corner brackets of the selected incident reach further than its disc.
                reach = DISCS[incident.priority] / 2 + (6 if chosen else 0)
                plate = self._stamps.plate(incident.number)
                placed = self._names.beside(points[index], reach, plate, (taken, frame))
                sprites.append(placed)
        return sprites

    def _units(
        self, content: Content, view: Viewport, region: Box, taken: Occupancy
    ) -> list[Sprite]:
        sprites = []
        for unit, x, y in self._shown_units(content, view, region):
            sprites.append(_sprite(x, y, self._stamps.unit(unit.character)))
            taken.take(Box(x, y, 0, 0).spread(11))
        return sprites

    def _unit_names(
        self, content: Content, view: Viewport, region: Box, taken: Occupancy
    ) -> list[Sprite]:
        if view.width < ROOM_FOR_UNIT_NAMES:
            return []
        colour = self._stamps.theme.tokens.text_2
        advised = {(candidate.lon, candidate.lat) for candidate in content.candidates}
        frame = Box(view.left, view.top, view.width, view.height)
        sprites = []
        for unit, x, y in self._shown_units(content, view, region):
            told = unit.character == STATION or (unit.lon, unit.lat) in advised
            if unit.name and not told:
                pixmap = self._stamps.name(unit.name, colour, 12)
                placed = self._names.beside_if_free((x, y), 11, pixmap, (taken, frame))
                sprites += [placed] if placed is not None else []
        return sprites

    def _shown_units(
        self, content: Content, view: Viewport, region: Box
    ) -> list[tuple[MapUnit, float, float]]:
        found = []
        for unit in (*content.units, *content.at_hand):
            layer = Layer.AT_HAND if unit.at_hand else Layer.UNITS
            if layer in content.layers:
                east, north = self._ground.projection.point(unit.lon, unit.lat)
                x, y = east * view.scale, -north * view.scale
                if region.has(x, y):
                    found.append((unit, x, y))
        return found

    def crowd(self, workers: MapWorkers) -> Crowd:
        """Return the workers in metres; the last ones are kept."""
        if self._crowd is None or self._crowd.workers is not workers:
            self._crowd = Crowd.of(workers, self._ground.projection)
        return self._crowd

    def _workers(
        self, content: Content, scale: float, region: Box, taken: Occupancy
    ) -> tuple[list[Sprite], bool]:
        if Layer.WORKERS not in content.layers or not content.workers.rows.size:
            return [], False
        crowd = self.crowd(content.workers)
        x, y = crowd.east * scale, -crowd.north * scale
        inside = (x >= region.left) & (x <= region.right) & (y >= region.top) & (y <= region.bottom)
        indices = np.flatnonzero(inside)
        if indices.size > MOST_WORKER_MARKS:
            return [], True
        sprites = []
        for index in indices.tolist():
            row = crowd.rows[index]
            mark = WORKER_STATUSES[int(row["status"])]
            age = fix_age(_age(float(row["fix_age_s"])))
            pixmap = self._stamps.worker(mark, age, float(row["heading"]))
            at = (float(x[index]), float(y[index]))
            sprites.append(_sprite(*at, pixmap))
            taken.take(Box(*at, 0, 0).spread(6))
        return sprites, False

    def _ring_names(self, content: Content, view: Viewport, taken: Occupancy) -> list[Sprite]:
        point = self.selected_point(content)
        if point is None or Layer.INCIDENTS not in content.layers:
            return []
        at = (point[0] * view.scale, -point[1] * view.scale)
        frame = Box(view.left, view.top, view.width, view.height)
        return ring_names(self._stamps, at, content.metres_a_minute * view.scale, (taken, frame))

    def _candidates(self, content: Content, view: Viewport, taken: Occupancy) -> list[Sprite]:
        frame = Box(view.left, view.top, view.width, view.height)
        colour = self._stamps.theme.tokens.text_1
        sprites = []
        for candidate in content.candidates if Layer.AT_HAND in content.layers else ():
            east, north = self._ground.projection.point(candidate.lon, candidate.lat)
            text = f"{candidate.rank} {candidate.name}"
            pixmap = self._stamps.name(text, colour, 13, bold=True)
            at = (east * view.scale, -north * view.scale)
            sprites.append(self._names.beside(at, 7, pixmap, (taken, frame)))
        return sprites

    def _ground_names(
        self, content: Content, view: Viewport, region: Box, taken: Occupancy
    ) -> Generator[None, None, list[Sprite]]:
        scale = view.scale
        frame = Box(view.left, view.top, view.width, view.height)
        ground, tokens, names = self._ground, self._stamps.theme.tokens, self._names
        rows: list[tuple[list[GroundName], int, float]] = [(ground.town_names, 14, 60)]
        rows.append((ground.village_names, 13, 40))
        if Layer.GRIDS in content.layers:
            rows.append((ground.grid_names, 12, 90))
        sprites: list[Sprite] = []
        for group, px, inner in rows:
            wide = [name for name in group if name.inner * scale >= inner]
            for begin in range(0, len(wide), _NAMES_A_STEP):
                some = wide[begin : begin + _NAMES_A_STEP]
                sprites += names.place_all(some, scale, region, taken, (px, tokens.map_label))
                yield
        sprites += names.place_all(
            ground.neighbour_names, scale, region, taken, (13, tokens.text_3), frame
        )
        return sprites


def _paint_place(incident: MapIncident, selected: str | None) -> tuple[int, int, int]:
    above = 2 if incident.id == selected else int(incident.stands_alone)
    return (above, _PAINT_ORDER[incident.mark], -incident.priority)


def _sprite(x: float, y: float, pixmap: QPixmap) -> Sprite:
    size = pixmap.deviceIndependentSize()
    return round(x - size.width() / 2), round(y - size.height() / 2), pixmap


def _age(seconds: float) -> float:
    """Return the age, an unknown one as old."""
    return OLD_FIX_S + 1 if np.isnan(seconds) else seconds
