"""Cycles of objects are collected on the GUI thread alone.

Python collects in whatever thread happens to allocate. A widget that is part of a cycle would
then be destroyed by a thread of the store, under the hands of Qt: a crash, once in thousands.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

OFTEN_MS: Final = 1000
WHOLE_EVERY: Final = 60
"""Of the frequent rounds over the young objects, each so-many-th goes over all."""


class Garbage(QObject):
    """Takes the collector over from `start` to `stop`; both on the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rounds = 0
        self._was_enabled = True
        self._timer = QTimer(self, interval=OFTEN_MS)
        self._timer.timeout.connect(self._on_round)

    def start(self) -> None:
        """Collect here from now on; what is alive already is not looked at again."""
        self._was_enabled = gc.isenabled()
        gc.disable()
        gc.collect()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Give the collector back as it was."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def _on_round(self) -> None:
        self._rounds += 1
        gc.collect(2 if self._rounds % WHOLE_EVERY == 0 else 1)
