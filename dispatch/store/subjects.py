"""Facts of subjects that have no row of their own: the town, rounds of checks, notices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from dispatch.domain.codes import Kind
from dispatch.domain.event import Event, Subject
from dispatch.store import events
from dispatch.store.prepared import Prepared
from dispatch.store.schema import ABSENT, EVENT

_COLUMNS: Final = (
    EVENT.c.subject,
    EVENT.c.raw,
    EVENT.c.seq,
    EVENT.c.received_at,
    EVENT.c.number,
)
_OF_ONE: Final = Prepared(
    select(*_COLUMNS)
    .where(EVENT.c.subject == bindparam("name"), EVENT.c.kind == bindparam("kind"))
    .where(EVENT.c.held.is_(None))
)
_UNDER: Final = (
    select(*_COLUMNS)
    .where(EVENT.c.subject >= bindparam("first"), EVENT.c.subject < bindparam("beyond"))
    .where(EVENT.c.kind == bindparam("kind"), EVENT.c.held.is_(None))
    .where(EVENT.c.subject.not_in(select(ABSENT.c.subject)))
    .order_by(EVENT.c.pos)
)

Told = tuple[Event, dict[str, str]]
"""A fact with its sealed fields in clear, as far as the key is here."""


def facts_of(connection: Connection, subject: Subject) -> tuple[Event, ...]:
    """Return a subject's readable facts; none while it is out of scope or incomplete."""
    if events.is_absent(connection, subject.id):
        return ()
    rows = _OF_ONE.run(connection, {"name": subject.id, "kind": subject.kind.value}).fetchall()
    return tuple(events.decoded(raw, *numbers) for _, raw, *numbers in rows)


def told_of(connection: Connection, subject: Subject) -> tuple[Told, ...]:
    """Return a subject's readable facts with what they say in clear."""
    return told_under(connection, subject.kind, subject.id, subject.id + "\x01")


def told_under(connection: Connection, kind: Kind, first: str, beyond: str) -> tuple[Told, ...]:
    """Return the facts of all subjects of a kind from `first` up to before `beyond`."""
    given = {"kind": kind.value, "first": first, "beyond": beyond}
    rows: Sequence[Row[Any]] = connection.execute(_UNDER, given).all()
    keys = events.secrets(connection, _names(rows))
    found: list[Told] = []
    for row in rows:
        event = events.decoded(row.raw, row.seq, row.received_at, row.number)
        found.append((event, events.in_clear(event, row.raw, keys.get(row.subject, ()))))
    return tuple(found)


def _names(rows: Iterable[Row[Any]]) -> set[str]:  # Any: columns of `_UNDER`
    return {row.subject for row in rows}
