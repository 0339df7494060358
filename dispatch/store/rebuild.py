"""Make the projections anew from the log, in small transactions while writing goes on.

The set of tables that nobody reads is filled; whatever is written meanwhile goes to both sets;
the last transaction changes the name of the set that is read.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from typing import Final

from sqlalchemy import func, select

from dispatch.domain.codes import Kind
from dispatch.domain.errors import BadInput, StoreError
from dispatch.store import apply, events, folding, meta, projection
from dispatch.store.prepared import execute
from dispatch.store.schema import EVENT, VIEWS, View
from dispatch.store.site import SiteStore
from dispatch.store.site_log import SiteLog
from dispatch.wire.envelope import read

PIECE: Final = 100
ROWS: Final = 5000


def rebuild(store: SiteStore, between: Callable[[], None] = lambda: None) -> int:
    """Fold every incident anew and return how many there were; waits, so not for the GUI.

    `between` is called after each transaction. A rebuild that another one, or a restart, has
    overtaken is a StoreError and changes nothing that is read.
    """
    other = store.write(_choose, 9).result()
    while store.write(lambda log: _emptied(log, other), 9).result():
        between()
    mark = f"{other.name} {secrets.token_hex(8)}"
    until = store.write(lambda log: _begin(log, mark), 9).result()
    count, last = 0, ""
    while True:
        job = partial(_fill, mark=mark, after=last, until=until)
        last, done = store.write(job, 9).result()
        between()
        if not done:
            break
        count += done
    store.write(lambda log: _swap(log, mark), 9).result()
    return count


def _choose(log: SiteLog) -> View:
    """Return the set that is not read; whoever else was filling it is stopped."""
    _set(log, "")
    return VIEWS["b" if log.view.name == "a" else "a"]


def _begin(log: SiteLog, mark: str) -> int:
    """Say that a set is being filled, and give unreadable events another chance.

    Returns the last place in the log: what comes later is written to both sets.
    """
    _set(log, mark)
    held = EVENT.c.held.like("read: %")
    for pos, raw in log.connection.execute(select(EVENT.c.pos, EVENT.c.raw).where(held)).all():
        _read_again(log, pos, raw)
    return log.connection.execute(select(func.max(EVENT.c.pos))).scalar() or 0


def _set(log: SiteLog, mark: str) -> None:
    """Keep which set is being filled and by whom: its name and a random word, or nothing."""
    meta.put(log.connection, "rebuilding", mark)
    log.memory.view = None
    log.flags.add("everything")


def _read_again(log: SiteLog, pos: int, raw: bytes) -> None:
    """A newer program may read what an older one could not."""
    try:
        event = read(raw)
    except BadInput:
        return
    values = {"kind": event.subject.kind.value, "subject": event.subject.id, "type": event.type}
    log.connection.execute(
        EVENT.update()
        .where(EVENT.c.pos == pos)
        .values(
            held=None,
            inc=event.writer,
            sseq=event.sseq,
            town=event.town,
            unit=event.unit.id if event.unit else None,
            **values,
        )
    )
    log.memory.heads.drop(event.subject)
    if event.subject.kind is Kind.INCIDENT:
        apply.refold(log, (event.subject.id,))


def _still(log: SiteLog, mark: str) -> View:
    """Return the set that this rebuild fills, unless it was overtaken."""
    if meta.get(log.connection, "rebuilding") != mark:
        raise StoreError("重建被打断，现有视图未改动")
    return VIEWS[mark.partition(" ")[0]]


def _emptied(log: SiteLog, view: View) -> bool:
    """Empty the set by a piece; False when nothing is left in it."""
    if execute(log.connection, f"SELECT 1 FROM {view.words.name} LIMIT 1").fetchone():  # noqa: S608 - our own name
        # The index can only be emptied as a whole, and before its texts are gone.
        execute(log.connection, f"INSERT INTO {view.search} ({view.search}) VALUES ('delete-all')")  # noqa: S608 - our own name
    gone = 0
    for table in (view.words.name, view.incident.name):
        some = f"SELECT pos FROM {table} ORDER BY pos LIMIT {ROWS}"  # noqa: S608 - our own name
        gone += execute(log.connection, f"DELETE FROM {table} WHERE pos IN ({some})").rowcount  # noqa: S608 - our own name
    return gone > 0


def _fill(log: SiteLog, mark: str, after: str, until: int) -> tuple[str, int]:
    """Fold the next incidents after this id into the set; return the last id and how many."""
    view = _still(log, mark)
    ids = (
        log.connection.execute(
            select(EVENT.c.subject)
            .where(
                EVENT.c.subject > after,
                EVENT.c.kind == Kind.INCIDENT.value,
                EVENT.c.pos <= until,
            )
            .distinct()
            .order_by(EVENT.c.subject)
            .limit(PIECE)
        )
        .scalars()
        .all()
    )
    wanted = set(ids) - events.absent(log.connection, ids).keys()
    there = folding.indexed(log.connection, view, wanted)
    folded = folding.load(log.connection, wanted)
    projection.put_over(log.connection, view, there, folded.values())
    return (ids[-1] if ids else after), len(ids)


def _swap(log: SiteLog, mark: str) -> None:
    meta.put(log.connection, "live", _still(log, mark).name)
    _set(log, "")
