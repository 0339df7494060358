"""Coordinate systems: there and back, against reference points and a real pair of files."""

from __future__ import annotations

import numpy as np
import pytest

from dispatch.domain.errors import BadInput
from dispatch.geo.crs import Convert, Degrees, to_bd09, to_cgcs2000, to_gcj02
from dispatch.geo.distance import Plane, metres

Pair = tuple[Degrees, Degrees]
BOX = (113.5, 22.6, 114.3, 23.2)  # the city


def some_points(count: int = 1000) -> Pair:
    rng = np.random.default_rng(7)
    return rng.uniform(BOX[0], BOX[2], count), rng.uniform(BOX[1], BOX[3], count)


def mean_shift(there: Pair, here: Pair) -> tuple[float, float]:
    return float(np.mean(there[0] - here[0])), float(np.mean(there[1] - here[1]))


@pytest.mark.parametrize(("name", "shift"), [("gcj02", to_gcj02), ("bd09", to_bd09)])
def test_a_thousand_points_come_back_within_a_metre(name: str, shift: Convert) -> None:
    lon, lat = some_points()

    back_lon, back_lat = to_cgcs2000(name)(*shift(lon, lat))

    errors = [metres(*pair) for pair in zip(lon, lat, back_lon, back_lat, strict=True)]
    assert 1000 == len(errors)
    assert max(errors) < 1.0


def test_the_shifts_here_are_those_that_were_measured() -> None:
    """GCJ-02 lies +0.0052 east and -0.0027 north of CGCS2000 in this city, BD-09 +0.011, +0.003."""
    lon, lat = some_points()

    east, north = mean_shift(to_gcj02(lon, lat), (lon, lat))
    assert (0.0052, -0.0027) == pytest.approx((east, north), abs=0.0005)
    east, north = mean_shift(to_bd09(lon, lat), (lon, lat))
    assert (0.0115, 0.0032) == pytest.approx((east, north), abs=0.0008)


def test_a_published_reference_point() -> None:
    """The pair most used in public to check GCJ-02: Tian'anmen's flagpole region."""
    lon, lat = to_gcj02(np.array([116.3975]), np.array([39.9087]))

    assert (116.40374, 39.91011) == pytest.approx((float(lon[0]), float(lat[0])), abs=2e-5)


def test_an_epsg_code_is_converted_with_east_first() -> None:
    """EPSG:4547 is CGCS2000 / 3-degree Gauss-Kruger CM 114E with false easting 500 km."""
    lon, lat = to_cgcs2000("EPSG:4547")(np.array([500_000.0]), np.array([2_547_000.0]))

    assert 114.0 == pytest.approx(float(lon[0]), abs=1e-9)
    assert 23.02 == pytest.approx(float(lat[0]), abs=0.01)


@pytest.mark.parametrize("crs", ["wgs", "", "EPSG:", "EPSG:abc", "EPSG:99999", "cgcs2000 "])
def test_an_unknown_system_is_refused_by_name(crs: str) -> None:
    with pytest.raises(BadInput) as bad:
        to_cgcs2000(crs)

    assert "--crs" == bad.value.where


def test_the_plane_agrees_with_the_haversine() -> None:
    plane = Plane(113.97, 23.03)
    lon, lat = plane.to_degrees(6000.0, -8000.0)

    assert 10_000 == pytest.approx(metres(113.97, 23.03, lon, lat), rel=0.005)
    assert (6000.0, -8000.0) == pytest.approx(plane.to_metres(lon, lat))


def test_a_known_distance() -> None:
    """One degree of the meridian on a sphere of the mean radius."""
    assert 111_195.08 == pytest.approx(metres(114.0, 22.0, 114.0, 23.0), abs=0.01)


@pytest.mark.parametrize("code", ["EPSG:4547", "EPSG:4526", "EPSG:32649", "EPSG:3857"])
def test_a_thousand_projected_points_come_back_within_a_metre(code: str) -> None:
    """Gauss-Kruger in zones of three degrees, UTM and the web's Mercator."""
    from pyproj import Transformer

    lon, lat = some_points()
    x, y = Transformer.from_crs("EPSG:4490", code, always_xy=True).transform(lon, lat)

    back_lon, back_lat = to_cgcs2000(code)(np.asarray(x), np.asarray(y))

    assert 1000 < float(np.min(np.abs(x)))  # metres, not degrees
    errors = [metres(*pair) for pair in zip(lon, lat, back_lon, back_lat, strict=True)]
    assert 1000 == len(errors)
    assert max(errors) < 1.0


@pytest.mark.parametrize("name", ["cgcs2000", "wgs84", "WGS84"])
def test_cgcs2000_and_wgs84_are_taken_as_they_stand(name: str) -> None:
    lon, lat = some_points()

    back_lon, back_lat = to_cgcs2000(name)(lon, lat)

    assert np.array_equal(lon, back_lon)
    assert np.array_equal(lat, back_lat)
