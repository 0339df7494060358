"""What to make sure of before an order goes: lines that are ticked by hand, never by themselves."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look.painting import Writer, focus_ring
from ui.look.theme import Theme

_ROW: Final = 24
_BOX: Final = 16
_TOP: Final = 4  # the first line stands as high as the word of a field of 32 px


class CheckList(QWidget):
    """Up and down move, Space ticks. `changed` tells that another set of lines is ticked."""

    changed = Signal()

    def __init__(self, theme: Theme, name: str, lines: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.name = name
        self._lines = lines
        self._ticked: set[int] = set()
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(_ROW) * len(lines) + 2 * theme.px(_TOP))

    def values(self) -> dict[str, object]:
        """Return the lines that are ticked, in their order."""
        ticked = tuple(line for at, line in enumerate(self._lines) if at in self._ticked)
        return {self.name: ticked} if ticked else {}

    def propose(self, value: object, origin: str = "") -> None:
        """Nothing is ticked by itself: who ticks says so."""

    def widget(self) -> QWidget:
        """Return itself."""
        return self

    def middle_of(self, at: int) -> QPointF:
        """Return the middle of a line's box."""
        px = self._theme.px
        return QPointF(2 + _BOX / 2, px(_TOP) + (at + 0.5) * px(_ROW))

    def _toggle(self, at: int) -> None:
        if 0 <= at < len(self._lines):
            self._current = at
            self._ticked ^= {at}
            self.update()
            self.changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self._current = max(0, min(self._current + step, len(self._lines) - 1))
            self.update()
        elif event.key() == Qt.Key.Key_Space:
            self._toggle(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        px = self._theme.px
        self._toggle(int((event.position().y() - px(_TOP)) // px(_ROW)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        tokens, write = theme.tokens, Writer(painter, theme.fonts)
        for at, line in enumerate(self._lines):
            on, middle = at in self._ticked, self.middle_of(at).y()
            box = QRectF(2, round(middle) - _BOX / 2, _BOX, _BOX)
            painter.setPen(QPen(tokens.blue if on else tokens.control, 1))
            painter.setBrush(tokens.blue if on else tokens.bg)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            if on:
                theme.icons.draw(painter, "check", (box.center().x(), middle), tokens.primary_text)
            ink = tokens.text_1 if on else tokens.text_2
            left = box.right() + 10
            said = theme.fonts.elide(line, 13, self.width() - left)
            write.text((left, middle), said, ink, 13)
            if self.hasFocus() and at == self._current:
                focus_ring(painter, box.adjusted(1, 1, -1, -1), tokens, 2)
