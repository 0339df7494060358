"""The one tick a second that everything which counts down shares."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

_SECOND: Final = 1000


def wall_clock() -> int:
    """Return now in UTC milliseconds."""
    return time.time_ns() // 1_000_000


class Tick(QObject):
    """Tells the second as it turns. `second` carries now in UTC milliseconds."""

    second = Signal(object)

    def __init__(
        self, clock: Callable[[], int] = wall_clock, parent: QObject | None = None
    ) -> None:
        """A drill or a test gives its own clock."""
        super().__init__(parent)
        self._clock = clock
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Begin to tick at the next full second."""
        self._timer.start(_SECOND - self._clock() % _SECOND)

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()

    def now(self) -> int:
        """Return now in UTC milliseconds."""
        return self._clock()

    @Slot()
    def _on_timeout(self) -> None:
        self.second.emit(self._clock())
        self.start()
