"""SQLite as the hub's database: one process, one writer at a time, BEGIN IMMEDIATE."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, create_engine, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA journal_size_limit=67108864",
)


class Sqlite:
    """Locks are the whole file's, so a query needs none of its own."""

    def engine(self, url: str) -> Engine:
        """Open a pool whose transactions begin as ours, not as the driver's."""
        engine = create_engine(
            url, pool_size=16, max_overflow=0, pool_timeout=30, hide_parameters=True
        )
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine

    def reading(self, connection: Connection) -> Connection:
        """A deferred transaction reads the state at its first query."""
        return connection.execution_options(zhiwang_reads=True)

    def locked(self, query: Select[Any]) -> Select[Any]:  # Any: rows of any shape
        """The transaction holds the one lock already."""
        return query

    def insert_missing(self, table: Table) -> Any:  # Any: the dialect's own Insert class
        """INSERT ... ON CONFLICT DO NOTHING."""
        return insert(table).on_conflict_do_nothing()

    def notify(self, engine: Engine, towns: frozenset[str]) -> None:
        """Nobody else is there."""

    def listen(self, url: str, ring: object) -> None:
        """Nobody else is there."""


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN comes late and deferred: two writers would then deadlock.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("zhiwang_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
