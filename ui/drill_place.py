"""From a number in a view to its list in the queue, and back to the view as it was."""

from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance, Slot
from shiboken6 import isValid

from ui.acts.sheet import Sheet
from ui.queue.only import Drilled
from ui.queue.panel import QueuePanel


class Numbered(Protocol):
    """A view that shows numbers with incidents behind them."""

    @property
    def drilled(self) -> SignalInstance:
        """The list of a number is wanted; carries a `Drilled`."""
        ...


class DrillPlace(QObject):
    """The view steps aside for the list and comes back, its number current, when that is left."""

    def __init__(self, queue: QueuePanel) -> None:
        super().__init__(queue)
        self._queue = queue
        self._sheet: Sheet | None = None
        queue.only.left.connect(self._on_left)

    @Slot(object)
    def follow(self, sheet: Numbered) -> None:
        """Open the lists that this view asks for."""
        sheet.drilled.connect(self._on_drilled)

    @Slot(object)
    def _on_drilled(self, drilled: Drilled) -> None:
        sheet = self.sender()
        self._queue.only.show(drilled)  # what was aside before is given up
        if isinstance(sheet, Sheet):
            self._sheet = sheet
            sheet.step_aside()
        self._queue.list.setFocus()

    @Slot(bool)
    def _on_left(self, back: bool) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is None or not isValid(sheet):
            return
        if back:
            sheet.come_back()
        else:
            sheet.close_sheet()
