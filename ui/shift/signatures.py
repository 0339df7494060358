"""The three signatures under a shift's report, as the report's first page has them."""

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch.desk.views_shift import Handover
from dispatch.domain.codes import SignPart
from ui import labels, times
from ui.look.painting import Writer, outline
from ui.look.theme import Theme

_HEIGHT: Final = 118
_BOX: Final = 76


class Signatures(QWidget):
    """What is to be signed above, who signed it in three boxes below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: Handover | None = None
        self._now = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("签字"))

    def show_handover(self, handover: Handover, now: int) -> None:
        """Show this hand-over's signatures."""
        self._shown, self._now = handover, now
        self.update()

    def words(self) -> str:
        """Return what is said above the boxes: the report that is signed, or what is missing."""
        shown = self._shown
        if shown is None:
            return ""
        if not shown.figures:
            return self.tr("还没有出报告：R 出报告后才能签字")
        at = times.minute(shown.issued_at or 0, self._now)
        words = self.tr("报告 {code} · {at} 出具").format(code=shown.figures[:12], at=at)
        if shown.provisional:
            words += self.tr(" · 暂定")
        if shown.stale:
            words += self.tr(" · 上一版已有人签，须重签")
        return words

    def said(self) -> tuple[tuple[str, str], ...]:
        """Return what stands in the three boxes: who, and when; no time without a signature."""
        signed = {each.part: each for each in self._shown.signed} if self._shown else {}
        found = []
        for part in SignPart:
            one = signed.get(part)
            when = times.minute(one.at, self._now) if one else ""
            found.append((one.person if one else self.tr("未签"), when))
        return tuple(found)

    def sizeHint(self) -> QSize:
        return QSize(420, self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        write, room = Writer(painter, theme.fonts), float(self.width())
        words = theme.fonts.elide(self.words(), 12, room)
        write.text((0, px(14)), words, tokens.text_2, 12)
        wide = (room - 2 * px(8)) / 3
        for nth, (part, (name, when)) in enumerate(zip(SignPart, self.said(), strict=True)):
            box = QRectF(round(nth * (wide + px(8))), px(32), round(wide), px(_BOX))
            outline(painter, box, tokens.line_2)
            x = box.left() + px(12)
            write.text((x, box.top() + px(18)), labels.part(part), tokens.text_2, 12)
            ink = tokens.text_1 if when else tokens.text_3
            inside = box.width() - px(20)
            shown = theme.fonts.elide(name, 16, inside, bold=bool(when))
            write.text((x, box.top() + px(40)), shown, ink, 16, bold=bool(when))
            write.text((x, box.top() + px(61)), when, tokens.text_2, 12)
