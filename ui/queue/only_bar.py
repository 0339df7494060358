"""The chip under the queue's head that says which number's incidents are shown alone."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import refusals
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.painting import Side, Writer, hairline
from ui.look.theme import Theme

_CHIP: Final = 40
_LINE: Final = 22
KEY: Final = "Esc"


class OnlyBar(QWidget):
    """`left` when it is pressed: the key cap in it says the key that does the same."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self._text = ""
        self._count = 0
        self._more = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_number(self, words: str, text: str, count: int) -> None:
        """Say what is counted, how the number is printed, and how many incidents that is."""
        self._words, self._text, self._count = words, text, count
        self._say("")

    def show_missing(self, ids: tuple[str, ...]) -> None:
        """Name those that are not on this machine any more; none takes the line back."""
        if not ids:
            self._say("")
            return
        words = self.tr("{count} 件已不在本机：{ids}")
        self._say(words.format(count=len(ids), ids=self.tr("、").join(f"…{each}" for each in ids)))

    def show_failed(self, error: BaseException) -> None:
        """Say why those that have ended are not shown."""
        self._say(self.tr("已办结的没有读到：{why}").format(why=refusals.words(error)))

    def words(self) -> str:
        """Return what the chip says."""
        counted = self.tr("清单 {count} 件").format(count=self._count)
        return f"{self._words} {self._text} · {counted}"

    def more(self) -> str:
        """Return what stands under the chip: what could not be shown."""
        return self._more

    def _say(self, more: str) -> None:
        self._more = more
        self.setToolTip("\n".join(part for part in (self.words(), more) if part))
        self.setAccessibleName(self.toolTip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self._theme.px(_CHIP + (_LINE if self._more else 0)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), tokens.panel)
        fonts, write = theme.fonts, Writer(painter, theme.fonts)
        middle, side = px(_CHIP) / 2, px(14)
        cap = keycap_width(fonts, KEY)
        back = self.tr("回去")
        room = self.width() - 2 * side - cap - fonts.width(back, 13) - px(24)
        said = fonts.elide(self.words(), 13, room - px(24), bold=True)
        wide = fonts.width(said, 13, bold=True) + px(24)
        box = QRectF(side, middle - px(14), wide, px(28)).toAlignedRect()
        painter.setPen(QPen(tokens.blue, 1))
        painter.setBrush(tokens.select)
        pill = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        write.text((side + px(12), middle), said, tokens.text_1, 13, bold=True)
        right = float(self.width() - side)
        corner = QPointF(right - cap, middle - CAP / 2)
        draw_keycap(painter, corner, KEY, (tokens, fonts))
        write.text((right - cap - px(8), middle), back, tokens.text_2, 13, side=Side.RIGHT)
        if self._more:
            line = fonts.elide(self._more, 12, self.width() - 2 * side)
            write.text((side, px(_CHIP) + px(_LINE) / 2 - px(3)), line, tokens.text_2, 12)
        hairline(painter, 0, self.height() - 1, self.width(), tokens.line)
