"""Shifts folded from the log: kept until one of their facts comes."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, select

from dispatch.domain.codes import Kind
from dispatch.domain.event import Subject
from dispatch.domain.shift import Shift, fold_shift
from dispatch.store import events
from dispatch.store.kept import Shelf
from dispatch.store.schema import EVENT

Mark = tuple[str, int, int]
"""A shift's id, how many readable facts it has, the place of the last one: what a fold is of."""
_MARK = select(func.count(), func.coalesce(func.max(EVENT.c.pos), 0)).where(
    EVENT.c.subject == bindparam("id"),
    EVENT.c.kind == Kind.SHIFT.value,
    EVENT.c.held.is_(None),
)


def load(connection: Connection, id_: str, kept: Shelf[Mark, Shift]) -> Shift:
    """Return the shift; one that nothing is known of is empty."""
    count, last = connection.execute(_MARK, {"id": id_}).one()
    mark = (id_, count, last)
    found = kept.get(mark)
    if found is None:
        rows = connection.execute(events.of_subject(Subject(Kind.SHIFT, id_)))
        found = fold_shift(events.decoded(row.raw, None, None, None) for row in rows)
        kept.put(mark, found)
    return found
