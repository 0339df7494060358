"""Incidents close by, one line each; Enter or a click takes one."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch.desk.views import Near
from ui import labels
from ui.incident.near import apart
from ui.look.painting import Side, Writer, hairline
from ui.look.theme import Theme
from ui.tongue import tr

_WIDTH: Final = 620
_ROW: Final = 34
_MOST: Final = 14


class NearList(QWidget):
    """The current line has the bar. `picked` tells that the mouse took one."""

    picked = Signal()

    def __init__(self, theme: Theme, near: tuple[Near, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.near = near[:_MOST]
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, len(self.near) * self._theme.px(_ROW) + 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.current = max(0, min(self.current + step, len(self.near) - 1))
            self.update()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int((event.position().y() - 6) // self._theme.px(_ROW))
        if 0 <= at < len(self.near):
            self.current = at
            self.picked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, fonts, row = self._theme.tokens, self._theme.fonts, self._theme.px(_ROW)
        write = Writer(painter, fonts)
        for at, near in enumerate(self.near):
            box = QRectF(1, 6 + at * row, self.width() - 2, row)
            if at == self.current:
                painter.fillRect(box, tokens.select)
                painter.fillRect(QRectF(1, box.y(), 3, row), tokens.blue)
            hairline(painter, 28, box.bottom() - 1, self.width() - 56, tokens.line)
            middle, right = box.center().y(), self.width() - 28.0
            how = tr("{distance_m} 米 · 相隔 {apart} · {state}").format(
                distance_m=near.distance_m,
                apart=apart(near.apart_s),
                state=labels.state(near.state),
            )
            right -= write.text((right, middle), how, tokens.text_2, 13, side=Side.RIGHT)
            x = 28 + write.text((28, middle), near.number[-4:], tokens.text_1, 14, bold=True) + 12
            name = fonts.elide(near.item_name, 14, right - x - 12)
            write.text((x, middle), name, tokens.text_1, 14)
