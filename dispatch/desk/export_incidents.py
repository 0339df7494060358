"""Incidents on their way out: by name, by when they were reported, or all of them by pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from dispatch.desk.export_lists import Source, time
from dispatch.desk.modes import moment
from dispatch.desk.reference import Reference
from dispatch.desk.rows import queue_row
from dispatch.desk.views import QueueRow
from dispatch.domain.incident import Incident
from dispatch.files.sheet import Line
from dispatch.store.reader import Reader
from dispatch.store.rows import IncidentRow

BATCH: Final = 200
"""Incidents read at once: a reader is free again for the window's questions in between."""
_PERSONAL: Final = ("reporter", "phone", "person")


def incidents(source: Source) -> Iterator[Line]:
    """Return the incidents: those named in their order, others by arrival, newest first.

    Each batch is of one moment; one that arrives while the file is written may not be in it.
    """
    cut, done = source.cut, 0
    if cut.only is not None:
        wanted = cut.only
    elif cut.from_at is not None or cut.to_at is not None:
        wanted = _reported(source)
    else:
        yield from _paged(source)
        return
    for start in range(0, len(wanted), BATCH):
        question = partial(_named, source, wanted[start : start + BATCH])
        lines = source.desk.asked(question)
        for line in lines.result():
            done += 1
            yield line
        source.tell(min(1.0, (start + BATCH) / len(wanted)), done)


def _reported(source: Source) -> tuple[str, ...]:
    from_at, to_at = source.cut.from_at or 0, source.cut.to_at or 1 << 53
    return source.desk.asked(lambda reader, _: reader.reported_between(from_at, to_at)).result()


def _named(source: Source, ids: tuple[str, ...], reader: Reader, tables: Reference) -> list[Line]:
    known = {row.id: row for row in reader.rows(ids)}
    state = source.cut.state
    rows = (known[id_] for id_ in ids if id_ in known)
    chosen = [row for row in rows if state is None or row.state is state]
    return _lines(source, reader, tables, chosen)


def _paged(source: Source) -> Iterator[Line]:
    first = before = None
    done = 0

    def page(reader: Reader, tables: Reference) -> tuple[tuple[IncidentRow, ...], list[Line]]:
        rows = reader.page(BATCH, before, source.cut.state)
        return rows, _lines(source, reader, tables, rows)

    while True:
        rows, lines = source.desk.asked(page).result()
        if not rows:
            return
        first = rows[0].pos if first is None else first
        before = rows[-1].pos
        yield from lines
        done += len(lines)
        source.tell(1 - before / max(1, first), done)


def _lines(
    source: Source, reader: Reader, tables: Reference, rows: Iterable[IncidentRow]
) -> list[Line]:
    at = moment(reader, tables, source.now)
    shown = [(row, found) for row in rows if (found := queue_row(row, tables.names, at))]
    folded = [each for row, _ in shown if (each := reader.incident(row.id)) is not None]
    beside = _people(reader, folded)
    for each in folded:
        beside[each.id]["whistle"] = _whistle(each)
    return [_line(source, tables, row, found, beside.get(row.id, {})) for row, found in shown]


def _whistle(incident: Incident) -> str:
    """How many units have answered a whistle, of how many; "" where none was blown."""
    asked = [each for each in incident.subs if each.whistle]
    answered = sum(each.accepted_at is not None for each in asked)
    return f"已答 {answered}，共 {len(asked)}" if asked else ""


def _people(reader: Reader, folded: Iterable[Incident]) -> dict[str, dict[str, str]]:
    """Return who is named in each incident, in clear."""
    where = {
        each.id: {name: hash_ for name, hash_ in each.sealed if name in _PERSONAL}
        for each in folded
    }
    plain = reader.plain({hash_ for fields in where.values() for hash_ in fields.values()})
    return {
        id_: {name: plain.get(hash_, {}).get(name, "") for name, hash_ in fields.items()}
        for id_, fields in where.items()
    }


def _line(
    source: Source, tables: Reference, row: IncidentRow, found: QueueRow, beside: dict[str, str]
) -> Line:
    word = source.word
    placed = row.lon is not None and row.lat is not None
    cells = (
        *(found.number, row.id, found.state.value, word("state", found.state.value)),
        *(word("light", found.light(source.now).value), found.priority.value),
        *(found.item, found.item_name, word("source", row.source.value) if row.source else ""),
        *(row.text, row.place, found.village, tables.names.node(found.village)),
        *(row.grid or "", tables.names.node(row.grid or ""), row.lon, row.lat),
        *(source.name(beside.get("reporter", "")), source.phone(beside.get("phone", ""))),
        *(found.unit, found.unit_name, source.name(beside.get("person", ""))),
        *(time(row.reported_at), time(found.clock.due if found.clock else None)),
        *(time(row.closed_at), row.rework, row.photos, "是" if row.contested else ""),
        *(row.unsent, beside.get("whistle", "")),
    )
    return Line(cells, (row.lon, row.lat) if placed else None)  # type: ignore[arg-type] # placed
