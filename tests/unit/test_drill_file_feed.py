"""A feed from a file: mapped by the file's own rules, bad rows named, places inside the town."""

from __future__ import annotations

import gzip
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from dispatch.domain.calendar import ZONE, instant, local
from dispatch.domain.codes import Source
from dispatch.domain.errors import BadInput
from dispatch.drill.file_feed import FileFeed, read_feed
from dispatch.drill.profile import Span
from dispatch.files.mapping import IncidentMapping, read_mapping
from dispatch.geo.affine import Fit
from dispatch.geo.grid_lookup import GridLookup
from resources import path
from tests.unit.real_data import REAL, needs_real_data
from tests.unit.towns import hengli, setting

START = instant(datetime(2026, 11, 20, tzinfo=ZONE))
MAPPING = """
[time]
column = "when"
format = "%Y-%m-%d %H:%M"
zone = "America/New_York"
[place]
lon = "x"
lat = "y"
low = 0.0
high = 1.0
[text]
columns = ["what", "where"]
[source]
default = "hotline"
[item]
column = "what"
default = "0000"
[[item.rule]]
regex = "^fire|smoke"
item = "0801"
[[item.rule]]
contains = "FIRE"
item = "0604"
"""
HEAD = "when,x,y,what,where\n"


def codes() -> set[str]:
    return {item.code for item in setting().catalogue}


def mapping(tmp_path: Path, text: str = MAPPING) -> IncidentMapping:
    file = tmp_path / "map.toml"
    file.write_text(text, encoding="utf-8")
    return read_mapping(file, codes())


def read(tmp_path: Path, rows: str, text: str = MAPPING) -> FileFeed:
    file = tmp_path / "calls.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    return read_feed(file, mapping(tmp_path, text), setting(), Span(START, 24))


CORNERS = "2016-01-02 08:00,-75,40,Fire,A\n2016-01-02 09:30,-74,41,big fire,B\n"


def test_rules_are_tried_in_order_and_clock_times_kept(tmp_path: Path) -> None:
    found = read(tmp_path, CORNERS + "2016-01-02 08:15,-74.5,40.5,cat in a tree,C\n")

    assert () == found.rejects
    assert [("0801", "08:00"), ("0000", "08:15"), ("0604", "09:30")] == [
        (each.item, f"{local(each.at_ms):%H:%M}") for each in found.incidents
    ]
    assert ["Fire；A", "cat in a tree；C", "big fire；B"] == [each.text for each in found.incidents]
    assert {Source.HOTLINE} == {each.source for each in found.incidents}
    assert [1, 2, 3] == [each.number for each in found.incidents]
    assert date(2016, 1, 2) == found.day


