"""What a bundle takes from a store, and what another site's pending events become in one.

Others' pending events are kept as those that a hub has lost are: unnumbered, folded, offered to
the hub with every push until it answers for them (`rewinding.RESCUE`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from dispatch.domain.codes import Kind
from dispatch.domain.errors import BadInput
from dispatch.domain.event import Event, Subject
from dispatch.store import apply, events, meta, outbox, writers
from dispatch.store.outbox import RESCUING
from dispatch.store.rewinding import RESCUE
from dispatch.store.schema import BLOB, EVENT, WRITER
from dispatch.store.site_log import SiteLog
from dispatch.wire.envelope import read
from dispatch.wire.header import Header, read_header
from dispatch.wire.keys import signed_by
from dispatch.wire.protocol import Frame, Secret

E = EVENT.c


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of others' pending events: new here, known already, not taken and why."""

    new: int = 0
    known: int = 0
    refused: tuple[str, ...] = ()

    def __add__(self, other: Taken) -> Taken:
        return Taken(
            self.new + other.new, self.known + other.known, (*self.refused, *other.refused)
        )


NOTHING: Final = Taken()


@dataclass(frozen=True, slots=True)
class _Come:
    """A pending event of another writer, taken apart."""

    hash: str
    raw: bytes
    sig: bytes
    header: Header
    event: Event | None
    held: str | None


def waiting(connection: Connection, limit: int, size: int) -> Iterator[tuple[Frame, ...]]:
    """Yield all that waits here for a number, own and others', in pushes of these bounds.

    Each writer's in order, units whole.
    """
    rows = connection.execute(
        select(E.pos, E.raw, E.sig, E.unit).where(E.sent != 1).order_by(E.inc, E.sseq)
    ).all()
    yield from outbox.pushes(rows, limit, size)


def waiting_after(
    connection: Connection, after: int, limit: int, size: int
) -> tuple[tuple[Frame, ...], int]:
    """Return the next push of what waits here behind a place of the log, and where it ends.

    In order of arrival, units whole.
    """
    rows = connection.execute(
        select(E.pos, E.raw, E.sig, E.unit)
        .where(E.sent != 1, E.pos > after)
        .order_by(E.pos)
        .limit(limit + outbox.LONGEST_UNIT)
    ).all()
    frames: tuple[Frame, ...] = next(outbox.pushes(rows, limit, size), ())
    return frames, rows[len(frames) - 1].pos if frames else after


def known_keys(connection: Connection) -> dict[str, bytes]:
    """Return the public keys of the town's writers that are known here."""
    rows = connection.execute(select(WRITER.c.inc, WRITER.c.pubkey).where(WRITER.c.pubkey != b""))
    return {row.inc: row.pubkey for row in rows}


def take(
    log: SiteLog, frames: Iterable[Frame], secrets: Iterable[Secret], keys: Mapping[str, bytes]
) -> Taken:
    """Keep others' pending events and their subjects' keys; fold what they touch.

    `keys`: the public key of every writer of the town, as the hub has signed them. An event
    whose signature is not that of its writer is left out and named, the others stand.
    """
    given = {hashlib.sha256(each.event.encode()).hexdigest(): each for each in frames}
    known = events.known(log.connection, given)
    new: list[_Come] = []
    refused: list[str] = []
    for hash_, frame in given.items():
        if hash_ in known:
            continue
        try:
            new.append(_opened(log, hash_, frame, keys))
        except BadInput as bad:
            refused.append(f"{hash_[:12]} {bad.what}")
    _keep(log, new)
    about = {each.header.subject.id for each in new}
    here = about | events.with_any(log.connection, {each.subject for each in secrets})
    keyed = apply.put_keys(log, [each for each in secrets if each.subject in here])
    _show(log, new, keyed)
    return Taken(len(new), len(known), tuple(refused))


def _opened(log: SiteLog, hash_: str, frame: Frame, keys: Mapping[str, bytes]) -> _Come:
    raw = frame.event.encode()
    header = read_header(raw)
    if header.town != log.town:
        raise BadInput(hash_[:12], f"是 {header.town[:32]} 的")
    if header.inc == log.identity.inc:
        raise BadInput(hash_[:12], "写者是本机，本机却没有这条")
    key = keys.get(header.inc)
    if key is None:
        raise BadInput(hash_[:12], "不认识写者")
    if not signed_by(key, bytes.fromhex(hash_), frame.sig):
        raise BadInput(hash_[:12], "签名不对")
    try:
        return _Come(hash_, raw, frame.sig, header, read(raw), None)
    except BadInput as error:
        # Of a type or version to come: kept and passed on, as one that the hub has numbered.
        return _Come(hash_, raw, frame.sig, header, None, f"read: {error.what}")


def _keep(log: SiteLog, new: list[_Come]) -> None:
    if not new:
        return
    ordered = sorted(new, key=lambda each: (each.header.inc, each.header.sseq))
    rows: list[dict[str, Any]] = [  # Any: one value per column
        events.of_header(each, sent=RESCUE, held=each.held) for each in ordered
    ]
    events.INSERT.run_many(log.connection, rows)
    for each in new:
        writers.note(log, each.header.town, (each.header.inc,))
    meta.put(log.connection, RESCUING, "1")
    log.flags.add("sync")
    for each in new:
        for sha256 in each.event.blobs if each.event else ():
            state = "kept" if log.photos.has(sha256) else "wanted"
            row = {"sha256": sha256, "subject": each.header.subject.id, "state": state}
            log.connection.execute(BLOB.insert().prefix_with("OR IGNORE"), row)


def _show(log: SiteLog, new: list[_Come], keyed: set[str]) -> None:
    incidents = set(keyed)
    for each in new:
        if each.event is None:
            continue
        if each.event.subject.kind is Kind.INCIDENT:
            incidents.add(each.event.subject.id)
        else:
            log.note(each.event)
            log.memory.heads.drop(Subject(each.event.subject.kind, each.event.subject.id))
    for id_ in incidents:
        log.memory.folded.drop(id_)
    apply.refold(log, incidents)


def unanswered(connection: Connection, hashes: Iterable[str]) -> set[str]:
    """Return those of the events that are here and wait for the hub's answer."""
    found: set[str] = set()
    for piece in events.pieces(hashes):
        given = [bytes.fromhex(each) for each in piece]
        rows = connection.execute(select(E.hash).where(E.hash.in_(given), E.sent != 1))
        found.update(hash_.hex() for hash_ in rows.scalars())
    return found
