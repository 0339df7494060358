"""Any table as rows: encodings, separators, kinds of file; a bad row is named, a bomb refused."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from dispatch.domain.errors import BadInput
from dispatch.files import text_file
from dispatch.files.opening import open_table
from dispatch.files.rows import Form, Meter, Reject, Row, RowFile

HEAD = "编号,地点,说明\n"
ROWS = "1,东城区某路,井盖缺失\n2,西区某街,垃圾堆放\n"


def given(tmp_path: Path, content: str | bytes, name: str = "table.csv") -> Path:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def read(path: Path, form: Form | None = None) -> tuple[RowFile, list[Row], list[Reject]]:
    table = open_table(path, form)
    found = list(table.read(Meter()))
    good = [each for each in found if isinstance(each, Row)]
    return table, good, [each for each in found if isinstance(each, Reject)]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ((HEAD + ROWS).encode(), "utf-8"),
        ((HEAD + ROWS).encode("utf-8-sig"), "utf-8"),
        ((HEAD + ROWS).encode("gb18030"), "gb18030"),
        ((HEAD + ROWS).encode("gbk"), "gb18030"),
        (gzip.compress((HEAD + ROWS).encode("gb18030")), "gb18030"),
        ((HEAD + ROWS).replace("\n", "\r\n").encode("utf-8-sig"), "utf-8"),
    ],
    ids=["utf-8", "with its mark", "gb18030", "gbk", "packed", "lines of Windows"],
)
def test_the_encoding_is_found_out(tmp_path: Path, content: bytes, encoding: str) -> None:
    name = "table.csv.gz" if content.startswith(b"\x1f\x8b") else "table.csv"
    table, rows, rejects = read(given(tmp_path, content, name))

    assert (encoding, ("编号", "地点", "说明")) == (table.encoding, table.header)
    assert [{"编号": "1", "地点": "东城区某路", "说明": "井盖缺失"}] == [rows[0].cells]
    assert [2, 3] == [each.line for each in rows]
    assert [] == rejects


def test_a_foreign_character_may_come_late(tmp_path: Path) -> None:
    """Half a megabyte of plain ASCII says nothing of the encoding."""
    plain = "id,name\n" + "1,a plain row of figures\n" * 20_000
    table, rows, _ = read(given(tmp_path, plain.encode() + "2,井盖\n".encode("gb18030")))

    assert ("gb18030", "井盖") == (table.encoding, rows[-1].cells["name"])


def test_the_encoding_can_be_told(tmp_path: Path) -> None:
    file = given(tmp_path, "id,name\n1,caf\u00e9\n".encode())

    assert "café" == read(file)[1][0].cells["name"]
    assert "caf茅" == read(file, Form(encoding="gbk"))[1][0].cells["name"]
    with pytest.raises(BadInput, match="不认识的编码“latin9”"):
        read(file, Form(encoding="latin9"))


def test_one_line_in_another_encoding_is_one_rejected_row(tmp_path: Path) -> None:
    content = (HEAD + ROWS).encode() + "3,某路,井盖\n".encode("gb18030") + "4,某巷,灯坏\n".encode()
    table, rows, rejects = read(given(tmp_path, content))

    assert "utf-8" == table.encoding
    assert ["1", "2", "4"] == [each.cells["编号"] for each in rows]
    assert [(4, "第 4 行不是 UTF-8 文本")] == [(each.line, each.reason) for each in rejects]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_out_and_can_be_told(tmp_path: Path, separator: str) -> None:
    content = (HEAD + ROWS).replace(",", separator)
    table, rows, _ = read(given(tmp_path, content))

    assert (separator, "垃圾堆放") == (table.separator, rows[1].cells["说明"])
    other = read(given(tmp_path, content.replace(separator, "#")), Form(separator="#"))
    assert rows[1].cells == other[1][1].cells


def test_a_quoted_cell_over_two_lines_keeps_the_count_of_lines(tmp_path: Path) -> None:
    _, rows, rejects = read(given(tmp_path, HEAD + '1,某路,"两行\n文字"\n2,x\n3,某街,好\n'))

    assert [(2, "两行\n文字"), (5, "好")] == [(each.line, each.cells["说明"]) for each in rows]
    assert [(4, "列数与表头不同", ("2", "x"))] == [(r.line, r.reason, r.cells) for r in rejects]


def test_a_quote_that_is_never_closed_is_told_with_where_it_began(tmp_path: Path) -> None:
    _, rows, rejects = read(given(tmp_path, HEAD + '1,某路,好\n2,某街,"没有尾\n3,某巷,好\n'))

    assert ["1"] == [each.cells["编号"] for each in rows]
    (reject,) = rejects
    assert 3 == reject.line
    assert "引号可能没有闭合" in reject.reason


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04aaaa", "扩展名应为 .xlsx"),
        (b"\xd0\xcf\x11\xe0aaaa", "旧版 XLS"),
        ("id,name\n1,a\n".encode("utf-16"), "UTF-16"),
        (b"id,id\n1,2\n", "列 id 出现两次"),
        (b"\xff\xff\xff\n", "第 1 个字节起不是 UTF-8"),
        (",".join(map(str, range(600))).encode(), "有 600 列，超过 500"),
    ],
)
def test_what_is_no_table_is_one_line(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told) as bad:
        read(given(tmp_path, content))

    assert "\n" not in str(bad.value)


def test_a_file_without_an_end_of_line_is_not_held_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_file, "LONGEST_LINE", 1000)
    with pytest.raises(BadInput, match="第 2 行: 一行超过 1000 个字节"):
        read(given(tmp_path, "id,name\n" + "x" * 5000))


def test_a_packed_bomb_and_a_cut_package_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = gzip.compress(b"id,name\n" + b"1,aaaaaaaaaaaa\n" * 100_000)
    monkeypatch.setattr(text_file, "_FREE", 1000)
    with pytest.raises(BadInput, match="解压后超过"):
        read(given(tmp_path, bomb, "bomb.csv.gz"))
    monkeypatch.undo()
    with pytest.raises(BadInput, match="压缩包损坏"):
        read(given(tmp_path, bomb[:-20], "cut.csv.gz"))


def workbook(tmp_path: Path, *rows: tuple[object, ...], name: str = "book.xlsx") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.create_sheet("第二页").append(("a", "b"))
    book.save(tmp_path / name)
    return tmp_path / name


def test_a_workbooks_cells_are_text_as_a_person_would_write_it(tmp_path: Path) -> None:
    moment = datetime(2026, 3, 8, 2, 30)  # noqa: DTZ001 - a workbook knows no zone
    file = workbook(
        *(tmp_path, ("编号", "时间", "数", "是", "空")),
        *((441900106201001, moment, 1.5, True, None), (), ("x", "y", "z", "w", "v", "多")),
    )
    table, rows, rejects = read(file)

    assert ("编号", "时间", "数", "是", "空") == table.header
    assert [
        {"编号": "441900106201001", "时间": "2026-03-08 02:30:00", "数": "1.5"}
        | {"是": "TRUE", "空": ""}
    ] == [each.cells for each in rows]
    assert [(4, "列数与表头不同")] == [(each.line, each.reason) for each in rejects]
    assert ("a", "b") == read(file, Form(sheet="第二页"))[0].header
    with pytest.raises(BadInput, match="没有工作表“三”，有 Sheet、第二页"):
        read(file, Form(sheet="三"))


def test_a_formula_is_the_value_that_was_last_computed(tmp_path: Path) -> None:
    """Openpyxl computes nothing: a file of its own making has no value, a spreadsheet's has."""
    file = workbook(tmp_path, ("a", "b"), (1, "=1+1"))
    assert "" == read(file)[1][0].cells["b"]
    computed = tmp_path / "computed.xlsx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(computed, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(
                part, content.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
            )
    assert "=1+1" == load_workbook(computed).active["B2"].value
    assert "2" == read(computed)[1][0].cells["b"]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"no workbook at all", b"PK\x05\x06" + b"\0" * 18],
)
def test_what_is_no_workbook_is_one_line(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadInput, match=r"book\.xlsx: 不是 XLSX 工作簿"):
        read(given(tmp_path, content, "book.xlsx"))


