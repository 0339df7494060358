"""Two hub processes over one PostgreSQL: what is pushed at one wakes the polls of the other."""

from __future__ import annotations

import asyncio
import threading
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue

from sqlalchemy import Engine, text

from dispatch.hub.dialect import EVERY_TOWN
from dispatch.hub.hub import Hub, HubPlace, open_hub
from dispatch.hub.pool import Pool
from dispatch.hub.sqlite import Sqlite
from dispatch.hub.verify import check_town
from dispatch.hub.wake import Wake
from dispatch.wire import protocol as wire
from dispatch.wire.protocol import decode, encode
from tests.given import TOWN, given_filed
from tests.hub.cluster import cluster
from tests.hub.office import Seat, TestClock, given_hub, given_seat
from tests.hub.serving import Door, served


def _poll(door: Door, seat: Seat, wait: int) -> wire.TownPage:
    body = encode(wire.Pull({TOWN: seat.cursor}, wait), packed=False)
    headers = {"Authorization": f"Bearer {seat.token}"}
    answer = door.post("/v1/pull", headers=headers, content=body)
    return decode(answer.content, wire.PullAnswer, "pull").towns[TOWN]


def test_a_push_at_one_wakes_the_poll_at_the_other(tmp_path: Path) -> None:
    place = HubPlace(cluster().fresh(), tmp_path / "hub.d")
    with (
        closing(given_hub(place.url, place.folder, TestClock())) as one,
        closing(open_hub(place)) as two,
        served(one) as here,
        served(two) as there,
    ):
        seat, other = given_seat(one, "A"), given_seat(one, "B")
        given_filed(seat.log)
        pages: list[wire.TownPage] = []
        # Longer than the caller's own patience: without the wake-up it would give up.
        waiting = threading.Thread(target=lambda: pages.append(_poll(Door(there), other, 55)))
        waiting.start()
        push = encode(wire.Push(seat.frames()), packed=False)
        headers = {"Authorization": f"Bearer {seat.token}"}
        threading.Event().wait(1.0)

        Door(here).post("/v1/events", headers=headers, content=push)
        waiting.join()

        assert [1, 2] == [entry.seq for entry in pages[0].entries]


def test_the_same_push_at_both_at_once_is_one_row_each(tmp_path: Path) -> None:
    place = HubPlace(cluster().fresh(), tmp_path / "hub.d")
    with (
        closing(given_hub(place.url, place.folder, TestClock())) as one,
        closing(open_hub(place)) as two,
    ):
        seat = given_seat(one)
        for _ in range(50):
            given_filed(seat.log)
        both: list[wire.PushAnswer] = []

        def push(hub: Hub) -> None:
            both.append(hub.ingest.push(wire.Push(seat.frames())))

        threads = [threading.Thread(target=push, args=(hub,)) for hub in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        statuses = [{each.status for each in answer.verdicts} for answer in both]
        assert [{"accepted"}, {"duplicate"}] == sorted(statuses, key=sorted)
        numbers = [[each.seq for each in answer.verdicts] for answer in both]
        assert numbers[0] == numbers[1] == list(range(1, 101))
        assert 100 == check_town(one, TOWN).seq


def test_a_listener_that_lost_its_connection_hears_again(tmp_path: Path) -> None:
    place = HubPlace(cluster().fresh(), tmp_path / "hub.d")
    with (
        closing(given_hub(place.url, place.folder, TestClock())) as hub,
        closing(open_hub(place)) as other,
    ):
        heard: SimpleQueue[str] = SimpleQueue()
        here, there = hub.office.database, other.office.database
        listener = here.dialect.listen(place.url, heard.put)
        assert listener is not None
        try:
            for cut in (False, True):
                if cut:
                    with here.engine.begin() as connection:
                        connection.execute(
                            text(
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                " WHERE query LIKE 'LISTEN%' AND datname = current_database()"
                            )
                        )
                # It rings for all who wait each time that it begins to listen.
                assert EVERY_TOWN == heard.get(timeout=60)
                here.dialect.notify(here.engine, frozenset({"what this process told itself"}))
                there.dialect.notify(there.engine, frozenset({TOWN, "another town"}))
                assert ["another town", TOWN] == sorted(
                    (heard.get(timeout=60), heard.get(timeout=60)), reverse=True
                )
        finally:
            listener.stop()
        assert heard.empty()


class _Told(Sqlite):
    """A dialect that keeps what it was to tell; the first time nobody is there to be told."""

    def __init__(self) -> None:
        self.towns: list[frozenset[str]] = []

    def notify(self, engine: Engine, towns: frozenset[str]) -> None:
        del engine
        self.towns.append(towns)


def test_what_was_not_told_yet_is_told_before_the_process_ends(hub: Hub) -> None:
    """A poll at another process would wait its time out for what this one has committed."""
    told = _Told()
    database = hub.office.database
    database.dialect = told

    async def life() -> None:
        pool = Pool()
        wake = Wake(database, pool)
        for town in ("1", "2", "1"):
            wake.ring(town)
        await wake.last_words()
        pool.close()

    asyncio.run(life())

    assert [frozenset({"1", "2"})] == told.towns, "all towns in one transaction"
