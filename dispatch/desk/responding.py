"""Answers about the response to a P1: what is at hand around it, and the stamps of arrival."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dispatch.advice.at_hand import REACH_M, WORDS, AtHand, Help, kind_of, nearest
from dispatch.desk import force
from dispatch.desk.masks import masked
from dispatch.desk.names import Names
from dispatch.desk.reference import Reference
from dispatch.desk.views import WorkerRow, WorkerStatus
from dispatch.desk.views_at_hand import NO_RESPONSE, Arrival, Response
from dispatch.domain.codes import Priority, SubState
from dispatch.domain.incident import Incident
from dispatch.geo.distance import Plane
from dispatch.store.objects import Objects
from dispatch.store.reader import Reader
from dispatch.store.site import SiteStore

_ABSENT: Final = frozenset({WorkerStatus.OFF, WorkerStatus.SILENT})


def response(
    site: SiteStore, reader: Reader, tables: Reference, found: Incident, now: int
) -> Response:
    """Return it for an open P1 with a place; nothing for any other."""
    if found.priority is not Priority.P1 or not found.open or found.lon is None:
        return NO_RESPONSE
    lon, lat = found.lon, found.lat or 0.0
    board = force.board(reader, tables, site.telemetry.last(), now)
    helps = (*_workers(board), *_objects(site.objects, lon, lat))
    return Response(nearest(lon, lat, helps), tuple(arrivals(found, tables.names)))


def arrivals(found: Incident, names: Names) -> Iterator[Arrival]:
    """Yield the lead and every assisting unit that has not been let off."""
    start = found.reported_at
    if start is None or not found.unit:
        return
    yield Arrival(found.unit, names.unit(found.unit), start, found.arrived_at)
    for each in found.subs:
        if each.state not in {SubState.RETURNED, SubState.EXCUSED}:
            yield Arrival(each.unit, names.unit(each.unit), start, each.arrived_at)


def _workers(board: Iterable[WorkerRow]) -> Iterator[AtHand]:
    for each in board:
        if each.status not in _ABSENT and each.lon is not None and each.lat is not None:
            what = (Help.WORKER, each.number, each.name, each.lon, each.lat, each.phone)
            yield AtHand(*what)


def _objects(objects: Objects, lon: float, lat: float) -> Iterator[AtHand]:
    plane = Plane(lon, lat)
    box = (*plane.to_degrees(-REACH_M, -REACH_M), *plane.to_degrees(REACH_M, REACH_M))
    for each in objects.around([word for some in WORDS.values() for word in some], box):
        kind = kind_of(each.kind)
        if kind is not None and each.lon is not None and each.lat is not None:
            yield AtHand(kind, each.code, each.name, each.lon, each.lat, masked(each.phone))
