"""Merges all likely duplicates into the incident that is shown, as one act."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from dispatch.domain.errors import ZhiwangError
from ui import refusals
from ui.door import Done, Promise
from ui.incident.panel import IncidentPanel
from ui.live import Live
from ui.tongue import tr
from ui.wording import told


class MergeDoor(Protocol):
    """The part of the desk that merges."""

    def merge_alike(self, id_: str, others: tuple[str, ...]) -> Promise[Done]:
        """Merge others into an incident: all of them, or none."""
        ...


class MergePlace(QObject):
    """`failed` and `told` carry words for the bottom line."""

    failed = Signal(str)
    told = Signal(str)

    def __init__(self, live: Live, door: MergeDoor, pane: IncidentPanel) -> None:
        super().__init__(live)
        self._live = live
        self._door = door
        self._pane = pane
        self._count = 0
        pane.all_wanted.connect(self._on_all)

    @Slot(object)
    def _on_all(self, others: tuple[str, ...]) -> None:
        shown = self._pane.shown()
        if shown is None:
            return
        self._count = len(others)
        try:
            promise = self._door.merge_alike(shown.row.id, others)
        except ZhiwangError as error:
            self._on_error(error)
            return
        self._live.run(promise, self._on_merged, self._on_error)

    @Slot(object)
    def _on_merged(self, _done: Done) -> None:
        self.told.emit(told(tr("{count} 件已并入本件；各件可拆分"), count=self._count))

    @Slot(object)
    def _on_error(self, error: BaseException) -> None:
        self._pane.alike.again()
        self.failed.emit(refusals.words(error))
