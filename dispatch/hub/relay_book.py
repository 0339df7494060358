"""What a relay keeps: pending frames in the order they came, their subjects' keys. No number."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    select,
)
from sqlalchemy.dialects.sqlite import insert

from dispatch.acts.perform import new_id
from dispatch.hub.parcel import Piece
from dispatch.store.engine import in_words, open_engine
from dispatch.wire.keys import secret_id
from dispatch.wire.protocol import Frame, Secret

PAGE: Final = 200
_METADATA: Final = MetaData()
_LIFE: Final = Table("life", _METADATA, Column("name", Text, primary_key=True))
_FRAME: Final = Table(
    "frame",
    _METADATA,
    Column("pos", Integer, primary_key=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("subject", Text, nullable=False),
    Column("unit", Text),
    Column("raw", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
_SECRET: Final = Table(
    "secret",
    _METADATA,
    Column("subject", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("key", LargeBinary, nullable=False),
    PrimaryKeyConstraint("subject", "name"),
)
_KEY_BYTES: Final = 32


class RelayBook:
    """The relay's file. Safe from several threads: SQLite lets one write at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.exists():
            # Keys of subjects are in it.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._engine = open_engine(path)
        with self._begun() as connection:
            _METADATA.create_all(connection)
            if connection.execute(select(_LIFE)).first() is None:
                connection.execute(insert(_LIFE).values(name=new_id()))
            self.life: str = connection.execute(select(_LIFE.c.name)).scalar_one()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def keep(self, pieces: Iterable[Piece], keys: Iterable[Secret]) -> int:
        """Keep frames that are proved, and keys of their subjects; return how many are new."""
        rows = [
            {
                "hash": each.hash,
                "subject": each.header.subject.id,
                "unit": each.header.unit.id if each.header.unit else None,
                "raw": each.raw,
                "sig": each.sig,
            }
            for each in pieces
            if each.header is not None
        ]
        subjects = {row["subject"] for row in rows}
        secrets = [
            {"subject": each.subject, "name": secret_id(each.key), "key": each.key}
            for each in keys
            if each.subject in subjects and len(each.key) == _KEY_BYTES
        ]
        new = 0
        with self._begun() as connection:
            for row in rows:
                new += connection.execute(insert(_FRAME).on_conflict_do_nothing(), row).rowcount
            if secrets:
                connection.execute(insert(_SECRET).on_conflict_do_nothing(), secrets)
        return new

    def after(self, place: int) -> tuple[tuple[Frame, ...], tuple[Secret, ...], int]:
        """Return what came after a place, its subjects' keys, and the place it ends at.

        `PAGE` frames, more only where a unit would be parted.
        """
        with self._begun() as connection:
            query = select(_FRAME).where(_FRAME.c.pos > place).order_by(_FRAME.c.pos)
            rows = list(connection.execute(query.limit(PAGE)))
            while rows and rows[-1].unit is not None:
                rest = connection.execute(
                    query.where(_FRAME.c.pos > rows[-1].pos, _FRAME.c.unit == rows[-1].unit)
                ).all()
                if not rest:
                    break
                rows += rest
            keys = _keys(connection, {row.subject for row in rows})
        frames = tuple(Frame(row.raw.decode(), row.sig) for row in rows)
        return frames, keys, rows[-1].pos if rows else place

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        with in_words(self._path), self._engine.begin() as connection:
            yield connection


def _keys(connection: Connection, subjects: set[str]) -> tuple[Secret, ...]:
    query = select(_SECRET.c.subject, _SECRET.c.key).where(_SECRET.c.subject.in_(subjects))
    rows = connection.execute(query.order_by(_SECRET.c.subject, _SECRET.c.name))
    return tuple(Secret(row.subject, row.key) for row in rows)