def test_places_are_laid_onto_the_town_and_its_corners_moved_inside(tmp_path: Path) -> None:
    found = read(tmp_path, CORNERS + "2016-01-02 08:15,-74.5,40.5,x,C\n")
    lookup = GridLookup(grid.area for grid in hengli().grids)
    west, south, east, north = setting().ground.box

    for each in found.incidents:
        assert each.grid == lookup.find(each.lon, each.lat).code
    corner, middle, _ = found.incidents
    assert (True, False, 2) == (corner.moved, middle.moved, found.moved)
    assert ((west + east) / 2, (south + north) / 2) == pytest.approx((middle.lon, middle.lat))
    assert corner.lon < middle.lon
    assert corner.lat < middle.lat


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2016-01-02 08:00,-75,40,Fire", "列数与表头不同"),
        ("2016-01-02 08:00,-75,40,Fire,A,B", "列数与表头不同"),
        ("2016-13-02 08:00,-75,40,Fire,A", "when“2016-13-02 08:00”不是"),
        ("2016-01-02 08:00,east,40,Fire,A", "x“east”不是数字"),
        ("2016-01-02 08:00,-75,nan,Fire,A", "y nan 超出范围"),
        ("2016-01-02 08:00,-75,91,Fire,A", "y 91 超出范围"),
        ("2016-01-02 08:00,-75,40, ,", "what、where 是空的"),
        ("2016-03-13 02:30,-75,40,Fire,A", "不存在（夏令时跳过）"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_the_others_are_used(
    tmp_path: Path, row: str, reason: str
) -> None:
    found = read(tmp_path, CORNERS + row + "\n")

    assert 2 == len(found.incidents)
    assert [4] == [each.line for each in found.rejects]
    assert reason in found.rejects[0].reason


def test_hostile_text_is_kept_without_its_controls(tmp_path: Path) -> None:
    found = read(tmp_path, CORNERS + '2016-01-02 08:15,-74.5,40.5,"a\x07b\u202ec",=1+1\n')

    assert "a b c；=1+1" == found.incidents[1].text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (MAPPING.replace('zone = "America/New_York"', 'zone = "Mars/Olympus"'), "没有时区"),
        (MAPPING.replace('zone = "America/New_York"', ""), "zone 缺失"),
        (MAPPING.replace("low = 0.0", "low = 7"), "low 应为 0 至 1 的数"),
        (MAPPING.replace("[place]", "[palce]"), "不认识的表 .palce"),
        (MAPPING.replace("low =", "lwo ="), "不认识的键 lwo"),
        (MAPPING.replace('item = "0801"', 'item = "9999"'), "第 1 条规则: “9999”不在代码表中"),
        (MAPPING.replace('regex = "^fire|smoke"', 'regex = "("'), "第 1 条规则: 正则表达式有误"),
        (MAPPING.replace('contains = "FIRE"', ""), "第 2 条规则: contains 与 regex"),
        (MAPPING.replace('default = "hotline"', 'default = "moon"'), "“moon”不在代码表中"),
        (MAPPING.replace('columns = ["what", "where"]', "columns = []"), "columns 应为非空"),
        ("[time\n", "不是 TOML"),
    ],
)
def test_a_bad_mapping_is_one_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadInput, match=told) as bad:
        mapping(tmp_path, text)

    assert bad.value.where.startswith("map.toml")


def test_a_file_that_is_no_such_table(tmp_path: Path) -> None:
    use = mapping(tmp_path)
    file = tmp_path / "calls.csv"
    for content, told in (
        (b"", "缺少列"),
        (b"when,x,y\n", "缺少列 what、where"),
        (HEAD.encode(), "没有一行可用"),
        (HEAD.encode() + b"\xff\xfe\n", "个字节起不是 UTF-8"),
    ):
        file.write_bytes(content)
        with pytest.raises(BadInput, match=told):
            read_feed(file, use, setting(), Span(START, 24))
    with pytest.raises(BadInput, match="读不了文件"):
        read_feed(tmp_path / "none.csv", use, setting(), Span(START, 24))
    packed = tmp_path / "calls.csv.gz"
    packed.write_bytes(gzip.compress(HEAD.encode() * 1000)[:-20])
    with pytest.raises(BadInput, match=r"读不了文件|列"):
        read_feed(packed, use, setting(), Span(START, 24))


def test_the_shipped_mapping_fits_the_shipped_catalogue() -> None:
    found = read_mapping(path("feeds/montgomery.toml"), codes())

    assert {"timeStamp", "lng", "lat", "title"} == found.columns
    assert "0801" == found.item.of("Fire: BUILDING FIRE")
    assert "0000" == found.item.of("EMS: WARRANT SERVICE")


@needs_real_data
def test_the_real_day_comes_hour_by_hour() -> None:
    use = read_mapping(path("feeds/montgomery.toml"), codes())
    found = read_feed(REAL / "incidents_montgomery_911.csv.gz", use, setting(), Span(START, 24))

    assert () == found.rejects
    hours = Counter(local(each.at_ms).hour for each in found.incidents)
    assert (21, 105) == hours.most_common(1)[0]
    assert found.moved < len(found.incidents) / 4
    assert len({each.grid for each in found.incidents}) > 40
    tight = replace(use, spots=replace(use.spots, fit=Fit()))
    wide = read_feed(REAL / "incidents_montgomery_911.csv.gz", tight, setting(), Span(START, 24))
    assert wide.moved > found.moved
