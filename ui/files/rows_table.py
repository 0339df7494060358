"""A look at rows: the header and some rows as text, nothing to be changed in it."""

from typing import Final

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from ui.look.theme import Theme

MOST: Final = 500
"""Rows that are shown; all of them are in the file that is saved."""
_LONGEST: Final = 200
_WIDEST: Final = 320
_LEAST: Final = 150


class RowsTable(QTableWidget):
    """Arrows go through it; a cell is plain text on one line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Empty at first."""
        super().__init__(parent)
        self._theme = theme
        self.header: tuple[str, ...] = ()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.setAccessibleName(self.tr("预览"))
        theme.changed.connect(self._on_theme)
        self._on_theme()

    @Slot()
    def _on_theme(self) -> None:
        self.setFont(self._theme.fonts.font(13))
        self.horizontalHeader().setFont(self._theme.fonts.font(12))
        self.verticalHeader().setDefaultSectionSize(self._theme.px(26))
        self.setMinimumHeight(self._theme.px(_LEAST))

    def show_rows(self, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
        """Show these; at most MOST of them."""
        self.header = header
        self.clear()
        self.setColumnCount(len(header))
        self.setHorizontalHeaderLabels(list(header))
        self.setRowCount(min(MOST, len(rows)))
        for down, row in enumerate(rows[:MOST]):
            for across, text in enumerate(row[: len(header)]):
                self.setItem(down, across, QTableWidgetItem(" ".join(text[:_LONGEST].split())))
        self.resizeColumnsToContents()
        for across in range(len(header)):
            self.setColumnWidth(across, min(self.columnWidth(across), self._theme.px(_WIDEST)))

    def sizeHint(self) -> QSize:
        return QSize(400, self._theme.px(_LEAST))
