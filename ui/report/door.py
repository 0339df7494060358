"""What the shift panel asks of the desk."""

from pathlib import Path
from typing import Protocol

from dispatch.desk.views_report import Numbers, ShiftCharts
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


class ReportDoor(Protocol):
    """Charts and report of a span, [from_at, to_at) in UTC milliseconds."""

    def charts(self, from_at: int, to_at: int) -> Promise[ShiftCharts]:
        """Ask for the shift's series by the hour."""
        ...

    def numbers(self, from_at: int, to_at: int) -> Promise[Numbers]:
        """Ask for the numbers of the report with the incidents behind them."""
        ...

    def issue_report(self, from_at: int, to_at: int, out: Path) -> Promise[Made]:
        """Write the report's files and record their hash."""
        ...
