"""The guide of the item: when the matter is done, and what to make sure of."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from dispatch.domain.guide import NO_GUIDE, Guide
from ui.incident.section import SIDE, Section
from ui.look.painting import Writer
from ui.wording import told

_HEAD: Final = 36
_GAP: Final = 6
_MARK: Final = 14


class GuideLines(Section):
    """A title, the closing condition, a line for each check; nothing for an item without any."""

    _guide: Guide = NO_GUIDE

    def show_guide(self, guide: Guide) -> None:
        """Show another item's guide."""
        if guide != self._guide:
            self._guide = guide
            self.refresh()

    def lines(self) -> tuple[str, ...]:
        """Return what stands under the title, in order."""
        guide = self._guide
        closing = told(self.tr("办结条件：{closing}"), closing=guide.closing)
        return (*((closing,) if guide.closing else ()), *guide.checks)

    def photos(self) -> str:
        """Return how many photos are asked for; "" when the item says nothing of them."""
        guide = self._guide
        before = told(self.tr("上报照片 {count} 张"), count=guide.photos) if guide.photos else ""
        after = told(self.tr("处置后照片 {count} 张"), count=guide.after) if guide.after else ""
        return " · ".join(each for each in (before, after) if each)

    def height_for(self, width: int) -> int:
        lines = self.lines()
        if not lines:
            return 0
        return self.theme.px(_HEAD) + sum(self._high(line, width) for line in lines) + _GAP

    def _high(self, line: str, width: int) -> int:
        return self.wrapped_height(line, 13, width - 2 * SIDE - _MARK) + _GAP

    def draw(self, painter: QPainter, write: Writer) -> None:
        tokens = self.theme.tokens
        self.title(write, self.theme.px(_HEAD) / 2, self.tr("办理指引"), self.photos())
        top = float(self.theme.px(_HEAD))
        for line in self.lines():
            high = self._high(line, self.width())
            room = self.width() - 2 * SIDE - _MARK
            ink = tokens.text_1 if line is self.lines()[0] else tokens.text_2
            painter.fillRect(QRectF(SIDE, round(top + high / 2 - 4), 4, 4), tokens.text_3)
            self.draw_wrapped(painter, QRectF(SIDE + _MARK, top, room, high), (line, ink, 13))
            top += high
