"""One byte of one value changed where the store keeps it, and put back again."""

from __future__ import annotations

import random
import sqlite3
import struct
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, text
from sqlalchemy.exc import DatabaseError


@dataclass(frozen=True, slots=True)
class Place:
    """A value: table, column, and its row as it was."""

    table: str
    column: str
    row: dict[str, Any]
    keys: tuple[str, ...]

    @property
    def value(self) -> Any:
        """What stands there."""
        return self.row[self.column]


def flipped(value: Any, rng: random.Random) -> Any:
    """Return a value with one bit of one byte changed; bytes where it is no text any more."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value ^ (1 << rng.randrange(max(value.bit_length(), 8)))
    if isinstance(value, float):
        packed = bytearray(struct.pack("<d", value))
        packed[rng.randrange(6)] ^= 1 << rng.randrange(8)  # of the fraction: it stays a number
        return struct.unpack("<d", packed)[0]
    raw = bytearray(value.encode() if isinstance(value, str) else value)
    raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    if isinstance(value, bytes):
        return bytes(raw)
    try:
        return bytes(raw).decode()
    except UnicodeDecodeError:
        return bytes(raw)


class Sqlite:
    """A SQLite file, changed behind its owner's back."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def rows(self, table: Table) -> list[dict[str, Any]]:
        """Return the rows of a table."""
        with closing(sqlite3.connect(self._path)) as database:
            database.row_factory = sqlite3.Row
            found = database.execute(f"SELECT * FROM {table.name}")
            return [dict(row) for row in found]

    @contextmanager
    def changed(self, place: Place, value: Any) -> Iterator[bool]:
        """Have the value changed; False where the table's own constraints do not let it be."""
        try:
            self._put(place, place.row, value)
        except sqlite3.IntegrityError:
            yield False
            return
        try:
            yield True
        finally:
            self._put(place, place.row | {place.column: value}, place.value)

    def _put(self, place: Place, row: dict[str, Any], value: Any) -> None:
        where = " AND ".join(f"CAST({key} AS BLOB) = CAST(? AS BLOB)" for key in place.keys)
        is_text = isinstance(place.value, str)
        new = "CAST(? AS TEXT)" if is_text else "?"
        sql = f"UPDATE {place.table} SET {place.column} = {new} WHERE {where}"
        given = [str(row[key]) if isinstance(row[key], int) else row[key] for key in place.keys]
        with closing(sqlite3.connect(self._path)) as database, database:
            database.execute("PRAGMA foreign_keys = OFF")
            assert 1 == database.execute(sql, (value, *given)).rowcount


class Postgres:
    """A PostgreSQL database, changed behind its owner's back: no key of another table holds it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def rows(self, table: Table) -> list[dict[str, Any]]:
        """Return the rows of a table."""
        with self._engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(table.select())]  # noqa: SLF001

    @contextmanager
    def changed(self, place: Place, value: Any) -> Iterator[bool]:
        """Have the value changed; False where the database does not let it be."""
        if isinstance(place.value, str) and (isinstance(value, bytes) or "\0" in value):
            yield False
            return
        try:
            self._put(place, place.row, value)
        except DatabaseError:
            yield False
            return
        try:
            yield True
        finally:
            self._put(place, place.row | {place.column: value}, place.value)

    def _put(self, place: Place, row: dict[str, Any], value: Any) -> None:
        where = " AND ".join(f'"{key}" = :key_{key}' for key in place.keys)
        sql = f'UPDATE "{place.table}" SET "{place.column}" = :value WHERE {where}'
        given = {f"key_{key}": row[key] for key in place.keys} | {"value": value}
        with self._engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            assert 1 == connection.execute(text(sql), given).rowcount


def places(
    held: Sqlite | Postgres, tables: Sequence[Table], left_out: frozenset[str]
) -> list[Place]:
    """Return every value of the tables; `left_out` names columns as `table.column`."""
    return [
        Place(table.name, column.name, row, tuple(key.name for key in table.primary_key))
        for table in tables
        for row in held.rows(table)
        for column in table.columns
        if f"{table.name}.{column.name}" not in left_out
        and row[column.name] is not None
        and row[column.name] not in ("", b"")
    ]
