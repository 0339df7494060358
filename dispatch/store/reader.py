"""What can be asked of a site's store; every answer is a frozen value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Connection, Select, func, or_, select

from dispatch.domain.codes import Kind, Role
from dispatch.domain.event import Event, Subject
from dispatch.domain.incident import Incident
from dispatch.domain.rules import Rules
from dispatch.domain.shift import Shift
from dispatch.store import (
    apply,
    events,
    folding,
    meta,
    outbox,
    projection,
    reference,
    search,
    shifts,
)
from dispatch.store.kept import Folded, Shelf
from dispatch.store.prepared import Prepared
from dispatch.store.rows import Found, Held, IncidentRow, SessionRow, StoredEvent, Unsent
from dispatch.store.schema import BLOB, CURSOR, EVENT, SESSION, VIEWS, WRITER, View
from dispatch.store.states import digest_here
from dispatch.wire.protocol import CursorMark, Frame, Secret, WriterMark

_NAMED: Final = 500
_TAIL: Final = 4
_DAY: Final = 24 * 3_600_000
_MONTH: Final = 31 * _DAY
_OWN: Final = Prepared(
    select(WRITER.c.inc, WRITER.c.pubkey, WRITER.c.last_sseq, WRITER.c.last_hash, WRITER.c.town)
    .where(WRITER.c.own == 1)
    .order_by(WRITER.c.inc)
)
FORMER: Final = "former:"
"""Begins the facts that name the incident which had a human number before the hub went back."""
MOST: Final = 200
"""Counting stops here: "200+"."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What readers share: folds by (id, stamp of the row), rules by ETags."""

    folded: Shelf[tuple[str, int], Folded] = field(default_factory=lambda: Shelf(500))
    rules: Shelf[str, Rules] = field(default_factory=lambda: Shelf(2))
    shifts: Shelf[shifts.Mark, Shift] = field(default_factory=lambda: Shelf(20))


