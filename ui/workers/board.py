"""The workers board: counts and coverage in its head, one row a worker below it."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from dispatch.desk.views import WorkerRow, WorkerStatus
from ui.look.theme import Theme
from ui.workers.head import HEIGHT, ORDER, WorkersHead
from ui.workers.table import WorkersTable

_FOLDED: Final = HEIGHT + 24


class WorkersBoard(QWidget):
    """`worker_chosen(number)`. Keys `1` to `6` filter by status while the board has the focus."""

    worker_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[WorkerRow, ...] = ()
        self._filter: WorkerStatus | None = None
        self._grids = 0
        self._now = 0
        self.head = WorkersHead(theme, self)
        self.table = WorkersTable(theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # On a small screen the head alone stays, so the table must not ask for room.
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.addWidget(self.head)
        column.addWidget(self.table, 1)
        self.head.filtered.connect(self._on_filtered)
        self.table.worker_chosen.connect(self.worker_chosen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.table)
        theme.changed.connect(self._on_theme)

    def set_grids(self, count: int) -> None:
        """Say how many grids the town has, for the coverage."""
        self._grids = count
        self._show()

    @Slot(object)
    def show_rows(self, rows: tuple[WorkerRow, ...]) -> None:
        """Show the workers, those off duty last; `Live.workers_changed` brings them."""
        self._rows = rows
        self._show()

    @Slot("qlonglong")  # type: ignore[arg-type]  # a C++ type by name; the stub knows types only
    def set_now(self, now: int) -> None:
        """Let the times go on; `Tick.second` brings the second."""
        self._now = now
        if self.table.isVisible():
            self.table.set_now(now)

    def filter(self) -> WorkerStatus | None:
        """Return the status that is filtered by."""
        return self._filter

    def _show(self) -> None:
        shown = self._rows
        if self._filter is not None:
            shown = tuple(row for row in self._rows if row.status is self._filter)
        self.head.show_rows(self._rows, self._grids)
        self.head.set_filter(self._filter)
        self.table.show_rows(shown, self._now)

    @Slot(object)
    def _on_filtered(self, status: WorkerStatus) -> None:
        self._filter = None if self._filter is status else status
        self._show()

    @Slot()
    def _on_theme(self) -> None:
        self.head.setFixedHeight(self._theme.px(HEIGHT))
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        folded = self.height() < self._theme.px(_FOLDED)
        self.head.folded = folded
        self.table.setVisible(not folded)
        self.head.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(ORDER) and not event.modifiers():
            self._on_filtered(ORDER[place])
        else:
            super().keyPressEvent(event)
