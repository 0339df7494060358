"""Opens the receipt's page over the window, once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.live import Live
from ui.look.theme import Theme


class ReceiptGiven(Protocol):
    """What the page is made over."""

    @property
    def desk(self) -> Any:  # Any: it has `receipts`, a `ui.sync.receipt_sheet.ReceiptDoor`
        """The desk."""

    @property
    def now(self) -> Callable[[], int]:
        """UTC milliseconds."""

    @property
    def out(self) -> Path:
        """The folder that files are written to."""


class ReceiptPlace(QObject):
    """`login_wanted` when nobody sits here yet."""

    login_wanted = Signal()

    def __init__(self, live: Live, given: ReceiptGiven, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._live = live
        self._given = given
        self._theme = theme
        self._host = host
        self._open: QWidget | None = None

    @Slot()
    def open(self) -> None:
        """Open it, unless it is open."""
        if self._given.desk.person is None:
            self.login_wanted.emit()
            return
        from ui.sync.receipt_sheet import ReceiptSheet  # noqa: PLC0415 - not for the first window

        shown = self._open
        if shown is not None and isValid(shown) and shown.isVisible():
            return
        given = self._given
        asked = (self._live, given.desk.receipts)
        sheet = ReceiptSheet(self._theme, self._host, asked, given.now, given.out)
        self._open = sheet
        sheet.open()
