"""Logging on and off the shift says on standard error that it was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.clock import VARIABLE
from tests.doors.seat import log_in, make_seat, set_clock
from tests.e2e.town import zhiwang


def test_on_and_off_confirm_on_standard_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(set_clock(tmp_path / "clock")))
    site = str(make_seat(tmp_path / "seat"))
    log_in(Path(site), "clerk1")

    on = zhiwang("shift", "on", "--site", site, "--as", "clerk1", "--seat", "席位一")
    off = zhiwang("shift", "off", "--site", site, "--as", "clerk1")

    assert (0, "", 0, "") == (on.code, on.out, off.code, off.out)
    assert "clerk1 已上岗（席位一）" == on.err.strip()
    assert "clerk1 已下岗" == off.err.strip()
