"""Reference tables: what ships is whole, and a bad row is named with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dispatch.domain.codes import Level, Stage
from dispatch.domain.errors import BadInput
from dispatch.files.holidays import rows, write
from dispatch.files.tables import (
    PROFILE,
    Layout,
    read_calendar,
    read_catalogue,
    read_centres,
    read_divisions,
    read_profiles,
)
from resources import path


def test_the_shipped_divisions_are_the_official_ones() -> None:
    found = read_divisions(path("organisation/dongguan_divisions.csv"))
    count = {level: sum(each.level is level for each in found) for level in Level}

    assert (1, 36, 609) == (count[Level.CITY], count[Level.TOWN], count[Level.VILLAGE])
    assert 33 == len(read_centres(path("organisation/dongguan_town_centres.csv")))


def test_the_shipped_catalogue_has_77_items_and_the_unclassified() -> None:
    catalogue = read_catalogue(path("catalogue/catalogue_v1.csv"), "v1")
    items = [each for each in catalogue if each.code != "0000"]

    assert (77, 18, 7) == (
        len(items),
        len({each.klass for each in items}),
        len({each.department for each in items}),
    )
    profiles = read_profiles(path("catalogue/sla_profiles_v1.csv"))
    assert {each.profile for each in catalogue} <= set(profiles)
    assert "2h" == str(profiles["U1"].spans[Stage.DISPOSAL])
    assert Stage.FIRST_ANSWER not in profiles["G1"].spans


def test_the_shipped_calendar_knows_holidays_and_makeup_days() -> None:
    calendar = read_calendar(path("calendar"))

    assert {2023, 2024, 2025, 2026} == set(calendar.years)
    assert not calendar.works(date(2026, 2, 17))  # a Tuesday, Spring Festival
    assert calendar.works(date(2026, 2, 28))  # a Saturday, worked for it
    assert not calendar.works(date(2026, 11, 21))  # a plain Saturday


def test_the_shipped_years_are_what_the_script_writes(tmp_path: Path) -> None:
    for year in (2023, 2024, 2025, 2026):
        shipped = path("calendar") / f"{year}.csv"
        assert write(year, tmp_path).read_text() == shipped.read_text()


def test_an_edited_year_is_never_written_over(tmp_path: Path) -> None:
    edited = tmp_path / "2026.csv"
    edited.write_text("date,kind,name\n")

    with pytest.raises(BadInput, match="文件已存在"):
        write(2026, tmp_path)

    assert "date,kind,name\n" == edited.read_text()


def test_a_year_nobody_has_announced_is_refused() -> None:
    with pytest.raises(BadInput, match="只有 2004 至"):
        rows(2099)


def given(tmp_path: Path, text: str, name: str = "table.csv") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


HEAD = "item,class,department,name,priority,sla_profile\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "table.csv 第 1 行: 缺少列 item"),
        (HEAD + "1,a,b,c,P9,U1\n", "table.csv 第 2 行: 优先级“P9”不是"),
        (HEAD + "1,a,b,,P1,U1\n", "table.csv 第 2 行: 列 name 是空的"),
        (HEAD + "1,a,b,c,P1,U1\n1,a,b,c,P1\n", "table.csv 第 3 行: 列数与表头不同"),
        (HEAD + "1,a,b,c,P1,U1\n1,a,b,c,P1,U1\n", "第 3 行: “1”出现两次"),
        (HEAD + '1,a,b,"c,P1,U1\n', "不是 CSV"),
    ],
)
def test_a_bad_catalogue_is_one_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read_catalogue(given(tmp_path, text), "v1")


def test_bad_rows_of_the_other_tables(tmp_path: Path) -> None:
    head = ",".join(PROFILE) + "\n"
    with pytest.raises(BadInput, match="时钟“lunar”"):
        read_profiles(given(tmp_path, head + "U1,lunar" + ",5m" * 9 + "\n"))
    with pytest.raises(BadInput, match="时限“5x”"):
        read_profiles(given(tmp_path, head + "U1,natural" + ",5x" * 9 + "\n"))
    with pytest.raises(BadInput, match="第 3 行: “U1”出现两次"):
        read_profiles(given(tmp_path, head + ("U1,natural" + ",5m" * 9 + "\n") * 2))
    head = "level,code,name,short_name,parent_code\n"
    with pytest.raises(BadInput, match="级别“region”"):
        read_divisions(given(tmp_path, head + "region,1,a,b,c\n"))
    with pytest.raises(BadInput, match="不是 9 位数字"):
        read_divisions(given(tmp_path, head + "town,44190010,a,b,c\n"))
    with pytest.raises(BadInput, match="第 2 行"):
        read_centres(given(tmp_path, "code,name,lon,lat,area_km2\n1,a,x,2,3\n"))


def test_a_division_may_have_a_phone(tmp_path: Path) -> None:
    """Without the column nothing is said of it; an empty cell says that there is none."""
    head, row = "level,code,name,short_name,parent_code", "squad,队1,巡查1队,,441900106"
    [silent] = read_divisions(given(tmp_path, f"{head}\n{row}\n"))
    found = read_divisions(given(tmp_path, f"{head},phone\n{row},0769-8****21\n"))
    [none] = read_divisions(given(tmp_path, f"{head},phone\n{row},\n"))
    assert (None, "0769-8****21", "") == (silent.phone, found[0].phone, none.phone)
    named = Layout(columns={"phone": "电话"})
    assert "110" == read_divisions(given(tmp_path, f"{head},电话\n{row},110\n"), named)[0].phone
    with pytest.raises(BadInput, match="缺少列 电话"):
        read_divisions(given(tmp_path, f"{head}\n{row}\n"), named)
    for bad in ("=1+1", "call me", "1" * 41, "１３８"):
        with pytest.raises(BadInput, match="不是号码"):
            read_divisions(given(tmp_path, f"{head},phone\n{row},{bad}\n"))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2026-02-30,holiday,x", "2026.csv 第 2 行"),
        ("2026-01-01,rest,x", "“rest”不是 holiday"),
        ("2025-01-01,holiday,x", "不在 2026 年"),
        ("2026-01-01,holiday,x\n2026-01-01,makeup,x", "第 3 行: “2026-01-01”出现两次"),
    ],
)
def test_a_bad_calendar_row(tmp_path: Path, row: str, told: str) -> None:
    given(tmp_path, f"date,kind,name\n{row}\n", "2026.csv")

    with pytest.raises(BadInput, match=told):
        read_calendar(tmp_path)


def test_what_ships_names_its_source_and_licence() -> None:
    """Every data file of these folders stands in the LICENCE.md beside it."""
    for folder in ("maps", "catalogue", "organisation", "feeds"):
        told = (path(folder) / "LICENCE.md").read_text(encoding="utf-8")
        for file in path(folder).iterdir():
            assert file.name == "LICENCE.md" or file.name in told
    assert "reconstruction" in (path("catalogue") / "LICENCE.md").read_text(encoding="utf-8")
