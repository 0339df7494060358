"""Whose events are here: writers' public keys, and those that the hub has yet to tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from dispatch.store import meta
from dispatch.store.log import ActLog
from dispatch.store.prepared import Prepared
from dispatch.store.schema import EVENT, WRITER

KNOWN: Final = "known"
WANTED: Final = "wanted"
UNKNOWN: Final = "unknown"
"""The hub was asked and knows no such writer."""

CHECKED: Final = "signatures_checked"
"""Fact: the last place of the log up to which signatures are checked."""

WITNESS: Final = "writers_table"
"""Fact: the writers' table as the hub signed it last, as JSON."""

_WANTED: Final = Prepared(
    select(WRITER.c.town, WRITER.c.inc)
    .where(WRITER.c.state == WANTED)
    .order_by(WRITER.c.town, WRITER.c.inc)
)
_ROW: Final = {"own": 0, "last_sseq": 0, "last_hash": ""}


def note(log: ActLog, town: str, incs: Iterable[str]) -> None:
    """Remember a town's writers whose events have come; a new one's key is to be asked for."""
    new = set(incs) - log.memory.writers - {""}
    if not new:
        return
    rows = [{"inc": inc, "town": town, "pubkey": b"", "state": WANTED, **_ROW} for inc in new]
    log.connection.execute(insert(WRITER).on_conflict_do_nothing(), rows)
    log.flags.add("sync")  # whatever is brought into memory is undone with the transaction
    log.memory.writers |= new


def learn(log: ActLog, town: str, keys: Mapping[str, bytes], asked: Iterable[str] = ()) -> None:
    """Keep a town's keys that the hub has told; one `asked` for that it does not know is unknown.

    A key that is known already stays: an incarnation never changes its key. Events of yet
    another writer may have come since the hub was asked: that one stays wanted.
    """
    statement = insert(WRITER)
    changed = {"pubkey": statement.excluded.pubkey, "state": KNOWN}
    put = statement.on_conflict_do_update(
        index_elements=["inc"], set_=changed, where=WRITER.c.pubkey == b""
    )
    for inc, key in keys.items():
        row = {"inc": inc, "town": town, "pubkey": key, "state": KNOWN, **_ROW}
        log.connection.execute(put, row)
    for inc in set(asked) - keys.keys():
        here = (WRITER.c.inc == inc) & (WRITER.c.state == WANTED)
        log.connection.execute(WRITER.update().where(here).values(state=UNKNOWN))
    log.flags.add("sync")
    log.memory.writers |= keys.keys()


def wanted(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the writers whose keys the hub has not been asked for, by town."""
    by_town: dict[str, tuple[str, ...]] = {}
    for town, inc in _WANTED.run(connection):
        by_town[town] = (*by_town.get(town, ()), inc)
    return by_town


def check_again(connection: Connection) -> None:
    """After events were taken out: a place that is given anew must be checked anew."""
    last = connection.execute(select(func.max(EVENT.c.pos))).scalar() or 0
    if int(meta.get(connection, CHECKED) or 0) > last:
        meta.put(connection, CHECKED, str(last))
