"""The report as a spreadsheet: the same numbers, as numbers; hostile texts as texts."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dispatch.domain.calendar import HOUR
from dispatch.reports import amount as amounts
from dispatch.reports.amount import amount
from dispatch.reports.figure import Figure, Form
from dispatch.reports.issue import load_issue, make_report
from dispatch.reports.shift_input import Basis, Plain, ShiftInput, Variant
from tests.recount.mutation import Mutant, functions, mutants
from tests.reports.histories import FROM
from tests.reports.spreadsheet import shown
from tests.reports.test_issue import HOSTILE, quiet_day
from tests.reports.test_variants import day

ALL = "全部数字"


def made(given: ShiftInput, out: Path) -> Path:
    (path,) = (each for each in make_report(given, out, ("xlsx",)).paths if each.suffix == ".xlsx")
    return path


def kinds() -> dict[str, ShiftInput]:
    shift = quiet_day()
    span = replace(shift.shift, name="消防专报", variant=Variant.SPECIAL)
    return {"shift": shift, "day": day(), "special": replace(shift, shift=span)}


@pytest.fixture(scope="module", params=["shift", "day", "special"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One report of each kind; it is read only."""
    return made(kinds()[request.param], tmp_path_factory.mktemp(request.param))


def rows(sheet: Worksheet) -> list[list[str]]:
    return [[shown(cell) for cell in row] for row in sheet.iter_rows()]


def test_every_number_is_that_of_figures_json(report: Path) -> None:
    told = json.loads((report.parent / "figures.json").read_bytes())["figures"]
    sheet = openpyxl.load_workbook(report)[ALL]

    found = {row[0].value: row for row in sheet.iter_rows(min_row=2)}

    assert [each["id"] for each in told] == list(found)
    for each in told:
        _, name, printed, amount, num, den, meaning = found[each["id"]]
        assert (each["name"], each["text"]) == (name.value, printed.value), each["id"]
        assert (each["num"], each["den"]) == (num.value, den.value), each["id"]
        assert each["definition"] == meaning.value
        if amount.value is not None:
            assert each["text"] == shown(amount), each["id"]
            assert "s" != amount.data_type
        else:
            assert each["text"] == "—" or each["id"].startswith(("row.left", "row.waiting"))


def test_the_pages_show_what_the_printed_pages_show(tmp_path: Path) -> None:
    path = made(quiet_day(), tmp_path)
    told = json.loads((tmp_path / "figures.json").read_bytes())["figures"]
    text = {each["id"]: each["text"] for each in told}
    book = openpyxl.load_workbook(path)

    flow = rows(book["2 本班流转"])
    head = flow.index(next(row for row in flow if row[0] == "级别"))
    columns = ("opening", "new", "reopened", "closed", "voided", "merged", "closing")
    for at, group in enumerate(("P1", "P2", "P3", "all"), 1):
        assert [text[f"flow.{each}.{group}"] for each in columns] == flow[head + at][1:]
    front = {row[0]: row[1] for row in rows(book["1 概况"])}
    assert text["flow.new.all"] == front["新上报"]
    assert text["kpi.on_time"] == front["按期处置率"]
    open_rows = [row for row in rows(book["4 交接清单"]) if row[1] in {"红", "黄", "绿"}]
    assert len(open_rows) >= int(text["list.open"]) > 0
    left = {value for id_, value in text.items() if id_.startswith("row.left.")}
    assert {row[6] for row in open_rows} <= left


def test_numbers_and_times_are_no_texts(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(made(quiet_day(), tmp_path))

    types = {
        (sheet.title, cell.data_type)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }

    assert {kind for _, kind in types} == {"s", "n", "d"}
    assert {(f"{n} {name}", "n") for n, name in ((1, "概况"), (2, "本班流转"))} <= types
    assert ("3 重要事项", "d") in types
    on_time = [row for row in rows(book["2 本班流转"]) if "应处置" in row]
    assert ["按期", "应处置"] == on_time[0][4:6]


def test_a_hostile_text_stays_a_text(tmp_path: Path) -> None:
    given = quiet_day()
    names = [each.id for each in given.incidents if each.open]
    plain = {id_: Plain(HOSTILE[n % len(HOSTILE)]) for n, id_ in enumerate(names)}
    villages = dict.fromkeys(given.names.villages, "")
    names_ = replace(given.names, villages=villages, items=dict.fromkeys(given.names.items, "=1+1"))

    path = made(replace(given, plain=plain, names=names_), tmp_path)

    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type in {"f", "e"}]
    assert not [cell for cell in cells if cell.hyperlink]
    texts = {cell.value for cell in cells}
    assert {"=1+1", "@SUM(A1)", "-1", "+86 769 2222 3333", "制表", "'单引号"} <= texts


