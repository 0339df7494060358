"""What differs between the two databases: opening, locks, waking those who wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol

from sqlalchemy import Connection, Engine, Select, Table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from dispatch.domain.errors import BadInput
from dispatch.hub import postgres, sqlite

Ring = Callable[[str], None]
"""Wakes everybody who waits for this town, or for any where it is `EVERY_TOWN`."""
EVERY_TOWN: Final = postgres.EVERY_TOWN


class Listener(Protocol):
    """Brings the wake-ups of other hub processes."""

    def stop(self) -> None:
        """End it, and wait for its end."""


class Dialect(Protocol):
    """One database's own ways."""

    def engine(self, url: str) -> Engine:
        """Open a pool of connections."""

    def reading(self, connection: Connection) -> Connection:
        """Return the connection set to read one state of the whole database."""

    def locked(self, query: Select[Any]) -> Select[Any]:  # Any: rows of any shape
        """Return the query so that its rows stay locked to the end of the transaction."""

    def insert_missing(self, table: Table) -> Any:  # Any: each dialect's own Insert class
        """Return an insert that passes over rows whose key is there."""

    def notify(self, engine: Engine, towns: frozenset[str]) -> None:
        """Tell other processes, after a commit, that these towns have news. Never heard here."""

    def listen(self, url: str, ring: Ring) -> Listener | None:
        """Begin to hear other processes; None where there is only this one."""


def dialect_of(url: str) -> Dialect:
    """Return the dialect of a database's address; another database is a BadInput."""
    try:
        name = make_url(url).drivername
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise BadInput(
            "--db", "不是数据库地址，应为 sqlite:///文件 或 postgresql+psycopg://…"
        ) from None
    if name in {"sqlite", "sqlite+pysqlite"}:
        return sqlite.Sqlite()
    if name == "postgresql+psycopg":
        return postgres.Postgres()
    raise BadInput("--db", f"不支持 {name}，应为 sqlite:///文件 或 postgresql+psycopg://…")
