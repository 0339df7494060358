"""Charts and reports of a shift at one desk; imported after the first window, for its weight."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

from dispatch.desk import shift
from dispatch.desk.chaining import then
from dispatch.desk.desk import Desk
from dispatch.desk.handover import HandoverDesk
from dispatch.desk.views import ShiftCharts
from dispatch.reports.issue import ReportFiles
from dispatch.reports.shift_input import ShiftInput


class Reporting:
    """The shift's part of a desk. Spans are [from_at, to_at) in UTC milliseconds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._handover = HandoverDesk(desk)

    @property
    def handover(self) -> HandoverDesk:
        """The hand-over, the signatures and the log of a shift."""
        return self._handover

    def charts(self, from_at: int, to_at: int) -> Future[ShiftCharts]:
        """Return the shift's series by the hour."""
        return then(self._gathered(from_at, to_at), shift.charts)

    def issue_report(
        self, from_at: int, to_at: int, out: Path, formats: tuple[str, ...] = ("pdf", "csv")
    ) -> Future[ReportFiles]:
        """Write the shift report into `out`, record its hash; a second one tells what differs."""
        desk, person = self._desk, self._desk.person

        def made(given: ShiftInput) -> ReportFiles:
            return shift.issue(desk.site, shift.previous(out, given), out, formats, person)

        return then(self._gathered(from_at, to_at), made)

    def _gathered(self, from_at: int, to_at: int) -> Future[ShiftInput]:
        desk = self._desk
        asked = shift.Asked(from_at, to_at, desk.now()).checked()
        identity, person = desk.site.identity, desk.person
        return desk.asked(
            lambda reader, tables: shift.gather(reader, tables, identity, asked, person)
        )
