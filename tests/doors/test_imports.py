"""Others' files at the hub's door: a wrong row is named with its line and changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from resources import path
from tests.doors.hostile import SHARED
from tests.e2e.town import Ran, zhiwang

TOWN = "441900106"
CATALOGUE = "item,class,department,name,priority,sla_profile\n"
SLA = "profile,clock,accept,verify,dispatch,sign_in,first_answer,disposal,check,visit,close\n"
GUIDES = "for,request,checks,closing,photos,after\n"
TABLES = "SELECT name, rev, body FROM table_version ORDER BY name, rev"
CALENDAR = "date,kind,name\n"
ROSTER = "number,name,grid,phone,post\n"
DIVISIONS = "level,code,name,short_name,parent_code\n"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The database of a hub with a made-up town."""
    folder = tmp_path_factory.mktemp("hub")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHIWANG_CRASHES", str(folder))
        made = zhiwang("hub", "init", "--db", f"sqlite:///{folder / 'hub.db'}", "--seed-town", TOWN)
        assert 0 == made.code, made.err
        yield folder / "hub.db"
        assert [] == list(folder.glob("zhiwang-crash-*"))


def versions(hub: Path) -> int:
    """How many versions of tables the hub keeps."""
    with closing(sqlite3.connect(hub)) as database:
        return int(database.execute("SELECT count(*) FROM table_version").fetchone()[0])


def taken(hub: Path, table: str, file: Path, *more: str) -> Ran:
    return zhiwang("import", table, file, "--db", f"sqlite:///{hub}", "--json", *more)


@pytest.mark.parametrize(
    ("table", "content", "told"),
    [
        ("catalogue", b"", "第 1 行: 缺少列 item"),
        ("catalogue", b"\xff\xfe", "第 1 个字节"),
        ("catalogue", CATALOGUE, "没有数据"),
        ("catalogue", CATALOGUE + "0101,类,公安,事,P9,G1\n", "第 2 行: 优先级"),
        ("catalogue", CATALOGUE + "0101,类,公安,事,P1\n", "第 2 行: 列数"),
        ("catalogue", CATALOGUE + "0101,类,,事,P1,G1\n", "第 2 行: 列 department"),
        ("catalogue", CATALOGUE + "0101,类,公安,事,P1,G1\n" * 2, "第 3 行: “0101”"),
        ("catalogue", CATALOGUE + "0101,类,公安,事,P1,X9\n", "0101 的时限方案 X9"),
        ("catalogue", CATALOGUE + "0101,类,公安,\x1b[2J,P1,G1\n", "第 2 行: 列 name"),
        ("catalogue", CATALOGUE + f"0101,类,公安,{'长' * 201},P1,G1\n", "第 2 行: 列 name"),
        ("catalogue", CATALOGUE + '0101,类,"公安', "不是 CSV"),
        ("sla", SLA, "没有数据"),
        ("sla", SLA + "U1,natural" + ",5m" * 9 + "\n", "缺少"),
        ("sla", SLA + "U1,lunar" + ",5m" * 9 + "\n", "第 2 行: 时钟"),
        ("sla", SLA + "U1,natural" + ",5q" * 9 + "\n", "第 2 行: 时限"),
        ("guides", GUIDES, "没有数据"),
        ("guides", GUIDES + "9999,做,查,完,0,0\n", "第 2 行: 目录"),
        ("guides", GUIDES + "08,做,查,完,0,0\n" * 2, "第 3 行: 08 的指引重复"),
        ("guides", GUIDES + "08,做,查,完,10,0\n", "第 2 行: 列 photos"),
        ("guides", GUIDES + "08,做,查,完,0,-1\n", "第 2 行: 列 after"),
        ("calendar", CALENDAR + "2027-13-01,holiday,x\n", "2027.csv 第 2 行"),
        ("calendar", CALENDAR + "2028-01-01,holiday,x\n", "2027.csv 第 2 行"),
        ("calendar", CALENDAR + "2027-01-01,rest,x\n", "2027.csv 第 2 行"),
        ("calendar", CALENDAR + "2027-01-01,holiday,x\n" * 2, "2027.csv 第 3 行"),
        ("roster", ROSTER, "没有数据"),
        (
            "roster",
            ROSTER + "W1,演示甲,441900106999999,138****0000,\n",
            "第 2 行: 组织表中没有网格",
        ),
        ("roster", ROSTER.replace("phone", "tel"), "第 1 行: 缺少列 phone"),
        ("divisions", DIVISIONS + "region,1,a,a,b\n", "第 2 行: 级别"),
        ("divisions", DIVISIONS + "town,12,a,a,b\n", "第 2 行: 代码"),
        ("divisions", DIVISIONS + f"town,{TOWN},甲,甲,{TOWN}\n", "第 2 行: 上级代码"),
        ("divisions", DIVISIONS + f"town,{TOWN},,,441900\n", "第 2 行: 名称"),
    ],
)
def test_a_wrong_table_is_named_by_line(
    hub: Path, tmp_path: Path, table: str, content: str | bytes, told: str
) -> None:
    file = tmp_path / "2027.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = versions(hub)
    refused = taken(hub, table, file)
    assert (2, 1) == (refused.code, len(refused.err.splitlines())), refused
    assert told in refused.err
    assert "2027.csv" in refused.err
    assert before == versions(hub)


