"""A field of a few codes: chips with a digit each, chosen by digit, arrow or mouse."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.painting import Writer, focus_ring
from ui.look.theme import Theme

_CHIP: Final = 32
_GAP: Final = 6
_PAD: Final = 8

Choices = tuple[tuple[object, str], ...]
"""Codes with their words, in the order of their digits."""


class ChoiceEntry(QWidget):
    """One of some codes. `chosen` tells the new code; None as a code means "none of them"."""

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, name: str, choices: Choices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.name = name
        self._choices = choices
        self._at = -1
        self._by_hand = False
        self._boxes: list[QRect] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay_out(400)

    def values(self) -> dict[str, object]:
        """Return the chosen code; none is told as no option at all."""
        return {} if self._at < 0 else {self.name: self._choices[self._at][0]}

    def propose(self, value: object, origin: str = "") -> None:
        """Choose the code, when it is one of them; what was chosen by hand stands."""
        if self._by_hand:
            return
        codes = [code for code, _ in self._choices]
        if value is not None and value in codes:
            self._at = codes.index(value)
            self.update()

    def show_choice(self, value: object) -> None:
        """Show another code as the chosen one, also after a choice by hand; nothing is told."""
        codes = [code for code, _ in self._choices]
        self._at = codes.index(value) if value in codes else -1
        self.update()

    def choose(self, at: int) -> None:
        """Choose by place, counted from 0."""
        if 0 <= at < len(self._choices):
            self._at = at
            self._by_hand = True
            self.update()
            self.chosen.emit(self._choices[at][0])

    def choose_code(self, text: str) -> None:
        """Choose by the code as text, as if by hand; one that is not offered chooses nothing."""
        codes = [str(code) for code, _ in self._choices]
        if text in codes:
            self.choose(codes.index(text))

    def widget(self) -> QWidget:
        """Return itself."""
        return self

    def box(self, at: int) -> QRect:
        """Return where the chip at that place lies."""
        return self._boxes[at]

    def _lay_out(self, width: int) -> None:
        fonts, high = self._theme.fonts, self._theme.px(_CHIP)
        x = y = 0
        self._boxes = []
        for number, (_, word) in enumerate(self._choices, start=1):
            wide = round(fonts.width(word, 13, bold=True)) + keycap_width(fonts, str(number))
            wide += 2 * _PAD + _GAP
            if x > 0 and x + wide > width:
                x, y = 0, y + high + _GAP
            self._boxes.append(QRect(x, y, wide, high))
            x += wide + _GAP
        self.setFixedHeight(y + high)

    def sizeHint(self) -> QSize:
        return QSize(max((box.right() for box in self._boxes), default=0) + 1, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out(self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - Qt.Key.Key_1
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain:
            super().keyPressEvent(event)  # Ctrl and a digit is the dialog's
        elif 0 <= digit < len(self._choices):
            self.choose(digit)
        elif event.key() == Qt.Key.Key_Right:
            self.choose(min(self._at + 1, len(self._choices) - 1))
        elif event.key() == Qt.Key.Key_Left:
            self.choose(max(self._at - 1, 0))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at, box in enumerate(self._boxes):
            if box.contains(event.position().toPoint()):
                self.choose(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, fonts = self._theme.tokens, self._theme.fonts
        write = Writer(painter, fonts)
        for at, (box, (_, word)) in enumerate(zip(self._boxes, self._choices, strict=True)):
            on = at == self._at
            painter.setPen(QPen(tokens.blue if on else tokens.control, 1))
            painter.setBrush(tokens.select if on else tokens.bg)
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            middle = box.center().y() + 0.5
            corner = QPointF(box.x() + _PAD, middle - CAP / 2)
            cap = draw_keycap(painter, corner, str(at + 1), (tokens, fonts))
            ink = tokens.text_1 if on else tokens.text_2
            write.text((box.x() + _PAD + cap + _GAP, middle), word, ink, 13, bold=on)
        if self.hasFocus() and self._boxes:
            shown = self._boxes[max(self._at, 0)]
            # Inside the chip: the first one stands on the form's edge, like every other field.
            focus_ring(painter, QRectF(shown).adjusted(3, 3, -3, -3), tokens, 2)
