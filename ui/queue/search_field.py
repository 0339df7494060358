"""The search field of the queue's head: icon at the left, its key at the right while empty."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.look.keycap import HEIGHT, draw_keycap, keycap_width
from ui.look.theme import Theme
from ui.tongue import tr


class SearchField(QLineEdit):
    """left(to_list): Esc, Down or Enter hand the keys back to the list."""

    left = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty at first."""
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(tr("搜索事件"))
        self.setTextMargins(20, 0, 0, 0)
        self.setMaxLength(200)
        theme.changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit(False)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit(True)
        elif key == Qt.Key.Key_Down:
            self.left.emit(False)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        theme, middle = self._theme, self.height() / 2
        theme.icons.draw(painter, "search", (17, middle), theme.tokens.text_3)
        if not self.text() and not self.hasFocus():
            corner = QPointF(self.width() - keycap_width(theme.fonts, "F") - 6, middle - HEIGHT / 2)
            draw_keycap(painter, corner, "F", (theme.tokens, theme.fonts))
