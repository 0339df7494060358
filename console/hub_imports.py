"""Reference tables into the hub from files: all of a file or, of a map, feature by feature."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import msgspec
from sqlalchemy import Connection

from console.hub import opened
from console.hub_orders import Imported, Order, body_of, organisation_of
from console.hub_tables import (
    bulletins_table,
    calendar_table,
    catalogue_table,
    guides_table,
    kpi_table,
    sla_table,
)
from console.object_imports import import_objects
from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput, ZhiwangError
from dispatch.domain.organisation import Node, Organisation
from dispatch.domain.shift import span_of
from dispatch.files.bulletins import COLUMNS as BULLETINS
from dispatch.files.duty import COLUMNS as DUTY
from dispatch.files.duty import read_duty
from dispatch.files.grids import GridImport, Reading, read_grids
from dispatch.files.guides import COLUMNS as GUIDE
from dispatch.files.measures import COLUMNS
from dispatch.files.roster import COLUMNS as ROSTER
from dispatch.files.roster import read_roster
from dispatch.files.rows import BadRows, Reject
from dispatch.files.tables import (
    CATALOGUE,
    DAYS,
    DIVISION,
    PHONE,
    PROFILE,
    read_days,
    read_divisions,
)
from dispatch.geo.area import Area, to_shape
from dispatch.hub.hub import Hub
from dispatch.hub.reference import accounts
from dispatch.wire import tables

KEPT_MS: Final = 62 * DAY
"""Planned shifts stay so long before the first one of the file that is imported."""
_YEAR: Final = re.compile(r"[0-9]{4}\.csv")


class _Undone(ZhiwangError):
    """Ends a dry run's transaction, so that all of it is undone."""

    def __init__(self, done: Imported) -> None:
        self.done = done
        super().__init__("dry run")


def import_table(db: str, order: Order) -> Imported:
    """Read a file and publish it as the new version of a table; the same twice changes nothing.

    A table with a bad row is not taken at all, and every bad row told; grids are taken feature
    by feature.
    """

    def job(connection: Connection) -> Imported:
        done = _MAKERS[order.table](hub, connection, order)
        if order.dry:
            raise _Undone(done)
        return done

    with opened(db) as hub:
        try:
            return hub.office.database.write(job)
        except _Undone as undone:
            return undone.done
        except BadRows as bad:
            told = tuple(f"{bad.file.where(each.line)}: {each.reason}" for each in bad.rejects)
            return Imported(0, rejects=bad.rejects, told=told, header=bad.file.header)


def _next_version(connection: Connection, name: str) -> str:
    body = body_of(connection, name)
    if body is None:
        return "1"
    version = str(msgspec.json.decode(body)["version"])
    head, _, number = version.rpartition("-")
    count = int(number) + 1 if number.isdigit() else 2
    return f"{head}-{count}" if head else str(count)


def _publish(hub: Hub, connection: Connection, name: str, make: Callable[[str], str]) -> bool:
    """Publish `make(version)` unless it says what the last version says."""
    before = body_of(connection, name)
    if before is not None:
        version = str(msgspec.json.decode(before)["version"])
        if make(version) == before:
            return False
    return hub.reference.publish(connection, name, make(_next_version(connection, name)))


def _grids(hub: Hub, connection: Connection, order: Order) -> Imported:
    organisation = organisation_of(connection)
    known = {node.code: node.name for node in organisation if node.code.isdigit()}
    given = read_grids(order.file, Reading(order.crs, known, repair=order.repair))
    told = tuple(f"{each.place} {each.code}: {each.what}" for each in given.rejects)
    rejects = tuple(Reject(each.number, each.what, (each.code,)) for each in given.rejects)
    notes = tuple(f"{each.place} {each.code}: {each.what}" for each in given.notes)
    if not given.areas:
        return Imported(0, rejects=rejects, told=told, notes=notes, header=("code",))
    body = body_of(connection, "geometry")
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
    return Imported(len(given.areas), changed, rejects, told, notes, ("code",))


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


def _divisions(hub: Hub, connection: Connection, order: Order) -> Imported:
    rows = read_divisions(order.file, order.layout((*DIVISION, *PHONE)))
    body = body_of(connection, "organisation")
    nodes = {each.code: each for each in tables.parse_organisation(body)} if body else {}
    for row in rows:
        name = (row.short if row.level is Level.VILLAGE else "") or row.name
        before = nodes.get(row.code) or Node(row.code, name, row.level, row.parent or None)
        phone = before.phone if row.phone is None else row.phone
        nodes[row.code] = replace(before, name=name, phone=phone)
    changed = _publish(
        hub,
        connection,
        "organisation",
        lambda version: tables.write_organisation(nodes.values(), version),
    )
    return Imported(len(rows), changed)


def _roster(hub: Hub, connection: Connection, order: Order) -> Imported:
    workers = read_roster(order.file, organisation_of(connection), order.layout(ROSTER))
    changed = _publish(
        hub, connection, "roster", lambda version: tables.write_roster(workers, version)
    )
    return Imported(len(workers), changed)


