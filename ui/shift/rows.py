"""A painted list of equal rows: one current, moved by keys, the wheel or a press."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from ui.look.theme import Theme

_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Rows(QAbstractScrollArea):
    """Derived lists tell `count` and paint a row; `pressed` tells where the mouse pressed one.

    Only the rows in sight are painted. Keys that it does not know go on to the sheet.
    """

    pressed = Signal(int)

    def __init__(self, theme: Theme, row: int, parent: QWidget) -> None:
        """`row` is the height of one in design pixels."""
        super().__init__(parent)
        self.theme = theme
        self.current = 0
        self._row = row
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._on_theme)

    def count(self) -> int:
        """Return how many rows there are."""
        return 0

    def paint_row(self, painter: QPainter, box: QRect, index: int) -> None:
        """Paint one row into its box."""

    def paint_empty(self, painter: QPainter) -> None:
        """Say why there are no rows."""

    def refresh(self) -> None:
        """Take the rows as they are now; the current one stays where it was."""
        self.current = max(0, min(self.current, self.count() - 1))
        self._fit()
        self.viewport().update()

    def choose(self, index: int) -> None:
        """Make a row the current one and bring it into sight."""
        self.current = max(0, min(index, self.count() - 1))
        pitch, bar = self.theme.px(self._row), self.verticalScrollBar()
        top, bottom = self.current * pitch, (self.current + 1) * pitch
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + self.viewport().height():
            bar.setValue(bottom - self.viewport().height())
        self.viewport().update()

    def _fit(self) -> None:
        pitch, height = self.theme.px(self._row), self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self.count() * pitch - height))
        bar.setPageStep(max(1, height))
        bar.setSingleStep(pitch)

    @Slot()
    def _on_theme(self) -> None:
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(480, self.theme.px(self._row) * 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.viewport().rect()
        painter.fillRect(area, self.theme.tokens.panel)
        if not self.count():
            self.paint_empty(painter)
            return
        pitch, top = self.theme.px(self._row), self.verticalScrollBar().value()
        first, last = top // pitch, (top + area.height()) // pitch
        for index in range(first, min(last + 1, self.count())):
            box = QRect(0, index * pitch - top, area.width(), pitch)
            if index == self.current:
                painter.fillRect(box, self.theme.tokens.select)
                if self.hasFocus():
                    painter.fillRect(0, box.top(), 3, pitch, self.theme.tokens.blue)
            self.paint_row(painter, box, index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        page = max(1, self.viewport().height() // self.theme.px(self._row) - 1)
        steps = {**_STEPS, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.count() - 1}
        if key in steps:
            self.choose(self.current + steps[key])
        elif key in ends:
            self.choose(ends[key])
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        y = event.position().y() + self.verticalScrollBar().value()
        index = int(y // self.theme.px(self._row))
        if 0 <= index < self.count():
            self.choose(index)
            self.pressed.emit(round(event.position().x()))
