"""The pane says people, workers and seats by name, never a writer's or a worker's bare code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch.desk.desk import Desk
from dispatch.desk.looking_seats import Seats
from dispatch.domain.codes import Finding
from dispatch.domain.command import Verb
from dispatch.domain.event import Event
from tests.desk.offices import Hand, open_desk
from tests.desk.test_one_incident import do, given_reported


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_desk(tmp_path / "seat", Hand())
    yield made
    made.site.close()


def seat_of(desk: Desk, event: Event) -> str:
    """Where an event was written, in words."""
    return desk.asked(lambda reader, tables: Seats(reader, tables).name(event)).result()


def reported(desk: Desk) -> Event:
    """The report of a new incident."""
    return desk.incident(given_reported(desk)).result().facts[0]


def test_the_pane_names_the_worker_who_is_to_verify(desk: Desk) -> None:
    """Name and grid from the roster, the limit from the profile, the name in the timeline."""
    id_ = given_reported(desk)
    worker = desk.workers().result()[0]

    do(desk, "clerk1", Verb.ASK_VERIFY, id_, worker=worker.number)

    pane = desk.pane(id_).result()
    asked = pane.verifying
    assert asked is not None
    assert (worker.number, worker.name) == (asked.worker, asked.name)
    assert asked.grid_name
    assert pane.row.clock is not None
    assert pane.row.clock.due == asked.due
    assert asked.finding is None
    assert worker.name in pane.timeline[0].text


def test_who_was_spoken_for_is_named(desk: Desk) -> None:
    """The worker whose answer was taken by telephone stands in the timeline by name."""
    id_ = given_reported(desk)
    worker = desk.workers().result()[0]
    do(desk, "clerk1", Verb.ASK_VERIFY, id_, worker=worker.number)

    do(desk, "dispatcher1", Verb.VERIFY, id_, finding=Finding.TRUE, on_behalf=worker.number)

    assert worker.name == desk.pane(id_).result().timeline[0].on_behalf


def test_nobody_is_named_where_nobody_was_asked(desk: Desk) -> None:
    """A fresh report waits for no worker."""
    assert desk.pane(given_reported(desk)).result().verifying is None


def test_a_seat_is_called_as_it_was_logged_on_to(desk: Desk) -> None:
    """The office, and the seat's own name once somebody took it in the shift."""
    event = reported(desk)
    assert "横沥镇" == seat_of(desk, event)

    desk.shift_on("2 号席").result()

    assert "横沥镇 · 2 号席" == seat_of(desk, event)


def test_another_seat_of_the_office_is_not_called_by_this_ones_name(desk: Desk) -> None:
    """The log-on counts for the writer it was made with."""
    event = reported(desk)
    desk.shift_on("2 号席").result()

    assert "横沥镇" == seat_of(desk, replace(event, writer="22" * 16))


def test_a_station_is_called_by_its_village(desk: Desk) -> None:
    """A station's own order is written at the station."""
    event = replace(reported(desk), actor="station1")

    assert seat_of(desk, event).endswith("村工作站")


def test_who_is_unknown_here_has_no_seat(desk: Desk) -> None:
    """Nothing is made up."""
    assert "" == seat_of(desk, replace(reported(desk), actor="somebody"))
