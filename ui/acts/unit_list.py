"""The dispatch dialog's proposals: digits choose, Shift adds assisting ones, typing searches."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch.desk.views import UnitAdvice
from ui import labels
from ui.incident.advice import how_far
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap
from ui.look.painting import Side, TagStyle, Writer, draw_bar, draw_centred, draw_tag
from ui.look.theme import Theme
from ui.tongue import tr

SHOWN: Final = 5
_ROW: Final = 62
_SHIFTED: Final = {
    Qt.Key.Key_Exclam: 1,
    Qt.Key.Key_At: 2,
    Qt.Key.Key_NumberSign: 3,
    Qt.Key.Key_Dollar: 4,
    Qt.Key.Key_Percent: 5,
}
"""What Shift and a digit give on the keyboards in use here."""


class UnitList(QWidget):
    """One main unit, any number of assisting ones.

    `changed` tells that the choice is another one; `typed` a letter that begins a search;
    `merge_wanted` the key B.
    """

    changed = Signal()
    typed = Signal(str)
    merge_wanted = Signal()

    def __init__(self, theme: Theme, units: tuple[UnitAdvice, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._units = list(units[:SHOWN])
        self.main = self._units[0].unit if self._units else ""
        self.assists: list[str] = []
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(SHOWN * theme.px(_ROW))

    def sizeHint(self) -> QSize:
        return QSize(560, self.height())

    def name(self, unit: str) -> str:
        """Return a unit's name."""
        return next((each.name for each in self._units if each.unit == unit), unit)

    def choose(self, unit: str) -> None:
        """Make a unit the main one."""
        self.main = unit
        self.assists = [each for each in self.assists if each != unit]
        self._current = next((n for n, u in enumerate(self._units) if u.unit == unit), 0)
        self.update()
        self.changed.emit()

    def toggle_assist(self, unit: str) -> None:
        """Add a unit as an assisting one, or take it away."""
        if unit in self.assists:
            self.assists.remove(unit)
        elif unit != self.main:
            self.assists.append(unit)
        self.update()
        self.changed.emit()

    def add(self, unit: UnitAdvice) -> None:
        """Put a unit that was searched for first in the list and choose it."""
        if all(each.unit != unit.unit for each in self._units):
            self._units = [unit, *self._units[: SHOWN - 1]]
        self.choose(unit.unit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        digit = _SHIFTED.get(key, key - Qt.Key.Key_0 if 0 < key - Qt.Key.Key_0 <= SHOWN else 0)
        if 1 <= digit <= len(self._units):
            unit = self._units[digit - 1].unit
            (self.toggle_assist if shift or key in _SHIFTED else self.choose)(unit)
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._units:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._current = max(0, min(self._current + step, len(self._units) - 1))
            self.choose(self._units[self._current].unit)
        elif key == Qt.Key.Key_B and not shift:
            self.merge_wanted.emit()
        elif _is_letter(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y() // self._theme.px(_ROW))
        if at < len(self._units):
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.toggle_assist if shift else self.choose)(self._units[at].unit)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        write = Writer(painter, self._theme.fonts)
        row = self._theme.px(_ROW)
        for at, unit in enumerate(self._units):
            self._line(painter, write, (at, unit), QRectF(0, at * row, self.width(), row - 6))

    def _line(
        self, painter: QPainter, write: Writer, which: tuple[int, UnitAdvice], box: QRectF
    ) -> None:
        at, unit = which
        theme = self._theme
        tokens, fonts = theme.tokens, theme.fonts
        main, assist = unit.unit == self.main, unit.unit in self.assists
        if main or assist:
            painter.setPen(QPen(tokens.blue, 2) if main else Qt.PenStyle.NoPen)
            painter.setBrush(tokens.select)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        up, down = box.y() + theme.px(18), box.y() + theme.px(39)
        draw_keycap(painter, QPointF(12, up - CAP / 2), str(at + 1), (tokens, fonts))
        draw_centred(painter, theme.marks.unit(unit.char, self.devicePixelRatioF()), 52, up)
        right, left = box.right() - 12, 72.0
        facts = how_far(unit)
        end = right - write.text((right, up), facts, tokens.text_2, 13, side=Side.RIGHT) - 12
        name = fonts.elide(unit.name, 15, end - left - 56, bold=main or assist)
        x = left + write.text((left, up), name, tokens.text_1, 15, bold=main or assist) + 10
        if main or assist:
            word, style = (tr("主办"), TagStyle.BLUE) if main else (tr("协助"), TagStyle.OUTLINED)
            draw_tag(painter, QPointF(x, up - 9), word, style, (tokens, fonts))
        score = str(unit.score)
        write.text((right, down), score, tokens.text_2, 12, side=Side.RIGHT)
        bar = QRectF(right - 98, down - 2, 64, 4)
        draw_bar(painter, bar, unit.score / 100, tokens, tokens.text_2)
        reason = fonts.elide(labels.advice_reason(unit.reason), 12, bar.x() - left - 12)
        write.text((left, down), reason, tokens.text_2, 12)


def _is_letter(event: QKeyEvent) -> bool:
    """Whether a key begins a search: Esc has a text as well, and must leave the dialog."""
    text = event.text()
    held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(text.strip()) and text.isprintable() and not held
