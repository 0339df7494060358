"""Two hub processes over one PostgreSQL: what is pushed at one wakes the polls of the other."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from dispatch.hub.hub import Hub, HubPlace, open_hub
from dispatch.hub.verify import check_town
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
    with closing(given_hub(place.url, place.folder, TestClock())) as hub:
        heard = threading.Event()
        database = hub.office.database
        listener = database.dialect.listen(place.url, lambda _: heard.set())
        assert listener is not None
        try:
            for cut in (False, True):
                heard.clear()
                if cut:
                    with database.engine.begin() as connection:
                        connection.execute(
                            text(
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                " WHERE query LIKE 'LISTEN%' AND datname = current_database()"
                            )
                        )
                for _ in range(100):
                    database.dialect.notify(database.engine, frozenset({TOWN}))
                    if heard.wait(0.1):
                        break
                assert heard.is_set()
        finally:
            listener.stop()