@pytest.mark.parametrize(
    ("content", "crs", "told"),
    [
        ("{", "cgcs2000", "map.geojson 第 1 行"),
        ('{"type": "FeatureCollection", "features": []}', "cgcs2000", "map.geojson"),
        ('{"type": "FeatureCollection", "features": []}', "mars", "--crs"),
        ('{"type": "FeatureCollection", "features": []}', "EPSG:0", "--crs"),
        (
            '{"type": "FeatureCollection", "features": [{"type": "Feature"}]}',
            "cgcs2000",
            "第 1 个要素",
        ),
    ],
)
def test_a_wrong_map_is_named_by_feature(
    hub: Path, tmp_path: Path, content: str, crs: str, told: str
) -> None:
    file = tmp_path / "map.geojson"
    file.write_text(content)
    before = versions(hub)
    refused = taken(hub, "grids", file, "--crs", crs)
    assert (2, 1) == (refused.code, len(refused.err.splitlines())), refused
    assert told in refused.err
    assert before == versions(hub)


def test_a_map_with_defects_lists_each_and_changes_nothing_twice(hub: Path) -> None:
    file = SHARED / "dongguan_towns_bd09.geojson"
    if not file.is_file():
        pytest.skip(f"../shared/data/{file.name} is not at hand")
    first = taken(hub, "grids", file, "--crs", "bd09")
    after = versions(hub)
    second = taken(hub, "grids", file, "--crs", "bd09")
    assert (2, 2) == (first.code, second.code)
    rejected = [
        line for line in first.err.splitlines() if "没有闭合" in line or "个不同的点" in line
    ]
    assert len(rejected) >= 25
    assert all("个要素" in line for line in first.err.splitlines())
    assert first.err == second.err
    assert after == versions(hub)


@pytest.mark.parametrize(
    ("table", "file"),
    [
        ("catalogue", "catalogue/catalogue_v1.csv"),
        ("sla", "catalogue/sla_profiles_v1.csv"),
        ("guides", "catalogue/guides_v1.csv"),
        ("calendar", "calendar/2026.csv"),
        ("divisions", "organisation/dongguan_divisions.csv"),
    ],
)
def test_the_same_file_twice_changes_nothing(hub: Path, table: str, file: str) -> None:
    first = taken(hub, table, path(file))
    after = versions(hub)
    second = taken(hub, table, path(file))
    assert (0, 0) == (first.code, second.code)
    assert second.json()["taken"] > 0
    assert not second.json()["changed"]
    assert after == versions(hub)


