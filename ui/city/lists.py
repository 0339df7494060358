"""Lists of the city's view: rows painted in one go, Enter or a double press chooses one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.look.painting import hairline
from ui.look.theme import Theme

LINE: Final = 30
LINE_ROLE: Final = 257
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a list's lines are painted and said; `key` is what keeps a line's place."""

    paint: Callable[[QPainter, QRect, Any], None]  # Any: the list's own kind of line
    spoken: Callable[[Any], str]  # Any: as above
    key: Callable[[Any], str]  # Any: as above


class _Lines(QAbstractListModel):
    def __init__(self, drawing: Drawing, parent: QWidget) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self.lines: Sequence[Any] = ()  # Any: the list's own kind of line

    def show(self, lines: Sequence[Any]) -> None:  # Any: as above
        if len(lines) == len(self.lines):
            self.lines = lines
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        return self._drawing.spoken(line) if role in {_SPOKEN, _TIP} else None


class _Painter(QStyledItemDelegate):
    def __init__(self, drawing: Drawing, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        if line is None:
            return
        tokens = self._theme.tokens
        box: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, tokens.select if chosen else tokens.panel)
        hairline(painter, box.left(), box.bottom(), box.width(), tokens.line)
        view: QAbstractItemView | None = option.widget  # type: ignore[attr-defined]
        if chosen and view is not None and view.hasFocus():
            painter.fillRect(box.left(), box.top(), 3, box.height(), tokens.blue)
        self._drawing.paint(painter, box, line)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.px(LINE))


class LineList(QListView):
    """chosen(line) on Enter or a double press. What is current stays so when lines move."""

    chosen = Signal(object)

    def __init__(self, drawing: Drawing, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self._theme = theme
        self._model = _Lines(drawing, self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(drawing, theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._on_double)

    def show_lines(self, lines: Sequence[Any]) -> None:  # Any: the list's own kind of line
        """Show these in their order; the current line is found again by its key."""
        here = self.current()
        self._model.show(lines)
        key = self._drawing.key(here) if here is not None else ""
        keys = [self._drawing.key(each) for each in lines]
        place = keys.index(key) if key in keys else 0
        if lines:
            self.setCurrentIndex(self._model.index(place))
        self.viewport().update()

    def lines(self) -> Sequence[Any]:  # Any: the list's own kind of line
        """Return what is shown."""
        return self._model.lines

    def current(self) -> Any | None:  # Any: the list's own kind of line
        """Return the current line, None without one."""
        index = self.currentIndex()
        return self._model.lines[index.row()] if index.isValid() else None

    @Slot(QModelIndex)
    def _on_double(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.lines[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.current()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and here is not None:
            self.chosen.emit(here)
            return
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
            return
        super().keyPressEvent(event)
