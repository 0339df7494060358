"""Charts and reports of a shift at one desk; imported after the first window, for its weight."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

from dispatch.desk import shift
from dispatch.desk.chaining import then
from dispatch.desk.desk import Desk
from dispatch.desk.views import ShiftCharts
from dispatch.reports.issue import ReportFiles
from dispatch.reports.shift_input import ShiftInput


def charts(desk: Desk, from_at: int, to_at: int) -> Future[ShiftCharts]:
    """Return the shift's series by the hour, [from_at, to_at) in UTC milliseconds."""
    return then(_gathered(desk, from_at, to_at), shift.charts)


def issue_report(
    desk: Desk, from_at: int, to_at: int, out: Path, formats: tuple[str, ...] = ("pdf", "csv")
) -> Future[ReportFiles]:
    """Write the shift report into `out`, record its hash; a second one tells what differs."""
    person = desk.person

    def made(given: ShiftInput) -> ReportFiles:
        return shift.issue(desk.site, shift.previous(out, given), out, formats, person)

    return then(_gathered(desk, from_at, to_at), made)


def _gathered(desk: Desk, from_at: int, to_at: int) -> Future[ShiftInput]:
    asked = shift.Asked(from_at, to_at, desk.now()).checked()
    identity, person = desk.site.identity, desk.person
    return desk.asked(lambda reader, tables: shift.gather(reader, tables, identity, asked, person))
