"""Feeds the map from the queue's rows and the bridge: ground, incidents, units, workers."""

import math
from collections import Counter
from typing import Final, Protocol

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from dispatch.desk.views import (
    QueueRow,
    Shape,
    TownGeometry,
    UnitAdvice,
    WorkerRow,
    WorkerStatus,
)
from dispatch.domain.codes import Light as Clock
from dispatch.domain.codes import Priority
from ui.door import Promise
from ui.live import Live
from ui.look.marks import WorkerMark
from ui.map.scene import (
    WORKER_FIELDS,
    WORKER_STATUSES,
    MapGrid,
    MapGround,
    MapIncident,
    MapTown,
    MapUnit,
    MapVillage,
    MapWorkers,
    Rings,
)
from ui.map.view import MapView
from ui.queue.delegate import light_of
from ui.queue.model import QueueModel
from ui.takers import Newest
from ui.tick import Tick

GATHER_MS: Final = 250
_NUMBERS: Final = {Priority.P1: 1, Priority.P2: 2, Priority.P3: 3}
_MARKS: Final = {WorkerStatus(mark.value): WORKER_STATUSES.index(mark) for mark in WorkerMark}


class GroundDoor(Protocol):
    """The part of the desk that the map's ground needs."""

    def geometry(self) -> Promise[TownGeometry]:
        """Ask for what does not move."""
        ...

    def units(self) -> Promise[tuple[UnitAdvice, ...]]:
        """Ask for the units' names and characters."""
        ...

    def workers(self) -> Promise[tuple[WorkerRow, ...]]:
        """Ask for the workers and their last positions."""
        ...


class MapFeed(QObject):
    """Keeps a map view up to date; only what has changed is built again."""

    def __init__(
        self, live: Live, door: GroundDoor, view: MapView, model: QueueModel, tick: Tick
    ) -> None:
        """Feed that view; rows and lights come from the queue's model."""
        super().__init__(view)
        self._live = live
        self._door = door
        self._view = view
        self._model = model
        self._tick = tick
        self._made: dict[str, tuple[QueueRow, Clock, MapIncident]] = {}
        self._places: tuple[Shape, ...] = ()
        self._grounds, self._units = Newest(live.run), Newest(live.run)
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather.timeout.connect(self._on_gathered)
        model.counted.connect(self._on_counted)
        live.tables_changed.connect(self._on_tables)
        live.workers_changed.connect(self._on_workers)

    def catch_up(self) -> None:
        """Ask for what was told before there was a map."""
        self._on_tables()
        self._live.run(self._door.workers(), self._on_workers)
        self._gather.start()

    @Slot()
    def _on_tables(self) -> None:
        self._grounds.run(self._door.geometry(), self._on_geometry)

    @Slot(object)
    def _on_geometry(self, town: TownGeometry) -> None:
        # Before the first exchange there is no outline to draw, nor a middle to look at.
        if town.outline is not None or town.towns or town.villages:
            self._view.set_ground(ground_of(town))
        self._places = town.units
        self._made.clear()
        self._gather.start()
        self._units.run(self._door.units(), self._on_units)

    @Slot(object)
    def _on_units(self, units: tuple[UnitAdvice, ...]) -> None:
        self._view.set_units(units_of(units, self._places))

    @Slot(object)
    def _on_workers(self, rows: tuple[WorkerRow, ...]) -> None:
        self._view.set_workers(workers_of(rows, self._tick.now()))

    @Slot()
    def _on_counted(self) -> None:
        if not self._gather.isActive():
            self._gather.start()

    @Slot()
    def _on_gathered(self) -> None:
        rows = self._model.rows
        made: dict[str, tuple[QueueRow, Clock, MapIncident]] = {}
        changed = False
        for row_id, row in rows.by_id.items():
            light = rows.light(row_id)
            old = self._made.get(row_id)
            if old is None or old[0] is not row or old[1] is not light:
                old = (row, light, incident_of(row, light))
                changed = True
            made[row_id] = old
        if changed or len(made) != len(self._made):
            self._made = made
            self._view.set_incidents(
                tuple(each for _, _, each in made.values() if not math.isnan(each.lon))
            )
            self._view.set_open_counts(dict(Counter(row.grid for row, _, _ in made.values())))


def incident_of(row: QueueRow, light: Clock) -> MapIncident:
    """Return how the map shows an open incident."""
    return MapIncident(
        id=row.id,
        number=row.number[-4:],
        lon=row.lon,
        lat=row.lat,
        light=light_of(row, light),
        priority=_NUMBERS[row.priority],
        contested=row.contested,
        pinned=row.red_card,
    )


def ground_of(town: TownGeometry) -> MapGround:
    """Return the desk's geometry as the map takes it."""
    towns = tuple(MapTown(each.name, _rings(each)) for each in town.towns)
    if not towns and town.outline:
        towns = (MapTown(town.name, _rings(town.outline)),)
    return MapGround(
        towns=towns,
        neighbours=tuple(MapTown(each.name, _rings(each)) for each in town.neighbours),
        villages=tuple(
            MapVillage(each.code, each.name, _rings(each), (each.lon, each.lat))
            for each in town.villages
        ),
        grids=tuple(
            MapGrid(code=each.code, rings=_rings(each), name=each.name) for each in town.grids
        ),
    )


def units_of(units: tuple[UnitAdvice, ...], places: tuple[Shape, ...]) -> tuple[MapUnit, ...]:
    """Return the units that have a place, each with its character."""
    known = {unit.unit: unit for unit in units}
    return tuple(
        MapUnit(place.code, known[place.code].char, place.lon, place.lat, known[place.code].name)
        for place in places
        if place.code in known
    )


def workers_of(rows: tuple[WorkerRow, ...], now: int) -> MapWorkers:
    """Return the workers on duty as one array; NaN stands for a fix that never came."""
    shown = [row for row in rows if row.status in _MARKS]
    array = np.zeros(len(shown), WORKER_FIELDS)
    for nth, row in enumerate(shown):
        array[nth] = (
            math.nan if row.lon is None else row.lon,
            math.nan if row.lat is None else row.lat,
            _MARKS[row.status],
            math.inf if row.fix_at is None else (now - row.fix_at) / 1000,
            math.nan if row.heading is None else row.heading,
        )
    return MapWorkers(array, tuple(row.name for row in shown))


def _rings(shape: Shape) -> Rings:
    return tuple(ring for polygon in shape.rings for ring in polygon)
