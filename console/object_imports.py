"""Managed objects into the hub: row by row, each town its own, only what has changed."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from sqlalchemy import Connection

from console.hub_orders import Imported, Order, body_of, organisation_of
from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput
from dispatch.domain.organisation import Organisation
from dispatch.files.objects import COLUMNS, GridAt, ObjectFile
from dispatch.files.rows import BadRows, Reject
from dispatch.geo.area import Area
from dispatch.geo.grid_lookup import GridLookup
from dispatch.hub.hub import Hub
from dispatch.wire import tables
from dispatch.wire.objects import ManagedObject

_AT_ONCE: Final = 1_000
MOST_REJECTS: Final = 50_000
"""Rows told one by one; more is another kind of file, and nothing of it is taken."""


def import_objects(hub: Hub, connection: Connection, order: Order) -> Imported:
    """Take the good rows of a file; with `replace` all of them must be good."""
    organisation = organisation_of(connection)
    file = ObjectFile(order.file, organisation, _grid_at(connection), order.layout(COLUMNS))
    work = _Work(hub, connection, organisation)
    rejects: list[Reject] = []
    for each in file.read(order.crs):
        if isinstance(each, Reject):
            rejects.append(each)
            if len(rejects) > MOST_REJECTS:
                words = f"有误的超过 {MOST_REJECTS} {file.table.unit}，文件或列名对应可能弄错了"
                raise BadInput(order.file.name, words)
        else:
            work.take(each)
    if rejects and order.replace:
        raise BadRows(file.table, tuple(rejects))
    work.flush()
    if not work.codes and not rejects:
        raise BadInput(order.file.name, "只有表头，没有数据")
    notes = work.leave_only() if order.replace else ()
    told = tuple(f"{file.table.where(each.line)}: {each.reason}" for each in rejects)
    taken = sum(len(codes) for codes in work.codes.values())
    return Imported(taken, work.changed > 0, tuple(rejects), told, notes, file.table.header)


class _Work:
    """Objects on their way into the hub, a few at a time for each town."""

    def __init__(self, hub: Hub, connection: Connection, organisation: Organisation) -> None:
        self._hub = hub
        self._connection = connection
        self._organisation = organisation
        self._waiting: dict[str, list[ManagedObject]] = defaultdict(list)
        self.codes: dict[str, set[str]] = defaultdict(set)
        self.changed = 0

    def take(self, each: ManagedObject) -> None:
        town = self._organisation.ancestor(each.grid, Level.TOWN) or ""
        self.codes[town].add(each.code)
        self._waiting[town].append(each)
        if len(self._waiting[town]) >= _AT_ONCE:
            self._put(town)

    def flush(self) -> None:
        for town in list(self._waiting):
            self._put(town)

    def _put(self, town: str) -> None:
        objects = self._waiting.pop(town)
        self.changed += self._hub.objects.put(self._connection, town, objects)

    def leave_only(self) -> tuple[str, ...]:
        """Let what the file does not name go; return a line for each town that lost any."""
        notes = []
        for town, codes in self.codes.items():
            gone = self._hub.objects.keep_only(self._connection, town, codes)
            self.changed += gone
            if gone:
                notes.append(f"{town}: {gone} 个对象不在文件中，已停用")
        return tuple(notes)


def _grid_at(connection: Connection) -> GridAt:
    body = body_of(connection, "geometry")
    features = tables.parse_geometry(body).features if body else ()
    lookup = GridLookup(
        Area(each.code, each.name, each.rings)
        for each in features
        if each.level == "grid" and each.rings
    )

    def grid_at(lon: float, lat: float) -> str | None:
        found = lookup.find(lon, lat)
        return found.code or found.nearest

    return grid_at
