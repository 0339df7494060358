"""Statements compiled once and run straight on the driver: the way of everything that is hot.

SQLAlchemy compiles an upsert anew at each execution and takes 50 µs around any other; an
operator's act runs about ten of them between BEGIN and COMMIT.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement

_DIALECT: Final = sqlite.dialect()


class Prepared:
    """A Core statement as SQL text and the order of its named values.

    `columns`: for an insert, those that values are given for.
    """

    def __init__(self, statement: ClauseElement, columns: Iterable[str] | None = None) -> None:
        keys = None if columns is None else list(columns)
        compiled = statement.compile(dialect=_DIALECT, column_keys=keys)
        self.sql = str(compiled)
        self._order: tuple[str, ...] = tuple(getattr(compiled, "positiontup", None) or ())
        self._pick = itemgetter(*self._order) if len(self._order) > 1 else None
        self._fixed: dict[str, Any] = {  # Any: values written into the statement itself
            name: value
            for name, value in compiled.params.items()
            if value is not None and name not in (keys or ())
        }

    def run(
        self, connection: Connection, values: Mapping[str, Any] | None = None
    ) -> sqlite3.Cursor:
        """Run it once; rows come as tuples."""
        return execute(connection, self.sql, self._given(values or {}))

    def run_many(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> int:
        """Run it for every row; return how many rows of the table it has touched."""
        given = [self._given(row) for row in rows]
        dbapi = _driver(connection)
        try:
            return dbapi.executemany(self.sql, given).rowcount
        except sqlite3.Error:
            connection.info["failed"] = True
            raise

    def _given(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        if self._fixed:
            values = self._fixed | dict(values)
        if self._pick is not None:
            found: tuple[Any, ...] = self._pick(values)
            return found
        return tuple(values[name] for name in self._order)


def execute(connection: Connection, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
    """Run SQL text on the driver; after a failure the transaction takes nothing more."""
    dbapi = _driver(connection)
    try:
        return dbapi.execute(sql, values)
    except sqlite3.Error:
        connection.info["failed"] = True
        raise


def _driver(connection: Connection) -> sqlite3.Connection:
    """Return SQLite's own connection inside a transaction that has not failed."""
    driver: Any = connection.connection.dbapi_connection  # Any: SQLAlchemy's view of any driver
    if connection.info.get("failed") or not driver.in_transaction:
        raise sqlite3.OperationalError("前一条语句失败，本次写入已全部撤销")
    found: sqlite3.Connection = driver
    return found
