"""Signatures of all events, own and pulled, checked in small batches behind everything else.

The town's chain is checked as a page comes in; who wrote an event only its signature proves.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from dispatch.store import meta, writers
from dispatch.store.reader import Reader
from dispatch.store.schema import EVENT, META, WRITER
from dispatch.store.site import SiteStore
from dispatch.store.site_log import SiteLog
from dispatch.wire.keys import signed_by

BATCH: Final = 200
WRONG: Final = "signature:"
"""Begins the facts that name an event whose signature is wrong."""

E = EVENT.c
_NEXT: Final = (
    select(E.pos, E.hash, E.raw, E.sig, E.inc, E.town, E.seq, E.held, WRITER.c.pubkey)
    .add_columns(WRITER.c.state)
    .join_from(EVENT, WRITER, WRITER.c.inc == E.inc, isouter=True)
    .where(E.pos > bindparam("after"))
    .order_by(E.pos)
    .limit(BATCH)
)


@dataclass(frozen=True, slots=True)
class WrongSignature:
    """An event that its writer did not sign: which, where it stands, when it was found."""

    hash: str
    where: str
    since: int


def check(store: SiteStore, now: int, batches: int = 1) -> int:
    """Check the next events; return how many were done. Waits, so not for the GUI's thread.

    Goes no further than an event whose writer's key is yet to be asked for.
    """
    total = 0
    for _ in range(batches):
        rows = store.read(_next).result()
        done: list[Row[Any]] = []
        for row in rows:
            if row.held is None and row.state in {None, writers.WANTED}:
                break
            done.append(row)
        news = {(row.town, row.inc) for row in rows if row.state is None and row.held is None}
        wrong = [(row, why) for row in done if (why := _wrong(row))]
        if done or news:
            job = _Keeper(done[-1].pos if done else None, tuple(wrong), frozenset(news), now)
            store.write(job, 9).result()
        total += len(done)
        if len(done) < BATCH:
            break
    return total


def wrong_signatures(connection: Connection) -> tuple[WrongSignature, ...]:
    """Return every event that was found to be wrongly signed, oldest finding first."""
    found = select(META).where(META.c.key.startswith(WRONG))
    every = [
        WrongSignature(row.key.removeprefix(WRONG), where, int(since))
        for row in connection.execute(found)
        for since, _, where in (row.value.partition(" "),)
    ]
    return tuple(sorted(every, key=lambda each: (each.since, each.hash)))


def _next(reader: Reader) -> list[Row[Any]]:  # Any: columns of `_NEXT`
    after = int(meta.get(reader.connection, writers.CHECKED) or 0)
    return list(reader.connection.execute(_NEXT, {"after": after}))


def _wrong(row: Row[Any]) -> str:  # Any: columns of `_NEXT`
    """Return what is wrong with a row; one that is held has its place in the tray already."""
    if row.held is not None:
        return ""
    if not (isinstance(row.raw, bytes) and isinstance(row.sig, bytes)):
        return "内容不是字节"
    digest = hashlib.sha256(row.raw).digest()
    if digest != row.hash:
        return "内容与哈希不符"
    if row.state == writers.UNKNOWN:
        return "市平台不认识它的写者"
    return "" if signed_by(row.pubkey, digest, row.sig) else "签名无效"


@dataclass(frozen=True, slots=True)
class _Keeper:
    """Keeps how far the check has come and what it found."""

    place: int | None
    wrong: tuple[tuple[Row[Any], str], ...]  # Any: columns of `_NEXT`
    news: frozenset[tuple[str, str]]
    now: int

    def __call__(self, log: SiteLog) -> None:
        log.memory.writers -= {inc for _, inc in self.news}  # the table has the last word
        for town, inc in sorted(self.news):
            writers.note(log, town, (inc,))
        if self.place is not None:
            meta.put(log.connection, writers.CHECKED, str(self.place))
        for row, why in self.wrong:
            number = f"{row.town} {row.seq} 号" if row.seq is not None else "待编号"
            told = f"{self.now} 第 {row.pos} 条事件（{number}）{why}"
            meta.put(log.connection, f"{WRONG}{row.hash.hex()}", told)
        if self.wrong or self.news:
            log.flags.add("sync")
