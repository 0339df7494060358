"""The town's order: a counter row locked to the commit, the chain, the human numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, insert, select, update

from dispatch.domain.calendar import local
from dispatch.domain.types import NUMBERED
from dispatch.hub.database import Database
from dispatch.hub.schema import EVENT, EVENT_KEY, HEAD, QUARANTINE, YEAR_NUMBER
from dispatch.wire.chain import START, chain_input, link

FIRST: Final = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """An event about to be numbered. `quarantined` says why it will not be folded, or is empty."""

    inc: str
    sseq: int
    kind: str
    subject: str
    type: str
    raw: bytes = field(repr=False)
    sig: bytes = field(repr=False)
    hash: str
    quarantined: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """What the town gave an event: its number in the order, the time, its human number."""

    hash: str
    seq: int
    received_at: int
    number: str | None
    quarantined: str = ""


def lock_head(database: Database, connection: Connection, town: str) -> tuple[int, str]:
    """Lock the town's counter to the end of the transaction; return its number and chain."""
    start = {"town": town, "seq": 0, "chain": START}
    database.insert_missing(connection, HEAD, [start])
    query = select(HEAD.c.seq, HEAD.c.chain).where(HEAD.c.town == town)
    row = connection.execute(database.dialect.locked(query)).one()
    return row.seq, row.chain


def append(
    database: Database, connection: Connection, town: str, entries: Sequence[Entry], now: int
) -> tuple[Placed, ...]:
    """Number and insert events, all in this transaction, in their order."""
    seq, chain = lock_head(database, connection, town)
    numbers = _numbers(database, connection, town, entries, now)
    rows: list[dict[str, object]] = []
    placed: list[Placed] = []
    for entry in entries:
        seq += 1
        number = numbers.get(entry.hash)
        chain = link(chain, chain_input(entry.hash, seq, now, number))
        placed.append(Placed(entry.hash, seq, now, number, entry.quarantined))
        rows.append(_row(town, entry, placed[-1], chain))
    connection.execute(insert(EVENT), rows)
    keys = [{name: row[name] for name in ("town", "inc", "sseq", "hash", "seq")} for row in rows]
    connection.execute(insert(EVENT_KEY), keys)
    held = [
        {"town": town, "seq": each.seq, "reason": each.quarantined, "at": now}
        for each in placed
        if each.quarantined
    ]
    if held:
        connection.execute(insert(QUARANTINE), held)
    connection.execute(update(HEAD).where(HEAD.c.town == town).values(seq=seq, chain=chain))
    return tuple(placed)


def _row(town: str, entry: Entry, placed: Placed, chain: str) -> dict[str, object]:
    return {
        "town": town,
        "seq": placed.seq,
        "received_at": placed.received_at,
        "number": placed.number,
        "inc": entry.inc,
        "sseq": entry.sseq,
        "kind": entry.kind,
        "subject": entry.subject,
        "type": entry.type,
        "quarantined": entry.quarantined,
        "bytes": entry.raw,
        "hash": entry.hash,
        "sig": entry.sig,
        "chain": chain,
    }


def _numbers(
    database: Database, connection: Connection, town: str, entries: Sequence[Entry], now: int
) -> dict[str, str]:
    """Give human numbers, which run through the town's year, by type of event.

    The head's lock is held, so nobody else counts this town's year.
    """
    wanted = [each.hash for each in entries if each.type in NUMBERED and not each.quarantined]
    if not wanted:
        return {}
    year = local(now).year
    here = (YEAR_NUMBER.c.town == town) & (YEAR_NUMBER.c.year == year)
    first = {"town": town, "year": year, "last": 0}
    database.insert_missing(connection, YEAR_NUMBER, [first])
    last = connection.execute(select(YEAR_NUMBER.c.last).where(here)).scalar_one()
    connection.execute(update(YEAR_NUMBER).where(here).values(last=last + len(wanted)))
    return {hash_: f"{town}-{year}-{count:06d}" for count, hash_ in enumerate(wanted, last + FIRST)}
