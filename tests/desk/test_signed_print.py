"""A print after the signatures shows who signed when; one with other numbers shows nobody."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.desk.reporting import Reporting
from dispatch.domain.calendar import MINUTE, ZONE, instant
from dispatch.domain.codes import SignPart
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide_shift import PARTS, ShiftCommand, ShiftVerb
from dispatch.domain.errors import Refused
from dispatch.domain.shift import shift_of, span_of
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.unit.towns import HENGLI, hengli

EVENING = instant(datetime(2026, 11, 21, 21, 0, tzinfo=ZONE))
NIGHT = shift_of(HENGLI, EVENING)


@pytest.fixture
def clock() -> Hand:
    return Hand(EVENING)


@pytest.fixture
def desk(tmp_path: Path, clock: Hand) -> Iterator[Desk]:
    """The night: chief1 is on, one report came in; now it is 08:20."""
    made = open_desk(tmp_path / "seat", clock)
    made.login("chief1", PASSWORD).result()
    made.shift_on("值班长席").result()
    reported(made)
    clock.now = span_of(NIGHT)[1] + 20 * MINUTE
    yield made
    made.site.close()


def reported(desk: Desk, found_at: int | None = None) -> str:
    grid = hengli().grids[0]
    command = Command(verb=Verb.REPORT, incident=new_id(), item="0101", text="登记")
    command = replace(command, found_at=found_at)
    return desk.report_at(command, grid.lon, grid.lat).result().incident


def printed(desk: Desk, out: Path) -> str:
    """Issue the night's report; return the text of its first page."""
    made = Reporting(desk).issue_report(*span_of(NIGHT), out, ("pdf",)).result()
    pdf = next(path for path in made.paths if path.suffix == ".pdf")
    told = subprocess.run(
        ["pdftotext", "-l", "1", pdf, "-"], capture_output=True, text=True, check=True
    )
    return told.stdout


def signed_by_both(desk: Desk) -> None:
    """chief1 hands over, chief2 ticks and takes over."""
    handover = Reporting(desk).handover
    for name, part in (("chief1", SignPart.OUT), ("chief2", SignPart.IN)):
        desk.login(name, PASSWORD).result()
        shown = handover.look(NIGHT).result()
        if part is SignPart.IN:
            items = tuple(line.key for line in shown.lines)
            tick = ShiftCommand(verb=ShiftVerb.TICK, shift=NIGHT, items=items)
            handover.act(tick).result()
        sign = ShiftCommand(verb=PARTS[part], shift=NIGHT, figures=shown.figures)
        handover.act(sign).result()


def test_the_boxes_are_filled_by_log_ins(desk: Desk, tmp_path: Path) -> None:
    desk.login("chief1", PASSWORD).result()
    assert "登录签字" not in printed(desk, tmp_path / "out")

    signed_by_both(desk)

    page = printed(desk, tmp_path / "out")
    assert 2 == page.count("登录签字")
    assert "chief2" in page
    assert "2026-11-22 08:20" in page
    assert Reporting(desk).handover.look(NIGHT).result().handed_over


def test_other_numbers_are_nobodys_yet(desk: Desk, tmp_path: Path, clock: Hand) -> None:
    """What comes late changes the numbers: nobody signed these, yet the hand-over stands."""
    desk.login("chief1", PASSWORD).result()
    printed(desk, tmp_path / "out")
    signed_by_both(desk)
    here, clock.now = clock.now, EVENING + MINUTE
    reported(desk)
    clock.now = here

    assert "登录签字" not in printed(desk, tmp_path / "out")
    shown = Reporting(desk).handover.look(NIGHT).result()
    assert ((), 2, True) == (shown.signed, len(shown.stale), shown.handed_over)


def test_a_file_that_is_not_the_report_is_not_signed(desk: Desk) -> None:
    sign = ShiftCommand(verb=ShiftVerb.SIGN_OUT, shift=NIGHT, figures="a" * 64)

    desk.login("chief1", PASSWORD).result()
    with pytest.raises(Refused) as refused:
        Reporting(desk).handover.act(sign).result()

    assert "no_report" == refused.value.code
