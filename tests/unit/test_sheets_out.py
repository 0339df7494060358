"""Lists written out and read again by pandas, openpyxl, LibreOffice and a GeoJSON validator."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from dispatch.domain.calendar import ZONE
from dispatch.domain.errors import BadInput
from dispatch.files import sheet_xlsx
from dispatch.files.geojson import features
from dispatch.files.sheet import Cell, CellKind, Column, Head, Line, harmless
from dispatch.files.sheet_csv import WATERMARK, write_csv
from dispatch.files.sheet_geojson import polygons_of, write_geojson
from dispatch.files.sheet_xlsx import write_xlsx
from dispatch.reports import csv_out
from tests.doors.hostile import hostile, kept

COLUMNS = (
    Column("code", "编码"),
    Column("text", "内容"),
    Column("count", "数", CellKind.NUMBER),
    Column("at", "时间", CellKind.TIME),
)
MARK = "演示数据 演示长（chief1） 2026-11-21T10:00:00+08:00"
HEAD = Head("清单甲", COLUMNS, MARK, (("data", "数据性质", "演示数据"),))
AT = datetime(2026, 11, 21, 10, 0, 5, tzinfo=ZONE)
FORMULAS = ("=1+1", "+86", "-1", "@SUM(A1)", "\tx", "\rx", "'x", "=cmd|' /C calc'!A0")
SQUARE = ((113.0, 23.0), (113.0, 23.1), (113.1, 23.1), (113.1, 23.0))
"""Clockwise and open: wrong twice for an exterior."""
HOLE = ((113.02, 23.02), (113.04, 23.02), (113.04, 23.04), (113.02, 23.04))
"""Counter-clockwise: wrong for a hole."""


def line(text: str, count: Cell = -3, at: Cell = AT) -> Line:
    return Line(("0605", text, count, at), (113.5, 23.0))


def lines(texts: list[str]) -> list[Line]:
    return [line(text) for text in texts]


def csv_texts(file: Path) -> list[str]:
    """The texts of a CSV as they were."""
    with file.open(encoding="utf-8-sig", newline="") as found:
        return [csv_out.as_was(row["内容"]) for row in csv.DictReader(found)]


def xlsx_texts(file: Path) -> list[str]:
    """The texts of an XLSX; openpyxl leaves the format's escapes to its caller."""
    rows = list(openpyxl.load_workbook(file)["清单"].iter_rows(min_row=2, min_col=2, max_col=2))
    for (cell,) in rows:
        assert cell.value is None or "s" == cell.data_type
    return [unescape(str(cell.value or "")) for (cell,) in rows]


def test_the_same_texts_are_harmless_here_and_in_the_report() -> None:
    for text in (*FORMULAS, "x", "", "x=1"):
        assert csv_out.harmless(text) == harmless(text)
        assert text == csv_out.as_was(harmless(text))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_in_a_text_is_text(tmp_path: Path, text: str) -> None:
    write_csv(HEAD, [line(text)], str(tmp_path / "a.csv"))
    write_xlsx(HEAD, [line(text)], str(tmp_path / "a.xlsx"))

    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert f"'{text}" == list(csv.reader(file))[1][1]
    assert [text] == xlsx_texts(tmp_path / "a.xlsx")
    assert "<f>" not in str(openpyxl.load_workbook(tmp_path / "a.xlsx")["清单"]["B2"].data_type)


def test_numbers_times_and_codes_stay_what_they_are(tmp_path: Path) -> None:
    row = line("x", 12.5)
    write_csv(HEAD, [row], str(tmp_path / "a.csv"))
    write_xlsx(HEAD, [row], str(tmp_path / "a.xlsx"))
    write_geojson(HEAD, [row], str(tmp_path / "a.geojson"))

    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = ["0605", "x", "12.5", "2026-11-21T10:00:05+08:00", MARK]
        assert expected == list(csv.reader(file))[1]
    cells = next(openpyxl.load_workbook(tmp_path / "a.xlsx")["清单"].iter_rows(min_row=2))
    assert ("0605", "x", 12.5, AT.replace(tzinfo=None)) == tuple(cell.value for cell in cells)
    assert 'yyyy-mm-dd hh:mm:ss"+08:00"' == cells[3].number_format
    (feature,) = features(tmp_path / "a.geojson")
    expected_json = {"code": "0605", "text": "x", "count": 12.5, "at": "2026-11-21T10:00:05+08:00"}
    assert expected_json == feature["properties"]


def test_who_took_it_out_is_in_each(tmp_path: Path) -> None:
    write_csv(HEAD, [line("x")], str(tmp_path / "a.csv"))
    write_xlsx(HEAD, [line("x")], str(tmp_path / "a.xlsx"))
    write_geojson(HEAD, [line("x")], str(tmp_path / "a.geojson"))

    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [MARK] == [row[WATERMARK] for row in csv.DictReader(file)]
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [("数据性质", "演示数据"), ("行数", "1")] == list(book["说明"].values)
    assert MARK == book["清单"].oddHeader.right.text
    found = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert (MARK, "演示数据") == (found["watermark"], found["data"])


