"""Tells when nobody has touched the seat for a while."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

MINUTES: Final = 10
RANGE: Final = range(1, 61)
_LOOK_MS: Final = 1_000
_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Idle(QObject):
    """idle() once when no key or mouse has moved for so long, and again after the next touch.

    It counts real seconds, whatever the town's clock does.
    """

    idle = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds that only go forward."""
        super().__init__(parent)
        self._clock = clock
        self._last = clock()
        self._after_s = 0.0
        self._told = False
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self, minutes: int) -> None:
        """Watch the application from now on; minutes out of range are taken as the usual ones."""
        self._after_s = 60.0 * (minutes if minutes in RANGE else MINUTES)
        self._last = self._clock()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Look at the clock, and tell when it has been long enough."""
        if not self._told and self._clock() - self._last >= self._after_s:
            self._told = True
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._last = self._clock()
            self._told = False
        return False
