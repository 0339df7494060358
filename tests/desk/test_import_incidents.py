"""Incidents from a file: mapped, placed, told apart; the same file twice changes nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from dispatch.desk.desk import Desk
from dispatch.desk.import_batch import Here
from dispatch.desk.importing import bring_in
from dispatch.desk.views_import import Choices, ImportOrder, ImportProgress, ImportResult
from dispatch.domain.calendar import instant
from dispatch.domain.codes import Priority, Source, State
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.incident import Incident
from dispatch.domain.rules import Actor
from dispatch.files.mapping import read_mapping
from dispatch.geo.crs import to_bd09
from dispatch.geo.distance import metres
from dispatch.store.site_log import SiteLog
from resources import path
from tests.desk.offices import PASSWORD, STATION, Hand, open_desk
from tests.unit.real_data import REAL, needs_real_data
from tests.unit.towns import hengli

MAPPING = """
[key]
columns = ["号"]
[time]
column = "时间"
format = "%Y-%m-%d %H:%M"
zone = "Asia/Shanghai"
[place]
lon = "经"
lat = "纬"
[text]
columns = ["说明"]
[source]
default = "hotline"
[item]
column = "事项"
default = "0000"
[[item.rule]]
contains = "消防"
item = "0605"
[fields]
phone = "电话"
priority = "级"
"""
HEAD = "号,时间,经,纬,说明,事项,电话,级\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_desk(tmp_path / "seat", Hand())
    made.login("clerk1", PASSWORD).result()
    yield made
    made.site.close()


def row(number: int, **more: str) -> str:
    grid = hengli().grids[number % 5]
    cells = {
        "号": str(number),
        "时间": "2026-11-20 08:30",
        "经": f"{grid.lon}",
        "纬": f"{grid.lat}",
        "说明": f"演示数据 {number}",
        "事项": "消防通道",
        "电话": "138****6021",
        "级": "",
        **more,
    }
    return ",".join(cells.values()) + "\n"


def given(tmp_path: Path, text: str, name: str = "calls.csv") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def brought(
    desk: Desk, tmp_path: Path, rows: str, mapping: str = MAPPING, *, dry: bool = False
) -> ImportResult:
    file = given(tmp_path, HEAD + rows)
    how = given(tmp_path, mapping, "map.toml")
    return desk.import_incidents(how, ImportOrder(file, dry=dry)).result()


def there(desk: Desk) -> list[Incident]:
    return [desk.incident(each.id).result() for each in desk.rows_in(None, 100_000).result()]


def events_of(log: SiteLog) -> list[object]:
    return list(log.connection.exec_driver_sql("SELECT 1 FROM event").scalars())


def clerk(desk: Desk) -> Actor:
    return desk.seat.known().actor()


def events(desk: Desk) -> int:
    return desk.site.read(lambda reader: reader.unsent().count).result()


def test_a_row_becomes_a_report_with_what_the_mapping_says(desk: Desk, tmp_path: Path) -> None:
    done = brought(desk, tmp_path, row(1, 级="P1"))

    assert (1, 0, 0, False) == (done.taken, done.known, done.rejected, done.cancelled)
    (found,) = there(desk)
    grid = hengli().grids[1]
    assert (State.REPORTED, "0605", Priority.P1) == (found.state, found.item, found.priority)
    assert (Source.HOTLINE, grid.code) == (found.source, found.grid)
    at = datetime(2026, 11, 20, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert instant(at) == found.found_at
    pane = desk.pane(found.id).result()
    assert ("演示数据 1", "138****6021") == (pane.text, pane.phone.replace(" ", ""))


def test_the_same_file_twice_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    rows = "".join(row(number) for number in range(450))
    first = brought(desk, tmp_path, rows)
    stored = events(desk)
    again = brought(desk, tmp_path, rows)
    more = brought(desk, tmp_path, row(450) + rows)

    assert (450, 0) == (first.taken, first.known)
    assert (0, 450) == (again.taken, again.known)
    assert (1, 450) == (more.taken, more.known)
    assert stored + 1 == events(desk)


def test_without_a_key_the_whole_row_is_its_name(desk: Desk, tmp_path: Path) -> None:
    mapping = MAPPING.replace('columns = ["号"]', "")
    first = brought(desk, tmp_path, row(1) + row(2) + row(1), mapping)
    again = brought(desk, tmp_path, row(1) + row(2, 级="P3"), mapping)

    assert (2, 1, 0) == (first.taken, first.known, first.rejected)
    assert (1, 1, 0) == (again.taken, again.known, again.rejected)


def test_every_rejected_row_is_told_with_its_line_and_the_others_are_taken(
    desk: Desk, tmp_path: Path
) -> None:
    bad = {
        row(2, 时间="昨天"): "时间“昨天”不是",
        row(3, 经="东"): "经“东”不是数字",
        row(4, 经="0", 纬="0"): "不在本镇任何网格内",
        row(5, 说明=""): "说明 是空的",
        row(6, 级="P9"): "优先级“P9”不是",
        row(7, 号=""): "号 是空的",
        row(1, 说明="别的"): "与第 2 行的键相同，内容不同",
        row(8, 时间="2031-01-01 00:00"): "发现时间必须在",
        "9,x\n": "列数与表头不同",
    }
    rejects = tmp_path / "rejects.csv"
    file = given(tmp_path, HEAD + row(1) + "".join(bad) + row(10))
    how = given(tmp_path, MAPPING, "map.toml")
    done = desk.import_incidents(how, ImportOrder(file, rejects=rejects)).result()

    assert (2, len(bad)) == (done.taken, done.rejected)
    told = {each.line: each.reason for each in done.rejects}
    for line, reason in enumerate(bad.values(), 3):
        assert reason in told[line], (line, told[line])
    with rejects.open(encoding="utf-8-sig", newline="") as lines:
        listed = list(csv.DictReader(lines))
    assert sorted(told) == sorted(int(each["line"]) for each in listed)
    (east,) = [each for each in listed if each["号"] == "3"]
    assert ("经“东”不是数字", "演示数据 3") == (east["reason"], east["说明"])
    assert 0o600 == rejects.stat().st_mode & 0o777


def test_a_rejects_file_cannot_run_in_a_spreadsheet(desk: Desk, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    file = given(tmp_path, HEAD + row(1, 说明="=1+1", 经="x"))
    how = given(tmp_path, MAPPING, "map.toml")
    desk.import_incidents(how, ImportOrder(file, rejects=rejects)).result()

    assert "'=1+1" in rejects.read_text(encoding="utf-8-sig")


def test_a_dry_run_decides_everything_and_stores_nothing(desk: Desk, tmp_path: Path) -> None:
    before = events(desk)
    rows = row(1) + row(2, 时间="2031-01-01 00:00") + row(3)
    dry = brought(desk, tmp_path, rows, dry=True)
    assert before == events(desk)
    done = brought(desk, tmp_path, rows)

    assert (2, 1) == (dry.taken, dry.rejected) == (done.taken, done.rejected)
    assert dry.rejects == done.rejects
    assert [3] == [each.line for each in done.rejects]


@pytest.mark.parametrize(
    ("rows", "mapping", "told"),
    [
        (row(1), MAPPING.replace('lon = "经"', 'lon = "东经"'), "缺少列 东经"),
        (row(1), MAPPING.replace('lat = "纬"', ""), "lon 与 lat 要一起写"),
        (row(1), MAPPING.replace('lon = "经"', 'lon = "经"\ncrs = "mars"'), "不认识的坐标系“mars”"),
        (row(1), MAPPING.replace("[fields]", "[feilds]"), "不认识的表 .feilds"),
        (row(1), MAPPING.replace("[key]", '[file]\nencoding = "ebcdic"\n[key]'), "不认识的编码"),
        (row(1), MAPPING.replace("[key]", '[file]\nseparator = "ab"\n[key]'), "应为一个字符"),
        ("x" * 1_100_000, MAPPING, "一行超过"),
    ],
    ids=["column", "pair", "system", "table", "encoding", "separator", "line"],
)
def test_what_makes_the_file_unusable_is_found_before_anything_is_stored(
    desk: Desk, tmp_path: Path, rows: str, mapping: str, told: str
) -> None:
    before = events(desk)
    with pytest.raises(BadInput, match=told):
        brought(desk, tmp_path, "".join(row(n) for n in range(300)) + rows, mapping)

    assert before == events(desk)
    assert not (tmp_path / "rejects.csv").exists()


def test_a_cancelled_import_keeps_whole_batches_and_goes_on_next_time(
    desk: Desk, tmp_path: Path
) -> None:
    file = given(tmp_path, HEAD + "".join(row(number) for number in range(1000)))
    how = given(tmp_path, MAPPING, "map.toml")

    def stop_soon(progress: ImportProgress) -> None:
        if progress.stage == "store" and progress.taken >= 400:
            order.stop.wished.set()

    order = ImportOrder(file, on_progress=stop_soon)
    first = desk.import_incidents(how, order).result()
    rest = desk.import_incidents(how, ImportOrder(file)).result()

    assert (400, True) == (first.taken, first.cancelled)
    assert (600, 400, False) == (rest.taken, rest.known, rest.cancelled)
    assert 1000 == len(there(desk))


def test_an_operators_act_does_not_wait_for_the_rows_in_hand(tmp_path: Path) -> None:
    """The batch ends for it, whole as far as it got; not even 200 rows are in its way."""
    hand = Hand()
    waiting: list[Future[int]] = []

    def now() -> int:
        # Once for each row that is decided, in the writer's thread.
        asked.append(1)
        if len(asked) == 3:
            waiting.append(desk.site.write(count))
        return hand()

    def count(log: SiteLog) -> int:
        return len(events_of(log))

    asked: list[int] = []
    desk = open_desk(tmp_path / "seat", hand)
    desk.login("clerk1", PASSWORD).result()
    before = events(desk)
    here = Here(desk.site, desk.asked(lambda _, tables: tables).result(), clerk(desk), now)
    mapping = read_mapping(given(tmp_path, MAPPING, "map.toml"), {"0000", "0605"})
    file = given(tmp_path, HEAD + "".join(row(number) for number in range(300)))
    done = bring_in(here, mapping, ImportOrder(file))
    seen = waiting[0].result()
    desk.site.close()

    assert (300, 0, 0) == (done.taken, done.known, done.rejected)
    assert before + 3 == seen


def test_foreign_coordinates_come_to_where_they_are(desk: Desk, tmp_path: Path) -> None:
    grid = hengli().grids[2]
    lon, lat = to_bd09(np.array([grid.lon]), np.array([grid.lat]))
    mapping = MAPPING.replace('lon = "经"', 'crs = "bd09"\nlon = "经"')
    brought(desk, tmp_path, row(1, 经=str(lon[0]), 纬=str(lat[0])), mapping)

    (found,) = there(desk)
    assert found.lon is not None
    assert found.lat is not None
    assert grid.code == found.grid
    assert metres(grid.lon, grid.lat, found.lon, found.lat) < 1


def test_a_village_stands_for_a_missing_place(desk: Desk, tmp_path: Path) -> None:
    mapping = MAPPING.replace("[fields]", '[fields]\nvillage = "村"')
    file = given(tmp_path, HEAD.strip() + ",村\n" + row(1, 经="", 纬="").strip() + f",{STATION}\n")
    how = given(tmp_path, mapping, "map.toml")
    done = desk.import_incidents(how, ImportOrder(file)).result()

    assert (1, 0) == (done.taken, done.rejected), done.rejects
    assert STATION == there(desk)[0].village


def test_choices_of_a_person_do_what_a_mapping_does(desk: Desk, tmp_path: Path) -> None:
    item = next(each for each in desk.items("0605").result() if each.code == "0605")
    file = given(tmp_path, HEAD + row(1, 事项=item.name) + row(2, 事项="0801") + row(3, 事项="?"))
    choices = Choices(
        *(("说明",), "经", "纬", "cgcs2000", "时间", "%Y-%m-%d %H:%M", "Asia/Shanghai"),
        key="号",
        item="事项",
        fields=(("phone", "电话"),),
    )
    done = desk.import_incidents(choices, ImportOrder(file)).result()

    assert (3, 0) == (done.taken, done.rejected)
    assert ["0605", "0801", "0000"] == [each.item for each in reversed(there(desk))]
    for wrong in (Choices(), Choices(text=("说明",)), Choices(text=("说明",), lon="经")):
        with pytest.raises(BadInput):
            desk.import_incidents(wrong, ImportOrder(file)).result()


def test_a_look_at_a_file_shows_its_first_rows(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_bytes((HEAD + "".join(row(number) for number in range(50))).encode("gb18030"))
    found = desk.import_preview(file, Choices()).result()

    assert ("gb18030", ",", 20) == (found.encoding, found.separator, len(found.rows))
    assert ("号", "演示数据 3") == (found.header[0], found.rows[3][4])
    with pytest.raises(BadInput, match="读不了文件"):
        desk.import_preview(tmp_path / "none.csv", Choices()).result()


def test_nobody_imports_without_a_session(desk: Desk, tmp_path: Path) -> None:
    desk.logout().result()
    with pytest.raises(Refused, match="not_logged_in"):
        brought(desk, tmp_path, row(1))


def test_a_stations_people_import_into_their_own_village_alone(desk: Desk, tmp_path: Path) -> None:
    desk.logout().result()
    desk.login("station1", PASSWORD).result()
    mine = next(each for each in hengli().grids if each.parent == STATION)
    other = next(each for each in hengli().grids if each.parent != STATION)
    rows = row(1, 经=str(mine.lon), 纬=str(mine.lat)) + row(2, 经=str(other.lon), 纬=str(other.lat))
    done = brought(desk, tmp_path, rows)

    assert (1, 1) == (done.taken, done.rejected)
    assert f"{other.parent} 不在 {STATION} 的范围内" in done.rejects[0].reason


@needs_real_data
def test_the_real_calls_of_a_county_with_a_change_of_clocks(desk: Desk, tmp_path: Path) -> None:
    """The hour that New York left out on 2016-03-13 is in no row; both sides of it are right."""
    import gzip

    source = REAL / "incidents_montgomery_911.csv.gz"
    file = tmp_path / "night.csv"
    with gzip.open(source, "rt", encoding="utf-8") as lines, file.open("w") as night:
        night.writelines(
            each for number, each in enumerate(lines) if number == 0 or ",2016-03-13 0" in each
        )
    done = desk.import_incidents(path("feeds/montgomery.toml"), ImportOrder(file)).result()

    assert done.taken + done.rejected == 92
    assert all("不在本镇任何网格内" in each.reason for each in done.rejects)
    assert done.taken > 60
    zone = ZoneInfo("America/New_York")
    times = sorted(each.found_at or 0 for each in there(desk))
    hours = {datetime.fromtimestamp(each / 1000, zone).hour for each in times}
    assert 2 not in hours
    assert {1, 3} <= hours
    before = datetime(2016, 3, 13, 1, 59, tzinfo=zone)
    after = datetime(2016, 3, 13, 3, 0, tzinfo=zone)
    assert 60_000 == instant(after) - instant(before)
