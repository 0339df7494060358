"""Prints the last information report of the incident that is shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from dispatch.domain.errors import ZhiwangError
from ui import refusals
from ui.incident.panel import IncidentPanel
from ui.live import Live
from ui.report.paper import Paper

FOLDER = "bulletins"


class BulletinPlace(QObject):
    """`told` carries what became of it, in words."""

    told = Signal(str)

    def __init__(
        self,
        live: Live,
        reporting: Callable[[], Any],  # Any: `dispatch.desk.reporting.Reporting`, imported late
        out: Path,
        pane: IncidentPanel,
    ) -> None:
        super().__init__(pane)
        self._live = live
        self._reporting = reporting
        self._out = out
        self._pane = pane
        self.paper = Paper(self)
        self.paper.told.connect(self.told)

    @Slot()
    def print(self) -> None:
        """Write it as a PDF, then send it to the printer."""
        self._pane.when_here(self._print)

    def _print(self) -> None:
        # Not for the first window: it brings the reports' weight.
        from dispatch.desk.bulletin_form import BulletinAsked  # noqa: PLC0415

        shown = self._pane.shown()
        if shown is None or not shown.bulletins.made:
            self.told.emit(self.tr("这件事件还没有信息报告；Shift M 写"))
            return
        asked = BulletinAsked(shown.row.id, self._out / FOLDER)
        try:
            self._live.run(self._reporting().issue_bulletin(asked), self.paper.put, self._failed)
        except ZhiwangError as error:
            self._failed(error)

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        self.told.emit(refusals.words(error))
