"""The map shows what the queue holds: incidents with their lights, counts by grid, workers."""

from __future__ import annotations

import math
from concurrent.futures import Future
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from dispatch.desk.views import Shape, TownGeometry, UnitAdvice, WorkerRow, WorkerStatus
from dispatch.domain.codes import State
from tests.ui.queue_rows import NOW, SmallDesk, row
from ui.live import Live
from ui.look.marks import Light
from ui.look.theme import Theme
from ui.map.scene import WORKER_STATUSES, MapGround, MapIncident
from ui.map.view import MapView
from ui.map_feed import MapFeed, ground_of, units_of, workers_of
from ui.queue.panel import QueuePanel
from ui.tick import Tick

SQUARE = (((113.9, 23.0), (114.0, 23.0), (114.0, 23.1), (113.9, 23.1), (113.9, 23.0)),)


def shape(code: str, level: str) -> Shape:
    return Shape(code, f"名{code}", level, 113.95, 23.05, (SQUARE,))


TOWN = TownGeometry(
    town="441900106",
    name="横沥镇",
    synthetic=True,
    outline=shape("441900106", "town"),
    villages=(shape("441900106201", "village"),),
    grids=(shape("441900106201003", "grid"),),
    units=(shape("u1", "squad"), shape("u9", "squad")),
    neighbours=(shape("441900115", "town"),),
)
UNITS = (UnitAdvice("u1", "消防大队", "消", 0, None, "", "", 0),)


class TownDesk(SmallDesk):
    """A small desk that also knows its town."""

    town = TOWN

    def geometry(self) -> Future[TownGeometry]:
        future: Future[TownGeometry] = Future()
        future.set_result(self.town)
        return future

    def units(self) -> Future[tuple[UnitAdvice, ...]]:
        future: Future[tuple[UnitAdvice, ...]] = Future()
        future.set_result(UNITS)
        return future


class SeenMap(MapView):
    """A map view that keeps what it was given."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.given: list[tuple[MapIncident, ...]] = []
        self.counts: list[dict[str, int]] = []
        self.grounds: list[MapGround] = []

    def set_ground(self, ground: MapGround) -> None:
        super().set_ground(ground)
        self.grounds.append(ground)

    def set_incidents(self, incidents: tuple[MapIncident, ...]) -> None:
        super().set_incidents(incidents)
        self.given.append(incidents)

    def set_open_counts(self, counts: dict[str, int]) -> None:
        super().set_open_counts(counts)
        self.counts.append(counts)


def test_incidents_follow_the_rows_with_their_lights(qtbot: QtBot) -> None:
    desk, theme, clock = TownDesk(row(1, -5), row(2, contested=True)), Theme(), [NOW]
    live, tick = Live(desk), Tick(lambda: clock[0])
    view = SeenMap(theme)
    queue = QueuePanel(live, theme, tick)
    qtbot.addWidget(view)
    qtbot.addWidget(queue)
    MapFeed(live, desk, view, queue.model, tick)
    live.start()
    qtbot.waitUntil(lambda: view.given != [] and len(view.given[-1]) == 2)
    marks = {each.number: each.mark for each in view.given[-1]}
    assert {"0001": Light.RED, "0002": Light.CONTESTED} == marks
    assert {"441900106201003": 2} == view.counts[-1]

    desk.end("id-000001")
    desk.put(row(3, 20, state=State.HOLD))

    qtbot.waitUntil(lambda: {each.number for each in view.given[-1]} == {"0002", "0003"})
    assert Light.HOLD is next(i.mark for i in view.given[-1] if i.number == "0003")
    live.close()


def test_a_town_whose_outlines_have_not_come_yet_has_no_ground(qtbot: QtBot) -> None:
    desk, theme = TownDesk(row(1, -5)), Theme()
    live, tick = Live(desk), Tick(lambda: NOW)
    view, queue = SeenMap(theme), QueuePanel(live, theme, tick)
    qtbot.addWidget(view)
    qtbot.addWidget(queue)
    desk.town = replace(TOWN, outline=None, villages=(), grids=(), neighbours=())
    feed = MapFeed(live, desk, view, queue.model, tick)
    live.start()
    qtbot.waitUntil(lambda: view.given != [] and len(view.given[-1]) == 1)
    assert [] == view.grounds

    desk.town = TOWN
    feed.catch_up()

    qtbot.waitUntil(lambda: len(view.grounds) == 1)
    live.close()


def test_the_ground_has_every_shape_with_its_rings() -> None:
    ground = ground_of(TOWN)

    assert ["横沥镇"] == [each.name for each in ground.towns]
    assert SQUARE == ground.villages[0].rings
    assert ("441900106201003", SQUARE) == (ground.grids[0].code, ground.grids[0].rings)
    assert 1 == len(ground.neighbours)


def test_a_unit_without_a_place_or_a_name_is_not_on_the_map() -> None:
    assert [("u1", "消")] == [(u.code, u.character) for u in units_of(UNITS, TOWN.units)]


@pytest.mark.parametrize("status", list(WorkerStatus))
def test_workers_become_one_array_without_those_off_duty(status: WorkerStatus) -> None:
    worker = WorkerRow(
        "w1", "甲", "g", "网格", status, None, "", None, None, NOW - 9000, None, "", 0, 0
    )

    workers = workers_of((worker,), NOW)

    if status is WorkerStatus.OFF:
        assert 0 == len(workers.rows)
        return
    assert status.value == WORKER_STATUSES[int(workers.rows["status"][0])].value
    assert math.isnan(workers.rows["lon"][0])
    assert np.float32(9.0) == workers.rows["fix_age_s"][0]
