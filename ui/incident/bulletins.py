"""Information reports in the pane: what is owed with its countdown, what was made."""

from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from dispatch.desk.views_bulletin import NO_BULLETINS, BulletinLine, Bulletins
from dispatch.domain.bulletin import Owed
from dispatch.domain.codes import BulletinPart
from dispatch.domain.codes import Light as Clock
from dispatch.domain.command import Verb
from ui import labels, times
from ui.acts.keys import KEYS
from ui.incident.section import SIDE, Section
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.marks import Light
from ui.look.painting import Side, Writer, draw_centred
from ui.wording import told

PRINT: Final = "Ctrl Shift P"
_TITLE: Final = 34
_ROW: Final = 28
_SHAPES: Final = {Clock.GREEN: Light.GREEN, Clock.YELLOW: Light.YELLOW, Clock.RED: Light.RED}


class BulletinLines(Section):
    """One line each; hidden where none is owed and none was made."""

    _shown: Bulletins = NO_BULLETINS
    _now = 0
    _may = False

    def show_bulletins(self, shown: Bulletins, now: int, *, may: bool) -> None:
        """Show those of an incident; `may`: whoever sits here can write one."""
        self._shown, self._now, self._may = shown, now, may
        self.refresh()

    def set_now(self, now: int) -> None:
        """Count down."""
        self._now = now
        if self._shown.owed:
            self.update()

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return each line's words and what stands at its right: owed ones first."""
        shown = self._shown
        return (
            *((self._owed(each), self._left(each)) for each in shown.owed),
            *((self._made(each), self._when(each)) for each in reversed(shown.made)),
        )

    def height_for(self, width: int) -> int:
        count = len(self._shown.owed) + len(self._shown.made)
        return self.theme.px(_TITLE) + count * self.theme.px(_ROW) + 8 if count else 0

    def draw(self, painter: QPainter, write: Writer) -> None:
        px, tokens, fonts = self.theme.px, self.theme.tokens, self.theme.fonts
        self.title(write, px(18), self.tr("信息报告"))
        right = float(self.width() - SIDE)
        for word, key in reversed(self._keys()):
            width = keycap_width(fonts, key)
            draw_keycap(painter, QPointF(right - width, px(18) - CAP / 2), key, (tokens, fonts))
            right -= width + 6
            right -= write.text((right, px(18)), word, tokens.text_2, 12, side=Side.RIGHT) + 12
        middle = px(_TITLE) + px(_ROW) / 2
        for owed in self._shown.owed:
            self._draw_owed(painter, write, owed, middle)
            middle += px(_ROW)
        for line in reversed(self._shown.made):
            said = self._when(line)
            ink = tokens.red if line.late else tokens.text_2
            right = self.width() - SIDE
            right -= write.text((right, middle), said, ink, 12, side=Side.RIGHT, bold=line.late)
            room = right - SIDE - 26 - 12
            words = fonts.elide(self._made(line), 14, room)
            write.text((SIDE + 26, middle), words, tokens.text_1, 14)
            middle += px(_ROW)

    def _keys(self) -> tuple[tuple[str, str], ...]:
        """What may be done here, and its key."""
        found = []
        if self._may and self._shown.part is not None:
            word = told(self.tr("写{part}"), part=labels.bulletin(self._shown.part))
            found.append((word, KEYS[Verb.INFORM]))
        if self._shown.made:
            found.append((self.tr("打印"), PRINT))
        return tuple(found)

    def _draw_owed(self, painter: QPainter, write: Writer, owed: Owed, middle: float) -> None:
        tokens, light = self.theme.tokens, owed.light(self._now)
        mark = self.theme.marks.light(_SHAPES[light], 14, self.devicePixelRatioF())
        draw_centred(painter, mark, SIDE + 8, middle)
        urgent = {Clock.RED: tokens.red, Clock.YELLOW: tokens.amber_text}
        ink, bold = urgent.get(light, tokens.text_1), light in urgent
        right = float(self.width() - SIDE)
        right -= write.text((right, middle), self._left(owed), ink, 14, side=Side.RIGHT, bold=bold)
        words = self.theme.fonts.elide(self._owed(owed), 14, right - SIDE - 26 - 12)
        write.text((SIDE + 26, middle), words, tokens.text_1, 14)

    def _owed(self, owed: Owed) -> str:
        due = times.minute(owed.due, self._now)
        way = labels.bulletin_way(owed.way)
        return told(self.tr("{way}首报 {due} 前"), way=way, due=due)

    def _left(self, owed: Owed) -> str:
        over, span = times.left(owed.due, self._now)
        return told(self.tr("超时 {span}"), span=span) if over else span

    def _made(self, line: BulletinLine) -> str:
        part = labels.bulletin(line.part)
        if line.part is BulletinPart.FOLLOW:
            part = told(self.tr("{part} {nth}"), part=part, nth=line.nth)
        return " · ".join((part, labels.bulletin_way(line.way), line.person))

    def _when(self, line: BulletinLine) -> str:
        at = times.minute(line.at, self._now)
        return told(self.tr("{at} 迟报"), at=at) if line.late else at
