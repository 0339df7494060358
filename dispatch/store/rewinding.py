"""A hub that was put back to an earlier hour: what it has lost becomes pending here again.

Nothing is deleted. What it had numbered since keeps its bytes and loses its number; own events
go back into the outbox, others' wait to be pushed in their authors' place (`RESCUE`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, select, union_all, update

from dispatch.domain.codes import Kind
from dispatch.domain.errors import StoreError
from dispatch.domain.event import Subject
from dispatch.store import apply, checkpoints, events, meta
from dispatch.store.floor import floor_of
from dispatch.store.log import ActLog
from dispatch.store.outbox import RESCUING
from dispatch.store.schema import BLOB, CURSOR, EVENT, GAP, WRITER
from dispatch.wire.chain import START
from dispatch.wire.protocol import CursorMark, Frame

RESCUE: Final = 2
"""`sent` of an event of another writer that the hub lacks and that this site offers."""
MARKS: Final = 60
"""How many places of the chain are shown to the hub at once."""
STEP: Final = 200
"""How many numbers one transaction takes back."""
TOLD: Final = "hub_rewound"
"""Fact: JSON of `Rewound`, the last time it happened."""
FORMER: Final = "former:"
"""Begins the facts that name the subject which once had a human number."""

E = EVENT.c
_OWN: Final = select(WRITER.c.inc).where(WRITER.c.own == 1)


@dataclass(frozen=True, slots=True)
class Rewound:
    """What happened: at the hub's time, from which number back to which, and what goes again."""

    at: int
    town: str
    since: int
    back_to: int
    own: int
    others: int