def test_hostile_texts_come_back(tmp_path: Path) -> None:
    texts = [text for text in hostile() if kept(text)]
    for name, write in (("csv", write_csv), ("xlsx", write_xlsx), ("geojson", write_geojson)):
        assert len(texts) == write(HEAD, lines(texts), str(tmp_path / f"a.{name}"))

    assert texts == csv_texts(tmp_path / "a.csv")
    replaced = [text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd") for text in texts]
    assert replaced == xlsx_texts(tmp_path / "a.xlsx")
    found = features(tmp_path / "a.geojson")
    assert texts == [each["properties"]["text"] for each in found]


def test_pandas_reads_the_same_cells(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not there")
    texts = [text for text in hostile() if kept(text)] + list(FORMULAS)
    write_csv(HEAD, lines(texts), str(tmp_path / "a.csv"))
    write_xlsx(HEAD, lines(texts), str(tmp_path / "a.xlsx"))

    frame = pandas.read_csv(
        tmp_path / "a.csv", dtype={"编码": str}, keep_default_na=False, encoding="utf-8-sig"
    )
    assert texts == [csv_out.as_was(text) for text in frame["内容"]]
    assert {"0605"} == set(frame["编码"])
    assert "int64" == str(frame["数"].dtype)
    assert {AT} == set(pandas.to_datetime(frame["时间"]))
    sheet = pandas.read_excel(tmp_path / "a.xlsx", dtype={"编码": str}, keep_default_na=False)
    replaced = [text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd") for text in texts]
    assert replaced == [unescape(str(text)) for text in sheet["内容"]]
    assert {"0605"} == set(sheet["编码"])
    assert {AT.replace(tzinfo=None)} == set(sheet["时间"])


def test_libreoffice_reads_the_same_cells(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not there")
    texts = ["井盖破损", "=1+1", "@SUM(A1)", '有"引号",逗号', "两\n行", "𠮷田", "a\x01b", "_x0041_"]
    write_xlsx(HEAD, lines(texts), str(tmp_path / "a.xlsx"))
    write_csv(HEAD, lines(texts), str(tmp_path / "b.csv"))
    out = tmp_path / "out"
    # 44 comma, 34 quote, 76 UTF-8.
    _convert(office, tmp_path / "a.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76")
    # Read as text, so that no cell is what LibreOffice takes it for.
    _convert(office, tmp_path / "b.csv", "xlsx", "--infilter=CSV:44,34,76,1,1/2/2/2")

    with (out / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert texts == [row[1] for row in rows[1:]]
    assert {("0605", "-3", "2026-11-21 10:00:05+08:00")} == {
        (row[0], row[2], row[3]) for row in rows[1:]
    }
    sheet = openpyxl.load_workbook(out / "b.xlsx").worksheets[0]
    found = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    # LibreOffice escapes control characters when it writes XLSX, but not what looks like one.
    assert texts[:-1] == [unescape(csv_out.as_was(str(text))) for text in found[:-1]]
    assert texts[-1] == found[-1]


def _convert(office: str, file: Path, to: str, *more: str) -> None:
    """Let LibreOffice write the file anew into `out` beside it, under a profile of its own."""
    home = f"-env:UserInstallation=file://{file.parent}/home"
    out = ("--convert-to", to, "--outdir", str(file.parent / "out"))
    command = [office, home, "--headless", *more, *out, str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=200)


def test_rings_are_closed_and_turn_the_right_way() -> None:
    ((exterior, hole),) = polygons_of(((SQUARE, HOLE),))

    assert exterior[0] == exterior[-1]
    assert hole[0] == hole[-1]
    assert [113.1, 23.0] in exterior
    assert _area(exterior) > 0 > _area(hole)


def _area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def test_a_ring_without_room_is_left_out() -> None:
    flat = ((113.0, 23.0), (113.1, 23.0), (113.1, 23.0))

    assert [] == polygons_of(((flat,),))
    ((alone,),) = polygons_of(((SQUARE, flat),))
    assert 5 == len(alone)


def test_a_validator_finds_nothing_wrong(tmp_path: Path) -> None:
    validator = pytest.importorskip("geojson_validator", reason="geojson-validator is not there")
    rows = [
        line("点"),
        Line(("1", "面", 1, AT), (113.05, 23.05), ((SQUARE, HOLE),)),
        Line(("2", "两块", 1, AT), None, ((SQUARE,), (tuple((x + 1, y) for x, y in SQUARE),))),
    ]
    file = tmp_path / "a.geojson"
    write_geojson(HEAD, rows, str(file))
    document = json.loads(file.read_text(encoding="utf-8"))

    assert {} == validator.validate_structure(document)
    told = validator.validate_geometries(document)
    assert ({}, {"holes"}) == (told["invalid"], set(told["problematic"]))
    kinds = [each["geometry"]["type"] for each in document["features"]]
    assert ["Point", "Polygon", "MultiPolygon"] == kinds
    document["features"][1]["geometry"]["coordinates"][0].reverse()
    assert {} != validator.validate_geometries(document)["invalid"]  # it does look


def test_what_lies_nowhere_has_no_geometry(tmp_path: Path) -> None:
    write_geojson(HEAD, [Line(("1", "x", None, None))], str(tmp_path / "a.geojson"))

    (feature,) = features(tmp_path / "a.geojson")
    assert feature["geometry"] is None
    assert feature["properties"]["at"] is None


def test_more_rows_than_the_format_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_xlsx, "MOST_ROWS", 3)

    with pytest.raises(BadInput, match="XLSX 最多 3 行"):
        write_xlsx(HEAD, lines(["a", "b", "c", "d"]), str(tmp_path / "a.xlsx"))
    assert not (tmp_path / "a.xlsx").exists()


def test_a_text_longer_than_a_cell_says_that_it_is_cut(tmp_path: Path) -> None:
    write_xlsx(HEAD, [line("𠮷" * 20_000)], str(tmp_path / "a.xlsx"))

    (text,) = xlsx_texts(tmp_path / "a.xlsx")
    assert text.startswith("𠮷𠮷")
    assert text.endswith("……（后略）")
    assert len(text.encode("utf-16-le")) // 2 <= sheet_xlsx.MOST_TEXT
