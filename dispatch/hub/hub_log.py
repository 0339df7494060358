"""The hub as a writer: the same `acts` code as a seat, over the town's numbered events."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select, update

from dispatch.acts.log import Pen
from dispatch.acts.perform import new_id
from dispatch.domain import modes
from dispatch.domain.codes import Kind
from dispatch.domain.event import Event, Subject
from dispatch.domain.fold import fold
from dispatch.domain.graph import Graph
from dispatch.domain.incident import Incident
from dispatch.domain.modes import Modes
from dispatch.domain.rules import Rules
from dispatch.hub.folding import events_of
from dispatch.hub.numbering import Entry, append, lock_head
from dispatch.hub.places import Office
from dispatch.hub.reference import Reference
from dispatch.hub.schema import SECRET, WRITER
from dispatch.wire.envelope import Signed
from dispatch.wire.keys import new_secret, secret_id

LETTER = "H"
"""Begins the temporary numbers of what comes in through the hub."""
SKIPPED = 1000
"""Temporary numbers left out by a new writer: those of an earlier life stand on paper."""


def make_writer(office: Office, connection: Connection, town: str) -> None:
    """Give the hub a writer for a town, unless it has one."""
    query = select(WRITER.c.inc).where(
        WRITER.c.town == town, WRITER.c.site.is_(None), WRITER.c.state == "active"
    )
    if connection.execute(query).first() is None:
        inc = new_id()
        connection.execute(
            insert(WRITER).values(
                town=town,
                inc=inc,
                pubkey=office.keys.writer(town, inc).public,
                state="active",
                last_sseq=0,
                last_hash="",
                temps=_temps(connection, town),
            )
        )


def _temps(connection: Connection, town: str) -> int:
    """Return where a new writer begins to count: not where one before it may have been."""
    query = select(func.max(WRITER.c.temps)).where(WRITER.c.town == town, WRITER.c.site.is_(None))
    last: int | None = connection.execute(query).scalar()
    return 0 if last is None else last + SKIPPED


class HubLog:
    """One write transaction in a town. The town's counter is locked from the first line on.

    So what is decided here has seen every number before its own: quick calls one after the
    other are never taken for concurrent ones.
    """

    def __init__(
        self, office: Office, reference: Reference, connection: Connection, town: str
    ) -> None:
        self._office = office
        self._reference = reference
        self._connection = connection
        self._town = town
        query = select(WRITER).where(
            WRITER.c.town == town, WRITER.c.site.is_(None), WRITER.c.state == "active"
        )
        locked = office.database.dialect.locked(query)
        row = connection.execute(locked).first()
        if row is None:
            # The town's first act here; the counter's lock keeps a second one from doing the same.
            lock_head(office.database, connection, town)
            make_writer(office, connection, town)
            row = connection.execute(locked).one()
        self._writer = row
        self._place = (self._writer.last_sseq, self._writer.last_hash)
        lock_head(office.database, connection, town)

    @property
    def town(self) -> str:
        """Code of the town whose events are written."""
        return self._town

    def rules(self) -> Rules:
        """Return the reference tables in force."""
        return self._reference.rules(self._connection)

    def incident(self, id_: str) -> Incident | None:
        """Return the incident folded to the town's last number."""
        events = self._events(Subject(Kind.INCIDENT, id_))
        return fold(events) if events else None

    def facts_of(self, subject: Subject) -> tuple[Event, ...]:
        """Return the facts of a subject in order of number."""
        return tuple(self._events(subject))

    def modes(self) -> Modes:
        """Return the town's modes at the town's last number."""
        return modes.fold(self._events(Subject(Kind.TOWN, self._town)))

    def heads(self, subject: Subject) -> tuple[str, ...]:
        """Return the hashes of the subject's facts that no other has seen, sorted."""
        return Graph(self._events(subject)).heads()

    def secret(self, subject: str) -> bytes:
        """Return the subject's key, made and kept when there is none yet."""
        query = select(SECRET.c.key).where(SECRET.c.town == self._town, SECRET.c.subject == subject)
        key: bytes | None = self._connection.execute(query.order_by(SECRET.c.key_id)).scalar()
        if key is None:
            key = new_secret()
            row = {"town": self._town, "subject": subject, "key_id": secret_id(key), "key": key}
            self._connection.execute(insert(SECRET).values(**row))
        return key

    def log_in(self, hash_: str) -> str:
        """Return the log-in's hash: nothing at the hub is written anew."""
        return hash_

    def pen(self) -> Pen:
        """Return the hub writer's place. The hub's clock is the one others are measured by."""
        inc = self._writer.inc
        sseq, last = self._place
        return Pen(inc, sseq, last, self._office.keys.writer(self._town, inc))

    def temp_number(self) -> str:
        """Return the next temporary number: a letter of the hub's own and a counter."""
        here = (WRITER.c.town == self._town) & (WRITER.c.inc == self._writer.inc)
        count = self._connection.execute(select(WRITER.c.temps).where(here)).scalar_one() + 1
        self._connection.execute(update(WRITER).where(here).values(temps=count))
        return f"{LETTER}{count}"

    def store(self, event: Event, signed: Signed, plain: dict[str, str]) -> None:
        """Number the event at once; plaintext is not kept beside it."""
        del plain
        entry = Entry(
            inc=event.writer,
            sseq=event.sseq,
            kind=event.subject.kind,
            subject=event.subject.id,
            type=event.type,
            raw=signed.raw,
            sig=signed.sig,
            hash=signed.hash,
        )
        now = self._office.clock()
        append(self._office.database, self._connection, self._town, (entry,), now)
        self._place = (event.sseq, event.hash)
        here = (WRITER.c.town == self._town) & (WRITER.c.inc == event.writer)
        place = {"last_sseq": event.sseq, "last_hash": event.hash}
        self._connection.execute(update(WRITER).where(here).values(**place))

    def _events(self, subject: Subject) -> list[Event]:
        every = events_of(self._connection, self._town, subject.id)
        return [event for event in every if event.subject == subject]
