"""The workers board while somebody is asked to look: assigned, under way, there, silent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch.acts.perform import Author, new_id, record_one
from dispatch.desk.desk import Desk
from dispatch.desk.views import WorkerStatus
from dispatch.domain.bodies import SignedOn
from dispatch.domain.codes import Kind
from dispatch.domain.command import Command, Verb
from dispatch.drill.people import made_roster
from dispatch.store.telemetry import Position
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.unit.towns import hengli

MINUTE = 60_000
WORKER = made_roster(hengli()).workers[0]
GRID = next(grid for grid in hengli().grids if grid.code == WORKER.node)
FAR = 0.003
"""Degrees, some 330 m."""


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def desk(tmp_path: Path, hand: Hand) -> Iterator[Desk]:
    made = open_desk(tmp_path / "seat", hand)
    yield made
    made.site.close()


def given_on_duty(desk: Desk, now: int) -> None:
    author = Author(WORKER.login, "worker", "")
    body = SignedOn(worker=WORKER.login, grid=GRID.code)
    subject = (Kind.DUTY, f"{WORKER.login}:today")
    desk.site.write(lambda log: record_one(log, subject, "signed_on", body, author, now)).result()


def given_asked(desk: Desk) -> str:
    """The clerk asks the worker to look at a report in the own grid."""
    desk.login("clerk1", PASSWORD).result()
    id_ = new_id()
    desk.report_at(
        Command(verb=Verb.REPORT, incident=id_, item="0605"), GRID.lon, GRID.lat
    ).result()
    desk.act(Command(verb=Verb.ASK_VERIFY, incident=id_, worker=WORKER.login)).result()
    return id_


def status(desk: Desk) -> WorkerStatus:
    board = desk.workers().result()
    return next(row.status for row in board if row.number == WORKER.login)


def walk(desk: Desk, at: int, lat: float) -> None:
    desk.site.telemetry.add([Position(WORKER.login, GRID.lon, lat, at, 5.0, 90.0)])


def test_a_worker_is_asked_goes_there_and_stands_there(desk: Desk, hand: Hand) -> None:
    given_on_duty(desk, hand.now)
    walk(desk, hand.now, GRID.lat + FAR)
    before = status(desk)
    given_asked(desk)
    asked = status(desk)
    hand.forward(2 * MINUTE)
    walk(desk, hand.now, GRID.lat + FAR)
    gone = status(desk)
    hand.forward(2 * MINUTE)
    walk(desk, hand.now, GRID.lat)
    there = status(desk)
    hand.forward(31 * MINUTE)

    assert (WorkerStatus.PATROL, WorkerStatus.ASSIGNED) == (before, asked)
    assert (WorkerStatus.EN_ROUTE, WorkerStatus.ON_SCENE) == (gone, there)
    assert WorkerStatus.SILENT == status(desk)


def test_who_is_off_duty_has_no_task_on_the_board(desk: Desk) -> None:
    given_asked(desk)

    assert WorkerStatus.OFF == status(desk)
