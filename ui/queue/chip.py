"""A filter as a pill with its mark and count, in the head of the queue."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.look.marks import Light
from ui.look.painting import Writer, draw_centred, focus_ring
from ui.look.theme import Theme
from ui.queue.order import Chip


class ChipButton(QAbstractButton):
    """A checkable filter; the count is that of the tab that is shown."""

    def __init__(self, chip: Chip, words: tuple[str, str], theme: Theme, parent: QWidget) -> None:
        """`words` are the long and the short name."""
        super().__init__(parent)
        self.chip = chip
        self._words = words
        self._theme = theme
        self._count = 0
        self._short = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words[0])
        theme.changed.connect(self.updateGeometry)

    def set_count(self, count: int) -> None:
        """Show that count."""
        if count != self._count:
            self._count = count
            self.updateGeometry()
            self.update()

    def set_short(self, short: bool) -> None:
        """Use the short name, for a small screen."""
        self._short = short
        self.updateGeometry()
        self.update()

    def _mark(self) -> Light | None:
        return {Chip.RED: Light.RED, Chip.YELLOW: Light.YELLOW}.get(self.chip)

    def _word(self) -> str:
        return self._words[1 if self._short else 0]

    def sizeHint(self) -> QSize:
        px, fonts = self._theme.px, self._theme.fonts
        width = fonts.width(self._word(), 13) + fonts.width(f"{self._count:,}", 13, bold=True)
        mark = px(18) if self._mark() else 0
        return QSize(round(width) + px(4 + 24) + mark, px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(tokens.blue if self.isChecked() else tokens.line_2, 1))
        painter.setBrush(tokens.select if self.isChecked() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        x, middle = float(px(12)), self.height() / 2
        mark = self._mark()
        if mark is not None:
            ratio = self.devicePixelRatioF()
            draw_centred(painter, theme.marks.light(mark, px(12), ratio), x + px(6), middle)
            x += px(18)
        write = Writer(painter, theme.fonts)
        x += write.text((x, middle), self._word(), tokens.text_2, 13) + px(4)
        write.text((x, middle), f"{self._count:,}", tokens.text_1, 13, bold=True)
        if self.hasFocus():
            focus_ring(painter, box.adjusted(3, 3, -3, -3), tokens, box.height() / 2 - 4)
