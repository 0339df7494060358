"""The digest of this site: what it holds of the numbered log, folded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, bindparam, select

from dispatch.domain.codes import Kind
from dispatch.domain.event import Subject
from dispatch.store.floors import within
from dispatch.store.schema import ABSENT, EVENT, View
from dispatch.wire.digest import digest, facts_hash, key

_OTHERS: Final = (
    select(EVENT.c.kind, EVENT.c.subject, EVENT.c.seq, EVENT.c.hash)
    .where(
        EVENT.c.kind != "incident",
        EVENT.c.kind != "",
        EVENT.c.seq.is_not(None),
        EVENT.c.held.is_(None),
        EVENT.c.subject.not_in(select(ABSENT.c.subject)),
        EVENT.c.town == bindparam("town"),
    )
    .order_by(EVENT.c.kind, EVENT.c.subject)
)


def digest_here(connection: Connection, view: View, town: str) -> str:
    """Return the digest of every subject of a town in scope as far as it is numbered."""
    scope = within(connection, view, town)
    found = (*_incidents(connection, view, town), *_others(connection, town))
    return digest((key(each), hash_) for each, hash_ in found if scope is None or each.id in scope)


def _incidents(connection: Connection, view: View, town: str) -> Iterator[tuple[Subject, str]]:
    table = view.incident
    known = select(table.c.id, table.c.state_hash).where(table.c.state_hash.is_not(None))
    for id_, hash_ in connection.execute(known.where(table.c.town == town)):
        yield Subject(Kind.INCIDENT, id_), hash_.hex()


def _others(connection: Connection, town: str) -> Iterator[tuple[Subject, str]]:
    found: dict[Subject, dict[str, int]] = {}
    for kind, id_, seq, hash_ in connection.execute(_OTHERS, {"town": town}):
        found.setdefault(Subject(Kind(kind), id_), {})[hash_.hex()] = seq
    for subject, numbered in found.items():
        yield subject, facts_hash(numbered)
