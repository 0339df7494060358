"""The one function that opens a site's database, so that encryption at rest has one place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from dispatch.domain.errors import Damage, StoreError

PRAGMAS: Final = [
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-32768",
    # 16 MB: the same few pages are written by every act, and go back into the file once. The
    # writer does that when it rests, so an act that comes upon a full log is rare.
    "PRAGMA wal_autocheckpoint=4000",
]


class DiskFull(StoreError):
    """A write found no room; all of its transaction is undone."""


_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_UNREADABLE: Final = frozenset({sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ})


def open_engine(path: Path, *, query_only: bool = False, durable: bool = True) -> Engine:
    """Open a database file on a local disk; every connection gets the same settings.

    `durable` False: a power cut may take the last transactions (synchronous NORMAL).
    A writing engine begins each transaction IMMEDIATE. After any failed statement its
    transaction takes no further one: SQLite has undone the whole on a full disk and would
    store the rest piece by piece.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"check_same_thread": False, "timeout": 5.0, "cached_statements": 512},
        query_cache_size=1000,
        hide_parameters=True,  # names and keys have no place in a traceback
    )
    pragmas = [
        *PRAGMAS,
        *(["PRAGMA query_only=ON"] if query_only else []),
        *([] if durable else ["PRAGMA synchronous=NORMAL"]),
    ]

    @event.listens_for(engine, "connect")
    def set_up(dbapi: sqlite3.Connection, _record: object) -> None:
        dbapi.isolation_level = None
        for pragma in pragmas:
            dbapi.execute(pragma).fetchall()

    _watch_transactions(engine, "BEGIN" if query_only else "BEGIN IMMEDIATE")
    return engine


def _watch_transactions(engine: Engine, begin: str) -> None:
    """Begin each transaction so, and let none go on after a statement of it has failed."""

    @event.listens_for(engine, "begin")
    def begins(connection: Connection) -> None:
        if connection.info.get("held"):
            return  # `immediate` has begun, and whether it failed is its own to say
        connection.info["failed"] = False
        # Straight on the driver: a tenth of the time, and every act pays it.
        driver: Any = connection.connection.dbapi_connection  # Any: as SQLAlchemy types it
        driver.execute(begin)

    @event.listens_for(engine, "before_cursor_execute")
    # Any: the event's own arguments, none of which is looked at
    def goes_on(connection: Connection, *_rest: Any) -> None:
        if connection.info.get("failed"):
            raise StoreError("前一条语句失败，本次写入已全部撤销")

    @event.listens_for(engine, "handle_error")
    def failed(context: ExceptionContext) -> None:
        if context.connection is not None and not context.connection.closed:
            context.connection.info["failed"] = True


@contextmanager
def immediate(connection: Connection) -> Iterator[None]:
    """Begin IMMEDIATE and commit on the driver, any error undoes all; Core may be used within.

    SQLAlchemy's own begin and commit take 30 µs more, and every act pays them.
    """
    driver: Any = connection.connection.dbapi_connection  # Any: as SQLAlchemy types it
    info = connection.info
    info["failed"] = False
    info["held"] = True
    done = False
    try:
        driver.execute("BEGIN IMMEDIATE")
        yield
        if connection.in_transaction():
            connection.commit()
        else:
            driver.commit()
        done = True
    finally:
        info["held"] = False
        if not done:
            connection.rollback()
            driver.rollback()


def shape_of(engine: Engine) -> str | None:
    """Return the name of the database's shape (its revision); None for an empty file."""
    with engine.connect() as connection:
        there = connection.exec_driver_sql(
            "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
        ).scalar()
        if there is None:
            return None
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return str(found) if found is not None else None


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn any error of the database into a StoreError that names the file.

    A file that is no database, one whose pages do not fit together or cannot be read, is Damage.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        cause = getattr(error, "orig", None) or error
        reason = str(cause)
        code = getattr(cause, "sqlite_errorcode", 0)
        # The low byte is the kind, what is above it says where: in an index, in the search.
        if code & 0xFF in _DAMAGED or code in _UNREADABLE:
            raise Damage(path.name, reason) from error
        if "disk is full" in reason:
            raise DiskFull(f"{path.name}: 磁盘已满") from error
        raise StoreError(f"{path.name}: {reason}") from error
