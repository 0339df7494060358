"""`zhiwang doctor`: each check told well, ill and unknown; and the word as a whole."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from console import doctor
from console.clock import VARIABLE
from tests.doors.seat import make_seat, set_clock
from tests.e2e.town import zhiwang

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def hub() -> Iterator[str]:
    """A hub that only answers that it is well, with its time."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(204 if self.path == "/v1/health" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("seconds", "level"), [(0, "ok"), (-3, "ok"), (10, "warn"), (-59, "warn"), (61, "bad")]
)
def test_a_clock_is_held_against_the_hubs(seconds: int, level: str) -> None:
    assert level == doctor.clock(NOW - timedelta(seconds=seconds), NOW).level


def test_a_clock_that_cannot_be_compared_is_a_warning() -> None:
    assert "warn" == doctor.clock(None, NOW).level


@pytest.mark.parametrize(
    ("years", "today", "level"),
    [
        ({2026}, date(2026, 5, 1), "ok"),
        ({2026}, date(2026, 11, 1), "warn"),
        ({2026, 2027}, date(2026, 11, 1), "ok"),
        ({2025}, date(2026, 5, 1), "bad"),
        (set(), date(2026, 12, 1), "bad"),
    ],
)
def test_a_calendar_reaches_over_the_years_end(years: set[int], today: date, level: str) -> None:
    assert level == doctor.calendar(frozenset(years), today).level


def test_a_network_drive_is_bad(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"tmpfs / tmpfs rw\nserver:/x {tmp_path} nfs4 rw\n")
    assert "bad" == doctor.disk(tmp_path / "not" / "yet", mounts).level
    mounts.write_text("tmpfs / tmpfs rw\n")
    assert "nfs4" not in doctor.disk(tmp_path, mounts).what


def test_without_a_screen_the_window_is_warned_of() -> None:
    found = {check.name: check for check in doctor.qt({"PATH": "/usr/bin:/bin"})}
    assert ("ok", "warn") == (found["qt"].level, found["screen"].level)
    assert "--headless" in found["screen"].todo


def test_a_screen_that_does_not_open_is_bad() -> None:
    environ = {"PATH": "/usr/bin:/bin", "DISPLAY": ":4711"}
    found = {check.name: check for check in doctor.qt(environ)}
    assert "bad" == found["screen"].level
    assert ":4711" in found["screen"].what


def test_missing_packages_come_with_the_line_that_brings_them(tmp_path: Path) -> None:
    listed = tmp_path / "packages.txt"
    listed.write_text("# why\nno-such-package-anywhere   # reason\n")
    found = doctor.packages(listed)
    if found is None:
        pytest.skip("no dpkg-query here: not a Debian system")
    assert ("warn", "apt-get install no-such-package-anywhere") == (found.level, found.todo)
    assert doctor.packages(tmp_path / "none.txt") is None


def test_the_checks_load_no_qt_themselves() -> None:
    code = (
        "import sys; from console.doctor_command import checks; list(checks(None));"
        " print('PySide6' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "False" == done.stdout.strip()


def test_a_site_and_its_hub(tmp_path: Path, hub: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(set_clock(tmp_path / "clock")))
    folder = make_seat(tmp_path / "seat", hub)
    ran = zhiwang("doctor", "--site", folder, "--json")
    told = {check["name"]: check for check in map(json.loads, ran.out.splitlines())}
    assert {"python", "qt", "screen", "font", "sound", "disk", "site", "calendar", "hub"} <= set(
        told
    )
    assert ["ok"] * 4 == [told[name]["level"] for name in ("site", "disk", "hub", "clock")]
    assert all({"name", "level", "what", "todo"} == set(check) for check in told.values())
    bad = [check for check in told.values() if check["level"] == "bad"]
    assert (2 if bad else 0) == ran.code


def test_a_hub_that_does_not_answer_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(set_clock(tmp_path / "clock")))
    folder = make_seat(tmp_path / "seat")
    told = [
        json.loads(line) for line in zhiwang("doctor", "--site", folder, "--json").out.splitlines()
    ]
    levels = {check["name"]: check["level"] for check in told}
    assert ("warn", "warn", "ok") == (levels["hub"], levels["clock"], levels["site"])


@pytest.mark.parametrize("name", ["site.toml", "site.db"])
def test_a_damaged_site_is_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(VARIABLE, str(set_clock(tmp_path / "clock")))
    folder = make_seat(tmp_path / "seat")
    (folder / name).write_bytes(b"damaged " * 1000)
    ran = zhiwang("doctor", "--site", folder)
    assert 2 == ran.code
    line = next(each for each in ran.out.splitlines() if name in each)
    assert line.startswith("bad")
    assert "→" in line
