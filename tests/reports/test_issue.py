"""The report's files: whole, numbered, told when provisional, compared when issued again."""

from __future__ import annotations

import csv
import functools
import hashlib
import io
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch.domain.calendar import HOUR
from dispatch.domain.errors import BadInput
from dispatch.reports import csv_out
from dispatch.reports.figure import Figure
from dispatch.reports.issue import load_issue, make_report, preview
from dispatch.reports.shift_input import Basis, Plain, ShiftInput
from dispatch.reports.words import clean, fit, report_no
from tests.reports.busy_day import busy_day
from tests.reports.histories import FROM
from tests.reports.inputs import report_of
from tests.reports.seats import Hub, Seat

HOSTILE = (
    "#set text(red) $x^2$ *粗* _斜_ @ref <label> \\n `raw` = 标题",
    '=HYPERLINK("http://127.0.0.1","点击")',
    "+86 769 2222 3333",
    "-1",
    "@SUM(A1)",
    "\t制表",
    "'单引号",
    "\u202e倒序\u202c",
    "响\x07铃\x0b",
    "𠮷田 👨\u200d👩\u200d👧\u200d👦一家",
    "a" * 300,
    "无" * 1000,
    "Z" + "\u0300\u0301\u0302\u0303\u0304\u0305" * 20,
)


@functools.cache
def quiet_day() -> ShiftInput:
    return report_of(busy_day(24))


def words(pdf: Path) -> str:
    """The pages' text, by poppler."""
    done = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    )
    return done.stdout


def test_the_files_hold_the_same_numbers(tmp_path: Path) -> None:
    made = make_report(quiet_day(), tmp_path)

    names = [path.name for path in made.paths]
    stem = "HL-JB-20251121-B"
    assert [f"{stem}.pdf", f"{stem}-figures.csv", f"{stem}-matters.csv", "figures.json"] == names
    raw = (tmp_path / "figures.json").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == made.figures_sha256
    told = json.loads(raw)
    assert all(each["definition"] for each in told["figures"])
    assert (0, False, True) == (made.revision, made.provisional, made.balanced)
    by_id = {each["id"]: each for each in told["figures"]}
    page = words(made.paths[0])
    for id_ in ("flow.opening.all", "flow.new.all", "flow.closed.all", "kpi.on_time"):
        assert by_id[id_]["text"] in page
    assert "演示数据" in page
    table = (tmp_path / names[1]).read_bytes()
    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert [each["text"] for each in told["figures"]] == [row["数字"] for row in rows]


def test_every_count_has_as_many_ids() -> None:
    for figure in preview(quiet_day()).figures.values():
        if figure.form == "count" and figure.ids and not figure.id.startswith("row."):
            assert len(figure.ids) == figure.value, figure.id
        if figure.form == "percent" and figure.ids:
            assert (len(figure.ids), len(figure.of)) == (figure.num, figure.den), figure.id


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (make_report(quiet_day(), tmp_path / each) for each in ("one", "two"))

    assert [path.read_bytes() for path in one.paths] == [path.read_bytes() for path in two.paths]


def test_a_hostile_text_is_data_on_every_page(tmp_path: Path) -> None:
    given = quiet_day()
    names = [each.id for each in given.incidents if each.open]
    plain = {id_: Plain(HOSTILE[n % len(HOSTILE)]) for n, id_ in enumerate(names)}
    villages = dict.fromkeys(given.names.villages, "")
    hostile = replace(given, plain=plain, names=replace(given.names, villages=villages))

    made = make_report(hostile, tmp_path)

    page = words(made.paths[0])
    assert "#set" in page
    assert "=HYPERLI" in page
    assert "…" in page
    rows = csv.reader(io.StringIO(made.paths[2].read_bytes().decode("utf-8-sig"), newline=""))
    places = [row[5] for row in rows][1:]
    assert not [each for each in places if each.startswith(("=", "+", "-", "@", "\t", "\r"))]
    used = {HOSTILE[n % len(HOSTILE)] for n in range(len(names))}
    assert used <= {csv_out.as_was(each) for each in places}


@pytest.mark.parametrize("text", [*HOSTILE, "", "普通", "''", "\r", "—"])
def test_a_csv_cell_comes_back_as_it_was(text: str) -> None:
    cell = csv_out.harmless(text)

    assert text == csv_out.as_was(cell)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_facts_not_at_the_hub_make_it_provisional(tmp_path: Path) -> None:
    given = replace(quiet_day(), basis=Basis(town_seq=9, own=12, behind=3))

    made = make_report(given, tmp_path, ("pdf",))

    assert made.provisional
    page = words(made.paths[0])
    assert "3 条尚未到市平台（暂定）" in page


