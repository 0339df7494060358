"""The README's commands before there is an environment: what they ask for, where they stop."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT

PACKAGES = [
    name
    for line in (ROOT / "installer/linux/packages.txt").read_text(encoding="utf-8").splitlines()
    if (name := line.split("#")[0].strip())
]


class System:
    """A made-up system: its installed packages, its user, its apt-get that only takes notes."""

    def __init__(self, folder: Path) -> None:
        self.tree = folder / "tree"
        self.bin = folder / "bin"
        self.bin.mkdir()
        shutil.copytree(ROOT / "installer", self.tree / "installer")
        self.command("apt-get", f'echo "$@" >> {folder}/apt.log; exit 100')
        self.apt_log = folder / "apt.log"

    def command(self, name: str, body: str) -> None:
        """Put a command of that name before the real one."""
        (self.bin / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (self.bin / name).chmod(0o755)

    def installed(self, *lines: str) -> None:
        """Answer as dpkg-query does: status, package, what it provides."""
        self.command("dpkg-query", "cat <<'E'\n" + "\n".join(lines) + "\nE")

    def run(self, script: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run one of the installer's scripts there."""
        clean = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
        return subprocess.run(
            ["sh", self.tree / "installer/linux" / script],
            env={**clean, "PATH": f"{self.bin}:{os.environ['PATH']}", **env},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def system(tmp_path: Path) -> System:
    return System(tmp_path)


def all_but(*missing: str) -> list[str]:
    return [f"ii  {name}, " for name in PACKAGES if name not in missing]


@pytest.mark.parametrize(("user", "apt"), [("1000", "1"), ("0", "0")])
def test_missing_packages_stop_with_the_one_line_to_run(
    system: System, user: str, apt: str
) -> None:
    system.installed(*all_but("xvfb", "libegl1"), "rc  xvfb, ")
    system.command("id", f"echo {user}")

    done = system.run("setup.sh", APT=apt)

    line = "apt-get install --no-install-recommends libegl1 xvfb"
    assert (2, f"setup: Debian packages are missing; run: {line}") == (
        done.returncode,
        done.stderr.strip(),
    )
    assert not system.apt_log.exists()
    assert not (system.tree / ".venv").exists()


def test_root_installs_what_is_missing_and_says_so(system: System) -> None:
    system.installed(*all_but("xvfb"))
    system.command("id", "echo 0")

    done = system.run("setup.sh", APT="1")

    assert 0 != done.returncode  # this system's apt-get fails, and setup does not go on
    assert "installing Debian packages, as root (APT=0 forbids it): xvfb" in done.stdout
    assert "update" == system.apt_log.read_text(encoding="utf-8").strip()


def test_a_package_that_another_provides_is_there(system: System) -> None:
    system.installed(*all_but("libglib2.0-0"), "ii  libglib2.0-0t64, libglib2.0-0 (= 2.84.1-1)")
    system.command("python-too-old", '[ "$1" = --version ] && echo "Python 3.9.2"; exit 1')

    done = system.run("setup.sh", PYTHON="python-too-old")

    assert "Debian packages: all there" in done.stdout
    assert (
        "setup: python-too-old is Python 3.9.2; 3.11, 3.12 or 3.13 is needed"
        " (PYTHON=... names another)"
    ) == done.stderr.strip()


def pip_that(system: System, does: str) -> None:
    """Have a Python whose environment's pip prints and does that."""
    installs = f'case "$*" in *--requirement*) {does};; esac'
    made = f"#!/bin/sh\n{installs}\n"
    venv = f"mkdir -p $3/bin; cat > $3/bin/python <<'E'\n{made}E\nchmod +x $3/bin/python"
    system.command("python-made-up", f'[ "$2" != venv ] || {{ {venv}\n}}')
    system.installed(*all_but())
    lock = "".join(f"package{number}==1 \\\n" for number in range(20))
    (system.tree / "requirements.lock").write_text(lock, encoding="utf-8")
    (system.tree / "pyproject.toml").touch()


def test_packages_are_counted_while_they_come(system: System) -> None:
    pip_that(system, "for n in $(seq 10); do echo Collecting p$n; echo Processing /a/q$n; done")

    done = system.run("setup.sh", PYTHON="python-made-up")

    assert 0 == done.returncode, done.stderr
    assert ["10 of 20, now q5", "20 of 20, now q10"] == [
        line.strip() for line in done.stdout.splitlines() if " of 20" in line
    ]


def test_packages_that_cannot_be_had_stop_the_setup_and_say_why(system: System) -> None:
    pip_that(system, "echo Collecting p1; echo no such hash; exit 3")

    for _ in range(2):
        done = system.run("setup.sh", PYTHON="python-made-up")
        assert 2 == done.returncode
        assert "no such hash" in done.stderr
        assert done.stderr.endswith("all that was said stands in .venv/setup.log\n")
    assert "ready" not in done.stdout


def zhiwang(system: System, body: str) -> None:
    folder = system.tree / ".venv/bin"
    folder.mkdir(parents=True)
    (folder / "zhiwang").write_text(f"#!/bin/sh\necho ran: $*\n{body}\n", encoding="utf-8")
    (folder / "zhiwang").chmod(0o755)


@pytest.mark.parametrize("screen", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_run_opens_the_window_where_there_is_a_screen(system: System, screen: str) -> None:
    zhiwang(system, "")
    assert "ran: demo" == system.run("run.sh", **{screen: ":9"}).stdout.strip()


def test_run_without_a_screen_prints_where_the_results_lie(system: System) -> None:
    zhiwang(system, "mkdir -p $4/report; touch $4/console.png $4/summary.json")

    done = system.run("run.sh")

    out = system.tree / "out/demo"
    assert 0 == done.returncode
    assert ["console.png", "report", "summary.json"] == [
        Path(line).name for line in done.stdout.splitlines() if line.startswith(str(out))
    ]


def test_run_fails_when_a_result_is_missing(system: System) -> None:
    zhiwang(system, "mkdir -p $4/report; touch $4/console.png")

    done = system.run("run.sh")

    assert (1, "run: out/demo/summary.json was not made") == (done.returncode, done.stderr.strip())
