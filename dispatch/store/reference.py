"""The kept reference tables, as the hub signed them, and the rules they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from dispatch.domain.rules import Rules
from dispatch.store.kept import Shelf
from dispatch.store.schema import REFERENCE
from dispatch.wire.protocol import Table
from dispatch.wire.tables import DECIDED_BY, check, rules

_ETAGS: Final = select(REFERENCE.c.name, REFERENCE.c.etag)
_BODIES: Final = select(REFERENCE.c.name, REFERENCE.c.body).where(REFERENCE.c.name.in_(DECIDED_BY))
_INSERT: Final = insert(REFERENCE)
_PUT: Final = _INSERT.on_conflict_do_update(
    index_elements=["name"],
    set_={name: _INSERT.excluded[name] for name in ("version", "etag", "body", "sig")},
)


@dataclass(frozen=True, slots=True)
class ReferenceTable:
    """A reference table in force: `body` is JSON text, `sig` the hub's over its hash."""

    name: str
    version: str
    etag: str
    body: str
    sig: bytes


def put(connection: Connection, table: Table, etag: str) -> None:
    """Keep a table in place of the one before; a body that does not read is a BadInput."""
    check(table.name, table.body)
    row = {
        "name": table.name,
        "version": table.version,
        "etag": etag,
        "body": table.body,
        "sig": table.sig,
    }
    connection.execute(_PUT, row)


def get(connection: Connection, name: str) -> ReferenceTable | None:
    """Return the table of this name, or None when it has not come yet."""
    row = connection.execute(select(REFERENCE).where(REFERENCE.c.name == name)).first()
    return ReferenceTable(row.name, row.version, row.etag, row.body, row.sig) if row else None


def etags(connection: Connection) -> dict[str, str]:
    """Return the ETag of every table that is here."""
    return {row.name: row.etag for row in connection.execute(_ETAGS)}


def present_rules(connection: Connection, shelf: Shelf[str, Rules]) -> Rules:
    """Return the rules in force, built once for each set of tables; a missing one is BadInput."""
    tags = etags(connection)
    mark = "\n".join(tags.get(name, "") for name in DECIDED_BY)
    found = shelf.get(mark)
    if found is None:
        found = rules({row.name: row.body for row in connection.execute(_BODIES)})
        shelf.put(mark, found)
    return found
