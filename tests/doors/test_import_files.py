"""`zhiwang import` over real processes: incidents into a seat, others' tables into the hub."""

from __future__ import annotations

import csv
import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from console.clock import VARIABLE
from tests.desk.test_import_incidents import HEAD, MAPPING, row
from tests.doors.seat import events, log_in, make_seat, set_clock
from tests.doors.test_imports import ROSTER, hub, taken, versions
from tests.e2e.town import Ran, zhiwang
from tests.unit.towns import hengli

__all__ = ["hub"]  # a fixture
TOWN = "441900106"
OURS = '[file]\nencoding = "gb18030"\n[columns]\n'


@pytest.fixture
def seat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ZHIWANG_CRASHES", str(tmp_path))
    monkeypatch.setenv(VARIABLE, str(set_clock(tmp_path / "clock")))
    folder = make_seat(tmp_path / "seat")
    log_in(folder, "clerk1")
    yield folder
    assert [] == list(tmp_path.glob("zhiwang-crash-*"))


def given(folder: Path, text: str, name: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def brought(seat: Path, file: Path, mapping: Path, *more: str | Path) -> Ran:
    words = ("import", "incidents", file, "--site", seat, "--as", "clerk1", "--mapping", mapping)
    return zhiwang(*words, "--json", *more)


def told(ran: Ran) -> dict[str, Any]:  # Any: JSON values
    """What a run printed, whatever its exit code."""
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_incidents_come_in_once_and_bad_rows_are_listed(seat: Path, tmp_path: Path) -> None:
    file = given(tmp_path, HEAD + row(1) + row(2, 经="东") + row(3), "calls.csv")
    mapping = given(tmp_path, MAPPING, "map.toml")
    rejects = tmp_path / "rejects.csv"
    before = events(seat)

    dry = brought(seat, file, mapping, "--dry-run")
    assert (2, 2, 1, True) == (dry.code, *(told(dry)[k] for k in ("taken", "rejected", "dry_run")))
    assert before == events(seat)
    first = brought(seat, file, mapping, "--rejects", rejects)
    second = brought(seat, file, mapping)

    assert {"taken": 2, "known": 0, "rejected": 1, "dry_run": False} == told(first)
    assert {"taken": 0, "known": 2, "rejected": 1, "dry_run": False} == told(second)
    assert (2, 2, before + 2) == (first.code, second.code, events(seat))
    assert ["calls.csv 第 3 行: 经“东”不是数字"] == first.err.splitlines()
    with rejects.open(encoding="utf-8-sig", newline="") as lines:
        assert [("3", "2")] == [(each["line"], each["号"]) for each in csv.DictReader(lines)]
    good = given(tmp_path, HEAD + row(1) + row(3), "calls.csv")
    assert (0, "") == (brought(seat, good, mapping).code, brought(seat, good, mapping).err)


@pytest.mark.parametrize(
    ("file", "mapping", "more", "line"),
    [
        ("none.csv", "map.toml", (), "没有这个文件"),
        ("calls.csv", "none.toml", (), "读不了文件"),
        ("seat", "map.toml", (), "是一个目录"),
        ("map.toml", "map.toml", (), "缺少列"),
        ("calls.csv", "calls.csv", (), "不是 TOML"),
        ("calls.csv", "map.toml", ("--rejects", "no/such/place.csv"), "写不了文件"),
    ],
)
def test_a_wrong_word_is_one_line_and_stores_nothing(
    seat: Path, tmp_path: Path, file: str, mapping: str, more: tuple[str, ...], line: str
) -> None:
    given(tmp_path, HEAD + row(1), "calls.csv")
    given(tmp_path, MAPPING, "map.toml")
    before = events(seat)
    refused = brought(seat, tmp_path / file, tmp_path / mapping, *more)

    assert (2, 1, before) == (refused.code, len(refused.err.splitlines()), events(seat)), refused
    assert line in refused.err


def test_an_interrupted_import_ends_between_two_batches(seat: Path, tmp_path: Path) -> None:
    file = given(tmp_path, HEAD + "".join(row(number) for number in range(20_000)), "calls.csv")
    mapping = given(tmp_path, MAPPING, "map.toml")
    before = events(seat)
    words = ["import", "incidents", file, "--site", seat, "--as", "clerk1", "--mapping", mapping]
    running = subprocess.Popen(
        # Whoever runs the tests in the background has told every child to ignore Ctrl+C.
        ["env", "--default-signal=INT", sys.executable, "-m", "console", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        limit = time.monotonic() + 120
        while events(seat) < before + 400:
            assert time.monotonic() < limit
            assert running.poll() is None
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)
    finally:
        running.kill()

    assert 130 == running.returncode, err
    stored = events(seat) - before
    assert 400 <= stored < 20_000
    assert 0 == stored % 200
    assert "Traceback" not in err
    assert 0 == zhiwang("verify", "--site", seat).code


def roster(*rows: tuple[str, ...]) -> str:
    return "工号,姓名,网格,电话,岗位\n" + "".join(",".join(each) + "\n" for each in rows)


COLUMNS = 'number = "工号"\nname = "姓名"\ngrid = "网格"\nphone = "电话"\npost = "岗位"\n'


def test_a_roster_in_gb18030_under_its_own_names(hub: Path, tmp_path: Path) -> None:
    grid = hengli().grids[0].code
    text = roster(("W1", "演示甲", grid, "138****0000", ""), ("W2", "演示乙", grid, "", "组长"))
    file = tmp_path / "roster.csv"
    file.write_bytes(text.encode("gb18030"))
    mapping = given(tmp_path, OURS + COLUMNS, "map.toml")
    before = versions(hub)
    dry = taken(hub, "roster", file, "--mapping", str(mapping), "--dry-run")
    assert (0, True, before) == (dry.code, dry.json()["changed"], versions(hub))
    first = taken(hub, "roster", file, "--mapping", str(mapping))
    second = taken(hub, "roster", file, "--mapping", str(mapping))

    assert ({"taken": 2, "rejected": 0, "changed": True}, 0) == (first.json(), first.code)
    assert ({"taken": 2, "rejected": 0, "changed": False}, 0) == (second.json(), second.code)
    assert before + 1 == versions(hub)


def test_a_workbook_is_as_good_as_a_csv(hub: Path, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (ROSTER.strip().split(","), ["W7", "演示丙", int(hengli().grids[0].code), "", ""]):
        sheet.append(cells)
    book.save(tmp_path / "roster.xlsx")
    done = taken(hub, "roster", tmp_path / "roster.xlsx")

    assert (0, 1, True) == (done.code, done.json()["taken"], done.json()["changed"]), done.err


def test_all_bad_rows_of_a_table_are_told_and_nothing_of_it_is_taken(
    hub: Path, tmp_path: Path
) -> None:
    grid = hengli().grids[0].code
    rows = f"W1,演示甲,{grid},,\nW1,演示乙,{grid},,\nW3,,{grid},,\nW4,演示丁,{TOWN},,\nW5\n"
    file = given(tmp_path, ROSTER + rows, "roster.csv")
    before = versions(hub)
    rejects = tmp_path / "rejects.csv"
    done = taken(hub, "roster", file, "--rejects", str(rejects))

    assert (2, before) == (done.code, versions(hub))
    assert {"taken": 0, "rejected": 4, "changed": False} == told(done)
    assert [
        "roster.csv 第 3 行: 编号“W1”为空或重复",
        "roster.csv 第 4 行: 姓名为空",
        f"roster.csv 第 5 行: 组织表中没有网格 {TOWN}",
        "roster.csv 第 6 行: 列数与表头不同",
    ] == done.err.splitlines()
    with rejects.open(encoding="utf-8-sig", newline="") as lines:
        assert ["3", "4", "5", "6"] == [each["line"] for each in csv.DictReader(lines)]


def test_a_calendar_of_any_name_takes_the_place_of_its_years(hub: Path, tmp_path: Path) -> None:
    file = given(tmp_path, "date,kind,name\n2031-01-01,holiday,元旦\n", "放假.csv")
    first, second = taken(hub, "calendar", file), taken(hub, "calendar", file)

    assert (0, 1, True) == (first.code, first.json()["taken"], first.json()["changed"]), first.err
    assert not second.json()["changed"]
    kept = hub_calendar(hub)
    assert {2026, 2031} <= set(kept)


def hub_calendar(hub: Path) -> tuple[int, ...]:
    """The years that the hub knows now."""
    query = "SELECT body FROM table_version WHERE name = 'calendar' ORDER BY rev DESC LIMIT 1"
    with closing(sqlite3.connect(hub)) as database:
        body = json.loads(database.execute(query).fetchone()[0])
    return tuple(body["years"])


def test_broken_rings_are_repaired_on_request_alone(hub: Path, tmp_path: Path) -> None:
    ring = "[[113.97,23.02],[113.98,23.02],[113.98,23.03]]"
    feature = (
        f'{{"type":"Feature","properties":{{"code":"{TOWN}"}},'
        f'"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}'
    )
    text = f'{{"type":"FeatureCollection","features":[{feature}]}}'
    file = given(tmp_path, text, "town.geojson")
    plain = taken(hub, "grids", file, "--crs", "wgs84")
    mended = taken(hub, "grids", file, "--crs", "wgs84", "--repair")

    assert (2, {"taken": 0, "rejected": 1, "changed": False}) == (plain.code, told(plain))
    assert "没有闭合" in plain.err
    assert (0, {"taken": 1, "rejected": 0, "changed": True}) == (mended.code, mended.json())
    assert "没有闭合，已补上首点" in mended.err


def test_departments_and_squads_join_the_organisation(hub: Path, tmp_path: Path) -> None:
    head = "level,code,name,short_name,parent_code\n"
    good = f"department,{TOWN}/城管,城管分局,,{TOWN}\nsquad,演示队9,演示巡逻队,,{TOWN}\n"
    file = given(tmp_path, head + good, "units.csv")
    first, second = taken(hub, "divisions", file), taken(hub, "divisions", file)
    assert (True, False) == (told(first)["changed"], told(second)["changed"]), first.err

    bad = f"department,城管,城管分局,,{TOWN}\nsquad,队,队,,\nsquad,队2,队2,,999\n"
    refused = taken(hub, "divisions", given(tmp_path, head + bad, "units.csv"))
    assert (2, 2) == (refused.code, len(refused.err.splitlines())), refused.err
    orphan = taken(hub, "divisions", given(tmp_path, head + "squad,队2,队2,,999\n", "units.csv"))
    assert (2, "") == (orphan.code, orphan.out)
    assert "上级 999 不在组织表中" in orphan.err


OBJECTS = "code,kind,name,grid,address,person,phone,lon,lat\n"


def thing(number: int, **more: str) -> str:
    grid = hengli().grids[0]
    cells = {
        "code": f"D{number}",
        "kind": "出租屋",
        "name": f"演示屋{number}",
        "grid": grid.code,
        "address": "某路1号",
        "person": "演示甲",
        "phone": "13800000000",
        "lon": "",
        "lat": "",
        **more,
    }
    return ",".join(cells.values()) + "\n"


def test_objects_come_row_by_row_and_only_what_changed_counts(hub: Path, tmp_path: Path) -> None:
    grid = hengli().grids[3]
    placed = thing(3, grid="", lon=f"{grid.lon}", lat=f"{grid.lat}")
    # The hub is the module's: what other tests left in this town is retired first.
    alone = given(tmp_path, OBJECTS + thing(1), "alone.csv")
    assert 0 == taken(hub, "objects", alone, "--replace").code
    file = given(tmp_path, OBJECTS + thing(1) + thing(2) + placed, "objects.csv")
    first, second = taken(hub, "objects", file), taken(hub, "objects", file)
    assert {"taken": 3, "rejected": 0, "changed": True} == told(first), first.err
    assert {"taken": 3, "rejected": 0, "changed": False} == told(second)

    bad = {
        thing(1): "代码“D1”在前面已出现",
        thing(5, kind=""): "列 kind 是空的",
        thing(6, grid="441900106999999"): "组织表中没有网格 441900106999999",
        thing(7, grid="", lon="0", lat="0"): "不在任何网格内",
        thing(8, lon="x", lat="1"): "坐标“x”不是数字",
        "9\n": "列数与表头不同",
    }
    file = given(tmp_path, OBJECTS + thing(1) + "".join(bad) + thing(10), "objects.csv")
    done = taken(hub, "objects", file)
    assert {"taken": 2, "rejected": len(bad), "changed": True} == told(done)
    for line, (given_line, reason) in enumerate(
        zip(done.err.splitlines(), bad.values(), strict=True), 3
    ):
        assert f"第 {line} 行" in given_line
        assert reason in given_line
    refused = taken(hub, "objects", file, "--replace")
    assert (2, 0) == (refused.code, told(refused)["taken"])
    file = given(tmp_path, OBJECTS + thing(1), "objects.csv")
    replaced = taken(hub, "objects", file, "--replace")
    assert (0, True) == (replaced.code, told(replaced)["changed"])
    assert f"{TOWN}: 3 个对象不在文件中，已停用" in replaced.err


def test_a_cycle_that_is_none_is_told_by_its_line(hub: Path, tmp_path: Path) -> None:
    grid = hengli().grids[3].code
    bad = {
        ("30", ""): "写了 every_days 须写 due_on",
        ("30", "昨天"): "不是 YYYY-MM-DD 的日期",
        ("0", "2026-11-21"): "须为 1 至 3660 的整数天",
        ("3661", "2026-11-21"): "须为 1 至 3660 的整数天",
        ("000000001" + "9" * 20, "2026-11-21"): "须为 1 至 3660 的整数天",
        ("9" * 5000, "2026-11-21"): "列 every_days 有 5000 个字符",
    }
    rows = [f"C{place},house,屋,{grid},{every},{due}" for place, (every, due) in enumerate(bad)]
    head = "code,kind,name,grid,every_days,due_on\n"
    done = taken(hub, "objects", given(tmp_path, head + "\n".join(rows) + "\n", "cycle.csv"))
    assert {"taken": 0, "rejected": len(bad), "changed": False} == told(done), done.err
    for line, (given_line, reason) in enumerate(
        zip(done.err.splitlines(), bad.values(), strict=True), 2
    ):
        assert f"第 {line} 行" in given_line
        assert reason in given_line


def test_objects_under_other_names_in_another_system(hub: Path, tmp_path: Path) -> None:
    import numpy as np

    from dispatch.geo.crs import to_bd09

    grid = hengli().grids[4]
    lon, lat = to_bd09(np.array([grid.lon]), np.array([grid.lat]))
    text = f"编码;类别;名称;经度;纬度\nX1;厂企;演示厂;{lon[0]};{lat[0]}\n"
    file = tmp_path / "objects.csv"
    file.write_bytes(text.encode("gb18030"))
    columns = 'code = "编码"\nkind = "类别"\nname = "名称"\nlon = "经度"\nlat = "纬度"\n'
    mapping = given(tmp_path, "[columns]\n" + columns, "map.toml")
    done = taken(hub, "objects", file, "--crs", "bd09", "--mapping", str(mapping))

    assert (0, 1) == (done.code, told(done)["taken"]), done.err
    with closing(sqlite3.connect(hub)) as database:
        query = "SELECT grid FROM managed_object WHERE code = 'X1'"
        assert grid.code == database.execute(query).fetchone()[0]
