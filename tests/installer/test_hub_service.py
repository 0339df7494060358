"""The hub as a service: what systemd says of it, and what its installation puts where."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from installer.linux.deb_tree import APPID
from tests.house.source import ROOT

HUB = ROOT / "installer/hub"
PROGRAM = f"/opt/apps/{APPID}/files/zhiwang"

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="no systemd-analyze here"
)
needs_root = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("systemd-sysusers"), reason="needs root and systemd"
)


def unit() -> str:
    return (HUB / "zhiwang-hub.service").read_text(encoding="utf-8")


def verified(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """What systemd says of a unit whose program is one that is there."""
    file = folder / "zhiwang-hub.service"
    file.write_text(text.replace(PROGRAM, "/bin/true"), encoding="utf-8")
    return subprocess.run(
        ["systemd-analyze", "verify", "--man=no", file], capture_output=True, text=True, check=False
    )


def installed(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", HUB / "install.sh", *words],
        env={**os.environ, "ROOT": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


@needs_systemd
def test_systemd_has_nothing_to_say_of_the_unit(tmp_path: Path) -> None:
    told = verified(tmp_path, unit())
    assert (0, "") == (told.returncode, told.stderr)


@needs_systemd
def test_systemd_would_say_it(tmp_path: Path) -> None:
    told = verified(tmp_path, unit().replace("ProtectSystem=strict", "ProtectSytem=strict"))
    assert "ProtectSytem" in told.stderr


@needs_systemd
@needs_root
def test_systemd_has_nothing_to_say_of_several_behind_one_socket(tmp_path: Path) -> None:
    assert 0 == installed(tmp_path).returncode
    units = tmp_path / "etc/systemd/system"
    for file in units.iterdir():
        file.write_text(file.read_text(encoding="utf-8").replace(PROGRAM, "/bin/true"), "utf-8")
    both = [str(units / name) for name in ("zhiwang-hub@1.service", "zhiwang-hub.socket")]
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *both],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (0, "") == (told.returncode, told.stderr)
    each = (units / "zhiwang-hub@.service").read_text(encoding="utf-8").splitlines()
    assert "ExecStart=/bin/true hub serve --listen fd:3" in each
    assert {"Type=notify", "Sockets=zhiwang-hub.socket"} <= set(each)
    assert "Type=exec" not in each


def test_the_unit_starts_the_packages_program_without_the_url() -> None:
    (line,) = [row for row in unit().splitlines() if row.startswith("ExecStart=")]
    assert line.startswith(f"ExecStart={PROGRAM} hub serve ")
    assert "--db" not in line
    assert "User=zhiwang-hub" in unit()


@needs_root
def test_installing_makes_user_folders_and_settings_that_only_root_reads(tmp_path: Path) -> None:
    done = installed(tmp_path)
    assert 0 == done.returncode, done.stderr
    settings = tmp_path / "etc/zhiwang/hub.env"
    assert 0o600 == settings.stat().st_mode & 0o777
    passwd = (tmp_path / "etc/passwd").read_text()
    (user,) = [row.split(":") for row in passwd.splitlines() if row.startswith("zhiwang-hub:")]
    assert "/usr/sbin/nologin" == user[6]
    data = (tmp_path / "var/lib/zhiwang-hub").stat()
    assert (int(user[2]), 0o700) == (data.st_uid, data.st_mode & 0o777)


@needs_root
def test_installing_again_keeps_the_settings_and_shuts_them_again(tmp_path: Path) -> None:
    installed(tmp_path)
    settings = tmp_path / "etc/zhiwang/hub.env"
    settings.write_text("ZHIWANG_HUB_DB='mine'\n")
    settings.chmod(0o644)
    assert 0 == installed(tmp_path).returncode
    assert "ZHIWANG_HUB_DB='mine'\n" == settings.read_text()
    assert 0o600 == settings.stat().st_mode & 0o777


@needs_root
def test_removing_leaves_settings_and_data_only(tmp_path: Path) -> None:
    installed(tmp_path)
    assert 0 == installed(tmp_path, "remove").returncode
    left = {path.name for path in tmp_path.rglob("*zhiwang*")}
    assert {"zhiwang", "zhiwang-hub"} == left
    assert (tmp_path / "var/lib/zhiwang-hub").is_dir()


def test_a_word_that_is_none_does_nothing(tmp_path: Path) -> None:
    done = installed(tmp_path, "uninstall")
    assert (2, "install.sh: no such word: uninstall\n") == (done.returncode, done.stderr)
    assert [] == list(tmp_path.iterdir())


def command(settings: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", HUB / "zhiwang-hub", *words],
        env={**os.environ, "ZHIWANG_SETTINGS": str(settings), "ZHIWANG_PROGRAM": "/usr/bin/env"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_settings_the_command_says_so(tmp_path: Path) -> None:
    done = command(tmp_path / "none", "hub", "status")
    line = f"zhiwang-hub: cannot read {tmp_path}/none; run it as root\n"
    assert (2, line) == (done.returncode, done.stderr)
