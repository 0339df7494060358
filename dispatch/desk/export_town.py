"""Workers, grids and units on their way out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dispatch.desk.export_lists import Source, time
from dispatch.desk.views import WorkerStatus
from dispatch.domain.codes import Level
from dispatch.files.sheet import Line

SYNTHETIC: Final = "演示数据"
BATCH: Final = 1_000
"""Objects read at once."""


def workers(source: Source) -> Iterator[Line]:
    """Return the workers board; where somebody is only while on duty."""
    board = source.desk.workers().result()
    phones = {}
    if source.clear:
        roster = source.desk.asked(lambda _, tables: tables.roster).result()
        phones = {each.number: each.phone for each in roster}
    if (only := source.cut.only) is not None:
        known = {row.number: row for row in board}
        board = tuple(known[number] for number in only if number in known)
    for row in board:
        on_duty = row.status is not WorkerStatus.OFF
        placed = on_duty and row.lon is not None and row.lat is not None
        lon, lat = (row.lon, row.lat) if placed else (None, None)
        yield Line(
            (
                *(row.number, row.name, phones.get(row.number, row.phone), row.grid),
                *(row.grid_name, row.status.value, source.word("worker", row.status.value)),
                *(time(row.since), row.task, lon, lat, time(row.fix_at if placed else None)),
                row.done_today,
            ),
            (lon, lat) if lon is not None and lat is not None else None,
        )


def grids(source: Source) -> Iterator[Line]:
    """Return the town's grids with their outlines."""
    tables = source.desk.asked(lambda _, tables: tables).result()
    organisation, names = tables.rules.organisation, tables.names
    shapes = {each.code: each for each in tables.features if each.level == "grid"}
    for shape in sorted(tables.geometry.grids, key=lambda each: each.code):
        village = organisation.ancestor(shape.code, Level.VILLAGE) or ""
        mark = SYNTHETIC if shapes[shape.code].synthetic else ""
        cells = (shape.code, shape.name, village, names.node(village), shape.lon, shape.lat, mark)
        yield Line(cells, (shape.lon, shape.lat), shape.rings)


def units(source: Source) -> Iterator[Line]:
    """Return every unit that can be sent, departments first."""
    tables = source.desk.asked(lambda _, tables: tables).result()
    features = {each.code: each for each in tables.features}
    for unit in tables.units():
        node = tables.rules.unit_node(tables.town, unit)
        level = found.level.value if (found := tables.rules.organisation.get(node)) else ""
        place = features.get(node)
        mark = SYNTHETIC if place is not None and place.synthetic else ""
        point = (place.lon, place.lat) if place is not None else None
        lon, lat = point or (None, None)
        name = tables.names.unit(unit)
        yield Line((unit, name, level, source.word("level", level), lon, lat, mark), point)


def objects(source: Source) -> Iterator[Line]:
    """Return the managed objects by code."""
    store = source.desk.site.objects
    names = source.desk.asked(lambda _, tables: tables.names).result()
    whole, done, after = max(1, store.count()), 0, ""
    while page := store.page(after, BATCH):
        for each in page:
            cells = (
                *(each.code, each.kind, each.name, each.grid, names.node(each.grid), each.address),
                *(source.name(each.person), source.phone(each.phone), each.lon, each.lat),
                *(each.every_days, each.due_on),
            )
            placed = each.lon is not None and each.lat is not None
            yield Line(cells, (each.lon, each.lat) if placed else None)  # type: ignore[arg-type] # placed
        done, after = done + len(page), page[-1].code
        source.tell(min(1.0, done / whole), done)
