"""Import of grids: every fault is named at its place, a feature is taken whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dispatch.domain.errors import BadInput
from dispatch.files.grids import GridImport, Reading, read_grids
from dispatch.geo.area import square_metres, to_shape
from dispatch.geo.distance import metres
from tests.unit.real_data import REAL, needs_real_data
from tests.unit.towns import official

KNOWN = {"441900106": "横沥镇", "441900105": "企石镇", "441900106201": "隔坑村村民委员会"}
CITY = (113.5, 22.6, 114.3, 23.2)
SQUARE = [[113.97, 23.02], [113.98, 23.02], [113.98, 23.03], [113.97, 23.03], [113.97, 23.02]]


def feature(coordinates: object, code: object = "441900106", **more: object) -> dict[str, Any]:
    properties = {"code": code, **more}
    geometry = {"type": "Polygon", "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def given(tmp_path: Path, *features: object) -> Path:
    return given_text(tmp_path, json.dumps({"type": "FeatureCollection", "features": features}))


def given_text(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "grids.geojson"
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path, crs: str = "cgcs2000") -> GridImport:
    return read_grids(path, Reading(crs, KNOWN, CITY))


def test_a_clean_feature_is_taken(tmp_path: Path) -> None:
    found = read(given(tmp_path, feature([SQUARE], name="横沥镇")))

    assert () == found.rejects + found.notes
    assert ["441900106"] == [area.code for area in found.areas]
    assert 1_136_000 == pytest.approx(square_metres(to_shape(found.areas[0].outline)), rel=0.01)


def test_a_grid_of_a_known_village_is_taken_and_of_another_not(tmp_path: Path) -> None:
    good = feature([SQUARE], "441900106201001", name="隔坑 01")
    found = read(given(tmp_path, good, feature([SQUARE], "441900106999001")))

    assert [("441900106201001", "隔坑 01")] == [(area.code, area.name) for area in found.areas]
    assert ["code：区划代码 441900106999 不在官方代码表中"] == [each.what for each in found.rejects]


UNCLOSED = SQUARE[:-1]
BOW_TIE = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
HOLE_OUTSIDE = [[114.0, 23.0], [114.0, 23.01], [114.01, 23.01], [114.01, 23.0], [114.0, 23.0]]
FAULTS: list[tuple[object, str]] = [
    (feature([UNCLOSED]), "第 1 环：没有闭合"),
    (feature([[SQUARE[0], SQUARE[1], SQUARE[0]]]), "第 1 环：只有 2 个不同的点"),
    (feature([[]]), "第 1 环：不是非空数组"),
    (feature([]), "coordinates：不是非空数组"),
    (feature(None), "coordinates：不是非空数组"),
    (feature([BOW_TIE]), "geometry：自相交"),
    (feature([SQUARE, HOLE_OUTSIDE]), "geometry：洞在外环之外"),
    (feature([[[23.02, 113.97], *SQUARE[1:-1], [23.02, 113.97]]]), "第 1 环第 1 点：经纬度"),
    (feature([[*SQUARE[:2], [500, 23], *SQUARE[3:]]]), "第 1 环第 3 点：经纬度 500,23 超出范围"),
    (feature([[*SQUARE[:2], ["114", 23], *SQUARE[3:]]]), '第 1 环第 3 点：坐标不是数字："114"'),
    (feature([[*SQUARE[:2], [True, 23], *SQUARE[3:]]]), "第 1 环第 3 点：坐标不是数字：true"),
    (feature([[*SQUARE[:2], [114], *SQUARE[3:]]]), "第 1 环第 3 点：不是坐标：[114]"),
    (feature([[*SQUARE[:2], None, *SQUARE[3:]]]), "第 1 环第 3 点：不是坐标：null"),
    (feature([[*SQUARE[:2], [10**400, 23], *SQUARE[3:]]]), "第 1 环第 3 点：坐标超出范围"),
    (feature([SQUARE], 441900106), "code：没有代码，或代码不是文本"),
    (feature([SQUARE], "44190010"), "不是 6、9、12 或 15 位数字"),
    (feature([SQUARE], "４４１９００１０６"), "不是 6、9、12 或 15 位数字"),
    (feature([SQUARE], "441900999"), "区划代码 441900999 不在官方代码表中"),
    (feature([SQUARE], name="横\u202e沥"), "name：名称里有控制字符"),
    (feature([SQUARE], name=""), "name：名称应为 1 至 60 个字"),
    (feature([SQUARE], crs="BD-09"), "crs：要素写明 BD-09，与 --crs cgcs2000 不符"),
    (feature([[[p[0] - 10, p[1]] for p in SQUARE]]), "geometry：在本市范围之外"),
    ({"type": "Feature", "properties": None, "geometry": None}, "properties：没有属性"),
    ({**feature([SQUARE]), "geometry": None}, "geometry：没有几何"),
    ({**feature([SQUARE]), "geometry": {"type": "Point"}}, 'geometry：类型是 "Point"'),
    ("text", "type：不是 Feature"),
    (7, "type：不是 Feature"),
]


@pytest.mark.parametrize(("bad", "told"), FAULTS, ids=[told for _, told in FAULTS])
def test_a_faulty_feature_is_refused_with_its_place_and_its_neighbour_taken(
    tmp_path: Path, bad: object, told: str
) -> None:
    found = read(given(tmp_path, bad, feature([SQUARE], "441900105")))

    assert ["441900105"] == [area.code for area in found.areas]
    (reject,) = found.rejects
    assert "grids.geojson 第 1 个要素" == reject.place
    assert told in reject.what
    assert "\n" not in reject.what


def test_the_second_of_one_code_is_refused(tmp_path: Path) -> None:
    found = read(given(tmp_path, feature([SQUARE]), feature([SQUARE])))

    assert 1 == len(found.areas)
    assert ["code：代码 441900106 在前面已出现"] == [each.what for each in found.rejects]


def test_a_clockwise_exterior_is_turned_and_told(tmp_path: Path) -> None:
    found = read(given(tmp_path, feature([SQUARE[::-1]])))

    assert ["第 1 环绕向与 RFC 7946 相反，已反转"] == [each.what for each in found.notes]
    assert read(given(tmp_path, feature([SQUARE]))).areas == found.areas


def test_overlapping_neighbours_are_told(tmp_path: Path) -> None:
    shifted = [[x + 0.005, y] for x, y in SQUARE]
    found = read(given(tmp_path, feature([SQUARE]), feature([shifted], "441900105")))

    assert 2 == len(found.areas)
    assert ["与 441900105 企石镇 重叠 0.568 平方公里"] == [each.what for each in found.notes]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "不是 JSON"),
        ("{", "不是 JSON"),
        ("[]", "最外层不是 GeoJSON 对象"),
        ("{}", "应为 FeatureCollection"),
        ('{"type":"FeatureCollection"}', "features 不是数组"),
        ('{"type":"FeatureCollection","features":[]}', "没有任何要素"),
        ('{"type":"FeatureCollection","features":[NaN]}', "NaN"),
        ('{"type":"FeatureCollection","features":[-Infinity]}', "-Infinity"),
        ("[" * 100_000, "嵌套过深"),
        ('{"type":"FeatureCollection","features":[1' + "0" * 5000 + "]}", "digits"),
    ],
)
def test_what_is_no_geojson_is_one_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadInput, match=told) as bad:
        read(given_text(tmp_path, text))

    assert "grids.geojson" in bad.value.where
    assert "\n" not in str(bad.value)


def test_bytes_that_are_no_text_and_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "grids.geojson"
    path.write_bytes(b'{"type": "\xff"}')
    with pytest.raises(BadInput, match="第 11 个字节起不是 UTF-8 文本"):
        read(path)
    with pytest.raises(BadInput, match="读不了文件"):
        read(tmp_path / "none.geojson")


def test_a_projected_file_is_converted(tmp_path: Path) -> None:
    """EPSG:4547: metres around 114 E with a false easting of 500 km."""
    ring = [
        [497_000, 2_547_000],
        [498_000, 2_547_000],
        [498_000, 2_548_000],
        [497_000, 2_547_000],
    ]
    found = read(given(tmp_path, feature([ring])), "EPSG:4547")

    assert () == found.rejects
    assert 500_000 == pytest.approx(square_metres(to_shape(found.areas[0].outline)), rel=0.001)


def test_the_same_file_twice_has_the_same_digest(tmp_path: Path) -> None:
    path = given(tmp_path, feature([SQUARE]))

    assert read(path) == read(path)


@needs_real_data
def test_all_33_real_towns_are_taken() -> None:
    known = {each.code: each.name for each in official().divisions}
    found = read_grids(REAL / "dongguan_towns_wgs84.geojson", Reading("cgcs2000", known, CITY))

    assert 33 == len(found.areas)
    assert () == found.rejects
    assert any(each.code == "441900101" and "石龙镇 重叠 0.3" in each.what for each in found.notes)


@needs_real_data
def test_the_defective_real_file_is_refused_feature_by_feature() -> None:
    known = {each.code: each.name for each in official().divisions}
    found = read_grids(REAL / "dongguan_towns_bd09.geojson", Reading("bd09", known, CITY))

    assert (7, 25) == (len(found.areas), len(found.rejects))
    assert all("没有闭合" in each.what for each in found.rejects)
    clean = read_grids(REAL / "dongguan_towns_wgs84.geojson", Reading("cgcs2000", known, CITY))
    there = {area.code: to_shape(area.outline).centroid for area in clean.areas}
    # Two surveys differ by up to 364 m here; unconverted, BD-09 would lie 1.2 km off.
    for area in found.areas:
        here, other = to_shape(area.outline).centroid, there[area.code]
        assert metres(here.x, here.y, other.x, other.y) < 500, area.name
