"""The head of a dialog: which act, on which incident, and what time is left for it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch.desk.views import QueueRow
from dispatch.domain.codes import Light as Clock
from dispatch.domain.codes import Priority
from ui import labels, times
from ui.look.painting import Side, Writer, draw_centred, hairline
from ui.look.theme import Theme
from ui.queue.delegate import shape_of
from ui.tongue import tr

HEIGHT: Final = 60
SIDE: Final = 28
_BEAT_MS: Final = 500  # a sheet is not told of the seat's tick; twice a second skips none
NUMBERS: Final = {Priority.P1: 1, Priority.P2: 2, Priority.P3: 3}


class SheetHead(QWidget):
    """The act's word in 20 px, then the incident; the countdown at the right."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        row: QueueRow | None,
        clock: Callable[[], int] | None,
        parent: QWidget,
    ) -> None:
        """Without a row the title stands alone; `clock` tells UTC milliseconds for one."""
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self.setAccessibleName(title)
        self._row = row
        self._clock = clock
        if row is not None and clock is not None:
            self._beat = QTimer(self, interval=_BEAT_MS)
            self._beat.timeout.connect(self._on_beat)
            self._beat.start()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(320, self._theme.px(HEIGHT))

    def left(self) -> tuple[bool, str]:
        """Return whether the time is over, and what is written; "" without a clock."""
        if self._row is None or self._row.clock is None or self._clock is None:
            return False, ""
        still = self._row.still
        return times.left(self._row.clock.due, self._clock() if still is None else still)

    @Slot()
    def _on_beat(self) -> None:
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
        if row is None or row.clock is None or self._clock is None:
            return right
        over, said = self.left()
        light = row.light(self._clock())
        ink = {Clock.RED: tokens.red, Clock.YELLOW: tokens.amber_text}.get(light, tokens.text_1)
        right -= write.text((right, middle), said, ink, 20, bold=True, side=Side.RIGHT) + 8
        stage = labels.stage(row.clock.stage)
        word = (
            tr("{stage}已超时").format(stage=stage)
            if over
            else tr("{stage}剩余").format(stage=stage)
        )
        if row.still is not None:
            word, ink = (
                (
                    tr("{stage}冻结 · 超时").format(stage=stage)
                    if over
                    else tr("{stage}冻结 · 余").format(stage=stage)
                ),
                tokens.text_2,
            )
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
        light = row.light(self._clock() if self._clock else 0)
        mark = theme.marks.light(shape_of(row, light), theme.px(14), ratio)
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
