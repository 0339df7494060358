"""What an import into the hub is asked for and answers; the tables as the hub has them now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select

from dispatch.domain.errors import BadInput
from dispatch.domain.organisation import Organisation
from dispatch.files.rows import Reject
from dispatch.files.tables import PLAIN, Layout, read_layout
from dispatch.hub.schema import TABLE_VERSION
from dispatch.wire import tables


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported and how; `mapping` names the file's columns, None: as we do.

    `dry`: everything is checked and written as ever, and then undone. `replace`: objects of the
    file's towns that the file does not name are no more.
    """

    table: str
    file: Path
    crs: str = "cgcs2000"
    repair: bool = False
    mapping: Path | None = None
    dry: bool = False
    replace: bool = False

    def layout(self, columns: Collection[str]) -> Layout:
        """Return how the file is laid out."""
        return PLAIN if self.mapping is None else read_layout(self.mapping, columns)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: taken, changed anything at all; `told`: a line per rejected row."""

    taken: int
    changed: bool = False
    rejects: tuple[Reject, ...] = ()
    told: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    header: tuple[str, ...] = ()


def body_of(connection: Connection, name: str) -> str | None:
    """Return the newest text of a table, None when there is none."""
    newest = (
        select(func.max(TABLE_VERSION.c.rev)).where(TABLE_VERSION.c.name == name).scalar_subquery()
    )
    query = select(TABLE_VERSION.c.body).where(
        TABLE_VERSION.c.name == name, TABLE_VERSION.c.rev == newest
    )
    body: str | None = connection.execute(query).scalar()
    return body


def organisation_of(connection: Connection) -> Organisation:
    """Return the tree; without one it is a BadInput that says what to do."""
    body = body_of(connection, "organisation")
    if body is None:
        raise BadInput("organisation", "先导入 divisions 或用 hub init --seed-town")
    return tables.parse_organisation(body)
