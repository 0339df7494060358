"""The present hash of a log-in: it may have been written anew since somebody logged in by it."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from sqlalchemy import Connection, bindparam, select, update

from dispatch.store.prepared import Prepared
from dispatch.store.schema import EVENT, SESSION

_FIRST: Final = EVENT.alias("first")
_ANEW: Final = Prepared(
    select(EVENT.c.hash)
    .join_from(
        _FIRST, EVENT, (EVENT.c.subject == _FIRST.c.subject) & (EVENT.c.type == _FIRST.c.type)
    )
    .where(_FIRST.c.hash == bindparam("hash_"), _FIRST.c.held.is_not(None), EVENT.c.held.is_(None))
)


def present(connection: Connection, hash_: str) -> str:
    """Return the hash under which a log-in goes to the hub; the given one unless it was renewed.

    A session has one log-in; where its first bytes are held, the ones beside them count.
    """
    with suppress(ValueError):
        row = _ANEW.run(connection, {"hash_": bytes.fromhex(hash_)}).fetchone()
        return row[0].hex() if row else hash_
    return hash_


def move(connection: Connection, renamed: dict[str, str]) -> None:
    """Give the kept sessions the new hashes of their log-ins."""
    for old, new in renamed.items():
        connection.execute(update(SESSION).where(SESSION.c.hash == old).values(hash=new))
