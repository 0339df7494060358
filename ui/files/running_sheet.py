"""A dialog over a long run of the desk: its bar, a look at how far it is, its way out."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from dispatch.desk.views_import import Stop
from dispatch.domain.errors import ZhiwangError
from ui.acts.sheet import Sheet
from ui.door import Promise
from ui.live import Live
from ui.look.theme import Theme

T = TypeVar("T")
_LOOK_MS: Final = 200


class Latest(Generic[T]):
    """The last word of the running thread; the sheet's timer looks at it, nobody is rung."""

    def __init__(self) -> None:
        self.progress: T | None = None

    def take(self, progress: T) -> None:
        """Keep it. Any thread."""
        self.progress = progress


class RunningSheet(Sheet):
    """Esc stops a run, then leaves; derived dialogs say in `look` how far it is."""

    def __init__(self, theme: Theme, host: QWidget, width: int, live: Live) -> None:
        super().__init__(theme, host, width)
        self._live = live
        self._stop = Stop()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._on_look)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setRange(0, 1000)
        self.bar.hide()

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self._timer.isActive()

    def leave_word(self) -> str:
        """Nothing is given up by leaving; a run is stopped first."""
        return self.tr("关闭")

    def ask(self, ask: Callable[[], Promise[T]], took: Callable[[T], None]) -> None:
        """Ask the desk; the answer comes to `took`, an error to `show_error`."""
        try:
            promise = ask()
        except ZhiwangError as error:
            self.show_error(error)
            return
        self._live.run(promise, took, self.show_error)

    def begin(self, stop: Stop, note: str) -> None:
        """Show that it runs now; `stop` is what Esc sets."""
        self._stop = stop
        self._show_running(on=True)
        self.say_note(note)
        self._timer.start()
        self.refit()

    def end(self) -> None:
        """Show that nothing runs."""
        self._show_running(on=False)
        self._timer.stop()
        self.refit()

    def _show_running(self, *, on: bool) -> None:
        self.primary.setEnabled(not on)
        self.bar.setVisible(on)
        self.bar.setValue(0)

    @Slot()
    def _on_look(self) -> None:
        if not self._stop.wished.is_set():
            self.look()

    def look(self) -> None:
        """Say how far it is; called while it runs and is not being stopped."""

    def close_sheet(self) -> None:
        """Stop the run first; a second Esc leaves."""
        if self.running:
            if not self._stop.wished.is_set():
                self._stop.wished.set()
                self.say_note(self.tr("正在停下……"))
                return
            self._timer.stop()
        super().close_sheet()
