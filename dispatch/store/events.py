"""The log's own statements: events, gaps and what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol

from sqlalchemy import Connection, Row, Select, bindparam, func, select, update

from dispatch.domain.codes import Kind
from dispatch.domain.errors import BadInput, Damage
from dispatch.domain.event import Event, Subject
from dispatch.store.prepared import Prepared
from dispatch.store.schema import ABSENT, EVENT, GAP, SECRET
from dispatch.wire.envelope import Numbers, Signed, plaintext, read
from dispatch.wire.header import Header

Keys = tuple[bytes, ...]
"""Every key of one subject that is known here."""

INSERT: Final = Prepared(
    EVENT.insert(), [each.name for each in EVENT.columns if each.name != "pos"]
)
INSERT_GAP: Final = Prepared(GAP.insert().prefix_with("OR REPLACE"), GAP.columns.keys())
E = EVENT.c

_PIECE: Final = 1_000
_SLACK_MS: Final = 24 * 3_600_000

_FACTS: Final = (
    select(E.pos, E.subject, E.raw, E.seq, E.received_at, E.number, E.sent, E.hash)
    .where(
        E.subject.in_(bindparam("subjects", expanding=True)),
        E.kind == Kind.INCIDENT.value,
        E.held.is_(None),
    )
    .order_by(E.pos)
)
_KNOWN: Final = select(E.hash, E.seq).where(E.hash.in_(bindparam("hashes", expanding=True)))
_NUMBER: Final = Prepared(
    update(EVENT)
    .where(bindparam("_hash") == E.hash)
    .values(
        seq=bindparam("_seq"),
        received_at=bindparam("_received_at"),
        number=bindparam("_number"),
        chain=bindparam("_chain"),
        held=func.coalesce(bindparam("_held"), E.held),
        sent=1,
    )
)
_SECRETS: Final = (
    select(SECRET.c.subject, SECRET.c.key)
    .where(SECRET.c.subject.in_(bindparam("subjects", expanding=True)))
    .order_by(SECRET.c.subject, SECRET.c.name)
)
_ABSENT: Final = select(ABSENT.c.subject, ABSENT.c.why).where(
    ABSENT.c.subject.in_(bindparam("subjects", expanding=True))
)
_IS_ABSENT: Final = Prepared(select(ABSENT.c.subject).where(ABSENT.c.subject == bindparam("name")))
_IS_KNOWN: Final = Prepared(select(E.pos).where(E.subject == bindparam("name")).limit(1))
_THERE: Final = (
    select(E.subject).where(E.subject.in_(bindparam("subjects", expanding=True))).distinct()
)
PIECE: Final = 500
"""How many names go into one statement."""


def values(event: Event, signed: Signed, *, sent: bool) -> dict[str, Any]:  # Any: one per column
    """Return the row of an event."""
    return {
        "hash": bytes.fromhex(signed.hash),
        "town": event.town,
        "seq": event.seq,
        "received_at": event.received_at,
        "number": event.number,
        "inc": event.writer,
        "sseq": event.sseq,
        "kind": event.subject.kind.value,
        "subject": event.subject.id,
        "type": event.type,
        "unit": event.unit.id if event.unit else None,
        "raw": signed.raw,
        "sig": signed.sig,
        "chain": None,
        "sent": int(sent),
        "held": None,
    }


class Carrier(Protocol):
    """An event's bytes with their header, as it came from elsewhere."""

    @property
    def header(self) -> Header:
        """What gives the event its place."""

    @property
    def hash(self) -> str:
        """Hex SHA-256 of the bytes."""

    @property
    def raw(self) -> bytes:
        """The bytes."""

    @property
    def sig(self) -> bytes:
        """Their signature."""


# Any: one value per column.
def of_header(each: Carrier, **beside: Any) -> dict[str, Any]:
    """Return the row of an event whose body need not be readable; `beside` are other columns."""
    header = each.header
    return {
        "hash": bytes.fromhex(each.hash),
        "town": header.town,
        "seq": None,
        "received_at": None,
        "number": None,
        "inc": header.inc,
        "sseq": header.sseq,
        "kind": header.subject.kind,
        "subject": header.subject.id,
        "type": header.type,
        "unit": header.unit.id if header.unit else None,
        "raw": each.raw,
        "sig": each.sig,
        "chain": None,
        "held": None,
    } | beside


def pieces(names: Iterable[str]) -> Iterable[list[str]]:
    """Cut names into lists that fit into one statement."""
    every = list(names)
    for start in range(0, len(every), PIECE):
        yield every[start : start + PIECE]


