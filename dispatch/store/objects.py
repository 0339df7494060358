"""Managed objects as the hub has sent them, in a file of their own; searched by any piece."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    Column,
    Engine,
    Float,
    Integer,
    MetaData,
    Table,
    Text,
    delete,
    func,
    inspect,
    or_,
    select,
)
from sqlalchemy.dialects.sqlite import insert

from dispatch.domain.cycle import DueObject
from dispatch.store.engine import in_words, open_engine
from dispatch.wire.objects import Delta, ManagedObject

_METADATA: Final = MetaData()
_FIELDS: Final = (
    *("code", "kind", "name", "grid", "address", "person", "phone", "lon", "lat"),
    *("every_days", "due_on"),
)
OBJECT: Final = Table(
    "object",
    _METADATA,
    Column("code", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in _FIELDS[1:7]),
    Column("lon", Float),
    Column("lat", Float),
    Column("every_days", Integer),
    Column("due_on", Text, nullable=False),
    Column("said", Text, nullable=False),
    sqlite_with_rowid=False,
)
CURSOR: Final = Table("cursor", _METADATA, Column("rev", Integer, nullable=False))


class Objects:
    """The file can be deleted at any time: the hub sends all of it again. Safe from any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with in_words(path):
            self._engine = _open(path)

    def cursor(self) -> int:
        """Return the hub's revision up to which changes are here; 0 before the first."""
        with in_words(self._path), self._engine.connect() as connection:
            return connection.execute(select(CURSOR.c.rev)).scalar() or 0

    def apply(self, delta: Delta) -> None:
        """Take in a page of changes; its cursor goes with it. The signature has been checked."""
        with in_words(self._path), self._engine.begin() as connection:
            if delta.anew:
                connection.execute(delete(OBJECT))
            gone = [*delta.gone, *(each.code for each in delta.rows)]
            for begin in range(0, len(gone), 500):
                some = gone[begin : begin + 500]
                connection.execute(delete(OBJECT).where(OBJECT.c.code.in_(some)))
            if delta.rows:
                connection.execute(insert(OBJECT), [_values(each) for each in delta.rows])
            connection.execute(delete(CURSOR))
            connection.execute(insert(CURSOR).values(rev=delta.next))

    def count(self) -> int:
        """Return how many there are."""
        with in_words(self._path), self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(OBJECT)).scalar_one()

    def search(self, text: str, limit: int) -> tuple[ManagedObject, ...]:
        """Return objects that hold every word of the text somewhere, by code."""
        query = select(*(OBJECT.c[name] for name in _FIELDS)).order_by(OBJECT.c.code).limit(limit)
        for word in text.casefold().split():
            # Both are folded already; LIKE would fold each row again, at four times the cost.
            query = query.where(func.instr(OBJECT.c.said, word) > 0)
        with in_words(self._path), self._engine.connect() as connection:
            return tuple(ManagedObject(*row) for row in connection.execute(query))

    def around(
        self, words: Iterable[str], box: tuple[float, float, float, float]
    ) -> tuple[ManagedObject, ...]:
        """Return objects in a box (west, south, east, north) whose kind holds one of the words."""
        west, south, east, north = box
        query = select(*(OBJECT.c[name] for name in _FIELDS)).where(
            OBJECT.c.lat.between(south, north),
            OBJECT.c.lon.between(west, east),
            or_(*(func.instr(OBJECT.c.kind, word) > 0 for word in words)),
        )
        with in_words(self._path), self._engine.connect() as connection:
            return tuple(ManagedObject(*row) for row in connection.execute(query))

    def page(self, after: str, limit: int) -> tuple[ManagedObject, ...]:
        """Return objects by code, those after this one; "" is before the first."""
        query = select(*(OBJECT.c[name] for name in _FIELDS)).order_by(OBJECT.c.code).limit(limit)
        with in_words(self._path), self._engine.connect() as connection:
            rows = connection.execute(query.where(OBJECT.c.code > after))
            return tuple(ManagedObject(*row) for row in rows)

    def named(self, codes: Iterable[str]) -> tuple[ManagedObject, ...]:
        """Return those of these objects that are here, by code."""
        query = select(*(OBJECT.c[name] for name in _FIELDS)).order_by(OBJECT.c.code)
        wanted = sorted(set(codes))
        found: list[Any] = []  # Any: rows of the columns above
        with in_words(self._path), self._engine.connect() as connection:
            for begin in range(0, len(wanted), 500):
                some = wanted[begin : begin + 500]
                found += connection.execute(query.where(OBJECT.c.code.in_(some))).all()
        return tuple(ManagedObject(*row) for row in found)

    def on_a_cycle(self) -> tuple[DueObject, ...]:
        """Return the objects that are to be looked at by a cycle, by code."""
        columns = (OBJECT.c[name] for name in ("code", "grid", "due_on", "every_days"))
        query = select(*columns).where(OBJECT.c.due_on != "").order_by(OBJECT.c.code)
        with in_words(self._path), self._engine.connect() as connection:
            return tuple(
                DueObject(row.code, row.grid, date.fromisoformat(row.due_on), row.every_days)
                for row in connection.execute(query)
            )

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def _values(each: ManagedObject) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(each, name) for name in _FIELDS}
    said = f"{each.code} {each.kind} {each.name} {each.address} {each.person} {each.grid}"
    return row | {"said": said.casefold()}


def _open(path: Path) -> Engine:
    engine = open_engine(path, durable=False)
    with engine.begin() as connection:
        found = inspect(connection)
        if found.has_table(OBJECT.name):
            had = {each["name"] for each in found.get_columns(OBJECT.name)}
            if had != set(OBJECT.c.keys()):  # another version's: the hub sends all of it again
                _METADATA.drop_all(connection)
        _METADATA.create_all(connection)
    return engine
