"""The report as a text document: the same numbers and words, the furniture of the pages."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.table import Table, _Row

from dispatch.domain.calendar import HOUR
from dispatch.reports.issue import load_issue, make_report
from dispatch.reports.shift_input import Basis, Names, Plain, ShiftInput, Variant
from tests.reports.busy_day import busy_day
from tests.reports.inputs import report_of
from tests.reports.test_issue import HOSTILE, quiet_day, words
from tests.reports.test_variants import day


def made(given: ShiftInput, out: Path) -> Path:
    (path,) = (each for each in make_report(given, out, ("docx",)).paths if each.suffix == ".docx")
    return path


def opened(path: Path) -> Document:
    return docx.Document(io.BytesIO(path.read_bytes()))


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def headings(document: Document) -> list[str]:
    return [each.text for each in document.paragraphs if (each.style or each).name == "Heading 1"]  # type: ignore[union-attr] # a paragraph has a style here


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shift's document; it is read only."""
    return made(quiet_day(), tmp_path_factory.mktemp("shift"))


def test_its_tables_hold_the_numbers_of_figures_json(shift: Path) -> None:
    told = json.loads((shift.parent / "figures.json").read_bytes())["figures"]
    text = {each["id"]: each["text"] for each in told}
    tables = {tuple(found[0]): found for each in opened(shift).tables if (found := cells(each))}

    head = ("级别", "接存量", "新上报", "重开", "结案", "作废", "并案", "交存量")
    rows = {row[0]: row[1:] for row in tables[head]}
    columns = ("opening", "new", "reopened", "closed", "voided", "merged", "closing")
    assert [text[f"flow.{each}.all"] for each in columns] == rows["合计"]
    front = {row[0]: row[1] for row in tables["数字", "数值", "单位", "说明"]}
    assert text["kpi.on_time"] == front["按期处置率"]
    assert text["force.coverage"] == front["巡查覆盖率"]
    villages = next(found for head, found in tables.items() if head[0] == "村（社区）")
    assert {text[i] for i in text if i.startswith("village.new.")} == {r[2] for r in villages[1:]}
    lists = [found for head, found in tables.items() if head[:2] == ("编号", "灯")]
    assert int(text["list.open"]) == len(lists[-1]) - 1


@pytest.mark.parametrize("kind", ["shift", "day", "special"])
def test_every_kind_has_its_sections(kind: str, tmp_path: Path) -> None:
    given = day() if kind == "day" else quiet_day()
    if kind == "special":
        span = replace(given.shift, name="消防专报", variant=Variant.SPECIAL)
        given = replace(given, shift=span)

    document = opened(made(given, tmp_path))

    found = headings(document)
    assert ["概况", "重要事项"] == [found[0][2:], found[2][2:]]
    assert ("力量与设备" in str(found)) == (kind != "special")
    assert ("环比与同比" in str(found)) == (kind == "day")
    assert {"shift": "值班交接班报告", "day": "值班日报", "special": "消防专报"}[kind] == (
        document.paragraphs[0].text
    )
    signed = cells(next(each for each in document.tables if "签名" in each.rows[1].cells[0].text))
    assert ("交班" in signed[0][0]) == (kind == "shift")


def test_head_foot_and_mark_are_on_every_page(tmp_path: Path) -> None:
    early = replace(
        quiet_day(),
        printed_at=quiet_day().shift.from_at + 3 * HOUR,
        basis=Basis(town_seq=9, own=12, behind=3),
    )

    path = made(early, tmp_path)

    section = opened(path).sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    assert "横沥镇智网工程指挥调度中心" in head.text
    assert "［暂定］ ［演示数据］ 交接班报告 HL-JB-20251121-B" in head.text
    assert "3 条尚未到市平台（暂定）" in foot.text
    with ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if "er1" in name}
    assert 'string="李婉仪 2025-11-21 11:00 演示数据"' in parts["word/header1.xml"]
    assert ["PAGE", "NUMPAGES"] == re.findall(r"instrText>(\w+)<", parts["word/footer1.xml"])
    assert (210, 297) == (round(section.page_width.mm), round(section.page_height.mm))  # type: ignore[union-attr] # A4 is set


