"""Opens the views of the shift over the window: the change of shifts, the log."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from dispatch.domain.errors import ZhiwangError
from ui import refusals
from ui.live import Live
from ui.look.theme import Theme


class ShiftGiven(Protocol):
    """What the views are made over; the reports are made when they are first asked for."""

    @property
    def reporting(self) -> Callable[[], Any]:  # Any: `ui.report.door.ReportDoor`, imported late
        """Make the shift's part of the desk."""

    @property
    def now(self) -> Callable[[], int]:
        """UTC milliseconds."""

    @property
    def out(self) -> Path:
        """The folder that reports are written to."""


class ShiftPlace(QObject):
    """`incident_wanted` carries the id of an incident that is to be seen; `failed` words.

    opened(sheet): a view whose numbers can be drilled into (`drilled`) has been opened.
    """

    opened = Signal(object)
    incident_wanted = Signal(str)
    failed = Signal(str)

    def __init__(self, live: Live, given: ShiftGiven, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._live = live
        self._given = given
        self._theme = theme
        self._host = host
        self._open: QWidget | None = None

    @Slot()
    def open_handover(self) -> None:
        """Open the hand-over of the shift that ended last."""
        # Reports bring pyqtgraph's weight and more: after the first window.
        from ui.shift.handover_sheet import Asked, HandoverSheet  # noqa: PLC0415

        if self._is_open(HandoverSheet):
            return
        try:
            reporting = self._given.reporting()
        except ZhiwangError as error:
            self.failed.emit(refusals.words(error))
            return
        given = self._given
        asked = Asked(self._live, reporting, reporting.handover, given.now, given.out)
        sheet = HandoverSheet(self._theme, self._host, asked)
        sheet.log_wanted.connect(self._on_log)
        sheet.incident_wanted.connect(self.incident_wanted)
        self._open = sheet
        sheet.open()

    def open_report(self, view: str, title: str) -> None:
        """Open the shift's charts or its report."""
        from ui.report.shift_sheet import ShiftSheet, Shown  # noqa: PLC0415 - as above

        try:
            asked = (self._live, self._given.reporting())
        except ZhiwangError as error:
            self.failed.emit(refusals.words(error))
            return
        given, shown = self._given, Shown(self._given.out, title, numbers=view == "report")
        sheet = ShiftSheet(self._theme, self._host, asked, given.now, shown)
        self.opened.emit(sheet)
        sheet.open()

    @Slot()
    def open_log(self) -> None:
        """Open the log of the running shift."""
        self._on_log("")

    @Slot()
    def open_duty(self) -> None:
        """Open the duty roster of the running shift."""
        from ui.shift.duty_sheet import DutySheet  # noqa: PLC0415 - as above

        if self._is_open(DutySheet):
            return
        try:
            door = self._given.reporting().handover
        except ZhiwangError as error:
            self.failed.emit(refusals.words(error))
            return
        sheet = DutySheet(self._theme, self._host, (self._live, door), door.running())
        self._open = sheet
        sheet.open()

    @Slot(str)
    def _on_log(self, shift: str) -> None:
        from ui.shift.log_sheet import LogSheet  # noqa: PLC0415 - as above

        if self._is_open(LogSheet):
            return
        try:
            door = self._given.reporting().handover
        except ZhiwangError as error:
            self.failed.emit(refusals.words(error))
            return
        shift = shift or door.running()
        sheet = LogSheet(self._theme, self._host, (self._live, door), self._given.now, shift)
        sheet.incident_wanted.connect(self.incident_wanted)
        self._open = sheet
        sheet.open()

    def _is_open(self, kind: type[QWidget]) -> bool:
        shown = self._open
        return isinstance(shown, kind) and isValid(shown) and shown.isVisible()
