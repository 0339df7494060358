"""The hub's own fold: numbered events to projection and visibility, up to the town's number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Column, Connection, Row, bindparam, delete, insert, select, update

from dispatch.domain.bodies import SignedOn
from dispatch.domain.bodies_shift import LoggedIn
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


STEP: Final = 2_000
"""Events in one transaction of the fold at most."""
PIECE: Final = 400
"""Subjects in one statement at most."""
_HEAD: Final = select(HEAD.c.seq).where(HEAD.c.town == bindparam("town"))
_LEVELS: Final = (
    select(HEAD.c.seq, FOLDED.c.seq)
    .outerjoin(FOLDED, FOLDED.c.town == HEAD.c.town)
    .where(HEAD.c.town == bindparam("town"))
)


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


def _events_of_all(
    connection: Connection, town: str, ids: Sequence[str], last: int
) -> dict[Subject, list[Event]]:
    """Return the events of several subjects up to a number, each subject's in order."""
    query = (
        select(EVENT.c.bytes, EVENT.c.seq, EVENT.c.received_at, EVENT.c.number)
        .where(EVENT.c.town == town, EVENT.c.subject.in_(ids), EVENT.c.seq <= last)
        .where(EVENT.c.quarantined == "")
        .order_by(EVENT.c.seq)
    )
    found: dict[Subject, list[Event]] = {}
    for row in connection.execute(query):
        event = _event(row)
        found.setdefault(event.subject, []).append(event)
    return found


def head_of(connection: Connection, town: str) -> int:
    """Return the town's last number."""
    return connection.execute(_HEAD, {"town": town}).scalar() or 0


def levels(connection: Connection, town: str) -> tuple[int, int]:
    """Return the town's last number, and the number that it is folded to."""
    row = connection.execute(_LEVELS, {"town": town}).first()
    return (row[0], row[1] or 0) if row else (0, 0)


class Folding:
    """Folds what has been numbered, in steps; a step that was cut off is taken again."""

    def __init__(self, office: Office, reference: Reference) -> None:
        self._office = office
        self._reference = reference

    def catch_up(self, town: str) -> int:
        """Fold everything numbered in a town; return the number that it is folded to."""
        head, done = self._office.database.read(lambda connection: levels(connection, town))
        while done < head:
            done = self._office.database.write(lambda connection: self._step(connection, town))
        return done

    def _step(self, connection: Connection, town: str) -> int:
        self._office.database.insert_missing(connection, FOLDED, [{"town": town, "seq": 0}])
        locked = self._office.database.dialect.locked(
            select(FOLDED.c.seq).where(FOLDED.c.town == town)
        )
        done = connection.execute(locked).scalar_one()
        # Others may commit while this runs: nothing above this number is looked at.
        last: int = min(head_of(connection, town), done + STEP)
        new = connection.execute(
            select(EVENT.c.seq, EVENT.c.kind, EVENT.c.subject)
            .where(EVENT.c.town == town, EVENT.c.seq > done, EVENT.c.seq <= last)
            .where(EVENT.c.quarantined == "", EVENT.c.kind.in_(list(Kind)))
            .order_by(EVENT.c.seq)
        ).all()
        first: dict[Subject, int] = {}
        for row in new:
            first.setdefault(Subject(Kind(row.kind), row.subject), row.seq)
        subjects = list(first)
        for start in range(0, len(subjects), PIECE):
            piece = subjects[start : start + PIECE]
            ids = [each.id for each in piece]
            events = _events_of_all(connection, town, ids, last)
            self._refold(connection, town, {each: events[each] for each in piece}, first)
        connection.execute(update(FOLDED).where(FOLDED.c.town == town).values(seq=last))
        return last

    def _refold(
        self,
        connection: Connection,
        town: str,
        events: Mapping[Subject, list[Event]],
        first: Mapping[Subject, int],
    ) -> None:
        """Fold subjects again; each is seen from its `first` new number."""
        rules = self._reference.rules(connection)
        rows: list[dict[str, object]] = []
        seen: dict[str, tuple[frozenset[str], int]] = {}
        for subject, facts in events.items():
            found = self._fold(connection, facts, rules)
            name = key(subject)
            place = {"town": town, "subject": name, "seq": facts[-1].seq}
            rows.append({**_NO_INCIDENT, **place, **found.row})
            seen[name] = (found.nodes, first[subject])
        old = PROJECTION.c.subject.in_(list(seen))
        connection.execute(delete(PROJECTION).where(PROJECTION.c.town == town, old))
        connection.execute(insert(PROJECTION), rows)
        _show(connection, town, seen)

    def _fold(self, connection: Connection, facts: Sequence[Event], rules: Rules) -> _Folded:
        if facts[0].subject.kind is Kind.INCIDENT:
            incident = fold(facts)
            return _Folded(row_of(incident), _nodes(incident, rules))
        numbered = {each.hash: each.seq or 0 for each in facts}
        nodes = self._others(connection, facts[0].town, facts)
        return _Folded({"state_hash": facts_hash(numbered)}, nodes)

    def _others(self, connection: Connection, town: str, events: Sequence[Event]) -> frozenset[str]:
        """Who sees a session, a shift, a duty: the site it was written at, and its people's."""
        if events[0].subject.kind is Kind.TOWN:
            return frozenset({EVERYBODY})
        if events[0].subject.kind in {Kind.CAMPAIGN, Kind.NOTICE, Kind.OBJECT}:
            # Who gets a task or a notice is what its author said, not where answers come from.
            nodes = {node for each in events for node in each.see_add}
            return frozenset(node for node in nodes if _fitting(node, VISIBLE.c.node))
        incs = {each.writer for each in events}
        sites = connection.execute(
            select(SITE.c.scope)
            .join(WRITER, WRITER.c.site == SITE.c.id)
            .where(WRITER.c.town == town, WRITER.c.inc.in_(incs))
        ).scalars()
        actors = {_fitting(each.actor, ACCOUNT.c.name) for each in events} - {None}
        people = connection.execute(
            select(ACCOUNT.c.node).where(ACCOUNT.c.name.in_(actors))
        ).scalars()
        named = {*sites, *people, *_named(events)}
        return frozenset(node for node in named if _fitting(node, VISIBLE.c.node))


