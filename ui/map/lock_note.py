"""The note that the view was moved by hand and no longer fits itself."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.look.painting import Writer
from ui.look.theme import Theme
from ui.map.buttons import Drawn, paint_floating


class LockNote(QWidget):
    """One line with a lock; shown while the view is locked."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawn = Drawn(self)
        self._text = self.tr("视图已锁定 · 按 0 复位")
        self.setFixedSize(self.sizeHint())
        self.hide()

    def sizeHint(self) -> QSize:
        width = round(self._theme.fonts.width(self._text, 13)) + 38
        return QSize(width, self._theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        state = (self._theme.tokens, self._theme.fonts.scale)
        self._drawn.paint(state, self._draw)

    def _draw(self, painter: QPainter) -> None:
        paint_floating(self, painter, self._theme)
        tokens = self._theme.tokens
        middle = self.height() / 2
        self._theme.icons.draw(painter, "lock", (17, middle), tokens.text_2)
        Writer(painter, self._theme.fonts).text((29, middle), self._text, tokens.text_2, 13)
