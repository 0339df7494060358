"""The map's arithmetic: projection, views, clusters, free room, lengths."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.map.clusters import GATHER, SPACING, centre, group
from ui.map.ground import Ground, fill_class
from ui.map.occupancy import Box, Occupancy
from ui.map.overlay import scale_bar_metres
from ui.map.projection import Projection, Viewport
from ui.map.scene import MapGrid, MapGround, MapTown
from ui.map.stamps import cluster_radius
from ui.map.walk import step

VIEW = Viewport(scale=0.08, left=-400, top=-300, width=800, height=600)
places = st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=0, max_size=60)


@given(st.floats(113.5, 114.3), st.floats(22.6, 23.2))
def test_degrees_survive_the_way_to_metres_and_back(lon: float, lat: float) -> None:
    plane = Projection(113.96, 23.03)
    assert (lon, lat) == pytest.approx(plane.degrees(*plane.point(lon, lat)), abs=1e-9)


def test_lengths_over_a_town_are_right_to_a_thousandth() -> None:
    """0.1 degrees of latitude at 23 north are 11,075 m on the CGCS2000 ellipsoid."""
    plane = Projection(113.96, 23.03)
    _, low = plane.point(113.96, 22.98)
    _, high = plane.point(113.96, 23.08)
    assert 11_075.4 == pytest.approx(high - low, rel=1e-3)
    west, _ = plane.point(113.91, 23.03)
    east, _ = plane.point(114.01, 23.03)
    assert 10_250.0 == pytest.approx(east - west, rel=1e-3)


@given(st.floats(0, 800), st.floats(0, 600), st.floats(0.5, 2))
def test_a_zoom_keeps_the_place_under_the_pointer(x: float, y: float, factor: float) -> None:
    before = VIEW.place(x, y)
    after = VIEW.zoomed(VIEW.scale * factor, x, y)
    assert (x, y) == pytest.approx(after.screen(*before), abs=0.51)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_views_begin_on_whole_device_pixels(ratio: float) -> None:
    view = VIEW.resized(801, 603, ratio).panned(0.3, 0.7).zoomed(0.1, 33, 44)
    assert (view.left * ratio, view.top * ratio) == pytest.approx(
        (round(view.left * ratio), round(view.top * ratio))
    )


def test_a_fit_shows_the_whole_bounds() -> None:
    view = VIEW.fitted((-5000, -3000, 5000, 3000), 26)
    west, north = view.screen(-5000, 3000)
    east, south = view.screen(5000, -3000)
    assert min(west, north) >= 25
    assert east <= 775
    assert south <= 575


@given(places, st.data())
def test_every_incident_is_in_exactly_one_place(
    points: list[tuple[float, float]], data: st.DataObject
) -> None:
    alone = data.draw(st.lists(st.booleans(), min_size=len(points), max_size=len(points)))
    found = group(points, alone)
    members = [index for each in found.groups for index in each]
    assert sorted([*found.singles, *members]) == list(range(len(points)))
    assert not any(alone[index] for index in members)
    for each in found.groups:
        first = points[each[0]]
        assert all(math.dist(first, points[index]) < 2 * GATHER for index in each)


def test_three_close_incidents_share_a_disc_and_a_red_p1_beside_them_does_not() -> None:
    points = [(0.0, 0.0), (10.0, 0.0), (0.0, 10.0), (5.0, 5.0)]
    found = group(points, [False, False, False, True])
    assert ((0, 1, 2),) == found.groups
    assert (3,) == found.singles
    assert pytest.approx((10 / 3, 10 / 3)) == centre(points, found.groups[0])


def test_incidents_apart_stay_marks() -> None:
    points = [(0.0, 0.0), (SPACING, 0.0), (2 * SPACING, 0.0)]
    assert () == group(points, [False] * 3).groups


def test_incidents_at_one_address_share_a_disc() -> None:
    assert ((0, 1),) == group([(3.0, 3.0), (3.0, 3.0)], [False, False]).groups


def test_taken_room_is_not_free_and_outside_counts_as_taken() -> None:
    taken = Occupancy(Box(-100, -100, 200, 200))
    taken.take(Box(-10, -10, 20, 20))
    assert not taken.free(Box(5, 5, 30, 10))
    assert taken.free(Box(20, 20, 30, 10))
    assert not taken.free(Box(90, 0, 20, 10))


def test_fills_and_discs_follow_the_design() -> None:
    assert [0, 1, 1, 2, 2, 3, 3] == [fill_class(n) for n in (0, 1, 2, 3, 5, 6, 40)]
    assert [20, 22, 24, 24] == [cluster_radius(n) for n in (1, 10, 100, 9999)]


@pytest.mark.parametrize(("scale", "metres"), [(0.075, 1000), (0.001, 100_000), (1.0, 100)])
def test_the_scale_bar_is_a_round_length(scale: float, metres: int) -> None:
    assert metres == scale_bar_metres(scale)


def test_the_walk_ends_at_its_ends() -> None:
    assert "a" == step(["a", "b"], None, 1)
    assert "b" == step(["a", "b"], "a", 1)
    assert step(["a", "b"], "b", 1) is None
    assert "b" == step(["a", "b"], None, -1)
    assert step([], None, 1) is None


def test_a_grid_is_called_by_its_number_alone() -> None:
    """The name of its village stands on the ground already."""
    ring = ((114.0, 23.0), (114.1, 23.0), (114.1, 23.1), (114.0, 23.0))
    grids = (
        MapGrid("441900106201003", (ring,), 0, "隔坑 03"),
        MapGrid("441900106201004", (ring,), 0),
    )
    ground = Ground(MapGround((MapTown("演示镇", (ring,)),), (), (), grids))
    assert ["03", "004"] == [name.text for name in ground.grid_names]
