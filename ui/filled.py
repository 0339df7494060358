"""Small dialogs on their way to the desk: they stay until what they ask for went well."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from dispatch.desk.views import Changes
from dispatch.domain.errors import ZhiwangError
from ui.acts.plain_form import PlainForm
from ui.incident.follow import PaneFollower
from ui.live import Live
from ui.main_window import MainWindow


class Window(Protocol):
    """The seat's window as far as these use it."""

    live: Live
    window: MainWindow
    follower: PaneFollower


class Filled(QObject):
    """A small dialog whose values go to one call of the desk; it stays until that went well.

    `went` tells that it did.
    """

    went = Signal()

    def __init__(
        self,
        seat: Window,
        form: PlainForm,
        ask: Callable[..., Any],  # Any: the desk's own arguments and promise
        names: tuple[str, ...],
        done: str,
    ) -> None:
        """`done` is what the bottom line says when it went well."""
        super().__init__(form)
        self._done = done
        self._seat = seat
        self._form = form
        self._ask = ask
        self._names = names
        form.filled.connect(self._on_filled)

    def open(self) -> None:
        """Show it."""
        self._form.open()

    @Slot(object)
    def _on_filled(self, values: dict[str, str]) -> None:
        try:
            promise = self._ask(*(values[name] for name in self._names))
        except ZhiwangError as error:
            self._form.show_error(error)
            return
        self._seat.live.run(promise, self._on_ok, self._form.show_error)

    @Slot(object)
    def _on_ok(self, _answer: object) -> None:
        self._form.close_sheet()
        self._seat.window.bottom.tell(self._done)
        self._seat.live.refresh(Changes(everything=True))
        self.went.emit()


class Revealing(QObject):
    """The reason for looking at a number, on its way to the audit."""

    def __init__(self, seat: Window, form: PlainForm, field: str) -> None:
        super().__init__(form)
        self._seat = seat
        self._form = form
        self._field = field
        form.filled.connect(self._on_filled)

    def open(self) -> None:
        """Show it."""
        self._form.open()

    @Slot(object)
    def _on_filled(self, values: dict[str, str]) -> None:
        self._seat.follower.reveal(self._field, values["reason"])
        self._form.close_sheet()
