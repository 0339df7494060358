"""The command field of the bottom line: it opens the palette, at a click or at its key."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.look.keycap import HEIGHT, draw_keycap, keycap_width
from ui.look.painting import Writer, focus_ring, outline
from ui.look.theme import Theme


class CommandField(QWidget):
    """wanted() when the palette is to open; left() on Esc."""

    wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("命令"))
        theme.changed.connect(self.update)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, middle = self._theme, self.height() / 2
        tokens, fonts = theme.tokens, theme.fonts
        box = QRectF(self.rect())
        painter.fillRect(box, tokens.bg)
        outline(painter, box, tokens.control)
        theme.icons.draw(painter, "chevron-right", (16, middle), tokens.blue)
        cap = "Ctrl K"
        width = keycap_width(fonts, cap)
        hint = fonts.elide(self.tr("输入命令，如 派 1023 张伟"), 14, box.width() - width - 52)
        Writer(painter, fonts).text((30, middle), hint, tokens.text_3, 14)
        corner = QPointF(box.width() - width - 6, middle - HEIGHT / 2)
        draw_keycap(painter, corner, cap, (tokens, fonts))
        if self.hasFocus():
            focus_ring(painter, box.adjusted(3, 3, -3, -3), tokens, 2)
