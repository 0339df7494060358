"""Small facts about the store itself, by name."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from dispatch.store.prepared import Prepared
from dispatch.store.schema import META

_GET: Final = Prepared(select(META.c.value).where(META.c.key == bindparam("name")))
_INSERT: Final = insert(META)
_SET: Final = Prepared(
    _INSERT.on_conflict_do_update(index_elements=["key"], set_={"value": _INSERT.excluded.value}),
    ("key", "value"),
)


def get(connection: Connection, name: str) -> str | None:
    """Return a fact, or None when it was never set."""
    row = _GET.run(connection, {"name": name}).fetchone()
    return str(row[0]) if row else None


def put(connection: Connection, name: str, value: str) -> None:
    """Set a fact."""
    _SET.run(connection, {"key": name, "value": value})
