"""What stands for the legend while it is shut: its word and its key."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.look.painting import Writer, focus_ring
from ui.look.theme import Theme
from ui.map.buttons import HEIGHT, Drawn, paint_floating


class LegendButton(QAbstractButton):
    """A click opens the legend, as its key does."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawn = Drawn(self)
        self.setText(self.tr("图例"))
        self.setToolTip(f"{self.text()}  L")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        width = round(self._theme.fonts.width(self.text(), 13))
        return QSize(width + 20 + self._theme.px(16), self._theme.px(HEIGHT + 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        state = (self._theme.tokens, self._theme.fonts.scale, self.hasFocus())
        self._drawn.paint(state, self._draw)

    def _draw(self, painter: QPainter) -> None:
        theme, middle = self._theme, self.height() / 2
        paint_floating(self, painter, theme)
        write = Writer(painter, theme.fonts)
        right = 10 + write.text((10, middle), self.text(), theme.tokens.text_2, 13)
        write.text((right + 6, middle), "L", theme.tokens.text_3, 11)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()).adjusted(3, 3, -3, -3), theme.tokens)
