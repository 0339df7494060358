"""Workers' positions: the last fix of each and two days of track, in a file of their own."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    delete,
    select,
)
from sqlalchemy.dialects.sqlite import insert

from dispatch.domain.errors import StoreError
from dispatch.store.engine import in_words, open_engine

log = logging.getLogger(__name__)

TRACK_MS: Final = 48 * 3600 * 1000
BATCH_S: Final = 1.0

_METADATA: Final = MetaData()
_COLUMNS: Final = ("worker", "lon", "lat", "at", "accuracy", "heading")


def _columns() -> list[Column[object]]:
    return [
        Column("lon", Float, nullable=False),
        Column("lat", Float, nullable=False),
        Column("at", Integer, nullable=False),
        Column("accuracy", Float, nullable=False),
        Column("heading", Float),
    ]


LAST: Final = Table("last", _METADATA, Column("worker", Text, primary_key=True), *_columns())
TRACK: Final = Table(
    "track",
    _METADATA,
    Column("pos", Integer, primary_key=True),
    Column("worker", Text, nullable=False),
    *_columns(),
)
Index("track_worker", TRACK.c.worker, TRACK.c.at, unique=True)
Index("track_at", TRACK.c.at)

_INSERT: Final = insert(LAST)
_NEWER: Final = _INSERT.on_conflict_do_update(
    index_elements=["worker"],
    set_={name: _INSERT.excluded[name] for name in _COLUMNS[1:]},
    where=_INSERT.excluded.at > LAST.c.at,
)
_PASSED: Final = insert(TRACK).on_conflict_do_nothing()


@dataclass(frozen=True, slots=True)
class Position:
    """Where a worker was: CGCS2000 degrees, UTC milliseconds, metres, degrees from north."""

    worker: str
    lon: float
    lat: float
    at: int
    accuracy: float = 0.0
    heading: float | None = None


class Telemetry:
    """Takes positions from any thread and writes them once a second from its own.

    Synchronous NORMAL: a power cut may lose the last second of positions, never a fact.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with in_words(path):
            self._engine = _open(path)
            with self._engine.begin() as connection:
                rows = connection.execute(select(LAST)).all()
        self._last = {row.worker: Position(*row) for row in rows}
        self._waiting: list[Position] = []
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="store-telemetry", daemon=True)
        self._thread.start()

    def add(self, positions: Iterable[Position]) -> None:
        """Take in positions; `last` shows them at once, an older one than known changes nothing."""
        with self._lock:
            for each in positions:
                self._waiting.append(each)
                known = self._last.get(each.worker)
                if known is None or known.at < each.at:
                    self._last[each.worker] = each

    def last(self) -> tuple[Position, ...]:
        """Return every worker's last position, by number."""
        with self._lock:
            return tuple(self._last[worker] for worker in sorted(self._last))

    def track(self, worker: str, since: int) -> tuple[Position, ...]:
        """Return a worker's positions from `since` on, as far as they have been written."""
        found = (
            select(*(TRACK.c[name] for name in _COLUMNS))
            .where(TRACK.c.worker == worker, TRACK.c.at >= since)
            .order_by(TRACK.c.at)
        )
        with in_words(self._path), self._engine.connect() as connection:
            return tuple(Position(*row) for row in connection.execute(found))

    def close(self) -> None:
        """Write what waits and end the thread."""
        self._stop.set()
        self._thread.join()
        self._engine.dispose()

    def _run(self) -> None:
        with self._engine.connect() as connection:
            while not self._stop.wait(BATCH_S):
                self._try(connection)
            self._try(connection)

    def _try(self, connection: Connection) -> None:
        """Write; a full disk costs these positions, never the thread and those to come."""
        try:
            with in_words(self._path):
                self._write(connection)
        except StoreError as error:
            log.warning("positions could not be written: %s", error)

    def _write(self, connection: Connection) -> None:
        with self._lock:
            batch, self._waiting = self._waiting, []
        if not batch:
            return
        rows = [asdict(each) for each in batch]
        with connection.begin():
            connection.execute(_PASSED, rows)
            connection.execute(_NEWER, rows)
            horizon = int(time.time() * 1000) - TRACK_MS
            connection.execute(delete(TRACK).where(TRACK.c.at < horizon))


def _open(path: Path) -> Engine:
    engine = open_engine(path, durable=False)
    with engine.begin() as connection:
        _METADATA.create_all(connection)
    return engine
