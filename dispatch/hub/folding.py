"""The hub's own fold: numbered events to projection and visibility, up to the town's number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from dispatch.domain.bodies import LoggedIn, SignedOn
from dispatch.domain.codes import Kind
from dispatch.domain.event import Event, Subject
from dispatch.domain.fold import fold
from dispatch.domain.incident import Incident
from dispatch.domain.rules import Rules
from dispatch.hub.places import Office
from dispatch.hub.reference import Reference
from dispatch.hub.schema import (
    ACCOUNT,
    EVENT,
    FOLDED,
    HEAD,
    PROJECTION,
    SITE,
    VISIBLE,
    WRITER,
)
from dispatch.wire.digest import facts_hash, incident_hash, key
from dispatch.wire.envelope import read

EVERYBODY = "*"
"""The node of subjects that concern every site of the town."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One subject to fold: its first new number, from which it is seen, and the last of all."""

    subject: Subject
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Folded:
    """What one subject is folded to, as a row of the projection, and who sees it."""

    row: dict[str, object]
    nodes: frozenset[str]


def events_of(
    connection: Connection, town: str, subject: str, last: int | None = None
) -> list[Event]:
    """Return a subject's events in order of number, those in quarantine left out.

    `last`: the highest number that is looked at; None for all.
    """
    query = (
        select(EVENT.c.bytes, EVENT.c.seq, EVENT.c.received_at, EVENT.c.number)
        .where(EVENT.c.town == town, EVENT.c.subject == subject, EVENT.c.quarantined == "")
        .order_by(EVENT.c.seq)
    )
    if last is not None:
        query = query.where(EVENT.c.seq <= last)
    return [_event(row) for row in connection.execute(query)]


def _event(row: Row[Any]) -> Event:  # Any: columns of the query above
    return replace(read(row.bytes), seq=row.seq, received_at=row.received_at, number=row.number)


def head_of(connection: Connection, town: str) -> int:
    """Return the town's last number."""
    return connection.execute(select(HEAD.c.seq).where(HEAD.c.town == town)).scalar() or 0


class Folding:
    """Folds what has been numbered, in steps; a step that was cut off is taken again."""

    def __init__(self, office: Office, reference: Reference) -> None:
        self._office = office
        self._reference = reference

    def catch_up(self, town: str) -> int:
        """Fold everything numbered in a town; return the number that it is folded to."""

        def marks(connection: Connection) -> tuple[int, int]:
            done = connection.execute(select(FOLDED.c.seq).where(FOLDED.c.town == town)).scalar()
            return head_of(connection, town), done or 0

        head, done = self._office.database.read(marks)
        if head == done:
            return done
        return self._office.database.write(lambda connection: self._step(connection, town))

    def _step(self, connection: Connection, town: str) -> int:
        self._office.database.insert_missing(connection, FOLDED, [{"town": town, "seq": 0}])
        locked = self._office.database.dialect.locked(
            select(FOLDED.c.seq).where(FOLDED.c.town == town)
        )
        done = connection.execute(locked).scalar_one()
        # Others may commit while this runs: nothing above this number is looked at.
        last = head_of(connection, town)
        new = connection.execute(
            select(EVENT.c.seq, EVENT.c.kind, EVENT.c.subject)
            .where(EVENT.c.town == town, EVENT.c.seq > done, EVENT.c.seq <= last)
            .where(EVENT.c.quarantined == "")
            .order_by(EVENT.c.seq)
        ).all()
        first: dict[tuple[str, str], int] = {}
        for row in new:
            first.setdefault((row.kind, row.subject), row.seq)
        rules = self._reference.rules(connection)
        for (kind, id_), seq in first.items():
            if kind in set(Kind):
                step = _Step(Subject(Kind(kind), id_), seq, last)
                self._refold(connection, town, step, rules)
        connection.execute(update(FOLDED).where(FOLDED.c.town == town).values(seq=last))
        return last

    def _refold(self, connection: Connection, town: str, step: _Step, rules: Rules) -> None:
        """Fold one subject again."""
        subject = step.subject
        every = events_of(connection, town, subject.id, step.last)
        events = [each for each in every if each.subject == subject]
        if subject.kind is Kind.INCIDENT:
            incident = fold(events)
            found = _Folded(_row_of(incident), _nodes(incident, rules))
        else:
            numbered = {each.hash: each.seq or 0 for each in events}
            nodes = self._others(connection, town, events)
            found = _Folded({"state_hash": facts_hash(numbered)}, nodes)
        name = key(subject)
        here = (PROJECTION.c.town == town) & (PROJECTION.c.subject == name)
        connection.execute(delete(PROJECTION).where(here))
        values = {"town": town, "subject": name, "seq": events[-1].seq, **found.row}
        connection.execute(insert(PROJECTION).values(**values))
        _show(connection, (town, name), found.nodes, step.first)

    def _others(self, connection: Connection, town: str, events: Sequence[Event]) -> frozenset[str]:
        """Who sees a session, a shift, a duty: the site it was written at, and its people's."""
        if events[0].subject.kind is Kind.TOWN:
            return frozenset({EVERYBODY})
        incs = {each.writer for each in events}
        sites = connection.execute(
            select(SITE.c.scope)
            .join(WRITER, WRITER.c.site == SITE.c.id)
            .where(WRITER.c.town == town, WRITER.c.inc.in_(incs))
        ).scalars()
        people = connection.execute(
            select(ACCOUNT.c.node).where(ACCOUNT.c.name.in_({each.actor for each in events}))
        ).scalars()
        return frozenset({*sites, *people, *_named(events)})


def _named(events: Iterable[Event]) -> Iterable[str]:
    for each in events:
        match each.body:
            case LoggedIn(node=node):
                yield node
            case SignedOn(grid=grid):
                yield grid
            case _:
                continue


def _row_of(incident: Incident) -> dict[str, object]:
    return {
        "state_hash": incident_hash(incident),
        "state": incident.state,
        "number": incident.number,
        "unit": incident.unit,
        "village": incident.village,
        "contested": len(incident.contested),
    }


def _nodes(incident: Incident, rules: Rules) -> frozenset[str]:
    """The organisation's nodes behind the codes that an incident concerns."""
    return frozenset(rules.unit_node(incident.town, code) for code in incident.concerned)


def _show(connection: Connection, of: tuple[str, str], nodes: frozenset[str], since: int) -> None:
    """Begin and end what nodes see. Only numbers after the last fold are ever written."""
    town, subject = of
    here = (VISIBLE.c.town == town) & (VISIBLE.c.subject == subject)
    seeing = select(VISIBLE.c.node).where(here, VISIBLE.c.until_seq.is_(None))
    before = frozenset(connection.execute(seeing).scalars())
    for node in sorted(before - nodes):
        gone = here & (VISIBLE.c.node == node) & VISIBLE.c.until_seq.is_(None)
        connection.execute(update(VISIBLE).where(gone).values(until_seq=since))
    rows = [
        {"town": town, "subject": subject, "node": node, "since_seq": since}
        for node in sorted(nodes - before)
    ]
    if rows:
        connection.execute(insert(VISIBLE), rows)