def test_a_hostile_text_is_only_a_text(tmp_path: Path) -> None:
    given = quiet_day()
    open_ = [each.id for each in given.incidents if each.open]
    evil = (*HOSTILE[:3], HOSTILE[7], HOSTILE[8], HOSTILE[12], "<w:p/>&amp;\ufffe\x00\udc80")
    plain = {id_: Plain(evil[n % len(evil)]) for n, id_ in enumerate(open_)}
    names = Names(villages=dict.fromkeys(given.names.villages, ""), accounts={"liwanyi": '"<&>'})

    path = made(replace(given, plain=plain, names=names), tmp_path)

    shown = [cell for table in opened(path).tables for row in cells(table) for cell in row]
    for text in ("#set text(red) $x^2$ *粗* _斜_ @ref <label> \\n `raw` = 标题", "<w:p/>&amp;"):
        assert [cell for cell in shown if cell.endswith(text)]
    assert [cell for cell in shown if cell.endswith(HOSTILE[1])]
    with ZipFile(path) as package:
        assert b"w:hyperlink" not in package.read("word/document.xml")
        assert b'string="&quot;' in package.read("word/header1.xml") or (
            b"string='\"&lt;&amp;&gt;" in package.read("word/header1.xml")
        )


def test_a_list_over_several_pages_repeats_its_head(tmp_path: Path) -> None:
    given = report_of(busy_day(120))

    document = opened(made(replace(given, printed_at=given.shift.from_at + 6 * HOUR), tmp_path))

    lists = [each for each in document.tables if each.rows[0].cells[0].text == "编号"]
    assert max(len(each.rows) for each in lists) > 20
    for table in document.tables:
        marks = [_marks(row) for row in table.rows]
        assert all("cantSplit" in each for each in marks)
        assert all("tblHeader" not in each for each in marks[1:])
    assert all("tblHeader" in _marks(each.rows[0]) for each in lists)


def _marks(row: _Row) -> list[str]:
    """What is said of a row: that it is never split, that it is a head."""
    return [str(each.tag).rpartition("}")[2] for each in row._tr.get_or_add_trPr()]  # noqa: SLF001 - no public name


def test_libreoffice_shows_every_section_on_its_page(shift: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None or not Path(office).resolve().with_name("libswlo.so").exists():
        pytest.skip("LibreOffice Writer is not there")
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(shift)], check=True, capture_output=True, timeout=200)

    (made_of_it,) = tmp_path.glob("*.pdf")
    pages = words(made_of_it).split("\f")
    for name in headings(opened(shift)):
        assert sum(name[2:] in page and name[0] in page for page in pages), name
    assert all("HL-JB-20251121-B" in page for page in pages if page.strip())
    assert "第1页/共" in "".join(pages[0].split())


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, shift: Path) -> None:
    again = made(quiet_day(), tmp_path)

    assert again.read_bytes() == shift.read_bytes()
    with ZipFile(again) as package:
        assert {(1980, 1, 1, 0, 0, 0)} == {each.date_time for each in package.infolist()}
        assert "[Content_Types].xml" == package.namelist()[0]


def test_a_revision_lists_its_differences(tmp_path: Path) -> None:
    whole = quiet_day()
    missing = max(whole.incidents, key=lambda each: each.reported_at or 0)
    made(replace(whole, incidents=tuple(e for e in whole.incidents if e != missing)), tmp_path)

    document = opened(made(replace(whole, previous=load_issue(tmp_path, whole)), tmp_path))

    assert "修订说明" == headings(document)[-1][2:]
    assert ["新上报", "23", "24"] in cells(document.tables[-1])
