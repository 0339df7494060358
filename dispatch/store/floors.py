"""Where a city site begins to read a town: what ended at or below its floor is not kept here."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, delete, func, select

from dispatch.domain.codes import Kind, State
from dispatch.store import checkpoints, meta
from dispatch.store.apply import cursor
from dispatch.store.floor import FLOOR, floor_of
from dispatch.store.leaving import purge
from dispatch.store.log import ActLog
from dispatch.store.schema import CURSOR, EVENT, GAP, View
from dispatch.wire.protocol import Checkpoint

OVER: Final = (State.CLOSED.value, State.VOID.value)
"""A merged one is kept as long as its master may still close it."""
STEP: Final = 50
"""Subjects let go in one transaction."""

_NUMBERED: Final = EVENT.c.seq.is_not(None) & EVENT.c.held.is_(None)


def begin(log: ActLog, at: Checkpoint) -> None:
    """Begin to read a town at a number that the hub has signed; where it was read: nothing."""
    if cursor(log.connection, at.town).seq or floor_of(log.connection, at.town).seq:
        return
    _put(log, at)
    log.connection.execute(delete(CURSOR).where(CURSOR.c.town == at.town))
    row = {"town": at.town, "seq": at.seq, "chain": at.chain}
    log.connection.execute(CURSOR.insert(), row)


def lift(log: ActLog, at: Checkpoint) -> bool:
    """Let go of some of what ended at or below a higher floor; False when that was the last.

    The floor is lifted with the last of them. Own unsent events hold their subject here.
    """
    connection, view = log.connection, log.view
    ended = select(EVENT.c.kind, EVENT.c.subject).where(EVENT.c.town == at.town, _NUMBERED)
    over = ended.group_by(EVENT.c.kind, EVENT.c.subject).having(func.max(EVENT.c.seq) <= at.seq)
    kept = standing(connection, view, at.town) | _waiting(connection, at.town)
    gone = [row.subject for row in connection.execute(over) if row.subject not in kept]
    for subject in gone[:STEP]:
        purge(log, subject)
    if len(gone) > STEP:
        return True
    connection.execute(delete(GAP).where(GAP.c.town == at.town, GAP.c.seq <= at.seq))
    _put(log, at)
    return False


def within(connection: Connection, view: View, town: str) -> set[str] | None:
    """Return the subjects that count to the scope of a town here; None: all there are.

    The hub counts the same from the floor: what has an event above it, and what goes on.
    """
    floor = floor_of(connection, town)
    if not floor.seq:
        return None
    recent = select(EVENT.c.subject).where(
        EVENT.c.town == town, EVENT.c.seq > floor.seq, EVENT.c.held.is_(None)
    )
    return set(connection.execute(recent.distinct()).scalars()) | standing(connection, view, town)


def standing(connection: Connection, view: View, town: str) -> set[str]:
    """Return the subjects of a town that are kept however long nothing has come to them."""
    table = view.incident
    going_on = table.c.state.is_(None) | table.c.state.not_in(OVER) | (table.c.contested > 0)
    found = select(table.c.id).where(table.c.town == town, going_on)
    modes = select(EVENT.c.subject).where(EVENT.c.kind == Kind.TOWN.value, EVENT.c.town == town)
    return {*connection.execute(found).scalars(), *connection.execute(modes).scalars()}


def _waiting(connection: Connection, town: str) -> set[str]:
    found = select(EVENT.c.subject).where(EVENT.c.town == town, EVENT.c.seq.is_(None))
    return set(connection.execute(found).scalars())


def _put(log: ActLog, at: Checkpoint) -> None:
    """Keep the floor, and the hub's signature under it."""
    meta.put(log.connection, FLOOR + at.town, f"{at.seq} {at.chain}")
    checkpoints.keep(log, (at,))
    log.flags.add("sync")
