"""What a report brings is known before it is made: unit, limits, duplicates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch.desk.desk import Desk
from dispatch.domain.codes import Stage
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput
from dispatch.domain.guide import ALL, Guides
from dispatch.files.guides import read_guides
from dispatch.files.tables import read_catalogue
from resources import path
from tests.desk.offices import FIRE, Hand, open_desk
from tests.desk.test_one_incident import do, given_reported
from tests.unit.towns import hengli


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def desk(tmp_path: Path, hand: Hand) -> Iterator[Desk]:
    made = open_desk(tmp_path / "seat", hand)
    yield made
    made.site.close()


def test_the_limits_foretold_are_those_the_incident_gets(desk: Desk) -> None:
    """Reported, filed and dispatched at once: the same due moments, to the millisecond."""
    grid = hengli().grids[0]
    told = desk.proposal("0605", (grid.lon, grid.lat)).result()

    id_ = given_reported(desk)
    stages = {Stage.ACCEPT: desk.incident(id_).result().limit(Stage.ACCEPT)}
    do(desk, "clerk1", Verb.FILE, id_)
    do(desk, "dispatcher1", Verb.DISPATCH, id_, unit=FIRE)
    sent = desk.incident(id_).result()
    stages |= {stage: sent.limit(stage) for stage in (Stage.SIGN_IN, Stage.DISPOSAL)}

    assert {stage: limit.due for stage, limit in stages.items() if limit} == {
        stage: told.due(stage) for stage in stages
    }
    assert sent.sla is not None
    assert (sent.sla.code, sent.sla.working) == (told.sla, told.working)


def test_the_unit_foretold_is_the_first_of_the_dispatch_dialog(desk: Desk) -> None:
    """With its distance once the point is known."""
    grid = hengli().grids[0]
    without = desk.proposal("0605", None).result()
    placed = desk.proposal("0605", (grid.lon, grid.lat)).result()
    id_ = given_reported(desk)
    first = desk.advice(id_).result().units[0]

    assert placed.unit == first
    assert without.unit is not None
    assert (first.unit, None) == (without.unit.unit, without.unit.distance_m)


def test_another_place_is_another_station(desk: Desk) -> None:
    """The proposal follows the point: the station of the village there can assist."""
    for grid in (hengli().grids[0], hengli().grids[-1]):
        point = grid.lon, grid.lat
        village = desk.place(*point).result().village
        station = desk.proposal("0605", point).result().station

        assert station is not None
        assert (village, "assist") == (station.unit, station.role)
        assert station.distance_m is not None
    assert desk.proposal("0605", None).result().station is None


def test_what_was_reported_here_already_is_told_before_the_report(desk: Desk) -> None:
    """Same item within 50 m and a day; another item is none."""
    grid = hengli().grids[0]
    id_ = given_reported(desk)

    alike = desk.proposal("0605", (grid.lon, grid.lat)).result().duplicates
    assert [id_] == [near.id for near in alike]
    assert () == desk.proposal("0802", (grid.lon, grid.lat)).result().duplicates
    assert () == desk.proposal("0605", None).result().duplicates


def test_an_unknown_item_and_a_point_outside_are_told(desk: Desk) -> None:
    """One clear line each."""
    with pytest.raises(BadInput, match="9999"):
        desk.proposal("9999", None).result()
    with pytest.raises(BadInput, match="网格"):
        desk.proposal("0605", (0.0, 0.0)).result()


def test_the_dialog_is_given_the_request_of_the_item(desk: Desk) -> None:
    """The nearest text: item, class, department, all; the profile's spans beside it."""
    id_ = given_reported(desk)
    do(desk, "clerk1", Verb.FILE, id_)
    advice = desk.advice(id_).result()

    guide = shipped().of("0605", "消防")
    assert (guide.request, guide.checks) == (advice.request, advice.checks)
    assert desk.pane(id_).result().guide == guide
    grid = hengli().grids[0]
    assert desk.proposal("0605", (grid.lon, grid.lat)).result().guide == guide
    assert Stage.DISPOSAL in dict(advice.spans)


def shipped() -> Guides:
    catalogue = read_catalogue(path("catalogue/catalogue_v1.csv"), "v1")
    return read_guides(path("catalogue/guides_v1.csv"), catalogue, "v1")


@pytest.mark.parametrize(
    ("item", "department", "about"),
    [("0801", "消防", "0801"), ("0605", "消防", "06"), ("0501", "公安", "公安"), ("0000", "", ALL)],
)
def test_the_nearest_guide_is_taken(item: str, department: str, about: str) -> None:
    """From the item's own to the common one."""
    assert about == shipped().of(item, department).about


def test_every_guide_that_ships_says_what_to_do_and_when_it_is_done() -> None:
    for guide in shipped():
        assert guide.request.endswith("。")
        assert guide.closing
        assert guide.checks
        assert all(guide.checks)
