"""The pane's head: light, number, state, the big countdown, the item and where it comes from."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from dispatch.desk.views import IncidentPane
from dispatch.domain.codes import Light as Clock
from dispatch.domain.codes import State
from ui import labels, times
from ui.acts.sheet_head import NUMBERS
from ui.incident.section import SIDE, Section
from ui.look.painting import Side, Writer, draw_centred
from ui.queue.delegate import shape_of
from ui.tongue import tr

_HEIGHT: Final = 104


class Head(Section):
    """Red wash when over the limit, violet wash when contested; nothing else is coloured."""

    _pane: IncidentPane | None = None
    _now = 0

    def show_pane(self, pane: IncidentPane | None, now: int) -> None:
        """Show another incident, or the same one anew."""
        self._pane, self._now = pane, now
        self.refresh()

    def set_now(self, now: int) -> None:
        """Count down."""
        self._now = now
        self.update()

    def height_for(self, width: int) -> int:
        return self.theme.px(_HEIGHT) if self._pane else 0

    def draw(self, painter: QPainter, write: Writer) -> None:
        pane = self._pane
        if pane is None:
            return
        tokens, row, px = self.theme.tokens, pane.row, self.theme.px
        light = row.light(self._now)
        if row.contested:
            painter.fillRect(self.rect(), tokens.violet_wash)
        elif light is Clock.RED or row.red_card:
            painter.fillRect(self.rect(), tokens.red_wash)
        right = self._countdown(write, px(26), light)
        self._first_line(painter, write, right)
        room = self.width() - 2 * SIDE
        fonts = self.theme.fonts
        title = fonts.elide(row.item_name or self.tr("未分类事项"), 20, room, bold=True)
        write.text((SIDE, px(59)), title, tokens.text_1, 20, bold=True)
        kind = self.tr("工作时") if pane.working_clock else self.tr("自然时")
        version = labels.catalogue(pane.catalogue)
        parts = (pane.klass, f"› {row.item}", version, f"{pane.sla} {kind}")
        line = parts[0] + " " + " · ".join(parts[1:])
        write.text((SIDE, px(84)), fonts.elide(line, 12, room), tokens.text_2, 12)

    def _first_line(self, painter: QPainter, write: Writer, right: float) -> None:
        if self._pane is None:
            return
        theme, row = self.theme, self._pane.row
        y, ratio = theme.px(26), self.devicePixelRatioF()
        shape = shape_of(row, row.light(self._now))
        draw_centred(painter, theme.marks.light(shape, theme.px(16), ratio), SIDE + 9, y)
        draw_centred(painter, theme.marks.priority(NUMBERS[row.priority], ratio), SIDE + 41, y)
        x = SIDE + 66.0
        tokens, fonts = theme.tokens, theme.fonts
        number = row.number[-4:]
        x += write.text((x, y), number, tokens.text_1, 16, bold=True) + 10
        state = labels.state(row.state)
        if row.contested:
            state = self.tr("{state} · 争议").format(state=state)
        if row.supervision:
            state = f"{state} · {labels.supervision(row.supervision)}"
        if right - x > 24:
            write.text((x, y), fonts.elide(state, 13, right - x - 8), tokens.text_2, 13)

    def _countdown(self, write: Writer, y: float, light: Clock) -> float:
        """Write what is left at the right; return where it begins."""
        right = float(self.width() - SIDE)
        if self._pane is None or self._pane.row.clock is None:
            return right
        tokens, clock = self.theme.tokens, self._pane.row.clock
        still = self._pane.row.still
        over, said = times.left(clock.due, self._now if still is None else still)
        inks = {Clock.RED: tokens.red, Clock.YELLOW: tokens.amber_text}
        ink: QColor = inks.get(light, tokens.text_1)
        stage = labels.stage(clock.stage)
        if self._pane.row.state is State.HOLD:
            word, said = stage, times.day(clock.due)
        elif still is not None:
            word, ink = (
                (
                    tr("{stage}冻结 · 超时").format(stage=stage)
                    if over
                    else tr("{stage}冻结 · 余").format(stage=stage)
                ),
                tokens.text_2,
            )
        else:
            word = (
                tr("{stage}已超时").format(stage=stage)
                if over
                else tr("{stage}剩余").format(stage=stage)
            )
        right -= write.text((right, y), said, ink, 28, bold=True, side=Side.RIGHT) + 8
        dim = ink if over else tokens.text_2
        return right - write.text((right, y + 1), word, dim, 12, bold=over, side=Side.RIGHT)

    def countdown_box(self) -> QRectF:
        """Return the part that changes with every second."""
        return QRectF(self.width() / 3, 0, self.width(), self.theme.px(44))
