"""Made-up towns: every code works, the pieces fill the town, one seed gives one town."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from shapely.geometry import Point
from shapely.ops import unary_union

from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput
from dispatch.domain.organisation import Organisation
from dispatch.drill.people import made_roster
from dispatch.drill.town import MadeTown, make_town
from dispatch.drill.units import DEPARTMENTS, Post
from dispatch.files.grids import Reading, read_grids
from dispatch.geo.area import square_metres, to_shape
from dispatch.geo.grid_lookup import GridLookup
from tests.unit.real_data import REAL, needs_real_data
from tests.unit.towns import HENGLI, hengli, official


def fills(town: MadeTown) -> None:
    """Check what must hold in every made-up town."""
    whole = to_shape(town.area.outline)
    for pieces in (town.villages, town.grids):
        shapes = [to_shape(each.area.outline) for each in pieces]
        assert all(shape.is_valid and not shape.is_empty for shape in shapes)
        assert square_metres(whole) == pytest.approx(sum(map(square_metres, shapes)), rel=1e-4)
        assert square_metres(unary_union(shapes).symmetric_difference(whole)) < 500
    assert 88 <= len(town.grids) <= 92
    assert len(town.grids) == len({grid.code for grid in town.grids})
    lookup = GridLookup(grid.area for grid in town.grids)
    assert [grid.code for grid in town.grids] == [
        lookup.find(grid.lon, grid.lat).code for grid in town.grids
    ]
    for unit in town.units:
        assert lookup.find(unit.lon, unit.lat, 1.0) != lookup.find(0, 0)


def test_every_town_with_a_centre_can_be_made() -> None:
    for centre in official().centres:
        town = make_town(centre.code, 5, official())
        fills(town)
        assert len(official().villages(centre.code)) == len(town.villages)
        size = square_metres(to_shape(town.area.outline)) / 1e6
        assert centre.square_km == pytest.approx(size, rel=0.005)
        assert not town.real_outline


@needs_real_data
def test_real_outlines_can_be_divided() -> None:
    """Each third of them, those of three and of seven parts among them."""
    known = {each.code: each.name for each in official().divisions}
    real = read_grids(REAL / "dongguan_towns_wgs84.geojson", Reading("cgcs2000", known)).areas
    assert 7 == max(len(area.outline) for area in real[::3])
    for area in real[::3]:
        town = make_town(area.code, 5, official(), area.outline)
        fills(town)
        assert town.real_outline
        assert area.outline == town.area.outline


def test_one_seed_gives_one_town_in_any_process() -> None:
    code = (
        "from tests.unit.towns import official; from dispatch.drill.town import make_town;"
        "from dispatch.drill.people import made_roster; import hashlib;"
        f"town = make_town('{HENGLI}', 1, official());"
        "print(hashlib.sha256(repr((town, made_roster(town))).encode()).hexdigest())"
    )
    root = Path(__file__).resolve().parents[2]
    run = [sys.executable, "-c", code]
    prints = {subprocess.check_output(run, cwd=root, text=True) for _ in range(2)}

    assert 1 == len(prints)
    assert make_town(HENGLI, 1, official()) == hengli()
    assert make_town(HENGLI, 2, official()) != hengli()


def test_villages_have_about_one_size_and_four_or_five_grids() -> None:
    town = hengli()
    sizes = [square_metres(to_shape(each.area.outline)) for each in town.villages]
    counts = [sum(grid.parent == each.code for grid in town.grids) for each in town.villages]

    assert 18 == len(town.villages)
    assert max(sizes) / min(sizes) < 2
    assert {4, 5, 6} >= set(counts)
    assert len(town.grids) == sum(counts)


def test_grids_are_named_and_numbered_from_the_north_west() -> None:
    town = hengli()
    grids = [grid for grid in town.grids if grid.parent == "441900106201"]

    assert ["441900106201001", "441900106201002"] == [grid.code for grid in grids[:2]]
    assert ["隔坑 01", "隔坑 02"] == [grid.name for grid in grids[:2]]
    assert grids[0].lat > grids[-1].lat
    assert grids[0].lon < grids[1].lon
    assert all(len(grid.code) == 15 and grid.code.startswith(grid.parent) for grid in town.grids)


def test_the_tree_of_a_made_town_holds() -> None:
    town = hengli()
    tree = Organisation(town.nodes(official().divisions[0]))

    grid = town.grids[0]
    assert (grid.code, grid.parent, HENGLI, "441900") == tree.path(grid.code)
    assert set(DEPARTMENTS) == {node.code for node in tree if node.level is Level.DEPARTMENT}
    posts = {post: sum(unit.post is post for unit in town.units) for post in Post}
    assert len(town.villages) == posts[Post.STATION]
    assert 7 == posts[Post.DEPARTMENT]


def test_a_station_lies_in_its_village() -> None:
    areas = {each.code: to_shape(each.area.outline) for each in hengli().villages}
    stations = [unit for unit in hengli().units if unit.post is Post.STATION]

    assert all(areas[unit.code].contains(Point(unit.lon, unit.lat)) for unit in stations)


def test_everything_made_up_says_so() -> None:
    town, roster = hengli(), made_roster(hengli())

    assert town.synthetic
    assert all(each.synthetic for each in (*town.villages, *town.grids))
    assert all(each.synthetic for each in town.units)
    assert all(each.synthetic for each in roster.everybody())


def test_people_are_made_up_and_apart() -> None:
    town, roster = hengli(), made_roster(hengli())
    people = roster.everybody()

    assert 250 <= len(roster.workers) <= 370
    assert {grid.code for grid in town.grids} == {worker.node for worker in roster.workers}
    assert {each.code for each in town.villages} == {each.node for each in roster.stations}
    assert (
        len(people) == len({each.login for each in people}) == len({each.name for each in people})
    )
    assert all(each.phone.startswith("138****") and len(each.phone) == 11 for each in people)
    tree = Organisation(town.nodes(official().divisions[0]))
    assert all(each.node in tree for each in people)


@pytest.mark.parametrize("code", ["", "441900", "441900999", "441900106201", "横沥"])
def test_a_code_that_is_no_town_is_refused(code: str) -> None:
    with pytest.raises(BadInput, match="不是本市镇街代码"):
        make_town(code, 1, official())


def test_a_unit_without_an_area_of_its_own_needs_an_outline() -> None:
    with pytest.raises(BadInput, match="import grids"):
        make_town("441900402", 1, official())

    fills(make_town("441900402", 1, official(), hengli().area.outline))


def test_the_outline_is_plain_data() -> None:
    area = hengli().area

    assert json.loads(json.dumps(area.outline)) == [
        [[list(point) for point in ring] for ring in rings] for rings in area.outline
    ]
