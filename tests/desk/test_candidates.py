"""Whom to ask to look: who is free in the grid first, then in the village, nearest first."""

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
from dispatch.drill.people import MadePerson, made_roster
from dispatch.store.telemetry import Position
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.unit.towns import hengli

GRID = hengli().grids[0]
VILLAGE = GRID.code[:12]
OWN = [each for each in made_roster(hengli()).workers if each.node == GRID.code]
BESIDE = [
    each
    for each in made_roster(hengli()).workers
    if each.node.startswith(VILLAGE) and each.node != GRID.code
]
FAR = [each for each in made_roster(hengli()).workers if not each.node.startswith(VILLAGE)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_desk(tmp_path / "seat", Hand())
    made.login("clerk1", PASSWORD).result()
    yield made
    made.site.close()


def on_duty(desk: Desk, worker: MadePerson, north: float) -> None:
    """Sign a worker on, seen so many degrees north of the grid's point."""
    now = desk.now()
    author = Author(worker.login, "worker", "")
    body = SignedOn(worker=worker.login, grid=worker.node)
    subject = (Kind.DUTY, f"{worker.login}:today")
    desk.site.write(lambda log: record_one(log, subject, "signed_on", body, author, now)).result()
    fix = Position(worker.login, GRID.lon, GRID.lat + north, now, 5.0, None)
    desk.site.telemetry.add([fix])


def reported(desk: Desk) -> str:
    """An incident at the grid's point."""
    command = Command(verb=Verb.REPORT, incident=new_id(), item="0605")
    return desk.report_at(command, GRID.lon, GRID.lat).result().incident


def test_the_own_grid_comes_before_a_nearer_one_of_the_village(desk: Desk) -> None:
    on_duty(desk, FAR[0], 0.0001)
    on_duty(desk, BESIDE[0], 0.002)
    on_duty(desk, BESIDE[1], 0.001)
    on_duty(desk, OWN[0], 0.004)

    found = desk.candidates(reported(desk)).result()

    wanted = [OWN[0].login, BESIDE[1].login, BESIDE[0].login, FAR[0].login]
    assert wanted == [each.row.number for each in found[:4]]
    assert ["own", "village", "village", "town"] == [each.where for each in found[:4]]
    assert {WorkerStatus.OFF} == {each.row.status for each in found[4:]}
    assert len(found) == len(made_roster(hengli()).workers)


def test_who_is_busy_comes_after_who_is_free(desk: Desk) -> None:
    on_duty(desk, OWN[0], 0.0)
    on_duty(desk, BESIDE[0], 0.002)
    first = reported(desk)
    desk.act(Command(verb=Verb.ASK_VERIFY, incident=first, worker=OWN[0].login)).result()

    found = desk.candidates(reported(desk)).result()

    assert [BESIDE[0].login, OWN[0].login] == [each.row.number for each in found[:2]]
    assert [True, False] == [each.free for each in found[:2]]
    assert found[1].row.task
