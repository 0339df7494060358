"""One open write transaction of a site: acts write through it, sync applies through it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from dispatch.acts.log import Pen
from dispatch.domain import modes
from dispatch.domain.codes import Kind
from dispatch.domain.errors import BadInput, StoreError
from dispatch.domain.event import Event, Subject
from dispatch.domain.incident import Incident
from dispatch.domain.modes import Modes
from dispatch.domain.rules import Rules
from dispatch.store import events, folding, log_ins, meta, projection, reference, subjects
from dispatch.store.changes import Changes
from dispatch.store.heads import heads_of, with_one_more
from dispatch.store.identity import SiteIdentity
from dispatch.store.kept import Folded, Shelf
from dispatch.store.memory import Memory, Place
from dispatch.store.photos import Photos
from dispatch.store.prepared import Prepared
from dispatch.store.schema import BLOB, SECRET, VIEWS, WRITER, View
from dispatch.wire.chain import START
from dispatch.wire.envelope import Signed
from dispatch.wire.keys import new_secret, secret_id

_PLACE: Final = Prepared(
    select(WRITER.c.last_sseq, WRITER.c.last_hash).where(WRITER.c.inc == bindparam("name"))
)
_MOVE: Final = Prepared(
    update(WRITER)
    .where(WRITER.c.inc == bindparam("name"))
    .values(last_sseq=bindparam("sseq"), last_hash=bindparam("hash_"))
)
_KEY: Final = Prepared(
    select(SECRET.c.key)
    .where(SECRET.c.subject == bindparam("subject"))
    .order_by(SECRET.c.name)
    .limit(1)
)
_PUT_KEY: Final = Prepared(insert(SECRET), SECRET.columns.keys())
_PUT_BLOB: Final = Prepared(insert(BLOB).on_conflict_do_nothing(), BLOB.columns.keys())


class ActLog:
    """Implements `acts.Log` over the site's database, for one job in the writer's thread.

    Rows of folded incidents are written once, at `finish`, however many facts came to each.
    """

    def __init__(
        self, connection: Connection, identity: SiteIdentity, memory: Memory, photos: Photos
    ) -> None:
        self.connection = connection
        self.home = identity
        self.identity = identity
        self.memory = memory
        self.photos = photos
        self._changed: dict[str, tuple[Folded, projection.Shown]] = {}
        self._moved = False
        self._counted = False
        self._seen: set[Subject] = set()
        self._empty: set[str] = set()
        self._keyless: set[str] = set()
        self.flags: set[str] = set()
        self.unwanted: set[str] = set()

    # What acts need.

    @property
    def town(self) -> str:
        """Code of the town whose events are written."""
        return self.identity.town

    def stand_in(self, town: str) -> None:
        """Write for this town from here on: a city site has an incarnation for each.

        It is made when it is first needed. The next job stands at home again.
        """
        if town == self.identity.town:
            return
        self._keep_place()
        self.memory.modes = None
        if town == self.home.town:
            self.identity = self.home
            return
        found = select(WRITER.c.inc).where(
            WRITER.c.town == town, WRITER.c.own == 1, WRITER.c.state == "active"
        )
        inc = self.connection.execute(found).scalar()
        self.identity = replace(self.home, town=town, inc=inc or "")
        if inc is None:
            self.go_on_under_another_name()

    def rules(self) -> Rules:
        """Return the reference tables in force."""
        if self.memory.rules is None:
            self.memory.rules = reference.present_rules(self.connection, Shelf(1))
        return self.memory.rules

    def incident(self, id_: str) -> Incident | None:
        """Return the folded incident; None when nothing is known of it or it is out of scope."""
        folded = self.folded(id_)
        return folded.incident if folded else None

    def facts_of(self, subject: Subject) -> tuple[Event, ...]:
        """Return the facts of a subject that is no incident, as far as it is in scope."""
        return subjects.facts_of(self.connection, subject)

    def modes(self) -> Modes:
        """Return the town's modes, folded again only after a new fact."""
        subject = Subject(Kind.TOWN, self.town)
        heads = self.heads(subject)
        if self.memory.modes is None or self.memory.modes.heads != heads:
            self.memory.modes = modes.fold(self.facts_of(subject)) if heads else modes.NO_MODES
        return self.memory.modes

    def heads(self, subject: Subject) -> tuple[str, ...]:
        """Return the hashes of the subject's facts that no other has seen, sorted."""
        if subject.kind is Kind.INCIDENT:
            incident = self.incident(subject.id)
            return incident.heads if incident else ()
        known = self.memory.heads.get(subject)
        if known is None:
            known = heads_of(self.connection, subject)
            self.memory.heads.put(subject, known)
        return known

    def secret(self, subject: str) -> bytes:
        """Return the subject's key, made and kept when there is none yet."""
        key = self.memory.secrets.get(subject)
        if key is None:
            row = None
            if subject not in self._keyless:
                row = _KEY.run(self.connection, {"subject": subject}).fetchone()
            key = row[0] if row else self._make_secret(subject)
            self.memory.secrets.put(subject, key)
        return key

    def log_in(self, hash_: str) -> str:
        """Return the present hash of a log-in that may have been written anew (`reissue`)."""
        found = self.memory.log_ins.get(hash_)
        if found is None:
            found = log_ins.present(self.connection, hash_) if hash_ else hash_
            self.memory.log_ins.put(hash_, found)
        return found

    def pen(self) -> Pen:
        """Return the own writer's place after everything stored in this transaction."""
        place = self._place()
        offset, measured = self._clock()
        age = max(0, int(time.time()) - measured) if measured else 0
        return Pen(self.identity.inc, place.sseq, place.last, self.identity.signer, offset, age)

    def temp_number(self) -> str:
        """Return the next temporary number: site letter and counter."""
        if self.memory.temp is None:
            self.memory.temp = int(meta.get(self.connection, "temp_number") or 0)
        self.memory.temp += 1
        self._counted = True
        return f"{self.identity.letter}{self.memory.temp}"

    def store(self, event: Event, signed: Signed, plain: dict[str, str]) -> None:
        """Insert a new event of the own writer, fold its subject, index its text."""
        place = self._place()
        if (event.writer, event.sseq, event.prev) != (
            self.identity.inc,
            place.sseq + 1,
            place.last,
        ):
            raise StoreError(f"事件 {event.id} 的本机序号不连续")
        self._note_blobs(event)
        row = events.values(event, signed, sent=False)
        pos = events.INSERT.run(self.connection, row).lastrowid
        assert pos is not None
        self.memory.place = Place(event.sseq, event.hash)
        self._moved = True
        self.flags.add("sync")
        if event.subject.kind is Kind.INCIDENT:
            self._grow(event, plain, pos)
        else:
            self.note(event)
            self.memory.heads.put(event.subject, with_one_more(self.heads(event.subject), event))

    # What the other parts of the store need.

    @property
    def view(self) -> View:
        """The projection tables that are read now."""
        if self.memory.view is None:
            self.memory.view = meta.get(self.connection, "live")
            mark = meta.get(self.connection, "rebuilding") or ""
            self.memory.rebuilding = mark.partition(" ")[0] or None
        return VIEWS[self.memory.view or "a"]

    def look_up(self, ids: Collection[str]) -> None:
        """Learn of many incidents at once whether anything is known: a long job begins with it."""
        kept = {id_ for id_ in ids if self.memory.folded.get(id_) is None}
        there = events.with_any(self.connection, kept)
        self._empty |= kept - there - events.absent(self.connection, kept - there).keys()
        self._keyless |= kept - events.secrets(self.connection, kept).keys()

    def folded(self, id_: str) -> Folded | None:
        """Return the incident with what lies beside its fold, from memory or from the log."""
        found = self.memory.folded.get(id_)
        if found is not None or id_ in self._empty or events.is_absent(self.connection, id_):
            return found
        if events.has_any(self.connection, id_):
            found = folding.load(self.connection, (id_,)).get(id_)
        if found is None:
            self._empty.add(id_)
        else:
            self.memory.folded.put(id_, found)
        return found

    def replace(self, id_: str, folded: Folded, before: projection.Shown) -> None:
        """Let `folded` stand for the incident from now on; `before`: what the tables show."""
        _, shown = self._changed.get(id_, (folded, before))
        self._changed[id_] = folded, shown
        self.memory.folded.put(id_, folded)

    def reload(self, ids: set[str], known: Mapping[str, Event] | None = None) -> None:
        """Fold incidents anew from their stored events; one without any is taken out of sight.

        `known`: events that need not be decoded again, by hash.
        """
        there = folding.indexed(self.connection, self.view, ids)
        found = folding.load(self.connection, ids, known)
        for id_ in ids:
            pos, body = there.get(id_, (None, None))
            folded = found.get(id_)
            if folded is None and pos is None:
                continue
            if folded is None or pos not in {None, folded.pos}:
                # Its first event came to be held, or was read at last: the row has moved.
                self.forget(id_)
                body = None
            if folded is not None:
                self.replace(id_, folded, projection.Shown(body))

    def forget(self, id_: str) -> None:
        """Take an incident out of sight: its row, its text and what is remembered of it."""
        for view in self.views():
            projection.take_out(self.connection, view, id_)
        self.memory.folded.drop(id_)
        self.memory.secrets.drop(id_)
        self._changed.pop(id_, None)
        self._seen.add(Subject(Kind.INCIDENT, id_))

    def go_on_under_another_name(self) -> None:
        """Take up a new incarnation; what is written from here on begins its own sequence."""
        inc = secrets.token_hex(16)
        row = {"inc": inc, "town": self.identity.town, "pubkey": self.identity.signer.public}
        place = {"own": 1, "state": "active", "last_sseq": 0, "last_hash": START}
        self.connection.execute(insert(WRITER), row | place)
        self.identity = replace(self.identity, inc=inc)
        if self.identity.town == self.home.town:
            meta.put(self.connection, "inc", inc)
            self.home = self.identity
        self.memory.place = None
        self.flags.add("sync")

    def note(self, event: Event) -> None:
        """Remember which room an event of another kind than an incident concerns."""
        self._seen.add(event.subject)
        if event.subject.kind in {Kind.SESSION, Kind.SHIFT}:
            self.flags.add("shift")
        elif event.subject.kind is Kind.DUTY:
            self.flags.add("workers")
        elif event.subject.kind is Kind.TOWN:
            self.flags.add("town")
        elif event.subject.kind in {Kind.CAMPAIGN, Kind.NOTICE, Kind.OBJECT}:
            self.flags.add("tasks")

    def views(self) -> tuple[View, ...]:
        """Return every set of projection tables that has to be kept up to date."""
        live = self.view  # brings `rebuilding` with it
        rebuilding = self.memory.rebuilding
        return (live, VIEWS[rebuilding]) if rebuilding else (live,)

    def finish(self) -> Changes:
        """Write what was gathered; the writer commits right after."""
        self._keep_place(forget=self.identity is not self.home)
        if self._counted:
            meta.put(self.connection, "temp_number", str(self.memory.temp))
        self._write_rows()
        ids = {*self._changed, *(s.id for s in self._seen if s.kind is Kind.INCIDENT)}
        return Changes(frozenset(ids), **dict.fromkeys(self.flags, True))

    def undo(self) -> None:
        """Forget what this transaction has brought into memory."""
        if self._moved or self._counted or self._changed or self._seen or self.flags:
            self.memory.clear()

    # Inside.

    def _keep_place(self, *, forget: bool = True) -> None:
        """Write how far the present incarnation has come, and forget it if another is next."""
        place = self.memory.place
        if self._moved and place is not None:
            moved = {"name": self.identity.inc, "sseq": place.sseq, "hash_": place.last}
            _MOVE.run(self.connection, moved)
        if forget:
            self.memory.place = None

    def _write_rows(self) -> None:
        if not self._changed:
            return
        live, *shadow = self.views()
        projection.put(self.connection, live, list(self._changed.values()))
        for view in shadow:
            there = folding.indexed(self.connection, view, self._changed)
            folded = [folded for folded, _ in self._changed.values()]
            projection.put_over(self.connection, view, there, folded)

    def _grow(self, event: Event, plain: dict[str, str], pos: int) -> None:
        id_ = event.subject.id
        before = self.memory.folded.get(id_)
        if before is not None:
            self.replace(id_, folding.grown(before, event, plain), projection.shown(before))
        elif id_ in self._empty:
            self._empty.discard(id_)
            self.replace(id_, folding.begun(event, pos, plain), projection.Shown())
        elif not events.is_absent(self.connection, id_):
            # The event is in the table already, so this folds it too.
            self.reload({id_}, {event.hash: event})

    def _make_secret(self, subject: str) -> bytes:
        key = new_secret()
        self._keyless.discard(subject)
        _PUT_KEY.run(self.connection, {"subject": subject, "name": secret_id(key), "key": key})
        self._moved = True
        return key

    def _place(self) -> Place:
        if self.memory.place is None:
            self.memory.place = Place(
                *_PLACE.run(self.connection, {"name": self.identity.inc}).fetchone()
            )
        return self.memory.place

    def _clock(self) -> tuple[int, int]:
        if self.memory.clock is None:
            offset = int(meta.get(self.connection, "clock_offset_ms") or 0)
            self.memory.clock = offset, int(meta.get(self.connection, "clock_measured_s") or 0)
        return self.memory.clock

    def _note_blobs(self, event: Event) -> None:
        for sha256 in event.blobs:
            if not self.photos.has(sha256):
                raise BadInput(f"照片 {sha256[:12]}", "文件不在本机照片夹中")
            row = {"sha256": sha256, "subject": event.subject.id, "state": "queued"}
            _PUT_BLOB.run(self.connection, row)
