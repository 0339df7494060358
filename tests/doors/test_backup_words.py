"""`backup` and `restore` at the command line: results, exit codes, one line for each no."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.clock import VARIABLE
from tests.doors.seat import events, log_in, make_seat, reported, set_clock
from tests.e2e.town import Ran, zhiwang


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(set_clock(folder / "clock")))
        patch.setenv("ZHIWANG_CRASHES", str(folder))
        made = make_seat(folder / "seat")
        log_in(made, "clerk1")
        (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n made up")
        told = reported(made, "--text", "货物堵住通道", "--photo", str(folder / "photo.png"))
        assert 0 == told.code, told.err
        done = zhiwang("backup", "--site", made, folder / "a.zip", "--json")
        assert (2, 1, []) == tuple(
            done.json()[name] for name in ("events", "photos", "photos_left_out")
        )
        yield made
        assert [] == list(folder.glob("zhiwang-crash-*"))


@pytest.fixture
def bare(whole: Path, tmp_path: Path) -> Path:
    """The same seat after its store was lost: settings and keys are there."""
    folder = tmp_path / "seat"
    folder.mkdir()
    for name in ("site.toml", "writer.key", "hub.token"):
        shutil.copy(whole / name, folder / name)
    return folder


def one_line(ran: Ran, code: int, named: str) -> None:
    assert (code, 1, "") == (ran.code, len(ran.err.splitlines()), ran.out), ran
    assert named in ran.err


@pytest.mark.expects_log("store was put back")
def test_what_was_backed_up_is_there_again(whole: Path, bare: Path) -> None:
    shown = zhiwang("incident", "list", "--site", whole, "--json")

    done = zhiwang("restore", whole.parent / "a.zip", "--site", bare, "--json")

    assert (2, 1) == (done.json()["events"], done.json()["photos"])
    assert shown.lines() == zhiwang("incident", "list", "--site", bare, "--json").lines()
    assert 2 == zhiwang("verify", "--site", bare, "--json").json()["signatures"]
    log_in(bare, "clerk1")
    assert 0 == reported(bare, "--text", "再报一件").code
    assert 0 == zhiwang("verify", "--site", bare).code


def test_each_no_is_one_line(whole: Path, bare: Path, tmp_path: Path) -> None:
    backup = whole.parent / "a.zip"
    (tmp_path / "cut.zip").write_bytes(backup.read_bytes()[:3000])
    (tmp_path / "diary.txt").write_text("mine")
    nowhere = tmp_path / "nowhere.zip"

    one_line(zhiwang("restore", backup, "--site", whole), 2, "已有 2 条事件")
    one_line(zhiwang("restore", tmp_path / "cut.zip", "--site", bare), 4, "cut.zip")
    one_line(zhiwang("restore", tmp_path / "diary.txt", "--site", bare), 2, "diary.txt")
    one_line(zhiwang("restore", nowhere, "--site", bare), 2, "nowhere.zip")
    one_line(zhiwang("restore", backup, "--site", tmp_path / "new"), 2, "site.toml")
    one_line(zhiwang("backup", "--site", whole, backup), 2, "a.zip: 已有这个文件")
    one_line(zhiwang("backup", "--site", bare, tmp_path / "b.zip"), 2, "没有数据库")
    assert 2 == events(whole)
    assert not (bare / "site.db").exists()


def test_a_damaged_store_is_code_4_and_no_backup(whole: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(whole, broken)
    (broken / "site.db").write_bytes(b"no database at all" * 999)
    one_line(zhiwang("backup", "--site", broken, tmp_path / "b.zip"), 4, "site.db")
    assert [] == list(tmp_path.glob("*.zip"))
