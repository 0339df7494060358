"""The shell over a small desk, for tests: started, shown, with a recording sound."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dispatch.desk.views import QueueRow
from tests.ui.queue_rows import NOW, SmallDesk
from ui.alarms.sound import AlarmSound, RecordingSink
from ui.alarms.watch import AlarmWatch
from ui.arrangement import Panels
from ui.live import Live
from ui.look.theme import Theme
from ui.main_window import MainWindow
from ui.tick import Tick


class Panel(QWidget):
    """Another room's panel: takes the letters it is told to and keeps them."""

    def __init__(self, letters: str = "") -> None:
        super().__init__()
        self._letters = letters
        self.pressed: list[str] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's override
        if event.text() and event.text() in self._letters:
            self.pressed.append(event.text())
        else:
            event.ignore()


@dataclass
class Shell:
    """A window with what it was built from; `now` is the clock of its tick."""

    desk: SmallDesk
    window: MainWindow
    live: Live
    tick: Tick
    sink: RecordingSink
    pane: Panel
    map: Panel
    clock: list[int] = field(default_factory=lambda: [NOW])

    def later(self, seconds: float) -> None:
        """Let time pass and the tick tell of it."""
        self.clock[0] += round(seconds * 1000)
        self.tick.second.emit(self.clock[0])


def shell(
    qtbot: QtBot, *rows: QueueRow, size: tuple[int, int] = (1920, 1080), start: bool = True
) -> Shell:
    """Return a shown window over a desk with these rows."""
    desk, clock = SmallDesk(*rows), [NOW]
    tick = Tick(lambda: clock[0])
    live, theme, sink = Live(desk), Theme(), RecordingSink()
    watch = AlarmWatch(live, AlarmSound(sink), tick)
    pane, picture = Panel("dt1"), Panel("0l+")
    window = MainWindow(live, theme, tick, watch, Panels(picture, Panel(), pane))
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    if start:
        with qtbot.waitSignals([live.rows_reset, live.strip_changed, live.exceptions_changed]):
            live.start()
    window.queue.list.setFocus()
    return Shell(desk, window, live, tick, sink, pane, picture, clock)
