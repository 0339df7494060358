"""A damaged store at the command line: who looks is told, who reports gets it mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from console import settings
from console.clock import VARIABLE
from dispatch.store import backups
from tests.doors.seat import NOW, log_in, make_seat, reported, set_clock
from tests.e2e.town import zhiwang
from tests.store.ruin import with_a_bad_head

pytestmark = [
    pytest.mark.expects_log("store damaged: set aside"),
    pytest.mark.expects_log("own events saved from"),
    pytest.mark.expects_log("store was put back"),
    pytest.mark.expects_log(r"backup .* put in its place"),
]


def test_a_report_is_taken_on_a_store_that_was_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(set_clock(tmp_path / "clock")))
    seat = make_seat(tmp_path / "seat")
    log_in(seat, "clerk1")
    backups.make(seat, settings.read(seat).identity, NOW)
    first = reported(seat, "--text", "货物堵住通道").json()["id"]
    with_a_bad_head(seat / "site.db")

    told = zhiwang("incident", "list", "--site", seat)
    assert (4, 1) == (told.code, len(told.err.splitlines()))
    unsent = zhiwang("sync", "--once", "--site", seat)
    assert 3 == unsent.code, "nobody answers, and it is mended"

    rows = zhiwang("incident", "list", "--site", seat, "--json").lines()
    assert [first] == [row["id"] for row in rows]
    shown = zhiwang("incident", "show", first, "--site", seat, "--json").json()
    assert "货物堵住通道" == shown["text"]
    assert 1 == len(list((seat / "damaged").iterdir()))
