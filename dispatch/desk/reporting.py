"""Charts and reports of a shift at one desk; imported after the first window, for its weight."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

from dispatch.desk import numbering, shift
from dispatch.desk.bulletin_form import BulletinAsked, issue_bulletin
from dispatch.desk.chaining import then
from dispatch.desk.desk import Desk
from dispatch.desk.handover import HandoverDesk
from dispatch.desk.order_form import OrderAsked, issue_order
from dispatch.desk.reference import Reference
from dispatch.desk.views_report import Numbers, Period, ShiftCharts
from dispatch.domain.errors import Refused
from dispatch.reports.issue import FORMATS, USUAL, ReportFiles, make_report
from dispatch.reports.periods import period
from dispatch.reports.shift_input import ShiftInput, Variant
from dispatch.store.reader import Reader


class Reporting:
    """The shift's part of a desk. Spans are [from_at, to_at) in UTC milliseconds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._handover = HandoverDesk(desk)

    @property
    def handover(self) -> HandoverDesk:
        """The hand-over, the signatures and the log of a shift."""
        return self._handover

    def now(self) -> int:
        """Return the desk's time, UTC milliseconds."""
        return self._desk.now()

    def charts(self, from_at: int, to_at: int) -> Future[ShiftCharts]:
        """Return the shift's series by the hour."""
        return then(self._gathered(from_at, to_at), shift.charts)

    @property
    def formats(self) -> tuple[str, ...]:
        """What a report can be written as."""
        return FORMATS

    @property
    def usual(self) -> tuple[str, ...]:
        """What it is written as where nobody says."""
        return USUAL

    def numbers(self, period: Period) -> Future[Numbers]:
        """Return a period's numbers with the incidents behind them, as the report prints them."""
        return then(self._asked(self._of(period)), numbering.numbers)

    def issue(
        self, period: Period, out: Path, formats: tuple[str, ...], stop: Event
    ) -> Future[ReportFiles]:
        """Write the period's report into `out` and leave a trace, unless `stop` is set before."""
        return self._issued(self._of(period), out, formats, stop)

    def preview(self, period: Period, out: Path, stop: Event) -> Future[ReportFiles]:
        """Write the pages alone into a folder that nobody keeps; nothing is recorded."""

        def made(given: ShiftInput) -> ReportFiles:
            _check_stop(stop)
            return make_report(given, out, ("pdf",))

        return then(self._asked(self._of(period)), made)

    def issue_report(
        self, from_at: int, to_at: int, out: Path, formats: tuple[str, ...] = ("pdf", "csv")
    ) -> Future[ReportFiles]:
        """Write the shift report into `out`, record its hash; a second one tells what differs."""
        asked = shift.Asked(from_at, to_at, self._desk.now())
        return self._issued(asked, out, formats, Event())

    def issue_period(
        self,
        variant: Variant,
        day: date,
        out: Path,
        formats: tuple[str, ...] = ("pdf", "csv"),
        beside: frozenset[str] = shift.BESIDE,
    ) -> Future[ReportFiles]:
        """Write the report of the day, week or month that holds `day`; `beside` as in `Asked`."""
        span = period(variant, day)
        bounds = (span.from_at, span.to_at, self._desk.now())
        asked = shift.Asked(*bounds, variant, name=span.name, beside=beside)
        return self._issued(asked, out, formats, Event())

    def issue_special(
        self, asked: shift.Asked, out: Path, formats: tuple[str, ...] = ("pdf", "csv")
    ) -> Future[ReportFiles]:
        """Write the special report of a span, of some items alone where there are any."""
        return self._issued(replace(asked, variant=Variant.SPECIAL), out, formats, Event())

    def issue_order(self, asked: OrderAsked) -> Future[Path]:
        """Write the order of one incident (交办单) into a folder; return its path."""
        return issue_order(self._desk, asked)

    def issue_bulletin(self, asked: BulletinAsked) -> Future[Path]:
        """Write an information report of one incident into a folder; return its path."""
        return issue_bulletin(self._desk, asked)

    def _issued(
        self, asked: shift.Asked, out: Path, formats: tuple[str, ...], stop: Event
    ) -> Future[ReportFiles]:
        desk, person = self._desk, self._desk.person

        def made(given: ShiftInput) -> ReportFiles:
            _check_stop(stop)
            return shift.issue(desk.site, shift.previous(out, given), out, formats, person)

        return then(self._asked(asked), made)

    def _of(self, period: Period) -> shift.Asked:
        return shift.Asked(
            period.from_at,
            period.to_at,
            self._desk.now(),
            period.variant,
            period.items,
            period.name,
            period.beside,
        )

    def _gathered(self, from_at: int, to_at: int) -> Future[ShiftInput]:
        return self._asked(shift.Asked(from_at, to_at, self._desk.now()))

    def _asked(self, asked: shift.Asked) -> Future[ShiftInput]:
        desk = self._desk
        wanted = asked.checked()
        identity, person = desk.site.identity, desk.person

        def job(reader: Reader, tables: Reference) -> ShiftInput:
            given = shift.gather(reader, tables, identity, wanted, person)
            return shift.on_the_ground(desk.site, tables, given)

        return desk.asked(job)


def _check_stop(stop: Event) -> None:
    """Give up before anything is written, where whoever asked has left."""
    if stop.is_set():
        raise Refused("report_stopped")