def marks(connection: Connection, town: str, low: int, high: int) -> tuple[CursorMark, ...]:
    """Return the chain's values at up to `MARKS` numbers between these two, both left out."""
    wanted = {low + (high - low) * part // (MARKS + 1) for part in range(1, MARKS + 1)} - {low}
    found: list[CursorMark] = []
    for table in (EVENT, GAP):
        rows = connection.execute(
            select(table.c.seq, table.c.chain).where(
                table.c.town == town, table.c.seq.in_(wanted), table.c.chain.is_not(None)
            )
        )
        found += [CursorMark(row.seq, row.chain.hex()) for row in rows]
    return tuple(sorted(found, key=lambda mark: mark.seq))


def step_back(log: ActLog, town: str, to: int) -> int:
    """Take back the numbers above `to`, at most some `STEP` of them; return where it stands.

    One transaction of several: after each of them what is numbered here is a whole beginning
    of the town's log, and the cursor stands at its end.
    """
    here = apply.cursor(log.connection, town)
    if to >= here.seq:
        return here.seq
    end = _mark_at(log.connection, town, max(to, here.seq - STEP), to)
    lost = log.connection.execute(
        select(E.pos, E.kind, E.subject, E.number, E.inc).where(E.town == town, E.seq > end.seq)
    ).all()
    _remember_numbers(log, lost)
    numbered = (E.town == town) & (E.seq > end.seq)
    none = {"seq": None, "received_at": None, "number": None, "chain": None}
    log.connection.execute(update(EVENT).where(numbered, E.inc.in_(_OWN)).values(sent=0, **none))
    log.connection.execute(update(EVENT).where(numbered).values(sent=RESCUE, **none))
    log.connection.execute(delete(GAP).where(GAP.c.town == town, GAP.c.seq > end.seq))
    checkpoints.set_aside(log, town, end.seq)
    place = {"seq": end.seq, "chain": end.chain}
    log.connection.execute(update(CURSOR).where(CURSOR.c.town == town).values(**place))
    _offer(log, lost)
    return end.seq


def tell(log: ActLog, town: str, at: int, between: tuple[int, int]) -> None:
    """Keep what happened, for the operator: `between` is from which number back to which."""
    since, back_to = between
    waits = log.connection.execute(select(func.count()).where(E.sent == 0)).scalar_one()
    told = [at, town, since, back_to, waits, lacking(log.connection)]
    meta.put(log.connection, TOLD, json.dumps(told))
    log.flags.add("sync")


def last_told(connection: Connection) -> Rewound | None:
    """Return what was told last; None when the hub has never gone back."""
    said = meta.get(connection, TOLD)
    return Rewound(*json.loads(said)) if said else None


def waiting(connection: Connection, limit: int, size: int, but: frozenset[str]) -> list[Frame]:
    """Return others' events that the hub lacks, each writer's in order; none of writers `but`.

    At most `limit` frames and `size` bytes, one at least where there is any.
    """
    if meta.get(connection, RESCUING) != "1":
        return []
    rows = connection.execute(
        select(E.raw, E.sig)
        .where(E.sent == RESCUE, E.inc.not_in(but))
        .order_by(E.inc, E.sseq)
        .limit(limit)
    )
    frames: list[Frame] = []
    for row in rows:
        size -= len(row.raw)
        if frames and size < 0:
            break
        frames.append(Frame(row.raw.decode(), row.sig))
    return frames


def lacking(connection: Connection) -> int:
    """Return how many events of others are here that the hub has not answered for."""
    if meta.get(connection, RESCUING) != "1":
        return 0
    return connection.execute(select(func.count()).where(E.sent == RESCUE)).scalar_one()


def settled(log: ActLog) -> None:
    """Look whether anything is left to be offered; without, nobody asks again."""
    left = select(E.pos).where(E.sent.in_((0, RESCUE))).limit(1)
    if log.connection.execute(left).first() is None:
        meta.put(log.connection, RESCUING, "")


def once_numbered(connection: Connection, number: str) -> str | None:
    """Return the subject that had this human number before the hub went back, or None."""
    return meta.get(connection, FORMER + number)


def _mark_at(connection: Connection, town: str, wanted: int, low: int) -> CursorMark:
    """Return the last place of the chain that is known at or below a number, not below `low`."""
    if wanted == 0:
        return CursorMark(0, START)
    rows = union_all(
        *(
            select(table.c.seq, table.c.chain).where(
                table.c.town == town,
                table.c.seq.between(max(low, 1), wanted),
                table.c.chain.is_not(None),
            )
            for table in (EVENT, GAP)
        )
    ).subquery()
    row = connection.execute(select(rows).order_by(rows.c.seq.desc()).limit(1)).first()
    floor = floor_of(connection, town)
    if row is None and low > 0 and floor.seq == low:
        return floor
    if row is None and low > 0:
        raise StoreError(f"{town}: 第 {low} 号的链值不在本机")
    return CursorMark(row.seq, row.chain.hex()) if row else CursorMark(0, START)


def _remember_numbers(log: ActLog, lost: Sequence[Row[Any]]) -> None:  # Any: columns above
    """A number that stands on paper must find its incident, whatever number it gets next."""
    for row in lost:
        if row.number is not None:
            meta.put(log.connection, FORMER + row.number, row.subject)


def _offer(log: ActLog, lost: Sequence[Row[Any]]) -> None:  # Any: columns above
    meta.put(log.connection, RESCUING, "1")
    subjects = {row.subject for row in lost}
    log.memory.clear()
    for piece in events.pieces(subjects):
        again = BLOB.c.subject.in_(piece) & (BLOB.c.state == "kept")
        for sha256 in log.connection.execute(select(BLOB.c.sha256).where(again)).scalars().all():
            if log.photos.has(sha256):
                # The hub's folder of photos went back too.
                here = update(BLOB).where(BLOB.c.sha256 == sha256, BLOB.c.state == "kept")
                log.connection.execute(here.values(state="queued"))
    incidents = {row.subject for row in lost if row.kind == Kind.INCIDENT.value}
    apply.refold(log, incidents)
    for row in lost:
        if row.kind in set(Kind) - {Kind.INCIDENT}:
            log.memory.heads.drop(Subject(Kind(row.kind), row.subject))
    log.flags |= {"sync", "shift", "workers", "town", "tasks"}
