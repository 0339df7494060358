"""The log of a shift (值班日志): what its people did and wrote down, read from the events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dispatch.desk.reference import Reference
from dispatch.desk.views_shift import LogLine, Wanted
from dispatch.domain.bodies_shift import LineWritten, PromiseKept
from dispatch.domain.codes import Kind
from dispatch.domain.event import Event, Subject
from dispatch.domain.shift import span_of
from dispatch.store.reader import Reader

MOST: Final = 5_000
"""More lines than a shift of a typhoon's day has."""


def logbook(reader: Reader, tables: Reference, wanted: Wanted) -> tuple[LogLine, ...]:
    """Return the lines in order of time, ties by id: what was written, and every act.

    A fact belongs to the shift in whose span its corrected time lies; those of the shift's own
    subject belong to it whenever they were made, as a signature is given after its end.
    """
    from_at, to_at = span_of(wanted.shift)
    found = [*_own(reader, tables, wanted.shift), *_acts(reader, tables, from_at, to_at)]
    lines = (
        each
        for each in found
        if wanted.account in {"", each.account} and wanted.kind in {"", each.kind}
    )
    return tuple(sorted(lines, key=lambda each: (each.at, each.id)))[-MOST:]


def _own(reader: Reader, tables: Reference, shift: str) -> Iterator[LogLine]:
    folded = {each.hash: each for each in reader.shift(shift).lines}
    for stored in reader.events(Subject(Kind.SHIFT, shift)):
        event, body = stored.event, stored.event.body
        text = stored.plain.get("text", "")
        line = folded.get(event.hash)
        if isinstance(body, LineWritten):
            kept = line.kept_by if line else ""
            yield _line(
                tables,
                event,
                kind=body.kind.value,
                incident=body.incident,
                number=_number(reader, body.incident),
                text=text,
                due=body.due,
                kept_by=tables.person(kept) if kept else "",
            )
        elif isinstance(body, PromiseKept):
            yield _line(tables, event, kind="shift", text=text)
        else:
            yield _line(tables, event, kind="shift")


def _acts(reader: Reader, tables: Reference, from_at: int, to_at: int) -> Iterator[LogLine]:
    """Every fact of an incident that was made in the span, undone ones too."""
    ids = {*reader.touched_since(from_at), *reader.reported_between(from_at, to_at)}
    for id_ in sorted(ids):
        incident = reader.incident(id_)
        if incident is None:
            continue
        for event in incident.facts:
            if from_at <= event.corrected_at < to_at:
                number = incident.number or incident.temp or id_[:8]
                item = tables.names.item(incident.item or "", incident.catalogue)
                told = {"incident": id_, "number": number, "item_name": item}
                yield _line(tables, event, kind="act", **told)


def _number(reader: Reader, id_: str) -> str:
    row = reader.row(id_) if id_ else None
    return (row.number or row.temp) if row else id_


def _line(tables: Reference, event: Event, *, kind: str, **more: str | int | None) -> LogLine:
    said: dict[str, object] = {
        "id": event.id,
        "hash": event.hash,
        "at": event.corrected_at,
        "account": event.actor,
        "person": tables.person(event.actor),
        "role": event.role,
        "type": event.type,
        "kind": kind,
        **more,
    }
    return LogLine(**said)  # type: ignore[arg-type] # each name has its own type, given just above
