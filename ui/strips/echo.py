"""Measures for real how long a key takes to the screen: own keys and own acts."""

import time
from collections import deque
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.live import Live, RowsChanged

KEPT: Final = 200
_FORGOTTEN_S: Final = 0.5  # a key that changed nothing on the screen is no sample
_BARE: Final = frozenset({0x01000020, 0x01000021, 0x01000022, 0x01000023})  # Shift Ctrl Meta Alt


class Echo(QObject):
    """changed(p95 in ms) after a sample. A key counts from its event to the next flush.

    An act counts from its start to the flush that follows its row's arrival.
    """

    changed = Signal(int)

    def __init__(self, window: QWidget, live: Live, parent: QObject | None = None) -> None:
        """Watch the application's keys and this window's repaints."""
        super().__init__(parent)
        self._window = window
        self._samples: deque[float] = deque(maxlen=KEPT)
        self._key_at: float | None = None
        self._acts: dict[str, float] = {}
        self._arrived: list[float] = []
        self._flushing = False
        live.act_begun.connect(self._on_act)
        live.rows_changed.connect(self._on_rows)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def p95(self) -> int | None:
        """Return the 95th percentile of the last samples in milliseconds, None without any."""
        if not self._samples:
            return None
        ordered = sorted(self._samples)
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000)

    @Slot(str)
    def _on_act(self, incident: str) -> None:
        # The key that gave the act began it, if one is under way.
        self._acts[incident] = self._key_at or time.perf_counter()

    @Slot(object)
    def _on_rows(self, changed: RowsChanged) -> None:
        for row in changed.rows:
            begun = self._acts.pop(row.id, None)
            if begun is not None:
                self._arrived.append(begun)

    @Slot()
    def _on_flushed(self) -> None:
        """Runs after the repaint that was seen coming: the pixels are out."""
        self._flushing = False
        now = time.perf_counter()
        began, self._arrived = self._arrived, []
        if self._key_at is not None:
            if now - self._key_at <= _FORGOTTEN_S:
                began.append(self._key_at)
            self._key_at = None
        if began:
            self._samples.extend(now - each for each in began)
            self.changed.emit(self.p95() or 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self._key_at is None and event.key() not in _BARE:
                self._key_at = time.perf_counter()
        elif kind == QEvent.Type.UpdateRequest and watched is self._window:
            waits = self._key_at is not None or self._arrived
            if waits and not self._flushing:
                self._flushing = True
                QTimer.singleShot(0, self._on_flushed)
        return False
