"""Opens the export of the list that is worked in: queue, workers, tray, or an open sheet's."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from dispatch.desk.views_export import PERSONAL, REVEALERS, Cut, What
from dispatch.domain.calendar import local
from ui.acts.sheet import Sheet
from ui.live import Live
from ui.look.theme import Theme
from ui.main_window import MainWindow
from ui.wording import told
from ui.workers.board import WorkersBoard


class ExportGiven(Protocol):
    """What the export is made over."""

    @property
    def desk(self) -> Any:  # Any: `ui.files.export_sheet.ExportDoor` and who sits here
        """The desk."""

    @property
    def now(self) -> Callable[[], int]:
        """UTC milliseconds."""

    @property
    def out(self) -> Path:
        """The folder that files are written to unless another one is named."""


class ExportPlace(QObject):
    """`login_wanted` when nobody sits here: a file says whose it is."""

    login_wanted = Signal()

    def __init__(self, live: Live, given: ExportGiven, theme: Theme, window: MainWindow) -> None:
        super().__init__(window)
        self._live = live
        self._given = given
        self._theme = theme
        self._window = window

    @Slot()
    def open(self) -> None:
        """Open the dialog for the list that is on top, or else has the keys; else the queue's."""
        found = self._found()
        if found is None:
            return
        person = self._given.desk.person
        if person is None:
            self.login_wanted.emit()
            return
        # Seldom, not for the first window.
        from ui.files.export_sheet import ExportSheet, Outgoing  # noqa: PLC0415

        what, cut = found
        name = self._name(what)
        at: datetime = local(self._given.now())
        file = self._given.out / f"{name}-{at:%Y%m%d-%H%M}.xlsx"
        may = what in PERSONAL and bool(REVEALERS & set(person.roles))
        asked = (self._live, self._given.desk)
        outgoing = Outgoing(what, cut, self._title(name, cut), file, may)
        ExportSheet(self._theme, self._window, asked, outgoing).open()

    def _found(self) -> tuple[What, Cut] | None:
        window = self._window
        sheets = [each for each in window.findChildren(Sheet) if each.isVisible()]
        if sheets:
            return sheets[-1].goes_out()
        if window.tray.isVisible():
            return What.EXCEPTIONS, Cut()
        board = window.panels.workers
        focused: QWidget | None = window.focusWidget()
        here = focused is not None and (focused is board or board.isAncestorOf(focused))
        if here and isinstance(board, WorkersBoard):
            numbers = tuple(row.number for row in board.table.rows())
            return What.WORKERS, Cut(only=numbers)
        return What.INCIDENTS, Cut(only=window.queue.model.visible())

    def _title(self, name: str, cut: Cut) -> str:
        if cut.only is None:
            return told(self.tr("导出 · {name}"), name=name)
        return told(self.tr("导出 · {name} {n} 行"), name=name, n=len(cut.only))

    def _name(self, what: What) -> str:
        names = {
            What.INCIDENTS: self.tr("队列"),
            What.WORKERS: self.tr("人员"),
            What.JOURNAL: self.tr("值班日志"),
            What.HANDOVER: self.tr("交接清单"),
            What.EXCEPTIONS: self.tr("例外"),
        }
        return names.get(what, what.value)
