"""What the hub has not answered for: one `sent` mark an event, set by its answer alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select

from dispatch.store import meta
from dispatch.store.rows import Unsent
from dispatch.store.schema import EVENT
from dispatch.wire.protocol import Frame
from dispatch.wire.ready import ready

_UNSENT: Final = select(EVENT.c.pos, EVENT.c.raw, EVENT.c.sig, EVENT.c.unit).where(
    EVENT.c.sent == 0
)
_WAITING: Final = _UNSENT.order_by(EVENT.c.pos).limit(bindparam("most"))
_AGAIN: Final = _UNSENT.order_by(EVENT.c.inc, EVENT.c.sseq).limit(bindparam("most"))
"""What came back from the hub once lies behind what was written after it."""

RESCUING: Final = "rescue"
"""Fact: set while the hub lacks events that it had numbered."""
_COUNT: Final = select(func.count(), func.min(EVENT.c.pos)).where(EVENT.c.sent == 0)
LONGEST_UNIT: Final = 500
"""As many events as the hub takes in one unit: a round of checks is the longest."""


class _At(msgspec.Struct, frozen=True):
    at: int


def pending(connection: Connection, limit: int, size: int) -> tuple[Frame, ...]:
    """Return frames in the order they were stored, which is each writer's own order.

    After a hub has lost events, ordered by writer: its own order is not that of arrival then.
    At most `limit` frames and `size` bytes of events, but a unit is never parted: it comes
    whole or, unless it is the first, with the next call.
    """
    order = _AGAIN if meta.get(connection, RESCUING) == "1" else _WAITING
    rows = connection.execute(order, {"most": limit + LONGEST_UNIT}).all()
    return next(pushes(rows, limit, size), ())


def pushes(rows: Sequence[Row[Any]], limit: int, size: int) -> Iterator[tuple[Frame, ...]]:
    """Yield rows (`raw sig unit`) as frames, in pieces of at most so many and so many bytes.

    A unit is never parted: it comes whole or, unless it is the first, in the next piece.
    """
    chosen: list[Row[Any]] = []  # Any: columns of `_UNSENT`
    total = 0
    for group in _units(rows):
        weight = sum(len(row.raw) for row in group)
        if chosen and (len(chosen) + len(group) > limit or total + weight > size):
            yield _frames(chosen)
            chosen, total = [], 0
        chosen += group
        total += weight
    if chosen:
        yield _frames(chosen)


def _frames(rows: Sequence[Row[Any]]) -> tuple[Frame, ...]:
    """Bytes that the disk has altered may be no text any more: the hub refuses them as such."""
    return tuple(Frame(row.raw.decode(errors="replace"), row.sig) for row in rows)


def _units(rows: Any) -> list[list[Row[Any]]]:  # Any: a sequence of rows of `_WAITING`
    """Put together what one command made; a unit lies in one piece in the log."""
    groups: list[list[Row[Any]]] = []
    last = None
    for row in rows:
        if row.unit is not None and row.unit == last:
            groups[-1].append(row)
        else:
            groups.append([row])
        last = row.unit
    return groups


ready(_At)


def unsent(connection: Connection) -> Unsent:
    """Return how many events wait and the author's time of the oldest."""
    count, first = connection.execute(_COUNT).one()
    if not count:
        return Unsent(0, None)
    raw = connection.execute(select(EVENT.c.raw).where(EVENT.c.pos == first)).scalar_one()
    return Unsent(count, msgspec.json.decode(raw, type=_At).at)