def test_its_marks_are_on_every_sheet(tmp_path: Path) -> None:
    early = replace(
        quiet_day(),
        printed_at=quiet_day().shift.from_at + 3 * HOUR,
        basis=Basis(town_seq=9, own=12, behind=3),
    )

    book = openpyxl.load_workbook(made(early, tmp_path))

    for sheet in book.worksheets:
        assert "暂定 演示数据" in (sheet.oddHeader.right.text or "")
        assert "李婉仪 2025-11-21 11:00 演示数据" in (sheet.oddFooter.left.text or "")
    told = dict(row[:2] for row in rows(book["说明"]))
    assert "暂定、演示数据" == told["标记"]
    assert "3 条尚未到市平台（暂定）" in told["依据"]
    assert "暂定 · 演示数据" in rows(book["1 概况"])[1][0]


def test_a_revision_lists_its_differences(tmp_path: Path) -> None:
    whole = quiet_day()
    missing = max(whole.incidents, key=lambda each: each.reported_at or 0)
    made(replace(whole, incidents=tuple(e for e in whole.incidents if e != missing)), tmp_path)

    path = made(replace(whole, previous=load_issue(tmp_path, whole)), tmp_path)

    assert "HL-JB-20251121-B-R1.xlsx" == path.name
    book = openpyxl.load_workbook(path)
    sheet = book[next(name for name in book.sheetnames if name.endswith("修订说明"))]
    assert ["新上报", "23", "24"] in [row[:3] for row in rows(sheet)]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (made(quiet_day(), tmp_path / each) for each in ("one", "two"))

    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("form", "num", "den"),
    [
        *(("percent", num, den) for num, den in ((1, 16), (1, 2000), (2, 3), (0, 5), (0, 0))),
        *(("change", num, den) for num, den in ((-1, 8), (1, 16), (0, 3), (0, 0))),
        *(("points", num, den) for num, den in ((1, 3), (-1, 3), (0, 1))),
        *(("minutes", num, den) for num, den in ((90, 10), (1, 20), (123456, 10), (0, 0))),
    ],
)
def test_an_amount_is_as_exact_as_what_is_printed(form: Form, num: int, den: int) -> None:
    figure = Figure(id="x", name="x", form=form, num=num, den=den)
    told = amount(figure)
    if told is None:
        assert "—" == figure.text
        return

    assert isinstance(told, float)
    text = figure.text.replace(",", "").replace("−", "-").removesuffix(" 点")
    assert told == float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)


AMOUNTS: tuple[tuple[Form, dict[str, int], object], ...] = (
    ("count", {"value": 3}, 3),
    ("percent", {"num": 2, "den": 3}, 0.667),
    ("percent", {"num": 1, "den": 2000}, 0.001),
    ("change", {"num": -1, "den": 8}, -0.125),
    ("change", {"num": 3, "den": 2}, 1.5),
    ("points", {"num": -1, "den": 3}, -33.3),
    ("minutes", {"num": 9, "den": 60}, 0.2),
    ("ratio", {"num": 7, "den": 2}, 3.5),
    ("left", {"value": 60_000}, None),
    ("span", {"value": 60_000}, None),
    ("time", {"value": FROM + 61_000}, datetime(2025, 11, 21, 8, 1)),  # noqa: DTZ001 - no zone
    ("day", {"value": FROM + 61_000}, datetime(2025, 11, 21)),  # noqa: DTZ001 - as above
    *((form, {}, None) for form in ("count", "percent", "change", "points", "minutes", "time")),
    ("percent", {"num": 0, "den": 0}, None),
)


def as_told() -> bool:
    def figure(form: Form, sides: dict[str, int]) -> Figure:
        return Figure(id="x", name="x", form=form, **sides)  # type: ignore[arg-type] # numbers

    return all(told == amount(figure(form, sides)) for form, sides, told in AMOUNTS)


def noticed(mutant: Mutant) -> bool:
    with mutant.in_place():
        try:
            return not as_told()
        except (TypeError, ValueError, ArithmeticError, AttributeError, AssertionError):
            return True


def test_no_changed_formula_of_an_amount_goes_unnoticed() -> None:
    assert as_told()
    found = [each for function in functions(amounts) for each in mutants(function)]

    assert len(found) > 20
    # Without a numerator there is no denominator either: that 0 is never told.
    assert ["_share: 0 -> 1"] == [
        each.what.partition("amount.")[2].partition(" (")[0] for each in found if not noticed(each)
    ]


def test_libreoffice_shows_the_same_numbers(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not there")
    path = made(quiet_day(), tmp_path)
    # 44 comma, 34 quote, 76 UTF-8; as shown; -1: every sheet into a file of its own.
    shape = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [office, home, "--headless", "--convert-to", shape, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=200)

    (found,) = tmp_path.glob(f"*{ALL}.csv")
    with found.open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    numbers = [row for row in told if row["数值"]]
    assert len(numbers) > 200
    for row in numbers:
        assert _same(row["印出"], row["数值"]), row["id"]


def _same(printed: str, told: str) -> bool:
    """LibreOffice writes the whole date, and 100% for 100.0%."""
    if "-" in told[1:]:
        return told.partition("-")[2].startswith(printed)
    one, two = (text.replace(",", "").replace("−", "-") for text in (printed, told))
    assert one.endswith("%") == two.endswith("%")
    return float(one.rstrip("%")) == float(two.rstrip("%"))