def _duty(hub: Hub, connection: Connection, order: Order) -> Imported:
    """The shifts of the file replace the same shifts of the table; the others stay a while."""
    known = {each.name for each in accounts(connection) if not each.disabled}
    organisation = organisation_of(connection)
    planned = read_duty(order.file, organisation, known, order.layout(DUTY))
    body = body_of(connection, "duty")
    new = {each.shift for each in planned}
    oldest = min(span_of(each)[0] for each in new) - KEPT_MS
    kept = [
        each
        for each in (tables.parse_duty(body) if body else ())
        if each.shift not in new and span_of(each.shift)[0] >= oldest
    ]
    every = sorted((*kept, *planned), key=lambda each: (each.shift, each.seat, each.account))
    changed = _publish(hub, connection, "duty", lambda version: tables.write_duty(every, version))
    return Imported(len(planned), changed)


def _catalogue(hub: Hub, connection: Connection, order: Order) -> Imported:
    body = catalogue_table(order.file, layout=order.layout(CATALOGUE))
    limits = body_of(connection, "sla")
    known = set(tables.parse_sla(limits)) if limits else set()
    for item in tables.parse_catalogue(body):
        if limits and item.profile not in known:
            told = f"事项 {item.code} 的时限方案 {item.profile} 不在时限表中"
            raise BadInput(order.file.name, told)
    catalogue, kept = tables.parse_catalogue(body), body_of(connection, "catalogue")
    # Incidents keep the names of the version that they were filed under.
    whole = catalogue.after(tables.parse_catalogue(kept) if kept else None)
    changed = hub.reference.publish(connection, "catalogue", tables.write_catalogue(whole))
    return Imported(len(catalogue), changed)


def _sla(hub: Hub, connection: Connection, order: Order) -> Imported:
    body = sla_table(order.file, layout=order.layout(PROFILE))
    known = set(tables.parse_sla(body))
    matters = body_of(connection, "catalogue")
    for item in tables.parse_catalogue(matters) if matters else ():
        if item.profile not in known:
            raise BadInput(order.file.name, f"缺少 {item.profile}，现行目录的事项 {item.code} 要用")
    return Imported(len(tables.parse_sla(body)), hub.reference.publish(connection, "sla", body))


def _guides(hub: Hub, connection: Connection, order: Order) -> Imported:
    matters = body_of(connection, "catalogue")
    if matters is None:
        raise BadInput("guides", "先导入 catalogue")
    catalogue = tables.parse_catalogue(matters)
    body = guides_table(order.file, catalogue, order.layout(GUIDE))
    return Imported(
        len(tables.parse_guides(body)), hub.reference.publish(connection, "guides", body)
    )


def _bulletins(hub: Hub, connection: Connection, order: Order) -> Imported:
    matters = body_of(connection, "catalogue")
    if matters is None:
        raise BadInput("bulletins", "先导入 catalogue")
    body = bulletins_table(order.file, tables.parse_catalogue(matters), order.layout(BULLETINS))
    changed = hub.reference.publish(connection, "bulletins", body)
    return Imported(len(tables.parse_bulletins(body)), changed)


def _calendar(hub: Hub, connection: Connection, order: Order) -> Imported:
    """A folder of `YYYY.csv` files, one of them with the others beside it, or any table of days.

    The last takes the place of the years that it has, the hub's other years stay.
    """
    file = order.file
    if file.is_dir() or _YEAR.fullmatch(file.name):
        body = calendar_table(file if file.is_dir() else file.parent)
        if not tables.parse_calendar(body).years:
            raise BadInput(str(file), "没有 YYYY.csv")
        changed = hub.reference.publish(connection, "calendar", body)
        return Imported(len(tables.parse_calendar(body).rows), changed)
    rows = read_days(file, order.layout(DAYS))
    years = {each.day.year for each in rows}
    kept = body_of(connection, "calendar")
    before = tables.parse_calendar(kept) if kept else None
    others = [each for each in (before.rows if before else ()) if each.day.year not in years]
    known = years | set(before.years if before else ())
    changed = _publish(
        hub,
        connection,
        "calendar",
        lambda version: tables.write_calendar([*others, *rows], known, version),
    )
    return Imported(len(rows), changed)


def _kpi(hub: Hub, connection: Connection, order: Order) -> Imported:
    body = kpi_table(order.file, layout=order.layout(COLUMNS))
    changed = hub.reference.publish(connection, "kpi", body)
    return Imported(len(tables.parse_measures(body)), changed)


_MAKERS: Final[dict[str, Callable[[Hub, Connection, Order], Imported]]] = {
    "grids": _grids,
    "objects": import_objects,
    "divisions": _divisions,
    "roster": _roster,
    "duty": _duty,
    "catalogue": _catalogue,
    "sla": _sla,
    "guides": _guides,
    "bulletins": _bulletins,
    "calendar": _calendar,
    "kpi": _kpi,
}
