"""The acts that have no button of their own: a list above the foot, each with its key."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dispatch.domain.command import Verb
from ui import labels
from ui.acts.keys import KEYS, pressed
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.painting import Writer
from ui.look.theme import Theme

_ROW: Final = 32
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MoreActs(QWidget):
    """`act_wanted` tells the verb; Esc closes it."""

    act_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._verbs: tuple[Verb, ...] = ()
        self._current = 0
        self._barred: frozenset[Verb] = frozenset()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def open(self, verbs: tuple[Verb, ...], barred: frozenset[Verb], corner: QPointF) -> None:
        """Show the verbs with the list's lower right corner there, the barred ones grey."""
        self._verbs, self._current, self._barred = verbs, 0, barred
        fonts = self._theme.fonts
        words = max((fonts.width(labels.verb(verb), 14) for verb in verbs), default=0.0)
        caps = max((keycap_width(fonts, KEYS[verb]) for verb in verbs), default=0)
        width = round(words) + caps + 56
        high = len(verbs) * self._theme.px(_ROW) + 8
        self.setGeometry(round(corner.x()) - width, round(corner.y()) - high, width, high)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def verbs(self) -> tuple[Verb, ...]:
        """Return what is listed."""
        return self._verbs

    def middle_of(self, verb: Verb) -> QPointF:
        """Return the middle of a verb's line."""
        row = self._theme.px(_ROW)
        return QPointF(self.width() / 2, 4 + self._verbs.index(verb) * row + row / 2)

    def _take(self, verb: Verb) -> None:
        self.hide()
        self.act_wanted.emit(verb.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = pressed(event)
        named = [verb for verb in self._verbs if KEYS[verb] == key]
        last = len(self._verbs) - 1
        if named:
            self._take(named[0])
        elif event.key() == Qt.Key.Key_Down:
            self._current = min(self._current + 1, last)
        elif event.key() == Qt.Key.Key_Up:
            self._current = max(self._current - 1, 0)
        elif event.key() in _ENTER and self._verbs:
            self._take(self._verbs[self._current])
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._over.setFocus()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int((event.position().y() - 4) // self._theme.px(_ROW))
        if 0 <= at < len(self._verbs):
            self._take(self._verbs[at])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, fonts = self._theme.tokens, self._theme.fonts
        painter.setPen(tokens.line_2)
        painter.setBrush(tokens.raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        write, row = Writer(painter, fonts), self._theme.px(_ROW)
        for at, verb in enumerate(self._verbs):
            top = 4 + at * row
            if at == self._current:
                painter.fillRect(1, top, self.width() - 2, row, tokens.select)
                painter.fillRect(1, top, 3, row, tokens.blue)
            middle = top + row / 2
            ink = tokens.text_3 if verb in self._barred else tokens.text_1
            write.text((16, middle), labels.verb(verb), ink, 14)
            cap = keycap_width(fonts, KEYS[verb])
            corner = QPointF(self.width() - 14 - cap, middle - CAP / 2)
            draw_keycap(painter, corner, KEYS[verb], (tokens, fonts))
