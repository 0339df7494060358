"""The Windows setup as far as it can be tried elsewhere: makensis compiles it on a stand-in."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from installer.linux.deb_tree import APPID
from tests.house.source import ROOT

WINDOWS = ROOT / "installer/windows"
MAKENSIS = shutil.which("makensis")

needs_makensis = pytest.mark.skipif(MAKENSIS is None, reason="no makensis; apt-get install nsis")


def compiled(folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    assert MAKENSIS is not None
    frozen = folder / "frozen"
    (frozen / "_internal").mkdir(parents=True)
    (frozen / "zhiwang.exe").write_bytes(b"MZ stands in")
    (frozen / "_internal" / "数据.txt").write_text("一\n", encoding="utf-8")
    defines = {"FROZEN": str(frozen), "OUT": str(folder / "zhiwang-setup.exe"), **given}
    return subprocess.run(
        [
            *(MAKENSIS, "-V2", "-INPUTCHARSET", "UTF8"),
            *(f"-D{name}={value}" for name, value in defines.items()),
            WINDOWS / "zhiwang.nsi",
        ],
        capture_output=True,
        text=True,
        check=False,
    )


@needs_makensis
def test_the_setup_is_compiled_without_a_warning(tmp_path: Path) -> None:
    done = compiled(tmp_path, VERSION="0.1.0.7")

    assert (0, "") == (done.returncode, done.stdout + done.stderr)
    assert b"MZ" == (tmp_path / "zhiwang-setup.exe").read_bytes()[:2]


@needs_makensis
def test_a_setup_without_a_version_is_none(tmp_path: Path) -> None:
    done = compiled(tmp_path)

    assert 0 != done.returncode
    assert "VERSION, four numbers, is not given" in done.stdout + done.stderr
    assert not (tmp_path / "zhiwang-setup.exe").exists()


def test_what_was_never_run_says_so() -> None:
    for path in WINDOWS.iterdir():
        assert "NEVER RUN ON WINDOWS YET" in path.read_text(encoding="utf-8"), path.name


def test_both_systems_have_one_appid_and_one_list_of_contents() -> None:
    script = (WINDOWS / "zhiwang.nsi").read_text(encoding="utf-8")
    assert [APPID] == re.findall(r'!define APPID "(.+)"', script)
    middle = re.compile(r"analysis = Analysis\(.*?\n\)", re.DOTALL)
    linux, windows = (
        middle.findall((ROOT / "installer" / system / "zhiwang.spec").read_text(encoding="utf-8"))
        for system in ("linux", "windows")
    )
    assert linux == windows
    assert linux