def packed(tmp_path: Path, source: Path, **parts: bytes) -> Path:
    """A copy of a workbook with some of its parts replaced, by their last name."""
    target = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            stem = Path(part).stem
            new.writestr(part, parts.get(stem, old.read(part)))
    return target


def test_hostile_workbooks_are_refused_or_read_within_limits(tmp_path: Path) -> None:
    whole = workbook(tmp_path, ("a", "b"), (1, 2))
    bomb = b"<worksheet>" + b" " * (64 * 1024 * 1024) + b"</worksheet>"
    with pytest.raises(BadInput, match="解压后超过 200 倍"):
        read(packed(tmp_path, whole, sheet1=bomb))
    laughs = (
        b'<!DOCTYPE x [<!ENTITY a "'
        + b"lol" * 1000
        + b'">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 50) for n in range(8))
        + b"]><worksheet><sheetData><row><c><v>&i;</v></c></row></sheetData></worksheet>"
    )
    with pytest.raises(BadInput, match=r"changed\.xlsx: 不是 XLSX 工作簿"):
        read(packed(tmp_path, whole, sheet1=laughs))
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>'
    )
    with pytest.raises(BadInput, match="超过 1048576 行"):
        read(packed(tmp_path, whole, sheet1=far))
    with pytest.raises(BadInput, match="不是 XLSX 工作簿"):
        read(packed(tmp_path, whole, workbook=b"<workbook"))


def test_points_of_geojson_are_rows_with_their_place(tmp_path: Path) -> None:
    def feature(shape: object, **properties: object) -> dict[str, object]:
        return {"type": "Feature", "properties": properties, "geometry": shape, "id": 7}

    point = {"type": "Point", "coordinates": [113.97, 23.02]}
    line = {"type": "LineString", "coordinates": [[113, 23], [114, 23]]}
    features = [
        feature(point, 名称="井", 深=2.5),
        feature(line, 名称="路"),
        feature(None, 名称="x"),
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    table, rows, rejects = read(given(tmp_path, text, "points.geojson"))

    assert ("名称", "深", "@lon", "@lat", "@id") == table.header
    assert {"名称": "井", "深": "2.5", "@lon": "113.97", "@lat": "23.02", "@id": "7"} == rows[
        0
    ].cells
    assert ["", ""] == [rows[1].cells["@lon"], rows[1].cells["深"]]
    assert [(2, 'geometry：类型是 "LineString"，应为 Point')] == [
        (r.line, r.reason) for r in rejects
    ]
    assert "points.geojson 第 2 个要素" == table.where(2)
