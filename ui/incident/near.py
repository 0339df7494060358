"""What lies close by: likely duplicates, and what happened at this place before."""

from collections import Counter
from typing import Final

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from dispatch.desk.views import Near
from dispatch.domain.calendar import DAY, HOUR, MINUTE
from ui.acts.keys import DUPLICATES, EARLIER
from ui.incident.section import SIDE, Section
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.painting import Side, Writer
from ui.tongue import tr
from ui.wording import told

_ROW: Final = 28
_SECOND: Final = 1000


class NearLines(Section):
    """`duplicates_wanted` and `earlier_wanted` carry the tuple of Near."""

    duplicates_wanted = Signal(object)
    earlier_wanted = Signal(object)
    _duplicates: tuple[Near, ...] = ()
    _earlier: tuple[Near, ...] = ()

    def show_near(self, duplicates: tuple[Near, ...], earlier: tuple[Near, ...]) -> None:
        """Show one line for each that there is."""
        self._duplicates, self._earlier = duplicates, earlier
        self.refresh()

    def press(self, key: str) -> bool:
        """Take the key of a line; tell whether there is such a line."""
        if key == DUPLICATES and self._duplicates:
            self.duplicates_wanted.emit(self._duplicates)
            return True
        if key == EARLIER and self._earlier:
            self.earlier_wanted.emit(self._earlier)
            return True
        return False

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys of the lines there are, with their words."""
        found = [(DUPLICATES, self.tr("疑似重复，并排查看后并案"))] if self._duplicates else []
        return found + ([(EARLIER, self.tr("此处以往的事件"))] if self._earlier else [])

    def height_for(self, width: int) -> int:
        lines = bool(self._duplicates) + bool(self._earlier)
        return lines * self.theme.px(_ROW) + 16 if lines else 0

    def draw(self, painter: QPainter, write: Writer) -> None:
        top = 8.0
        if self._duplicates:
            words = (self._alike(), self.tr("并排查看"), DUPLICATES)
            self._line(painter, write, top, ("copy-check", words))
            top += self.theme.px(_ROW)
        if self._earlier:
            words = (self._before(), self.tr("查看"), EARLIER)
            self._line(painter, write, top, ("history", words))

    def _alike(self) -> str:
        first, more = self._duplicates[0], len(self._duplicates) - 1
        said = told(
            self.tr("疑似重复{number}，{metres}米，相隔{apart}"),
            number=first.number[-4:],
            metres=first.distance_m,
            apart=apart(first.apart_s),
        )
        return told(self.tr("{said}，另{more}件"), said=said, more=more) if more else said

    def _before(self) -> str:
        names = Counter(each.item_name for each in self._earlier)
        listed = tr("、").join(f"{name} {count}" for name, count in names.most_common(3))
        return told(
            self.tr("此处 90 天内{count}起：{listed}"), count=len(self._earlier), listed=listed
        )

    def _line(
        self, painter: QPainter, write: Writer, top: float, what: tuple[str, tuple[str, str, str]]
    ) -> None:
        icon, (said, act, key) = what
        theme = self.theme
        tokens, fonts = theme.tokens, theme.fonts
        middle = top + theme.px(_ROW) / 2
        theme.icons.draw(painter, icon, (SIDE + 8, middle), tokens.text_2)
        cap = keycap_width(fonts, key)
        x = float(self.width() - SIDE - cap)
        draw_keycap(painter, QPointF(x, middle - CAP / 2), key, (tokens, fonts))
        x -= 10 + write.text((x - 10, middle), act, tokens.blue, 13, side=Side.RIGHT)
        said = fonts.elide(said, 14, x - SIDE - 34)
        write.text((SIDE + 26, middle), said, tokens.text_1, 14)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int((event.position().y() - 8) // self.theme.px(_ROW))
        keys = ([DUPLICATES] if self._duplicates else []) + ([EARLIER] if self._earlier else [])
        if 0 <= at < len(keys):
            self.press(keys[at])


def apart(seconds: int) -> str:
    """Return how far apart in time: 4 分钟, 3 小时, 2 天."""
    millis = seconds * _SECOND
    if millis < HOUR:
        return tr("{millis} 分钟").format(millis=millis // MINUTE)
    return (
        tr("{millis} 小时").format(millis=millis // HOUR)
        if millis < DAY
        else tr("{millis} 天").format(millis=millis // DAY)
    )
