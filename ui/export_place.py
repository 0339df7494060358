"""Opens the export: of the list that is worked in, or of the town's grids, units and objects."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from dispatch.desk.views_export import PERSONAL, REVEALERS, Cut, What
from dispatch.domain.calendar import local
from ui.acts.sheet import Sheet
from ui.live import Live
from ui.look.theme import Theme
from ui.main_window import MainWindow
from ui.wording import told
from ui.workers.board import WorkersBoard

if TYPE_CHECKING:
    from ui.files.export_sheet import ExportSheet

TOWN: Final = (What.GRIDS, What.UNITS, What.OBJECTS)
"""The lists of what stands in the town, which no panel shows as one; they are always offered."""


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
        if found is not None:
            self._open((found, *self._town()))

    @Slot()
    def open_town(self) -> None:
        """Open it for the town's own lists, the keys at the choice among them."""
        if self._found() is not None:
            sheet = self._open(self._town())
            if sheet is not None:
                sheet.lists.setFocus(Qt.FocusReason.TabFocusReason)

    def _town(self) -> tuple[tuple[What, Cut], ...]:
        return tuple((what, Cut()) for what in TOWN)

    def _open(self, lists: tuple[tuple[What, Cut], ...]) -> "ExportSheet | None":
        person = self._given.desk.person
        if person is None:
            self.login_wanted.emit()
            return None
        # Seldom, not for the first window.
        from ui.files.export_sheet import ExportSheet, Outgoing  # noqa: PLC0415

        at: datetime = local(self._given.now())
        offered = []
        for what, cut in lists:
            name = self._name(what)
            file = self._given.out / f"{name}-{at:%Y%m%d-%H%M}.xlsx"
            may = what in PERSONAL and bool(REVEALERS & set(person.roles))
            offered.append(Outgoing(what, cut, self._title(name, cut), file, may))
        asked = (self._live, self._given.desk)
        sheet = ExportSheet(self._theme, self._window, asked, tuple(offered))
        sheet.open()
        return sheet

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
            return name
        return told(self.tr("{name} {n} 行"), name=name, n=len(cut.only))

    def _name(self, what: What) -> str:
        names = {
            What.INCIDENTS: self.tr("队列"),
            What.WORKERS: self.tr("人员"),
            What.GRIDS: self.tr("网格"),
            What.UNITS: self.tr("处置单位"),
            What.OBJECTS: self.tr("管理对象"),
            What.JOURNAL: self.tr("值班日志"),
            What.HANDOVER: self.tr("交接清单"),
            What.EXCEPTIONS: self.tr("例外"),
        }
        return names.get(what, what.value)
