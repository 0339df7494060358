"""`zhiwang export LIST`: every list and format through the command line, and what is refused."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.clock import VARIABLE
from console.export_commands import LISTS
from dispatch.desk.views_export import Format, What
from tests.doors.seat import events, log_in, make_seat, reported, set_clock
from tests.e2e.town import Ran, zhiwang

PHONE = "13800000021"


@pytest.fixture(scope="module")
def seat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A seat with two incidents; whatever is done leaves no crash note behind."""
    folder = tmp_path_factory.mktemp("export")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(set_clock(folder / "clock")))
        patch.setenv("ZHIWANG_CRASHES", str(folder))
        made = make_seat(folder / "seat")
        log_in(made, "clerk1", "chief1")
        for text in ("货物堵住通道", "=HYPERLINK(1)"):
            assert 0 == reported(made, "--text", text, "--phone", PHONE, "--reporter", "某某").code
        yield made
        assert [] == list(folder.glob("zhiwang-crash-*"))


def export(seat: Path, what: str, file: Path, *more: str) -> Ran:
    return zhiwang("export", what, file, "--site", seat, "--json", *more)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as found:
        return list(csv.DictReader(found))


def test_every_list_has_its_word() -> None:
    assert set(What) == set(LISTS)


@pytest.mark.parametrize("what", LISTS)
def test_every_list_goes_out(seat: Path, tmp_path: Path, what: str) -> None:
    for format_ in Format:
        file = tmp_path / f"a.{format_}"
        ran = export(seat, what, file, "--format", format_)
        assert (0, "") == (ran.code, ran.err)
        told = json.loads(ran.out)
        assert {"file", "rows", "masked"} == set(told)
        assert (str(file), True) == (told["file"], told["masked"])
        assert file.is_file()


def test_the_files_name_may_say_the_format(seat: Path, tmp_path: Path) -> None:
    assert 0 == export(seat, "incidents", tmp_path / "a.CSV").code
    ran = export(seat, "incidents", tmp_path / "a.txt")
    assert 2 == ran.code
    assert "--format" in ran.err
    assert 0 == export(seat, "incidents", tmp_path / "a.txt", "--format", "csv").code


def test_nobody_needs_to_be_logged_in_for_what_is_masked(seat: Path, tmp_path: Path) -> None:
    ran = export(seat, "incidents", tmp_path / "a.csv", "--state", "reported")

    assert 0 == ran.code
    found = rows(tmp_path / "a.csv")
    assert ["'=HYPERLINK(1)", "货物堵住通道"] == [row["内容"] for row in found]
    assert {"138 **** 0021"} == {row["电话"] for row in found}
    assert all("未登录" in row["水印"] and "演示数据" in row["水印"] for row in found)


def test_in_clear_by_who_may_with_a_reason(seat: Path, tmp_path: Path) -> None:
    file, before = tmp_path / "a.csv", events(seat)
    for by, why in (
        ((), "--as NAME"),
        (("--as", "clerk1"), "值班领导"),
        (("--as", "leader1"), "not_logged_in"),
    ):
        ran = export(seat, "incidents", file, "--reveal", "调阅", *by)
        assert (2, 1) == (ran.code, len(ran.err.splitlines())), ran
        assert why in ran.err or why == "not_logged_in"
    assert before == events(seat)
    ran = export(seat, "incidents", file, "--reveal", " ", "--as", "chief1")
    assert 2 == ran.code
    assert not file.exists()

    assert 0 == export(seat, "incidents", file, "--reveal", "调阅", "--as", "chief1").code
    assert before + 1 == events(seat)
    assert {PHONE} == {row["电话"] for row in rows(file)}
    assert all("演示长（chief1）" in row["水印"] for row in rows(file))


@pytest.mark.parametrize(
    ("what", "more", "named"),
    [
        ("incidents", ("--format", "ods"), "--format"),
        ("incidents", ("--state", "nowhere"), "--state"),
        ("incidents", ("--from", "yesterday"), "--from"),
        ("incidents", ("--to", "2026-11-21T08:00:00"), "--to"),
        ("journal", ("--shift", "白班"), "shift"),
        ("journal", ("--shift", "441900107-20261121-D"), "--shift"),
        ("journal", ("--to", "2026-11-21T08:00:00+08:00"), "--from"),
        ("workers", ("--state", "work"), "--state"),
        ("grids", ("--reveal", "看看", "--as", "chief1"), "--reveal"),
        ("incidents", ("--as", "nobody1"), "not_logged_in"),
    ],
)
def test_a_bad_order_is_one_line(
    seat: Path, tmp_path: Path, what: str, more: tuple[str, ...], named: str
) -> None:
    ran = export(seat, what, tmp_path / "a.csv", *more)

    assert 2 == ran.code
    assert 1 == len(ran.err.splitlines()), ran.err
    assert named in ran.err
    assert "Traceback" not in ran.err
    assert [] == list(tmp_path.iterdir())


def test_a_file_that_is_there_stays(seat: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("旧", encoding="utf-8")

    ran = export(seat, "incidents", file)

    assert (2, 1, "旧") == (ran.code, len(ran.err.splitlines()), file.read_text(encoding="utf-8"))
    assert "--force" in ran.err
    assert 0 == export(seat, "incidents", file, "--force").code
    assert 2 == len(rows(file))
    ran = export(seat, "incidents", tmp_path / "no" / "a.csv")
    assert (2, 1) == (ran.code, len(ran.err.splitlines()))


def test_the_words_of_a_list_need_no_screen() -> None:
    code = "import sys, console.export_commands, ui.files.words; print('PySide6' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "False" == ran.stdout.strip()