class Reader:
    """One short read transaction: everything it returns is of the same moment."""

    def __init__(self, connection: Connection, remembered: Remembered) -> None:
        self.connection = connection
        self._remembered = remembered

    @cached_property
    def view(self) -> View:
        """The projection tables in force."""
        return VIEWS[meta.get(self.connection, "live") or "a"]

    # Incidents.

    def incident(self, id_: str) -> Incident | None:
        """Return the folded incident; None when it is unknown or out of scope here."""
        table = self.view.incident
        stamp = self.connection.execute(select(table.c.stamp).where(table.c.id == id_)).scalar()
        if stamp is None:
            return None
        found = self._remembered.folded.get((id_, stamp))
        if found is None:
            found = folding.load(self.connection, (id_,))[id_]
            self._remembered.folded.put((id_, stamp), found)
        return found.incident

    def row(self, id_: str) -> IncidentRow | None:
        """Return one incident's row, or None."""
        return next(iter(self.rows((id_,))), None)

    def rows(self, ids: Iterable[str]) -> tuple[IncidentRow, ...]:
        """Return the rows of these incidents, oldest arrival first; unknown ones are left out."""
        table = self.view.incident
        found: list[IncidentRow] = []
        for piece in events.pieces(ids):
            found += self._rows(select(table).where(table.c.id.in_(piece)))
        return tuple(sorted(found, key=lambda row: row.pos))

    def open_rows(self) -> tuple[IncidentRow, ...]:
        """Return all open incidents and contested ended ones, oldest arrival first."""
        table = self.view.incident
        # Two partial indexes: an OR would read the whole table.
        found = {row.pos: row for row in self._rows(select(table).where(table.c.open == 1))}
        found |= {row.pos: row for row in self._rows(select(table).where(table.c.contested > 0))}
        return tuple(found[pos] for pos in sorted(found))

    def open_ids(self) -> tuple[str, ...]:
        """Return the ids of all open incidents, oldest arrival first."""
        table = self.view.incident
        found = select(table.c.id).where(table.c.open == 1).order_by(table.c.pos)
        return tuple(self.connection.execute(found).scalars())

    def page(
        self, limit: int, before: int | None = None, state: str | None = None
    ) -> tuple[IncidentRow, ...]:
        """Return a page of rows, newest arrival first; `before`: the last `pos` seen."""
        table = self.view.incident
        found = select(table).order_by(table.c.pos.desc()).limit(limit)
        if before is not None:
            found = found.where(table.c.pos < before)
        if state is not None:
            found = found.where(table.c.state == state)
        return tuple(self._rows(found))

    def reported_between(self, from_at: int, to_at: int) -> tuple[str, ...]:
        """Return the ids of the incidents reported from `from_at` up to before `to_at`."""
        table = self.view.incident
        inside = table.c.reported_at.between(from_at, to_at - 1)
        return tuple(
            self.connection.execute(
                select(table.c.id).where(inside).order_by(table.c.reported_at, table.c.id)
            ).scalars()
        )

    def touched_since(self, moment: int) -> tuple[str, ...]:
        """Return the ids that are open or were still so at `moment`, in order of arrival."""
        table = self.view.incident
        found = select(table.c.id).where(or_(table.c.open == 1, table.c.entered_at >= moment))
        return tuple(self.connection.execute(found.order_by(table.c.pos)).scalars())

    def alive_between(self, from_at: int, to_at: int) -> tuple[str, ...]:
        """Return the ids reported before `to_at` that were open or moved at or after `from_at`."""
        table = self.view.incident
        alive = or_(table.c.open == 1, table.c.entered_at >= from_at)
        found = select(table.c.id).where(table.c.reported_at < to_at, alive)
        return tuple(self.connection.execute(found.order_by(table.c.pos)).scalars())

    def first_reported_at(self) -> int | None:
        """Return when the first incident known here was reported; None without one."""
        found: int | None = self.connection.execute(
            select(func.min(self.view.incident.c.reported_at))
        ).scalar()
        return found

    def named(self, text: str) -> tuple[str, ...]:
        """Return the incidents with this id, number, temporary number or last four digits.

        Numbers are part of the searched text, so the search index serves for them too. One that
        had the number before the hub went back (`rewinding`) is named by it too.
        """
        if self.row(text) is not None:
            return (text,)
        # Numbers are of ASCII letters, digits and strokes: most searched words end here.
        if not (text.isascii() and text.replace("-", "").isalnum()):
            return ()
        rows = self.rows(search.lines(self.connection, self.view, text, _NAMED, whole=True))
        whole = tuple(row.id for row in rows if text in {row.number, row.temp})
        former = meta.get(self.connection, FORMER + text)
        if former is not None and former not in whole and self.row(former) is not None:
            whole = (*whole, former)
        if whole or len(text) != _TAIL:
            return whole
        rows = self.rows(search.lines(self.connection, self.view, text, _NAMED, whole=False))
        return tuple(row.id for row in rows if text == row.tail)

    def search(self, piece: str, limit: int = 50, before: int | None = None) -> Found:
        """Return a page of the incidents whose text holds the piece, newest arrival first."""
        return search.find(self.connection, self.view, piece, limit, before)

    def count(self, piece: str, most: int = MOST) -> int:
        """Return how many incidents hold the piece; more than `most` is `most` + 1."""
        return search.count(self.connection, self.view, piece, most + 1)

    def _rows(self, statement: Select[Any]) -> list[IncidentRow]:
        return [projection.of_row(row) for row in self.connection.execute(statement)]

    # The log.

    def events(self, subject: Subject) -> tuple[StoredEvent, ...]:
        """Return a subject's events, numbered ones first by number, then by arrival."""
        rows = self.connection.execute(events.of_subject(subject)).all()
        if subject.kind is Kind.INCIDENT and events.absent(self.connection, (subject.id,)):
            return ()
        keys = events.secrets(self.connection, (subject.id,)).get(subject.id, ())
        found: list[StoredEvent] = []
        for row in rows:
            event = events.decoded(row.raw, row.seq, row.received_at, row.number)
            plain = events.in_clear(event, row.raw, keys)
            found.append(StoredEvent(event, row.raw, row.sig, plain, bool(row.sent)))
        return tuple(found)

    def subjects(self, kind: Kind, limit: int = 1000) -> tuple[Subject, ...]:
        """Return the subjects of a kind other than incident, last written ones first."""
        found = (
            select(EVENT.c.subject)
            .where(EVENT.c.kind == kind.value, EVENT.c.kind != "incident")
            .group_by(EVENT.c.subject)
            .order_by(func.max(EVENT.c.pos).desc())
            .limit(limit)
        )
        return tuple(Subject(kind, id_) for id_ in self.connection.execute(found).scalars())

    def shift(self, id_: str) -> Shift:
        """Return a shift as its facts say; one that nothing is known of is empty."""
        return shifts.load(self.connection, id_, self._remembered.shifts)

    def records(self, from_at: int, to_at: int) -> tuple[Event, ...]:
        """Return the events about no incident from a day before a span to its end.

        Those of shifts from a week before it, of campaigns from a month, those of the town from
        its beginning: what was promised or ordered then may still stand. By time.
        """
        before = {Kind.SHIFT: from_at - 7 * _DAY, Kind.CAMPAIGN: from_at - _MONTH, Kind.TOWN: 0}
        found: list[Event] = []
        for kind in Kind:
            if kind not in {Kind.INCIDENT, Kind.SESSION}:
                since = before.get(kind, from_at - _DAY)
                found += events.of_kind(self.connection, kind, since, to_at)
        return tuple(sorted(found, key=lambda each: (each.corrected_at, each.hash)))

    def plain(self, hashes: Iterable[str]) -> dict[str, dict[str, str]]:
        """Return the sealed fields in clear of these events, by hash."""
        found: dict[str, dict[str, str]] = {}
        for piece in events.pieces(hashes):
            given = [bytes.fromhex(each) for each in piece]
            rows = self.connection.execute(select(EVENT).where(EVENT.c.hash.in_(given))).all()
            keys = events.secrets(self.connection, {row.subject for row in rows})
            for row in rows:
                event = events.decoded(row.raw, None, None, None)
                found[event.hash] = events.in_clear(event, row.raw, keys.get(row.subject, ()))
        return found

    def quarantine(self) -> tuple[Held, ...]:
        """Return every event that is kept but not folded, oldest first."""
        found = select(EVENT).where(EVENT.c.held.is_not(None)).order_by(EVENT.c.pos)
        return tuple(
            Held(
                row.hash.hex(),
                *(row.kind, row.subject, row.type, row.inc, row.seq, row.received_at, row.held),
            )
            for row in self.connection.execute(found)
        )

    # Sync.

    def pending(self, limit: int, size: int) -> tuple[Frame, ...]:
        """Return what the hub has not answered for: `outbox.pending`."""
        return outbox.pending(self.connection, limit, size)

    def unsent(self) -> Unsent:
        """Return how much the hub has not answered for."""
        return outbox.unsent(self.connection)

    def writers(self) -> tuple[WriterMark, ...]:
        """Return the site's own incarnations and how far each has written."""
        return tuple(WriterMark(*row) for row in _OWN.run(self.connection))

    def cursor(self, town: str) -> CursorMark:
        """Return how far a town has been read."""
        return apply.cursor(self.connection, town)

    def cursors(self) -> dict[str, CursorMark]:
        """Return how far each town has been read of which anything was."""
        rows = self.connection.execute(select(CURSOR))
        return {row.town: CursorMark(row.seq, row.chain) for row in rows}

    def keys(self, subjects: Iterable[str]) -> tuple[Secret, ...]:
        """Return the keys of these subjects, as they travel with their events."""
        found = events.secrets(self.connection, subjects)
        return tuple(Secret(subject, key) for subject in sorted(found) for key in found[subject])

    def digest(self, town: str) -> str:
        """Return the digest of everything numbered of a town that is in scope here."""
        return digest_here(self.connection, self.view, town)

    def blobs(self, state: str, limit: int = 50, after: str = "") -> tuple[tuple[str, str], ...]:
        """Return (SHA-256, subject) of photos that are `queued` here or `wanted` from the hub.

        `after`: the last SHA-256 of the page before.
        """
        found = select(BLOB.c.sha256, BLOB.c.subject).where(
            BLOB.c.state == state, BLOB.c.state != "kept", BLOB.c.sha256 > after
        )
        rows = self.connection.execute(found.order_by(BLOB.c.sha256, BLOB.c.subject).limit(limit))
        return tuple((row.sha256, row.subject) for row in rows)

    def fact(self, name: str) -> str | None:
        """Return a small fact that sync has kept (`SiteLog.set_fact`), or None."""
        return meta.get(self.connection, name)

    # Reference tables and people.

    def rules(self) -> Rules:
        """Return the rules in force; a table that has not come yet is a BadInput."""
        return reference.present_rules(self.connection, self._remembered.rules)

    def table(self, name: str) -> reference.ReferenceTable | None:
        """Return a reference table, or None."""
        return reference.get(self.connection, name)

    def etags(self) -> dict[str, str]:
        """Return the ETag of every reference table that is here."""
        return reference.etags(self.connection)

    def has(self, hash_: str) -> bool:
        """Whether an event is stored here; what is no hash is not."""
        try:
            return bool(events.known(self.connection, (hash_,)))
        except ValueError:
            return False

    def sessions(self) -> tuple[SessionRow, ...]:
        """Return every session that was not ended, expired ones too."""
        found = select(SESSION).where(SESSION.c.ended == 0).order_by(SESSION.c.hash)
        return tuple(
            SessionRow(
                row.hash,
                row.account,
                tuple(Role(each).value for each in row.roles.split()),
                row.node,
                row.expires_at,
            )
            for row in self.connection.execute(found)
        )
