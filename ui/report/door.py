"""What the shift panel asks of the desk."""

from pathlib import Path
from threading import Event
from typing import Protocol

from dispatch.desk.views_report import Numbers, Period, ShiftCharts
from dispatch.reports.page_types import Spot
from ui.door import Promise


class Made(Protocol):
    """What issuing a report made."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files."""
        ...

    @property
    def revision(self) -> int:
        """0 for the first issue, then 1, 2 ..."""
        ...

    @property
    def provisional(self) -> bool:
        """Whether facts are not at the hub yet, or the shift lasts."""
        ...

    @property
    def balanced(self) -> bool:
        """Whether page 2 adds up."""
        ...

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where numbers stand on the PDF's pages, in the order of reading."""
        ...


class ReportDoor(Protocol):
    """Charts and report of a span, [from_at, to_at) in UTC milliseconds."""

    def charts(self, from_at: int, to_at: int) -> Promise[ShiftCharts]:
        """Ask for the shift's series by the hour."""
        ...

    @property
    def formats(self) -> tuple[str, ...]:
        """What a report can be written as."""
        ...

    @property
    def usual(self) -> tuple[str, ...]:
        """What it is written as where nobody says."""
        ...

    def numbers(self, period: Period) -> Promise[Numbers]:
        """Ask for the numbers of the report with the incidents behind them."""
        ...

    def issue(
        self, period: Period, out: Path, formats: tuple[str, ...], stop: Event
    ) -> Promise[Made]:
        """Write a report's files and leave its trace, unless `stop` is set before."""
        ...

    def preview(self, period: Period, out: Path, stop: Event) -> Promise[Made]:
        """Write the pages alone; nothing is recorded."""
        ...

    def issue_report(self, from_at: int, to_at: int, out: Path) -> Promise[Made]:
        """Write the report's files and record their hash."""
        ...
