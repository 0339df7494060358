"""Workers' positions: last fixes, two days of track, which grids were covered on which day."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
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

from dispatch.domain.calendar import local
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
COVERED: Final = Table(
    "covered",
    _METADATA,
    Column("day", Text, primary_key=True),
    Column("grid", Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Grids in which somebody was on a day (YYYY-MM-DD, local); kept when the tracks are gone."""
LOOKED: Final = Table("looked", _METADATA, Column("pos", Integer, nullable=False))
"""Up to which fix of the track `covered` has been made."""
VALID_M: Final = 100.0
"""A fix that may be farther off than this covers no grid (illustrative)."""
_AT_ONCE: Final = 5_000

GridsAt = Callable[[Sequence[tuple[float, float]]], Sequence[str | None]]
"""The grid of each point in CGCS2000 degrees, None where none is."""

_INSERT: Final = insert(LAST)
_NEWER: Final = _INSERT.on_conflict_do_update(
    index_elements=["worker"],
    set_={name: _INSERT.excluded[name] for name in _COLUMNS[1:]},
    where=_INSERT.excluded.at > LAST.c.at,
)
_PASSED: Final = insert(TRACK).on_conflict_do_nothing()
_COVERED: Final = insert(COVERED).on_conflict_do_nothing()


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

    def cover(self, grids_at: GridsAt) -> None:
        """Keep which grids the fixes cover that came since this was last asked.

        A track is kept two days: who is not asked for longer has a gap.
        """
        with in_words(self._path), self._engine.connect() as connection:
            while self._cover_some(connection, grids_at) == _AT_ONCE:
                pass

    def _cover_some(self, connection: Connection, grids_at: GridsAt) -> int:
        with connection.begin():
            done = connection.execute(select(LOOKED.c.pos)).scalar() or 0
            query = select(TRACK).where(TRACK.c.pos > done).order_by(TRACK.c.pos).limit(_AT_ONCE)
            rows = connection.execute(query).all()
            if not rows:
                return 0
            good = [row for row in rows if row.accuracy <= VALID_M]
            found = grids_at([(row.lon, row.lat) for row in good])
            seen = {
                (f"{local(row.at):%Y-%m-%d}", grid)
                for row, grid in zip(good, found, strict=True)
                if grid is not None
            }
            if seen:
                told = [{"day": day, "grid": grid} for day, grid in sorted(seen)]
                connection.execute(_COVERED, told)
            connection.execute(delete(LOOKED))
            connection.execute(insert(LOOKED).values(pos=rows[-1].pos))
        return len(rows)

    def covered(self, days: Iterable[date]) -> frozenset[tuple[date, str]]:
        """Return the grids that were covered on these days, each with its day."""
        names = {f"{day:%Y-%m-%d}": day for day in days}
        query = select(COVERED).where(COVERED.c.day.in_(names))
        with in_words(self._path), self._engine.connect() as connection:
            return frozenset((names[row.day], row.grid) for row in connection.execute(query))

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
            # By the newest fix there is: in a drill the machine's own clock is another.
            horizon = max(each.at for each in self.last()) - TRACK_MS
            connection.execute(delete(TRACK).where(TRACK.c.at < horizon))


def _open(path: Path) -> Engine:
    engine = open_engine(path, durable=False)
    with engine.begin() as connection:
        _METADATA.create_all(connection)
    return engine
