"""The program in a process of its own: from a checkout, and as a frozen package has it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from console import own_process
from tests.e2e.town import zhiwang


def frozen_as(monkeypatch: pytest.MonkeyPatch, program: Path) -> None:
    """Behave as the program of a package that lies there."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))


def test_in_a_checkout_a_child_is_python_with_the_console() -> None:
    done = subprocess.run(own_process.command("--version"), capture_output=True, check=True)

    assert f"zhiwang {own_process.version()}\n" == done.stdout.decode()


@pytest.mark.parametrize(
    ("started", "child"),
    [
        ("zhiwang", "zhiwang"),
        ("zhiwang-window.exe", "zhiwang.exe"),
        ("zhiwang.exe", "zhiwang.exe"),
    ],
)
def test_a_frozen_program_starts_the_command_line_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: str, child: str
) -> None:
    frozen_as(monkeypatch, tmp_path / started)

    assert [str(tmp_path / child), "hub", "serve"] == own_process.command("hub", "serve")


def test_the_doctor_asks_a_frozen_program_and_not_a_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "zhiwang"
    program.write_text('#!/bin/sh\necho "$@" >&2; exit 1\n')
    program.chmod(0o755)
    frozen_as(monkeypatch, program)

    told = zhiwang("doctor")

    (line,) = [each for each in told.out.splitlines() if each.startswith("bad  qt ")]
    assert "doctor --ask-qt" in line
    assert "apt-get --fix-broken install" in line


def test_the_version_is_a_result() -> None:
    told = zhiwang("--version")

    assert (0, f"zhiwang {own_process.version()}\n", "") == (told.code, told.out, told.err)


def test_the_version_takes_nothing_beside_it() -> None:
    assert 2 == zhiwang("--version=1").code


def test_the_hubs_address_may_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password in a command line is for everybody to read."""
    assert 2 == zhiwang("hub", "status").code
    monkeypatch.setenv("ZHIWANG_HUB_DB", f"sqlite:///{tmp_path}/hub.db")
    assert 0 == zhiwang("hub", "init").code
    assert 0 == zhiwang("hub", "status", "--json").code
    other = zhiwang("hub", "status", "--db", f"sqlite:///{tmp_path}/other.db")
    assert 2 == other.code
    assert "other.db" in other.err
