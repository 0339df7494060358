"""The decisions about a contested incident, each with what follows from it in words."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen

from ui.incident.questions import Choice
from ui.incident.section import SIDE, Section
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap
from ui.look.painting import Side, Writer

_TITLE: Final = 34
_ROW: Final = 46
_GAP: Final = 8


class Decision(Section):
    """Radio lines with digits. `chosen` tells the place of the decision."""

    closed_by_line = False
    chosen = Signal(int)
    _choices: tuple[Choice, ...] = ()
    _at = 0
    _enabled = True

    def show_choices(self, choices: tuple[Choice, ...], at: int, *, enabled: bool) -> None:
        """Show the decisions; who may not decide sees them without their rings."""
        self._choices, self._at, self._enabled = choices, at, enabled
        self.refresh()

    def press(self, digit: int) -> bool:
        """Choose by digit; tell whether there is such a decision."""
        if self._enabled and 1 <= digit <= len(self._choices):
            self._at = digit - 1
            self.update()
            self.chosen.emit(self._at)
            return True
        return False

    def at(self) -> int:
        """Return the place of the decision that is chosen."""
        return self._at

    def box(self, at: int) -> QRectF:
        """Return where a decision's line lies."""
        top = self.theme.px(_TITLE) + at * (self.theme.px(_ROW) + _GAP)
        return QRectF(SIDE, top, self.width() - 2 * SIDE, self.theme.px(_ROW))

    def height_for(self, width: int) -> int:
        if not self._choices:
            return 0
        return self.theme.px(_TITLE) + len(self._choices) * (self.theme.px(_ROW) + _GAP) + 4

    def draw(self, painter: QPainter, write: Writer) -> None:
        note = self.tr("决定写入时间线，另一条保留可查")
        self.title(write, self.theme.px(18), self.tr("决定"), note)
        for at, choice in enumerate(self._choices):
            self._line(painter, write, (at, choice), self.box(at))

    def _line(
        self, painter: QPainter, write: Writer, which: tuple[int, Choice], box: QRectF
    ) -> None:
        at, choice = which
        tokens, fonts = self.theme.tokens, self.theme.fonts
        on = self._enabled and at == self._at
        painter.setPen(QPen(tokens.blue if on else tokens.control, 2 if on else 1))
        painter.setBrush(tokens.select if on else tokens.panel)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        middle = box.center().y()
        painter.setPen(QPen(tokens.blue if on else tokens.control, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(box.x() + 20, middle), 7, 7)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.blue)
            painter.drawEllipse(QPointF(box.x() + 20, middle), 3.5, 3.5)
        corner = QPointF(box.x() + 38, middle - CAP / 2)
        cap = draw_keycap(painter, corner, str(at + 1), (tokens, fonts))
        x = box.x() + 38 + cap + 12
        ink = tokens.text_1 if self._enabled else tokens.text_2
        said = fonts.elide(choice.said, 14, box.right() - 12 - x, bold=on)
        x += write.text((x, middle), said, ink, 14, bold=on) + 16
        if box.right() - 12 - x > 60:
            follows = fonts.elide(choice.follows, 13, box.right() - 12 - x)
            write.text((box.right() - 12, middle), follows, tokens.text_2, 13, side=Side.RIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at in range(len(self._choices)):
            if self.box(at).contains(event.position()):
                self.press(at + 1)
