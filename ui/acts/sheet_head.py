"""The head of a dialog: which act, on which incident, and what time is left for it."""

from typing import Final

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch.desk.views import QueueRow
from dispatch.domain.codes import Light as Clock
from dispatch.domain.codes import Priority
from ui import labels, times
from ui.look.painting import Side, Writer, draw_centred, hairline
from ui.look.theme import Theme
from ui.queue.delegate import shape_of

HEIGHT: Final = 60
SIDE: Final = 28
NUMBERS: Final = {Priority.P1: 1, Priority.P2: 2, Priority.P3: 3}


class SheetHead(QWidget):
    """The act's word in 20 px, then the incident; the countdown at the right."""

    def __init__(
        self, theme: Theme, title: str, row: QueueRow | None, now: int, parent: QWidget
    ) -> None:
        """Without a row the title stands alone."""
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self._row = row
        self._now = now
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(320, self._theme.px(HEIGHT))

    @Slot("qlonglong")  # type: ignore[arg-type]  # a C++ type by name; the stub knows types only
    def _on_second(self, now: int) -> None:
        self._now = now
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, fonts = self._theme.tokens, self._theme.fonts
        write = Writer(painter, fonts)
        middle = self.height() / 2
        right = self._countdown(write, middle) if self._row else self.width() - SIDE
        x = SIDE + write.text((SIDE, middle), self._title, tokens.text_1, 20, bold=True)
        if self._row is not None:
            self._incident(painter, write, (x + 20, middle, right - 16))
        hairline(painter, 1, self.height() - 1, self.width() - 2, tokens.line)

    def _countdown(self, write: Writer, middle: float) -> float:
        row, tokens = self._row, self._theme.tokens
        right = float(self.width() - SIDE)
        if row is None or row.clock is None:
            return right
        over, said = times.left(row.clock.due, self._now)
        light = row.light(self._now)
        ink = {Clock.RED: tokens.red, Clock.YELLOW: tokens.amber_text}.get(light, tokens.text_1)
        right -= write.text((right, middle), said, ink, 20, bold=True, side=Side.RIGHT) + 8
        stage = labels.stage(row.clock.stage)
        word = f"{stage}已超时" if over else f"{stage}剩余"
        dim = ink if over else tokens.text_2
        return right - write.text((right, middle), word, dim, 12, side=Side.RIGHT)

    def _incident(
        self, painter: QPainter, write: Writer, place: tuple[float, float, float]
    ) -> None:
        x, middle, right = place
        theme, row = self._theme, self._row
        if row is None:
            return
        ratio = self.devicePixelRatioF()
        mark = theme.marks.light(shape_of(row, row.light(self._now)), theme.px(14), ratio)
        draw_centred(painter, mark, x + 7, middle)
        draw_centred(painter, theme.marks.priority(NUMBERS[row.priority], ratio), x + 35, middle)
        x += 60
        tokens, fonts = theme.tokens, theme.fonts
        x += write.text((x, middle), row.number[-4:], tokens.text_1, 15, bold=True) + 12
        name = fonts.elide(row.item_name, 14, max(40.0, right - x))
        x += write.text((x, middle), name, tokens.text_1, 14) + 12
        if right - x > 40:
            place_text = fonts.elide(row.place, 13, right - x)
            write.text((x, middle), place_text, tokens.text_2, 13)
