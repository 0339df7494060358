"""Fault 4: a number from a sequence is seen before an earlier one that commits later."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, text

from dispatch.hub import numbering
from dispatch.hub.database import Database
from dispatch.hub.hub import Hub
from dispatch.hub.pulling import chain_at
from dispatch.wire.protocol import Frame
from tests.given import given_filed, given_reported
from tests.hub.cluster import cluster
from tests.hub.office import Seat, TestClock, given_hub, given_seat


@pytest.fixture
def hub(tmp_path: Path, clock: TestClock) -> Iterator[Hub]:
    """On a real PostgreSQL: SQLite has one writer, so nothing can commit out of order there."""
    made = given_hub(cluster().fresh(), tmp_path / "hub.d", clock)
    yield made
    made.close()


def test_fault_4_a_bigserial_cursor_misses_what_commits_late(hub: Hub) -> None:
    """The bug put in, on purpose: the suite's own check must see it."""
    one, two, reader = (given_seat(hub, letter) for letter in "ABZ")
    given_reported(one.log)
    one.push()
    given_reported(one.log)
    given_reported(two.log)
    numbered, go_on = threading.Event(), threading.Event()

    def head(_: Database, connection: Connection, town: str) -> tuple[int, str]:
        number = connection.execute(text("SELECT nextval('bug')")).scalar_one()
        if not numbered.is_set():
            numbered.set()
            assert go_on.wait(30)
        return number - 1, chain_at(connection, town, 1)

    hub.office.database.write(lambda c: c.execute(text("CREATE SEQUENCE bug START 2")))
    with patch.object(numbering, "lock_head", head), ThreadPoolExecutor(1) as threads:
        late = threads.submit(one.push, 1)
        assert numbered.wait(30)
        two.push()
        _pull(reader)
        go_on.set()
        late.result()
        _pull(reader)

    assert _missed(reader, one, two), "this is what the counter row is for"


def test_fault_4_the_counter_row_makes_the_second_writer_wait(hub: Hub) -> None:
    """The same two writers: the second has no number before the first has committed."""
    one, two, reader = (given_seat(hub, letter) for letter in "ABZ")
    given_filed(one.log)
    given_filed(two.log)
    locked, go_on = threading.Event(), threading.Event()
    real = numbering.lock_head

    def head(database: Database, connection: Connection, town: str) -> tuple[int, str]:
        found = real(database, connection, town)
        if not locked.is_set():
            locked.set()
            assert go_on.wait(30)
        return found

    with patch.object(numbering, "lock_head", head), ThreadPoolExecutor(2) as threads:
        first = threads.submit(one.push)
        assert locked.wait(30)
        second = threads.submit(two.push)
        _pull(reader)
        assert not reader.got
        go_on.set()
        numbers = [each.seq for done in (first, second) for each in done.result().verdicts]
    _pull(reader)

    assert [1, 2, 3, 4] == numbers
    assert not _missed(reader, one, two)


def _pull(reader: Seat) -> None:
    """Follow `seq > cursor` and nothing else: whether a number is missing is not looked at."""
    more = True
    while more:
        page = reader.hub.pulling.page(reader.site, reader.cursor, 500, with_digest=False)
        reader.got += [each for each in page.entries if isinstance(each, Frame)]
        reader.cursor, more = page.next, page.more


def _missed(reader: Seat, *writers: Seat) -> set[str]:
    pushed = {frame.event for seat in writers for frame in seat.frames()}
    return pushed - {frame.event for frame in reader.got}
