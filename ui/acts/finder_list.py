"""The list under a search field: what was found, one line each."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.acts.found import Found
from ui.look.painting import Side, Writer
from ui.look.theme import Theme

ROWS: Final = 6
ROW: Final = 30


class FinderList(QWidget):
    """Floats under its field. `picked` tells the line that the mouse chose."""

    picked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._lines: tuple[Found, ...] = ()
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_lines(self, lines: tuple[Found, ...], under: QWidget) -> None:
        """Show the lines under the field, or hide when there are none."""
        self._lines = lines[:ROWS]
        self.current = 0
        if not lines:
            self.hide()
            return
        high = len(self._lines) * self._theme.px(ROW) + 8
        corner = under.mapTo(self._over, under.rect().bottomLeft())
        if corner.y() + 2 + high > self._over.height():
            corner = under.mapTo(self._over, under.rect().topLeft())
            corner.setY(corner.y() - high - 4)
        self.setGeometry(corner.x(), corner.y() + 2, under.width(), high)
        self.show()
        self.raise_()
        self.update()

    def line(self) -> Found | None:
        """Return the current line."""
        return self._lines[self.current] if self._lines else None

    def lines(self) -> tuple[Found, ...]:
        """Return what is shown."""
        return self._lines

    def move_current(self, by: int) -> None:
        """Go up or down."""
        self.current = max(0, min(self.current + by, len(self._lines) - 1))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int((event.position().y() - 4) // self._theme.px(ROW))
        if 0 <= at < len(self._lines):
            self.picked.emit(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, fonts = self._theme.tokens, self._theme.fonts
        painter.setPen(tokens.line_2)
        painter.setBrush(tokens.raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        write = Writer(painter, fonts)
        high = self._theme.px(ROW)
        for at, found in enumerate(self._lines):
            top = 4 + at * high
            middle = top + high / 2
            on = at == self.current
            if on:
                painter.fillRect(1, top, self.width() - 2, high, tokens.select)
                painter.fillRect(1, top, 3, high, tokens.blue)
            right = self.width() - 12.0
            right -= write.text((right, middle), found.right, tokens.text_3, 12, side=Side.RIGHT)
            room = right - 24
            name = fonts.elide(found.name, 14, room, bold=on)
            x = 12 + write.text((12, middle), name, tokens.text_1, 14, bold=on) + 10
            if right - x > 30:
                beside = fonts.elide(found.beside, 12, right - 10 - x)
                write.text((x, middle), beside, tokens.text_2, 12)
