"""Prints the order (交办单) of the incident that is shown, after asking whether in clear."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject, Slot

from dispatch.domain.errors import ZhiwangError
from ui.acts.fields import Field, Kind
from ui.acts.plain_form import PlainForm
from ui.incident.panel import IncidentPanel
from ui.live import Live
from ui.look.theme import Theme
from ui.main_window import MainWindow
from ui.tongue import tr
from ui.wording import told

FOLDER: Final = "orders"
_WHY: Final = (Field("reason", Kind.LINE, word=tr("明文理由"), hint=tr("不写则遮蔽，写了留痕")),)


class OrderGiven(Protocol):
    """What orders are printed over."""

    @property
    def reporting(self) -> Callable[[], Any]:  # Any: the desk's reports, imported late
        """Make the part of the desk that writes paper."""

    @property
    def out(self) -> Path:
        """The folder above the one that orders are written to."""


class OrderPlace(QObject):
    """Opens the small dialog; Enter writes the form into `orders` below the reports' folder."""

    def __init__(
        self,
        live: Live,
        given: OrderGiven,
        theme: Theme,
        window: MainWindow,
        pane: IncidentPanel,
    ) -> None:
        super().__init__(window)
        self._live = live
        self._given = given
        self._theme = theme
        self._window = window
        self._pane = pane

    @Slot()
    def open(self) -> None:
        """Ask for the reason that may be; without an incident that was sent say so."""
        self._pane.when_here(self._open)

    def _open(self) -> None:
        pane = self._pane.shown()
        if pane is None:
            self._window.bottom.say(self.tr("先选一件事件，再印交办单"))
        elif not pane.row.unit:
            self._window.bottom.say(self.tr("还没有派遣，没有交办单"))
        else:
            title = told(self.tr("事件{number} · 印交办单"), number=pane.row.number[-4:])
            form = PlainForm(self._theme, self._window, (title, self.tr("印交办单")), _WHY)
            _Printing(form, self._live, self._window, (self._given, pane.row.id))
            form.open()


class _Printing(QObject):
    """One form on its way to paper; it goes with its dialog."""

    def __init__(
        self, form: PlainForm, live: Live, window: MainWindow, of: tuple[OrderGiven, str]
    ) -> None:
        super().__init__(form)
        self._form = form
        self._live = live
        self._window = window
        self._given, self._incident = of
        form.filled.connect(self._on_filled)

    @Slot(object)
    def _on_filled(self, values: dict[str, str]) -> None:
        # Paper brings weight that no window waits for at its start.
        from dispatch.desk.order_form import OrderAsked  # noqa: PLC0415

        out = self._given.out / FOLDER
        asked = OrderAsked(self._incident, out, values.get("reason", ""))
        try:
            promise = self._given.reporting().issue_order(asked)
        except ZhiwangError as error:
            self._form.show_error(error)
            return
        self._live.run(promise, self._on_written, self._form.show_error)

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        self._form.close_sheet()
        self._window.bottom.tell(told(self.tr("交办单已写入 {file}"), file=str(path)))
