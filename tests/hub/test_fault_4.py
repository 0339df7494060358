"""Fault 4: two writers commit out of order. A cursor misses nothing; a `bigserial` is caught."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, insert, select, text

from dispatch.hub import ingest, numbering
from dispatch.hub.database import Database
from dispatch.hub.hub import Hub
from dispatch.hub.numbering import Entry, Placed
from dispatch.hub.schema import EVENT, EVENT_KEY
from tests.given import TOWN, given_filed
from tests.hub.cluster import cluster
from tests.hub.office import Seat, TestClock, given_hub, given_seat

Append = Callable[[Database, Connection, str, Sequence[Entry], int], tuple[Placed, ...]]


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Hub]:
    """A hub on a real PostgreSQL: SQLite has one writer at a time in any case."""
    with closing(given_hub(cluster().fresh(), tmp_path / "hub.d", TestClock())) as made:
        yield made


def _bigserial(
    database: Database, connection: Connection, town: str, entries: Sequence[Entry], now: int
) -> tuple[Placed, ...]:
    """Number events as a column of type bigserial would: each takes what is next, and no lock."""
    del database
    placed: list[Placed] = []
    for entry in entries:
        seq = connection.execute(text("SELECT nextval('seeded_seq')")).scalar_one()
        place = Placed(entry.hash, seq, now, None)
        connection.execute(insert(EVENT).values(**numbering._row(town, entry, place, "0" * 64)))  # noqa: SLF001
        key = {"town": town, "inc": entry.inc, "sseq": entry.sseq, "hash": entry.hash, "seq": seq}
        connection.execute(insert(EVENT_KEY).values(**key))
        placed.append(place)
    return tuple(placed)


def _slowly(append: Append, rng: random.Random) -> Append:
    """Between taking a number and the commit some time goes by, never the same."""

    def slow(
        database: Database, connection: Connection, town: str, entries: Sequence[Entry], now: int
    ) -> tuple[Placed, ...]:
        placed = append(database, connection, town, entries, now)
        time.sleep(rng.random() * 0.01)
        return placed

    return slow


def missed(hub: Hub, append: Append) -> tuple[int, int]:
    """Let eight writers push while a reader goes on by its cursor; return missed, written."""
    seats = [given_seat(hub, letter) for letter in "ABCDEFGI"]
    for seat in seats:
        for _ in range(8):
            given_filed(seat.log)
    cursor, got = 0, 0
    reading = threading.Lock()
    new = select(EVENT.c.seq).where(EVENT.c.town == TOWN).order_by(EVENT.c.seq)

    def read() -> None:
        """What any site does: ask for what lies above the cursor."""
        nonlocal cursor, got
        with reading:
            query = new.where(EVENT.c.seq > cursor)
            rows = hub.office.database.read(lambda c: c.execute(query).scalars().all())
            got += len(rows)
            cursor = rows[-1] if rows else cursor

    def write(seat: Seat) -> int:
        written = 0
        for at in range(16):
            written += len(seat.push(at, at + 1).verdicts)
            read()
        return written

    with (
        patch.object(ingest, "append", _slowly(append, random.Random(4))),
        ThreadPoolExecutor(8) as threads,
    ):
        written = sum(threads.map(write, seats))
    return written - got, written


def test_fault_4_a_cursor_misses_nothing_of_eight_writers(postgres: Hub) -> None:
    assert (0, 128) == missed(postgres, numbering.append)


def test_fault_4_a_bigserial_is_caught(postgres: Hub) -> None:
    """The same check over numbers from a sequence: it must not pass them."""
    with postgres.office.database.engine.begin() as connection:
        connection.execute(text("CREATE SEQUENCE seeded_seq"))
    lost, written = missed(postgres, _bigserial)
    assert 128 == written
    assert lost > 0
