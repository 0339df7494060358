"""The five steps as one strip: which are done, which runs, how long each took."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from dispatch.desk.views import IncidentPane, StepMark
from dispatch.domain.calendar import HOUR, MINUTE
from ui import labels, times
from ui.incident.section import SIDE, Section
from ui.look.painting import Writer
from ui.tongue import tr

_HEIGHT: Final = 66
_GAP: Final = 4


class Steps(Section):
    """Bars of 4 px: done text.3, the current one blue, later ones line."""

    _pane: IncidentPane | None = None
    _now = 0

    def show_pane(self, pane: IncidentPane | None, now: int) -> None:
        """Show another incident, or the same one anew."""
        self._pane, self._now = pane, now
        self.refresh()

    def set_now(self, now: int) -> None:
        """Count on; the strip shows whole minutes."""
        if now // MINUTE != self._now // MINUTE:
            self.update()
        self._now = now

    def height_for(self, width: int) -> int:
        return self.theme.px(_HEIGHT) if self._pane else 0

    def draw(self, painter: QPainter, write: Writer) -> None:
        if self._pane is None:
            return
        tokens, fonts, px = self.theme.tokens, self.theme.fonts, self.theme.px
        room = (self.width() - 2 * SIDE + _GAP) / 5
        current = self._current()
        for number, mark in enumerate(self._pane.steps):
            x = SIDE + number * room
            reached = mark.entered_at is not None
            here = mark.step == current
            bar = tokens.blue if here else tokens.text_3 if reached else tokens.line
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(bar)
            painter.drawRoundedRect(QRectF(round(x), px(16), round(room) - _GAP, 4), 2, 2)
            ink = tokens.text_1 if here or reached else tokens.text_3
            name = fonts.elide(labels.step(mark.step), 13, room - _GAP, bold=here)
            write.text((x, px(33)), name, ink, 13, bold=here)
            said = self._took(mark, here, room - _GAP)
            write.text((x, px(51)), said, tokens.text_2 if reached else tokens.text_3, 12)

    def _current(self) -> int:
        marks = self._pane.steps if self._pane else ()
        running = [mark.step for mark in marks if mark.entered_at is not None and not mark.left_at]
        ended = self._pane is not None and self._pane.closed_at is not None
        return 0 if ended else max(running, default=0)

    def _took(self, mark: StepMark, here: bool, room: float) -> str:
        """When it began and how long it took; the length alone where both do not fit."""
        if mark.entered_at is None:
            return "—"
        fonts = self.theme.fonts
        if here:
            said = length(self._now - mark.entered_at)
            whole = tr("已用 {said}").format(said=said)
            return whole if fonts.width(whole, 12) <= room else said
        begun = times.minute(mark.entered_at, self._now)
        if mark.left_at is None:
            return begun
        took = length(mark.left_at - mark.entered_at)
        whole = f"{begun} · {took}"
        return whole if fonts.width(whole, 12) <= room else fonts.elide(took, 12, room)


def length(millis: int) -> str:
    """Return a length in words: 40 秒, 8 分, 1时06分, 2天4时."""
    if millis < MINUTE:
        return tr("{seconds} 秒").format(seconds=max(0, millis) // times.SECOND)
    return (
        tr("{millis} 分").format(millis=millis // MINUTE) if millis < HOUR else times.span(millis)
    )
