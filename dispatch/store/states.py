"""The digest of this site: what it holds of the numbered log, folded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, select

from dispatch.domain.codes import Kind
from dispatch.domain.event import Subject
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
    )
    .order_by(EVENT.c.kind, EVENT.c.subject)
)


def digest_here(connection: Connection, view: View) -> str:
    """Return the digest of every subject in scope as far as it is numbered."""
    return digest((*_incidents(connection, view), *_others(connection)))


def _incidents(connection: Connection, view: View) -> Iterator[tuple[str, str]]:
    table = view.incident
    known = select(table.c.id, table.c.state_hash).where(table.c.state_hash.is_not(None))
    for id_, hash_ in connection.execute(known):
        yield key(Subject(Kind.INCIDENT, id_)), hash_.hex()


def _others(connection: Connection) -> Iterator[tuple[str, str]]:
    found: dict[Subject, dict[str, int]] = {}
    for kind, id_, seq, hash_ in connection.execute(_OTHERS):
        found.setdefault(Subject(Kind(kind), id_), {})[hash_.hex()] = seq
    for subject, numbered in found.items():
        yield key(subject), facts_hash(numbered)