def test_a_hub_that_was_never_made_is_not_made_by_a_question(tmp_path: Path) -> None:
    file = tmp_path / "none.db"
    for words in (("hub", "status"), ("verify",), ("hub", "enrol", "--scope", TOWN)):
        refused = zhiwang(*words, "--db", f"sqlite:///{file}")
        assert (2, 1) == (refused.code, len(refused.err.splitlines()))
        assert str(file) in refused.err
    assert [] == list(tmp_path.iterdir())


def test_a_hub_that_is_brought_up_to_date_keeps_the_citys_own_tables(tmp_path: Path) -> None:
    """An upgrade runs `hub init` again: what ships then is only what the hub has nothing of."""
    db, hub = f"sqlite:///{tmp_path / 'hub.db'}", tmp_path / "hub.db"
    assert 0 == zhiwang("hub", "init", "--db", db, "--seed-town", TOWN).code
    catalogue = tmp_path / "own.csv"
    catalogue.write_text(CATALOGUE + "0101,类,公安,本市的事项,P1,G1\n", "utf-8")
    done = taken(hub, "catalogue", catalogue)
    assert 0 == done.code, done.err
    with closing(sqlite3.connect(hub)) as database, database:
        # A hub of before the information reports.
        database.execute("DELETE FROM table_version WHERE name = 'bulletins'")
        kept = database.execute(TABLES).fetchall()

    assert 0 == zhiwang("hub", "init", "--db", db).code

    with closing(sqlite3.connect(hub)) as database:
        now = database.execute(TABLES).fetchall()
    assert kept == [each for each in now if each[0] != "bulletins"]
    assert ["bulletins"] == [each[0] for each in now if each not in kept]


def test_a_hub_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "hub.db").write_bytes(b"no database at all" * 999)
    for words in (("hub", "status"), ("hub", "init")):
        refused = zhiwang(*words, "--db", f"sqlite:///{tmp_path / 'hub.db'}")
        assert refused.code in {2, 4}
        assert 1 == len(refused.err.splitlines())
        assert "database" in refused.err


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("hub", "init", "--seed-town", "999"), "--seed-town"),
        (("hub", "enrol", "--scope", "999"), "--scope"),
        (("hub", "token", "--as", "nobody", "--days", "1"), "--as"),
        (("hub", "token", "--as", "nobody", "--days", "many"), "--days"),
        (("hub", "token", "--as", "nobody", "--days", "0"), "--days"),
        (("hub", "serve", "--listen", "nowhere"), "--listen"),
        (("hub", "serve", "--listen", "127.0.0.1:65536"), "--listen"),
        (("hub", "serve", "--listen", "127.0.0.1:٣"), "--listen"),
        (("hub", "serve", "--listen", "127.0.0.1:0", "--tls-cert", "/no"), "--tls-cert"),
        (
            ("hub", "serve", "--listen", "127.0.0.1:0", "--tls-cert", "/no", "--tls-key", "/no"),
            "--tls-cert",
        ),
        (("account", "add", "--scope", "999", "--name", "a", "--role", "clerk"), "--scope"),
        (("account", "add", "--scope", TOWN, "--name", "a b", "--role", "clerk"), "--name"),
        (("account", "add", "--scope", TOWN, "--name", "a", "--role", "king"), "--role"),
        (("account", "disable", "--name", "nobody"), "--name"),
    ],
)
def test_the_hubs_own_words(hub: Path, words: tuple[str, ...], named: str) -> None:
    before = versions(hub)
    refused = zhiwang(*words, "--db", f"sqlite:///{hub}", stdin="a-long-password\n")
    assert (2, 1) == (refused.code, len(refused.err.splitlines())), refused
    assert named in refused.err
    assert before == versions(hub)


@pytest.mark.parametrize("password", ["", "short", "半\ud800个字符也不行"])
def test_a_password_that_is_none(hub: Path, password: str) -> None:
    before = versions(hub)
    words = ("account", "add", "--scope", TOWN, "--name", "a", "--role", "clerk")
    refused = zhiwang(*words, "--db", f"sqlite:///{hub}", stdin=password + "\n")
    assert (2, 1) == (refused.code, len(refused.err.splitlines())), refused
    assert before == versions(hub)
