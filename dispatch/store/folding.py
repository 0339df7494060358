"""Fold subjects from the log, with the plaintext and the marks that lie beside the fold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from dispatch.domain.event import Event
from dispatch.domain.fold import evolve, fold
from dispatch.domain.incident import Incident
from dispatch.store import events
from dispatch.store.kept import Folded, Plain
from dispatch.store.projection import body_of, numbered_hash
from dispatch.store.schema import VIEWS, View

_MARKS: Final = {
    name: select(view.incident.c.id, view.incident.c.pos, view.words.c.body)
    .join_from(view.incident, view.words, view.incident.c.pos == view.words.c.pos, isouter=True)
    .where(view.incident.c.id.in_(bindparam("ids", expanding=True)))
    for name, view in VIEWS.items()
}


def load(
    connection: Connection, ids: Iterable[str], known: Mapping[str, Event] | None = None
) -> dict[str, Folded]:
    """Fold incidents anew from their stored events; ids without any are left out.

    `known`: events that need not be decoded again, by hash.
    """
    rows = events.facts(connection, ids)
    keys = events.secrets(connection, rows)
    return {id_: _folded(rows[id_], keys.get(id_, ()), known or {}) for id_ in rows}


def _folded(rows: list[Row[Any]], keys: events.Keys, known: Mapping[str, Event]) -> Folded:
    facts: list[Event] = []
    plain: Plain = {}
    for row in rows:
        fact = known.get(row.hash.hex()) or events.decoded(
            row.raw, row.seq, row.received_at, row.number
        )
        facts.append(fact)
        told = events.in_clear(fact, row.raw, keys)
        if told:
            plain[fact.hash] = told
    unsent = frozenset(row.hash.hex() for row in rows if not row.sent)
    return made(facts, rows[0].pos, plain, unsent)


def made(facts: Iterable[Event], pos: int, plain: Plain, unsent: frozenset[str]) -> Folded:
    """Fold facts, with the hash of what is numbered among them."""
    return _beside(fold(facts), pos, plain, unsent)


def begun(event: Event, pos: int, told: dict[str, str]) -> Folded:
    """Return the incident that a first pending fact of the own writer makes."""
    plain = {event.hash: told} if told else {}
    return _beside(evolve(None, event), pos, plain, frozenset((event.hash,)))


def _beside(incident: Incident, pos: int, plain: Plain, unsent: frozenset[str]) -> Folded:
    return Folded(incident, pos, plain, unsent, numbered_hash(incident), body_of(incident, plain))


def grown(before: Folded, event: Event, told: dict[str, str]) -> Folded:
    """Return the incident with one more pending fact of the own writer."""
    incident = evolve(before.incident, event)
    plain = before.plain | {event.hash: told} if told else before.plain
    quiet = not told and incident.temp == before.incident.temp
    return Folded(
        incident,
        before.pos,
        plain,
        before.unsent | {event.hash},
        before.state_hash,  # only numbered facts are in it
        before.body if quiet else body_of(incident, plain),
    )


def merged(
    before: Folded, facts: Collection[Event], plain: Plain, answered: frozenset[str]
) -> Folded:
    """Return the incident with facts that came or got their numbers, and answers that came."""
    incident = before.incident
    known = {fact.hash for fact in incident.facts}
    for fact in facts:
        if fact.hash in known:
            return _renumbered(before, facts, plain, answered)
        incident = evolve(incident, fact)
    return _beside(incident, before.pos, before.plain | plain, before.unsent - answered)


def _renumbered(
    before: Folded, facts: Collection[Event], plain: Plain, answered: frozenset[str]
) -> Folded:
    every = {fact.hash: fact for fact in before.facts}
    every.update((fact.hash, fact) for fact in facts)
    unsent = before.unsent - answered
    return made(every.values(), before.pos, before.plain | plain, unsent)


def indexed(
    connection: Connection, view: View, ids: Iterable[str]
) -> dict[str, tuple[int, str | None]]:
    """Return the place of each incident's row and the text that it is found by now."""
    found: dict[str, tuple[int, str | None]] = {}
    for piece in events.pieces(ids):
        rows = connection.execute(_MARKS[view.name], {"ids": piece})
        found.update({row.id: (row.pos, row.body) for row in rows})
    return found
