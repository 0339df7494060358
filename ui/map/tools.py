"""The column of map tools at the right edge."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look.painting import hairline
from ui.look.theme import Theme
from ui.map.buttons import Drawn, IconButton, paint_floating


class Tools(QWidget):
    """Zoom in, zoom out, refit, measure, box select."""

    zoomed = Signal(int)  # +1 in, -1 out
    refit_asked = Signal()
    measure_toggled = Signal(bool)
    box_toggled = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawn = Drawn(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(4)
        self._plus = IconButton(theme, "plus", (self.tr("放大"), "+"), self)
        self._minus = IconButton(theme, "minus", (self.tr("缩小"), "-"), self)
        self._fit = IconButton(theme, "maximize", (self.tr("复位"), "0"), self)
        self.measure = IconButton(theme, "ruler", (self.tr("测距"), "M"), self)
        box_words = (self.tr("框选"), "B")
        self.box = IconButton(theme, "square-dashed-mouse-pointer", box_words, self)
        self._buttons = (self._plus, self._minus, self._fit, self.measure, self.box)
        for button in self._buttons:
            column.addWidget(button)
        self.measure.setCheckable(True)
        self.box.setCheckable(True)
        self._plus.clicked.connect(self._on_plus)
        self._minus.clicked.connect(self._on_minus)
        self._fit.clicked.connect(self.refit_asked)
        self.measure.toggled.connect(self.measure_toggled)
        self.box.toggled.connect(self.box_toggled)
        theme.changed.connect(self.update)
        self.adjustSize()

    @Slot()
    def _on_plus(self) -> None:
        self.zoomed.emit(1)

    @Slot()
    def _on_minus(self) -> None:
        self.zoomed.emit(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._drawn.paint(self._theme.tokens, self._draw)

    def _draw(self, painter: QPainter) -> None:
        paint_floating(self, painter, self._theme)
        for above in self._buttons[:-1]:
            line = above.geometry().bottom() + 3
            hairline(painter, 6, line, self.width() - 12, self._theme.tokens.line)
