"""Who else fills in a form of the incident; a dead seat's is taken over with one key."""

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from dispatch.desk.views_claims import ClaimView
from ui import times
from ui.acts.keys import TAKE
from ui.incident.section import SIDE, Section
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.painting import Side, Writer
from ui.wording import told

_ROW = 32
_MOST = 3


class ClaimLines(Section):
    """One line each, the dead seats first. `take_wanted` tells that somebody clicked theirs."""

    take_wanted = Signal()
    _claims: tuple[ClaimView, ...] = ()
    _now = 0

    def show_claims(self, claims: tuple[ClaimView, ...], now: int) -> None:
        """Show these; none hides the section."""
        self._claims = tuple(sorted(claims, key=lambda each: not each.gone))[:_MOST]
        self._now = now
        self.refresh()

    def gone(self) -> bool:
        """Return whether a dead seat's claim is among them."""
        return any(each.gone for each in self._claims)

    def lines(self) -> tuple[str, ...]:
        """Return what is said."""
        return tuple(self._said(each) for each in self._claims)

    def height_for(self, width: int) -> int:
        return len(self._claims) * self.theme.px(_ROW)

    def draw(self, painter: QPainter, write: Writer) -> None:
        theme = self.theme
        tokens, fonts, row = theme.tokens, theme.fonts, theme.px(_ROW)
        for at, each in enumerate(self._claims):
            middle, right = at * row + row / 2, float(self.width() - SIDE)
            if each.gone:
                painter.fillRect(0, at * row, self.width(), row, tokens.amber_wash)
                right -= keycap_width(fonts, TAKE)
                draw_keycap(painter, QPointF(right, middle - CAP / 2), TAKE, (tokens, fonts))
                right -= 8
                word = self.tr("接手")
                right -= write.text((right, middle), word, tokens.text_1, 13, side=Side.RIGHT)
            ink = tokens.text_1 if each.gone else tokens.text_2
            said = fonts.elide(self._said(each), 13, right - SIDE - 12)
            write.text((SIDE, middle), said, ink, 13)

    def _said(self, each: ClaimView) -> str:
        if each.gone:
            age = times.age(each.heard_at, self._now)
            words = self.tr("{person}的席位 {age}没有应答，表单未提交")
            return told(words, person=each.person, age=age)
        return told(self.tr("{person}正在办这件事"), person=each.person)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y() // self.theme.px(_ROW))
        if at < len(self._claims) and self._claims[at].gone:
            self.take_wanted.emit()
