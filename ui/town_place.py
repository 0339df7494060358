"""Opens the town's view over the window, once."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.live import Live
from ui.look.theme import Theme


class TownPlace(QObject):
    """`failed` carries words for the bottom line; opened(sheet): it has been opened."""

    opened = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        live: Live,
        made: tuple[Callable[[], Any] | None, Callable[[], int]],  # Any: `ui.town.door.TownDoor`
        theme: Theme,
        host: QWidget,
    ) -> None:
        """`made` are what gives the town's part of the desk, and the clock, UTC ms."""
        super().__init__(host)
        self._live = live
        self._door, self._now = made
        self._theme = theme
        self._host = host
        self._open: QWidget | None = None

    @Slot()
    def open(self) -> None:
        """Open it, unless it is open."""
        from ui.town.town_sheet import TownSheet  # noqa: PLC0415 - not for the first window

        if self._door is None:
            self.failed.emit(self.tr("这个窗口没有镇街的应急与任务"))
            return
        shown = self._open
        if shown is not None and isValid(shown) and shown.isVisible():
            return
        sheet = TownSheet(self._theme, self._host, (self._live, self._door()), self._now)
        self._open = sheet
        self.opened.emit(sheet)
        sheet.open()