def known(connection: Connection, hashes: Iterable[str]) -> dict[str, int | None]:
    """Return those of the events that are stored here, with their numbers."""
    found: dict[str, int | None] = {}
    for piece in pieces(hashes):
        given = [bytes.fromhex(each) for each in piece]
        found.update(
            (hash_.hex(), seq) for hash_, seq in connection.execute(_KNOWN, {"hashes": given})
        )
    return found


def facts(connection: Connection, subjects: Iterable[str]) -> dict[str, list[Row[Any]]]:
    """Return the rows of the subjects' readable events, in order of arrival."""
    found: dict[str, list[Row[Any]]] = {}  # Any: columns as in `_FACTS`
    for piece in pieces(subjects):
        for row in connection.execute(_FACTS, {"subjects": piece}):
            found.setdefault(row.subject, []).append(row)
    return found


def decoded(raw: bytes, seq: int | None, received_at: int | None, number: str | None) -> Event:
    """Return the stored event with its numbers; bytes that no longer read are Damage."""
    try:
        return read(raw, Numbers(seq, received_at, number))
    except BadInput as error:
        raise Damage(error.where, error.what) from None


def of_kind(connection: Connection, kind: Kind, since: int, until: int) -> list[Event]:
    """Return the events of a kind, not of incidents, that happened in [since, until).

    From the last arrival backwards, until a whole piece happened long before: what happened later
    cannot have come earlier, but for a clock that is a day wrong.
    """
    found: list[Event] = []
    before = 1 << 62
    while True:
        rows = connection.execute(
            select(EVENT.c.pos, EVENT.c.raw, EVENT.c.seq, EVENT.c.received_at)
            .where(EVENT.c.kind == kind.value, EVENT.c.kind != "incident", EVENT.c.pos < before)
            .where(EVENT.c.held.is_(None))
            .order_by(EVENT.c.pos.desc())
            .limit(_PIECE)
        ).all()
        piece = [decoded(row.raw, row.seq, row.received_at, None) for row in rows]
        found += [each for each in piece if since <= each.corrected_at < until]
        if len(rows) < _PIECE or max(e.corrected_at for e in piece) < since - _SLACK_MS:
            return found
        before = rows[-1].pos


def set_numbers(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Give events their numbers; keys are those of the event's columns, with an underscore."""
    if rows:
        _NUMBER.run_many(connection, rows)


def secrets(connection: Connection, subjects: Iterable[str]) -> dict[str, Keys]:
    """Return the keys of the subjects that have any here.

    There are two where two seats sealed their first text while neither knew of the other's.
    """
    found: dict[str, Keys] = {}
    for piece in pieces(subjects):
        for subject, key in connection.execute(_SECRETS, {"subjects": piece}):
            found[subject] = (*found.get(subject, ()), key)
    return found


def absent(connection: Connection, subjects: Iterable[str]) -> dict[str, str]:
    """Return why subjects are not to be seen here: `left` the scope, or `partial` so far."""
    found: dict[str, str] = {}
    for piece in pieces(subjects):
        rows = connection.execute(_ABSENT, {"subjects": piece})
        found.update({row.subject: row.why for row in rows})
    return found


def is_absent(connection: Connection, subject: str) -> bool:
    """Return whether a subject is out of scope here or not complete yet."""
    return _IS_ABSENT.run(connection, {"name": subject}).fetchone() is not None


def with_any(connection: Connection, subjects: Iterable[str]) -> set[str]:
    """Return those subjects that anything is stored about."""
    found: set[str] = set()
    for piece in pieces(subjects):
        found.update(connection.execute(_THERE, {"subjects": piece}).scalars())
    return found


def has_any(connection: Connection, subject: str) -> bool:
    """Return whether anything about the subject is stored."""
    return _IS_KNOWN.run(connection, {"name": subject}).fetchone() is not None


def in_clear(event: Event, raw: bytes, keys: Keys) -> dict[str, str]:
    """Return the sealed fields in clear; empty without the key, or when the text is damaged.

    A wrong text must not stop the fold, which never reads it; `verify` names it.
    """
    if not event.sealed:
        return {}
    for key in keys:
        try:
            told = plaintext(raw, key)
        except BadInput:
            continue
        if told:
            return told
    return {}


def of_subject(subject: Subject) -> Select[Any]:
    """Return the statement for all of a subject's readable events, numbered ones first."""
    return (
        select(EVENT)
        .where(E.subject == subject.id, E.kind == subject.kind.value, E.held.is_(None))
        .order_by(E.seq.is_(None), E.seq, E.pos)
    )
