"""Whom to send: three proposals with their reasons; the first is preselected, none is chosen."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from dispatch.advice.units import minutes_on_the_way
from dispatch.desk.views import UnitAdvice
from ui import labels
from ui.incident.section import SIDE, Section
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap
from ui.look.painting import Side, Writer, draw_centred
from ui.tongue import tr

SHOWN: Final = 3
_TITLE: Final = 34
_ROW: Final = 54


class Advice(Section):
    """`unit_chosen` tells the unit whose line was clicked or whose digit was pressed."""

    unit_chosen = Signal(str)
    _units: tuple[UnitAdvice, ...] = ()

    def show_units(self, units: tuple[UnitAdvice, ...]) -> None:
        """Show the best three."""
        self._units = units[:SHOWN]
        self.refresh()

    def press(self, digit: int) -> bool:
        """Choose by digit; tell whether there is such a line."""
        if 1 <= digit <= len(self._units):
            self.unit_chosen.emit(self._units[digit - 1].unit)
            return True
        return False

    def height_for(self, width: int) -> int:
        if not self._units:
            return 0
        return self.theme.px(_TITLE) + len(self._units) * self.theme.px(_ROW) + 6

    def draw(self, painter: QPainter, write: Writer) -> None:
        px, tokens = self.theme.px, self.theme.tokens
        self.title(write, px(18), self.tr("派遣建议"), self.tr("按距离、职责、在办量"))
        for at, unit in enumerate(self._units):
            top = px(_TITLE) + at * px(_ROW)
            if at == 0:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(tokens.select)
                box = QRectF(SIDE - 8, top, self.width() - 2 * SIDE + 16, px(_ROW) - 4)
                painter.drawRoundedRect(box, 6, 6)
            self._line(painter, write, (at, unit), top + (px(_ROW) - 4) / 2)

    def _line(
        self, painter: QPainter, write: Writer, which: tuple[int, UnitAdvice], middle: float
    ) -> None:
        at, unit = which
        tokens, fonts = self.theme.tokens, self.theme.fonts
        up, down = middle - self.theme.px(10), middle + self.theme.px(11)
        corner = QPointF(SIDE, up - CAP / 2)
        draw_keycap(painter, corner, str(at + 1), (tokens, fonts))
        draw_centred(painter, self.theme.marks.unit(unit.char, self.devicePixelRatioF()), 54, up)
        right, left = self.width() - SIDE, 74
        facts = how_far(unit)
        x = right - write.text((right, up), facts, tokens.text_2, 13, side=Side.RIGHT)
        name = fonts.elide(unit.name, 14, x - left - 10, bold=at == 0)
        write.text((left, up), name, tokens.text_1, 14, bold=at == 0)
        reason = labels.advice_reason(unit.reason)
        role = labels.advice_role(unit.role)
        x = right - write.text((right, down), role, tokens.text_2, 12, side=Side.RIGHT)
        write.text((left, down), fonts.elide(reason, 12, x - left - 10), tokens.text_3, 12)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int((event.position().y() - self.theme.px(_TITLE)) // self.theme.px(_ROW))
        self.press(at + 1)


def how_far(unit: UnitAdvice) -> str:
    """Return what is at hand and how far away: 在办 2 · 1.3 公里 · 约 4 分."""
    parts = (
        [tr("在办 {open_orders}").format(open_orders=unit.open_orders)] if unit.open_orders else []
    )
    if unit.distance_m is not None:
        metres = unit.distance_m
        parts.append(
            tr("{metres} 米").format(metres=metres)
            if metres < 1000
            else tr("{metres:.1f} 公里").format(metres=metres / 1000)
        )
        parts.append(
            tr("约 {minutes_on_the_way} 分").format(minutes_on_the_way=minutes_on_the_way(metres))
        )
    return " · ".join(parts)
