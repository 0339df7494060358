"""Checking a hub's own log: numbers, chain, writers' chains, signatures, projection."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from dispatch.domain.codes import Kind
from dispatch.domain.errors import BadInput, Damage
from dispatch.domain.fold import fold
from dispatch.hub.folding import events_of, row_of
from dispatch.hub.hub import Hub
from dispatch.hub.schema import CHECKPOINT, EVENT, FOLDED, HEAD, PROJECTION, WRITER
from dispatch.hub.verify_beside import BESIDE, Beside, check_checkpoints, check_secrets, with_keys
from dispatch.wire.chain import START, chain_input, link
from dispatch.wire.digest import facts_hash
from dispatch.wire.header import read_header
from dispatch.wire.keys import signed_by

UNREADABLE: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands where a byte is no UTF-8."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found whole: a town's last number, how many subjects, its chain value."""

    town: str
    seq: int
    subjects: int
    chain: str
    checkpoints: int = 0


def towns_of(hub: Hub) -> tuple[str, ...]:
    """Return every town of which there is a counter, an event or a checkpoint."""

    def job(connection: Connection) -> tuple[str, ...]:
        with legible(connection):
            counted, kept, signed = (
                set(connection.execute(select(table.c.town).distinct()).scalars())
                for table in (HEAD, EVENT, CHECKPOINT)
            )
            for table in BESIDE:
                signed |= set(connection.execute(select(table.c.town).distinct()).scalars())
        # A town whose name was altered somewhere comes after the one from which it is missing.
        alone = (kept - counted, counted - kept, signed - kept - counted)
        return (*sorted(kept & counted), *(town for each in alone for town in sorted(each)))

    return hub.office.database.read(job)


def check_town(hub: Hub, town: str) -> Checked:
    """Walk a town's log from its first number; the first thing wrong is a Damage."""

    def walk(connection: Connection) -> tuple[int, str, int]:
        with legible(connection):
            if UNREADABLE in town:
                _tell_nameless(connection, town)
            seq, chain = _walk(connection, town, Beside(connection, town, hub.office.keys))
            key = hub.office.keys.signer.public
            check_secrets(connection, town)
            return seq, chain, check_checkpoints(connection, town, key)

    seq, chain, checkpoints = hub.office.database.read(walk)
    hub.folding.catch_up(town)

    def fold_anew(connection: Connection) -> int:
        with legible(connection):
            return _projection(connection, town)

    return Checked(town, seq, hub.office.database.read(fold_anew), chain, checkpoints)


def _tell_nameless(connection: Connection, town: str) -> None:
    """Name the row whose town is no text any more: no query for the town finds it."""
    for table in (EVENT, HEAD, CHECKPOINT, *BESIDE):
        for row in connection.execute(select(table)):
            if row.town == town:
                seq, subject = (row._mapping.get(name) for name in ("seq", "subject"))  # noqa: SLF001 - SQLAlchemy's public name for it
                what = f" 第 {seq} 号" if seq is not None else f" {subject or ''}"
                raise Damage(f"{town}{what}", f"{table.name} 表中这一行的镇街编码无法读取")


@contextmanager
def legible(connection: Connection) -> Iterator[None]:
    """Let SQLite hand out texts that are no UTF-8 any more: they differ from what they should be.

    Else the driver's complaint would come in the place of the damaged row's name.
    """
    driver: Any = connection.connection.dbapi_connection  # Any: as SQLAlchemy types it
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    before = driver.text_factory
    driver.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        yield
    finally:
        driver.text_factory = before


def _walk(connection: Connection, town: str, beside: Beside) -> tuple[int, str]:
    writers = select(WRITER.c.inc, WRITER.c.pubkey).where(WRITER.c.town == town)
    keys = {row.inc: row.pubkey for row in connection.execute(writers)}
    last: dict[str, tuple[int, str]] = {}
    seq, chain = 0, START
    with connection.execute(with_keys(town).execution_options(yield_per=500)) as rows:
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
            beside.check(row, where)
    head = connection.execute(select(HEAD).where(HEAD.c.town == town)).first()
    if head is None and seq:
        raise Damage(f"{town} 第 {seq} 号", "计数行不见了")
    if head is not None and (head.seq, head.chain) != (seq, chain):
        first = seq + 1 if head.seq > seq else seq
        raise Damage(f"{town} 第 {first} 号", f"计数行为 {head.seq}，与事件不符")
    beside.end(last)
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
    said = (header.town, header.subject.kind, header.subject.id, header.type)
    if said != (row.town, row.kind, row.subject, row.type):
        raise Damage(where, "索引列与内容不符")
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
        if not events:
            raise Damage(f"{town} {row.subject}", "投影中有，日志中没有")
        if kind == Kind.INCIDENT:
            expected = row_of(fold(events))
        else:
            expected = {"state_hash": facts_hash({each.hash: each.seq or 0 for each in events})}
        expected["seq"] = events[-1].seq
        if any(row._mapping[name] != value for name, value in expected.items()):  # noqa: SLF001 - SQLAlchemy's public name for it
            raise Damage(f"{town} {row.subject}", "投影与事件折叠不符")
        count += 1
    there = select(EVENT.c.kind, EVENT.c.subject).where(
        EVENT.c.town == town, EVENT.c.quarantined == "", EVENT.c.seq <= (done or 0)
    )
    known = [row for row in connection.execute(there.distinct()) if row.kind in set(Kind)]
    if len(known) != count:
        raise Damage(f"{town} 投影", f"应有 {len(known)} 行，实有 {count} 行")
    return count
