"""Point to grid: inside, in two, on the edge, beside, nowhere."""

from __future__ import annotations

import pytest

from dispatch.geo.area import Area, to_outline, to_shape
from dispatch.geo.grid_lookup import GridLookup


def square(code: str, west: float, south: float, side: float = 0.01) -> Area:
    east, north = west + side, south + side
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return Area(code, code, ((ring,),))


def test_a_point_inside_one() -> None:
    lookup = GridLookup([square("2", 114.0, 23.0), square("1", 114.02, 23.0)])

    assert "2" == lookup.find(114.005, 23.005).code
    assert "1" == lookup.find(114.025, 23.005).code


def test_of_two_the_smallest_code_wins_and_both_are_told() -> None:
    lookup = GridLookup([square("20", 114.0, 23.0), square("10", 114.005, 23.0)])

    found = lookup.find(114.007, 23.005)

    assert ("10", ("20",)) == (found.code, found.also)


def test_a_shared_edge_belongs_to_both() -> None:
    lookup = GridLookup([square("1", 114.0, 23.0, 0.5), square("2", 114.5, 23.0, 0.5)])

    assert ("1", ("2",)) == (lookup.find(114.5, 23.25).code, lookup.find(114.5, 23.25).also)


def test_outside_the_nearest_is_offered_with_its_distance() -> None:
    lookup = GridLookup([square("1", 114.0, 23.0)])

    found = lookup.find(113.999, 23.005)

    assert (None, "1") == (found.code, found.nearest)
    assert 102.5 == pytest.approx(found.distance_m, abs=0.5)  # 0.001 degrees at 23 N


def test_beyond_the_tolerance_nothing_is_offered() -> None:
    lookup = GridLookup([square("1", 114.0, 23.0)])

    assert None is lookup.find(113.99, 23.005).nearest
    assert None is GridLookup([]).find(114.0, 23.0).code


def test_an_outline_survives_the_way_through_a_shape() -> None:
    area = square("1", 114.0, 23.0)
    twice = to_outline(to_shape(to_outline(to_shape(area.outline))))

    assert twice == to_outline(to_shape(area.outline))
    assert to_shape(area.outline).equals(to_shape(twice))
