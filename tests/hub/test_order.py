"""The town's order: numbers without holes, the chain, human numbers, cursors that miss nothing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, func, select

from dispatch.domain.calendar import DAY
from dispatch.hub.hub import Hub
from dispatch.hub.numbering import append
from dispatch.hub.parcel import open_frame
from dispatch.hub.schema import EVENT
from dispatch.hub.verify import check_town
from tests.given import TOWN, given_filed, given_reported
from tests.hub.office import Seat, TestClock, given_seat, statuses


def test_events_are_numbered_in_the_order_of_their_commits(hub: Hub) -> None:
    one, two = given_seat(hub, "A"), given_seat(hub, "B")
    given_filed(one.log)
    given_reported(two.log)

    first, second = one.push(), two.push()

    assert [("accepted", "", 1), ("accepted", "", 2)] == statuses(first.verdicts)
    assert [("accepted", "", 3)] == statuses(second.verdicts)
    assert 3 == check_town(hub, TOWN).seq


def test_every_seat_of_the_town_pulls_all_of_it_and_proves_the_chain(hub: Hub) -> None:
    one, two = given_seat(hub, "A"), given_seat(hub, "B")
    given_filed(one.log)
    one.push()

    page = two.pull()

    assert [frame.event for frame in one.frames()] == [frame.event for frame in two.got]
    assert not page.more
    assert check_town(hub, TOWN).chain == two.chain


def test_reports_get_human_numbers_through_the_towns_year(hub: Hub, clock: TestClock) -> None:
    seat = given_seat(hub)
    given_filed(seat.log)
    given_reported(seat.log)
    verdicts = seat.push().verdicts
    clock.now += 400 * DAY
    given_reported(seat.log)
    (later,) = seat.push(3).verdicts

    assert [f"{TOWN}-2026-000001", None, f"{TOWN}-2026-000002"] == [v.number for v in verdicts]
    assert f"{TOWN}-2027-000001" == later.number


def test_numbers_of_a_transaction_that_was_undone_are_used_again(hub: Hub) -> None:
    seat = given_seat(hub)
    given_filed(seat.log)
    entry = open_frame(seat.frames()[0]).entry()

    def broken(connection: Connection) -> None:
        append(hub.office.database, connection, TOWN, (entry,), 1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        hub.office.database.write(broken)

    assert [("accepted", "", 1), ("accepted", "", 2)] == statuses(seat.push().verdicts)


def test_a_cursor_misses_nothing_while_eight_writers_push(hub: Hub) -> None:
    """A reader that follows `seq > cursor` sees each event once, in order, while all write."""
    seats = [given_seat(hub, letter) for letter in "ABCDEFGI"]
    reader = given_seat(hub, "Z")
    for seat in seats:
        for _ in range(12):
            given_filed(seat.log)
    done = threading.Event()

    def write(seat: Seat) -> int:
        return sum(len(seat.push(start, start + 2).verdicts) for start in range(0, 24, 2))

    def follow() -> None:
        while not done.is_set():
            reader.pull(7)

    with ThreadPoolExecutor(9) as threads:
        following = threads.submit(follow)
        written = sum(threads.map(write, seats))
        done.set()
        following.result()
    while reader.pull().more:
        pass

    pushed = {frame.event for seat in seats for frame in seat.frames()}
    assert 8 * 24 == written == len(reader.got) == reader.cursor
    assert pushed == {frame.event for frame in reader.got}
    assert 8 * 24 == check_town(hub, TOWN).seq


def test_the_fold_follows_and_lags_no_more_after_a_pull(hub: Hub) -> None:
    seat = given_seat(hub)
    incident = given_filed(seat.log)
    seat.push()

    seat.pull(with_digest=True)
    count = select(func.count()).select_from(EVENT)

    assert 2 == hub.office.database.read(lambda c: c.execute(count).scalar_one())
    assert 2 == hub.folding.catch_up(TOWN)
    assert 1 == check_town(hub, TOWN).subjects
    assert incident.state == "filed"
