"""Reference tables into the hub from files: all of a file or, of a map, feature by feature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection, func, select

from console.hub import opened
from console.hub_tables import calendar_table, catalogue_table, sla_table
from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput
from dispatch.domain.organisation import Node, Organisation
from dispatch.files.grids import GridImport, Reading, read_grids
from dispatch.files.roster import read_roster
from dispatch.files.tables import read_divisions
from dispatch.geo.area import Area, to_shape
from dispatch.hub.hub import Hub
from dispatch.hub.schema import TABLE_VERSION
from dispatch.wire import tables


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: taken, changed anything at all, and a line per rejected row."""

    taken: int
    changed: bool
    rejects: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def import_table(db: str, table: str, file: Path, crs: str) -> Imported:
    """Read a file and publish it as the new version of a table; the same twice changes nothing."""
    with opened(db) as hub:
        if table == "grids":
            return hub.office.database.write(lambda c: _grids(hub, c, file, crs))
        maker = _MAKERS[table]
        return hub.office.database.write(lambda c: maker(hub, c, file))


def _body(connection: Connection, name: str) -> str | None:
    newest = (
        select(func.max(TABLE_VERSION.c.rev)).where(TABLE_VERSION.c.name == name).scalar_subquery()
    )
    query = select(TABLE_VERSION.c.body).where(
        TABLE_VERSION.c.name == name, TABLE_VERSION.c.rev == newest
    )
    body: str | None = connection.execute(query).scalar()
    return body


def _next_version(connection: Connection, name: str) -> str:
    body = _body(connection, name)
    if body is None:
        return "1"
    version = str(msgspec.json.decode(body)["version"])
    head, _, number = version.rpartition("-")
    count = int(number) + 1 if number.isdigit() else 2
    return f"{head}-{count}" if head else str(count)


def _publish(hub: Hub, connection: Connection, name: str, make: Callable[[str], str]) -> bool:
    """Publish `make(version)` unless it says what the last version says."""
    before = _body(connection, name)
    if before is not None:
        version = str(msgspec.json.decode(before)["version"])
        if make(version) == before:
            return False
    return hub.reference.publish(connection, name, make(_next_version(connection, name)))


def _organisation(connection: Connection) -> Organisation:
    body = _body(connection, "organisation")
    if body is None:
        raise BadInput("organisation", "先导入 divisions 或用 hub init --seed-town")
    return tables.parse_organisation(body)


def _grids(hub: Hub, connection: Connection, file: Path, crs: str) -> Imported:
    organisation = _organisation(connection)
    known = {node.code: node.name for node in organisation if node.code.isdigit()}
    given = read_grids(file, Reading(crs, known))
    rejects = tuple(f"{each.place} {each.code}: {each.what}" for each in given.rejects)
    notes = tuple(f"{each.place} {each.code}: {each.what}" for each in given.notes)
    if not given.areas:
        return Imported(0, changed=False, rejects=rejects, notes=notes)
    body = _body(connection, "geometry")
    features = {each.code: each for each in tables.parse_geometry(body).features} if body else {}
    for area in given.areas:
        features[area.code] = _feature(area)
    nodes = _with_grids(organisation, given)
    changed = _publish(
        hub,
        connection,
        "organisation",
        lambda version: tables.write_organisation(nodes, version),
    )
    ordered = [features[code] for code in sorted(features)]
    changed |= _publish(
        hub, connection, "geometry", lambda version: tables.write_geometry(ordered, version)
    )
    return Imported(len(given.areas), changed, rejects, notes)


def _feature(area: Area) -> tables.Feature:
    level = {6: Level.CITY, 9: Level.TOWN, 12: Level.VILLAGE, 15: Level.GRID}[len(area.code)]
    point = to_shape(area.outline).representative_point()
    lon, lat = round(point.x, 7), round(point.y, 7)
    return tables.Feature(area.code, level.value, lon, lat, area.outline, area.name)


def _with_grids(organisation: Organisation, given: GridImport) -> tuple[Node, ...]:
    """Return the tree with the grids that it did not have, under their villages."""
    nodes = {node.code: node for node in organisation}
    for area in given.areas:
        if len(area.code) == 15 and area.code not in nodes:
            nodes[area.code] = Node(area.code, area.name, Level.GRID, area.code[:12])
    return tuple(nodes.values())


def _divisions(hub: Hub, connection: Connection, file: Path) -> Imported:
    rows = read_divisions(file)
    body = _body(connection, "organisation")
    nodes = {each.code: each for each in tables.parse_organisation(body)} if body else {}
    for row in rows:
        name = (row.short if row.level is Level.VILLAGE else "") or row.name
        node = Node(row.code, name, row.level, row.parent or None)
        before = nodes.get(row.code)
        nodes[row.code] = replace(before, name=node.name) if before else node
    changed = _publish(
        hub,
        connection,
        "organisation",
        lambda version: tables.write_organisation(nodes.values(), version),
    )
    return Imported(len(rows), changed)


def _roster(hub: Hub, connection: Connection, file: Path) -> Imported:
    workers = read_roster(file, _organisation(connection))
    changed = _publish(
        hub, connection, "roster", lambda version: tables.write_roster(workers, version)
    )
    return Imported(len(workers), changed)


def _catalogue(hub: Hub, connection: Connection, file: Path) -> Imported:
    body = catalogue_table(file)
    limits = _body(connection, "sla")
    known = set(tables.parse_sla(limits)) if limits else set()
    for item in tables.parse_catalogue(body):
        if limits and item.profile not in known:
            raise BadInput(file.name, f"事项 {item.code} 的时限方案 {item.profile} 不在时限表中")
    changed = hub.reference.publish(connection, "catalogue", body)
    return Imported(len(tables.parse_catalogue(body)), changed)


def _sla(hub: Hub, connection: Connection, file: Path) -> Imported:
    body = sla_table(file)
    known = set(tables.parse_sla(body))
    matters = _body(connection, "catalogue")
    for item in tables.parse_catalogue(matters) if matters else ():
        if item.profile not in known:
            raise BadInput(file.name, f"缺少 {item.profile}，现行目录的事项 {item.code} 要用")
    return Imported(len(tables.parse_sla(body)), hub.reference.publish(connection, "sla", body))


def _calendar(hub: Hub, connection: Connection, file: Path) -> Imported:
    """A folder of `YYYY.csv` files, or one of them with the others beside it."""
    body = calendar_table(file if file.is_dir() else file.parent)
    found = tables.parse_calendar(body)
    if not found.years:
        raise BadInput(str(file), "没有 YYYY.csv")
    return Imported(len(found.rows), hub.reference.publish(connection, "calendar", body))


_MAKERS: Final[dict[str, Callable[[Hub, Connection, Path], Imported]]] = {
    "divisions": _divisions,
    "roster": _roster,
    "catalogue": _catalogue,
    "sla": _sla,
    "calendar": _calendar,
}