def test_a_shift_that_lasts_is_provisional_and_ends_now(tmp_path: Path) -> None:
    given = replace(quiet_day(), printed_at=FROM + 3 * HOUR)

    made = make_report(given, tmp_path, ("csv",))

    assert made.provisional
    told = json.loads(made.paths[-1].read_bytes())
    assert "2025-11-21T11:00:00+08:00" == told["cut"]


def test_late_facts_make_a_revision_with_its_differences(tmp_path: Path) -> None:
    whole = quiet_day()
    missing = max(whole.incidents, key=lambda each: each.reported_at or 0)
    early = replace(whole, incidents=tuple(e for e in whole.incidents if e.id != missing.id))
    first = make_report(early, tmp_path)

    again = make_report(replace(whole, previous=load_issue(tmp_path, whole)), tmp_path)

    assert (0, 1) == (first.revision, again.revision)
    assert "HL-JB-20251121-B-R1.pdf" == again.paths[0].name
    assert first.paths[0].exists()
    told = json.loads(again.paths[-1].read_bytes())
    changed = {each["id"]: (each["before"], each["after"]) for each in told["differences"]}
    assert ("23", "24") == changed["flow.new.all"]
    assert first.figures_sha256 == told["previous"]
    page = words(again.paths[0])
    assert "修订 1" in page
    assert "修订说明" in page


def test_a_reprint_without_differences_is_no_revision(tmp_path: Path) -> None:
    make_report(quiet_day(), tmp_path)

    again = make_report(replace(quiet_day(), previous=load_issue(tmp_path, quiet_day())), tmp_path)

    assert 0 == again.revision


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"revision": "x"}'])
def test_a_damaged_former_issue_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "figures.json").write_bytes(content)

    with pytest.raises(BadInput, match=r"figures\.json"):
        load_issue(tmp_path, quiet_day())


def test_a_folder_with_another_shift_is_refused(tmp_path: Path) -> None:
    day = quiet_day()
    make_report(day, tmp_path)
    before = (tmp_path / "figures.json").read_bytes()
    other = replace(day, shift=replace(day.shift, from_at=day.shift.from_at - 3_600_000))

    with pytest.raises(BadInput, match="另一班次"):
        load_issue(tmp_path, other)
    assert before == (tmp_path / "figures.json").read_bytes()


def test_an_unknown_format_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="format"):
        make_report(quiet_day(), tmp_path / "out", ("pdf", "doc"))

    assert not (tmp_path / "out").exists()


def test_a_shift_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    given = quiet_day()

    with pytest.raises(BadInput, match="from"):
        make_report(replace(given, printed_at=FROM), tmp_path)


def test_a_place_that_takes_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")

    with pytest.raises(BadInput, match="out"):
        make_report(quiet_day(), tmp_path / "out", ("csv",))


def test_an_empty_shift_is_a_report_too(tmp_path: Path) -> None:
    made = make_report(replace(report_of(Seat(Hub(), "A"))), tmp_path)

    assert made.balanced
    assert 0 == preview(report_of(Seat(Hub(), "A")))["flow.closing.all"].value
    assert "—" in words(made.paths[0])


@pytest.mark.parametrize(
    ("num", "den", "text"),
    [(1, 3, "33.3%"), (2, 3, "66.7%"), (1, 8, "12.5%"), (1, 16, "6.3%"), (1, 2000, "0.1%")],
)
def test_rates_round_half_up(num: int, den: int, text: str) -> None:
    assert text == Figure(id="x", name="x", form="percent", num=num, den=den).text


def test_an_empty_denominator_prints_a_dash() -> None:
    assert "—" == Figure(id="x", name="x", form="percent", num=0, den=0).text


@pytest.mark.parametrize(
    ("name", "shift", "number"),
    [
        ("横沥镇", "白班", "HL-JB-20251121-B"),
        ("麻涌镇", "夜班", "MC-JB-20251121-Y"),
        ("塘厦镇", "中班", "TX-JB-20251121-Z"),
        ("东城街道", "早班", "DC-JB-20251121-Z"),
    ],
)
def test_the_number_names_town_day_and_shift(name: str, shift: str, number: str) -> None:
    given = quiet_day()

    span = replace(given.shift, name=shift)

    assert number == report_no(replace(given.scope, name=name), span)


def test_texts_are_cut_between_characters() -> None:
    assert "无无无…" == fit("无" * 9, 8)
    assert "一家" == clean("一\u202e家\x00")
    assert "👨" not in fit("无无👨\u200d👩", 7)[-2:]
