"""Make the projections anew from the log, in small transactions while writing goes on.

The set of tables that nobody reads is filled; whatever is written meanwhile goes to both sets;
the last transaction changes the name of the set that is read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import select

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
    other = store.write(_begin, 9).result()
    while store.write(lambda log: _emptied(log, other), 9).result():
        between()
    count, last = 0, ""
    while True:
        last, done = store.write(lambda log, last=last: _fill(log, other, last), 9).result()  # type: ignore[misc]
        between()
        if not done:
            break
        count += done
    store.write(lambda log: _swap(log, other), 9).result()
    return count


def _begin(log: SiteLog) -> View:
    """Say that the other set is being filled, and give unreadable events another chance."""
    other = VIEWS["b" if log.view.name == "a" else "a"]
    _set(log, other.name)
    held = EVENT.c.held.like("read: %")
    for pos, raw in log.connection.execute(select(EVENT.c.pos, EVENT.c.raw).where(held)).all():
        _read_again(log, pos, raw)
    return other


def _set(log: SiteLog, name: str) -> None:
    meta.put(log.connection, "rebuilding", name)
    log.memory.rebuilding = name or None
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


def _check(log: SiteLog, view: View) -> None:
    if meta.get(log.connection, "rebuilding") != view.name:
        raise StoreError("重建被打断，现有视图未改动")


def _emptied(log: SiteLog, view: View) -> bool:
    """Empty the set by a piece; False when nothing is left in it."""
    _check(log, view)
    if execute(log.connection, f"SELECT 1 FROM {view.words.name} LIMIT 1").fetchone():  # noqa: S608 - our own name
        # The index can only be emptied as a whole, and before its texts are gone.
        execute(log.connection, f"INSERT INTO {view.search} ({view.search}) VALUES ('delete-all')")  # noqa: S608 - our own name
    gone = 0
    for table in (view.words.name, view.incident.name):
        some = f"SELECT pos FROM {table} ORDER BY pos LIMIT {ROWS}"  # noqa: S608 - our own name
        gone += execute(log.connection, f"DELETE FROM {table} WHERE pos IN ({some})").rowcount  # noqa: S608 - our own name
    return gone > 0


def _fill(log: SiteLog, view: View, after: str) -> tuple[str, int]:
    """Fold the next incidents after this id into the set; return the last id and how many."""
    _check(log, view)
    ids = (
        log.connection.execute(
            select(EVENT.c.subject)
            .where(EVENT.c.subject > after, EVENT.c.kind == Kind.INCIDENT.value)
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


def _swap(log: SiteLog, view: View) -> None:
    _check(log, view)
    meta.put(log.connection, "live", view.name)
    _set(log, "")
    log.memory.view = None
