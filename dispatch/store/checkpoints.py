"""The hub's checkpoints kept at a site: whoever alters the town's log later has a witness here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from dispatch.domain.errors import Damage
from dispatch.store import meta
from dispatch.store.floor import floor_of
from dispatch.store.log import ActLog
from dispatch.store.prepared import Prepared
from dispatch.store.schema import CHECKPOINT, CURSOR, EVENT, GAP
from dispatch.wire.keys import signed_by
from dispatch.wire.protocol import Checkpoint, checkpoint_digest

FORMER: Final = "former_checkpoint:"
"""Begins the facts that keep what the hub signed in an earlier life; town, number, time follow."""

_LAST: Final = Prepared(
    select(CHECKPOINT.c.seq)
    .where(CHECKPOINT.c.town == bindparam("name"))
    .order_by(CHECKPOINT.c.seq.desc())
    .limit(1)
)


def last(connection: Connection, town: str) -> int:
    """Return the number of the last checkpoint kept here, 0 when there is none."""
    row = _LAST.run(connection, {"name": town}).fetchone()
    return int(row[0]) if row else 0


def newest(connection: Connection, town: str) -> Checkpoint | None:
    """Return the last checkpoint kept here."""
    query = select(CHECKPOINT).where(CHECKPOINT.c.town == town).order_by(CHECKPOINT.c.seq.desc())
    row = connection.execute(query.limit(1)).first()
    return Checkpoint(row.town, row.seq, row.chain, row.at, row.sig) if row else None


def keep(log: ActLog, given: Iterable[Checkpoint]) -> tuple[Checkpoint, ...]:
    """Keep checkpoints whose signatures the caller has checked; return those our chain denies.

    Those are kept too: they are the proof that the hub has signed another history.
    """
    every = tuple(given)
    rows = [
        {"town": each.town, "seq": each.seq, "chain": each.chain, "at": each.at, "sig": each.sig}
        for each in every
    ]
    log.connection.execute(insert(CHECKPOINT).on_conflict_do_nothing(), rows)
    log.flags.add("sync")
    return tuple(
        each for each in every if chain_at(log.connection, each.town, each.seq) != each.chain
    )


def set_aside(log: ActLog, town: str, above: int) -> None:
    """Keep apart what the hub signed above a number before it was put back to an earlier hour.

    It signs those numbers again, over another chain; what it signed first stays as a fact.
    """
    later = (CHECKPOINT.c.town == town) & (CHECKPOINT.c.seq > above)
    for row in log.connection.execute(select(CHECKPOINT).where(later)).all():
        meta.put(
            log.connection, f"{FORMER}{town}:{row.seq}:{row.at}", f"{row.chain} {row.sig.hex()}"
        )
    log.connection.execute(delete(CHECKPOINT).where(later))


def chain_at(connection: Connection, town: str, seq: int) -> str | None:
    """Return the town's chain value at a number; None where the number is not here."""
    for table in (EVENT, GAP):
        query = select(table.c.chain).where(table.c.town == town, table.c.seq == seq)
        found: Any = connection.execute(query).scalar()  # Any: bytes, or whatever damage left
        if found is not None:
            return found.hex() if isinstance(found, bytes) else str(found)
    floor = floor_of(connection, town)
    return floor.chain if floor.seq == seq else None


def check(connection: Connection, hub_key: bytes) -> int:
    """Check every checkpoint's signature and the chain at its number; return how many there are.

    Raises Damage with the first that does not hold. One above the cursor is of a history that
    this copy of the store has not read yet.
    """
    cursors = {row.town: row.seq for row in connection.execute(select(CURSOR))}
    count = 0
    query = select(CHECKPOINT).order_by(CHECKPOINT.c.town, CHECKPOINT.c.seq)
    for row in connection.execute(query).all():
        where = f"{row.town} {row.seq} 号检查点"
        if not signed_by(hub_key, checkpoint_digest(row.town, row.seq, row.chain, row.at), row.sig):
            raise Damage(where, "市级中心的签名不符")
        here = chain_at(connection, row.town, row.seq)
        read = floor_of(connection, row.town).seq <= row.seq <= cursors.get(row.town, 0)
        if read and here != row.chain:
            raise Damage(where, "链值与日志不符")
        count += 1
    return count