def _named(events: Iterable[Event]) -> Iterable[str]:
    for each in events:
        match each.body:
            case LoggedIn(node=node):
                yield node
            case SignedOn(grid=grid):
                yield grid
            case _:
                continue


_NO_INCIDENT: Final[dict[str, object]] = {
    "state": None,
    "number": None,
    "unit": None,
    "village": None,
    "contested": 0,
}


def row_of(incident: Incident) -> dict[str, object]:
    """Return what the projection's row says of a folded incident."""
    return {
        "state_hash": incident_hash(incident),
        "state": incident.state,
        "number": incident.number,
        "unit": _fitting(incident.unit, PROJECTION.c.unit),
        "village": _fitting(incident.village, PROJECTION.c.village),
        "contested": len(incident.contested),
    }


def _nodes(incident: Incident, rules: Rules) -> frozenset[str]:
    """The organisation's nodes behind the codes that an incident concerns."""
    named = (rules.unit_node(incident.town, code) for code in incident.concerned)
    return frozenset(node for node in named if _fitting(node, VISIBLE.c.node))


def _fitting(text: str | None, column: Column[Any]) -> str | None:  # Any: a column of text
    """Return what a column can hold, None for what no code is like.

    Bodies are facts and are never refused; one with a monstrous code must not stop the town.
    """
    length = getattr(column.type, "length", None) or 0
    return text if text and len(text) <= length and "\0" not in text else None


def _show(
    connection: Connection, town: str, seen: Mapping[str, tuple[frozenset[str], int]]
) -> None:
    """Begin and end what nodes see. Only numbers after the last fold are ever written."""
    still = (VISIBLE.c.town == town) & VISIBLE.c.until_seq.is_(None)
    query = select(VISIBLE.c.subject, VISIBLE.c.node).where(
        still, VISIBLE.c.subject.in_(list(seen))
    )
    before: dict[str, set[str]] = {}
    for row in connection.execute(query):
        before.setdefault(row.subject, set()).add(row.node)
    new: list[dict[str, object]] = []
    for subject, (nodes, since) in seen.items():
        known = before.get(subject, set())
        for node in sorted(known - nodes):
            gone = still & (VISIBLE.c.subject == subject) & (VISIBLE.c.node == node)
            connection.execute(update(VISIBLE).where(gone).values(until_seq=since))
        place = {"town": town, "subject": subject, "since_seq": since}
        new.extend({**place, "node": node} for node in sorted(nodes - known))
    if new:
        connection.execute(insert(VISIBLE), new)
