"""Checking a hub's own log: numbers, chain, writers' chains, signatures, projection."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from dispatch.domain.codes import Kind
from dispatch.domain.errors import BadInput, Damage
from dispatch.domain.fold import fold
from dispatch.hub.folding import events_of
from dispatch.hub.hub import Hub
from dispatch.hub.schema import EVENT, FOLDED, HEAD, PROJECTION, WRITER
from dispatch.wire.chain import START, chain_input, link
from dispatch.wire.digest import facts_hash, incident_hash
from dispatch.wire.header import read_header
from dispatch.wire.keys import signed_by


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found whole: a town's last number, how many subjects, its chain value."""

    town: str
    seq: int
    subjects: int
    chain: str


def towns_of(hub: Hub) -> tuple[str, ...]:
    """Return the towns that have a counter."""
    query = select(HEAD.c.town).order_by(HEAD.c.town)
    return tuple(hub.office.database.read(lambda connection: connection.execute(query).scalars()))


def check_town(hub: Hub, town: str) -> Checked:
    """Walk a town's log from its first number; the first thing wrong is a Damage."""
    hub.folding.catch_up(town)

    def job(connection: Connection) -> Checked:
        seq, chain = _walk(connection, town)
        return Checked(town, seq, _projection(connection, town), chain)

    return hub.office.database.read(job)


def _walk(connection: Connection, town: str) -> tuple[int, str]:
    writers = select(WRITER.c.inc, WRITER.c.pubkey).where(WRITER.c.town == town)
    keys = {row.inc: row.pubkey for row in connection.execute(writers)}
    last: dict[str, tuple[int, str]] = {}
    seq, chain = 0, START
    query = select(EVENT).where(EVENT.c.town == town).order_by(EVENT.c.seq)
    with connection.execute(query.execution_options(yield_per=500)) as rows:
        for row in rows:
            where = f"{town} 第 {seq + 1} 号"
            if row.seq != seq + 1:
                raise Damage(where, f"缺号，下一个是 {row.seq}")
            seq = row.seq
            _check_bytes(row, where, keys.get(row.inc))
            _check_writer(row, where, last)
            chain = link(chain, chain_input(row.hash, row.seq, row.received_at, row.number))
            if chain != row.chain:
                raise Damage(where, "链值不符")
    head = connection.execute(select(HEAD).where(HEAD.c.town == town)).one()
    if (head.seq, head.chain) != (seq, chain):
        raise Damage(f"{town} 第 {seq} 号", f"计数行为 {head.seq}，与事件不符")
    return seq, chain


def _check_bytes(row: Row[Any], where: str, key: bytes | None) -> None:  # Any: EVENT's columns
    if hashlib.sha256(row.bytes).hexdigest() != row.hash:
        raise Damage(where, "内容与哈希不符")
    if key is None or not signed_by(key, bytes.fromhex(row.hash), row.sig):
        raise Damage(where, "签名不符")


def _check_writer(row: Row[Any], where: str, last: dict[str, tuple[int, str]]) -> None:
    # Any: EVENT's columns
    try:
        header = read_header(row.bytes)
    except BadInput as error:
        raise Damage(where, error.what) from None
    sseq, hash_ = last.get(row.inc, (0, ""))
    if (header.inc, header.sseq) != (row.inc, row.sseq) or row.sseq != sseq + 1:
        raise Damage(where, f"写者 {row.inc} 的序号不连续")
    if sseq and header.prev != hash_:
        raise Damage(where, f"写者 {row.inc} 的链断开")
    last[row.inc] = (row.sseq, row.hash)


def _projection(connection: Connection, town: str) -> int:
    count = 0
    # What was numbered since the last fold is not part of it yet.
    done = connection.execute(select(FOLDED.c.seq).where(FOLDED.c.town == town)).scalar()
    query = select(PROJECTION).where(PROJECTION.c.town == town).order_by(PROJECTION.c.subject)
    for row in connection.execute(query).all():
        kind, _, id_ = row.subject.partition(":")
        every = events_of(connection, town, id_, done)
        events = [each for each in every if each.subject.kind == kind]
        if kind == Kind.INCIDENT:
            state = incident_hash(fold(events))
        else:
            state = facts_hash({each.hash: each.seq or 0 for each in events})
        if state != row.state_hash:
            raise Damage(f"{town} {row.subject}", "投影与事件折叠不符")
        count += 1
    return count
