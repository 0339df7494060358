"""The numbers of a report that have a list: one a row, the incidents behind it by a key."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from dispatch.desk.views_report import Number, Numbers
from ui import labels
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.painting import Side, Writer, hairline
from ui.look.theme import Theme
from ui.queue.only import Drilled
from ui.report.families import family
from ui.shift.rows import Rows

ROW: Final = 30
_FAMILY: Final = 104
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
KEY: Final = "Enter"
WHOLE_KEY: Final = "Shift Enter"


class NumberList(Rows):
    """drilled(Drilled): the list of the current number is wanted. focused(bool): it has the keys.

    Enter or a double click for what is counted, with Shift for the denominator of a rate.
    """

    drilled = Signal(object)
    focused = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, ROW, parent)
        self.numbers: tuple[Number, ...] = ()
        self._said = self.tr("正在数……")
        self.setAccessibleName(self.tr("数字"))

    def show_numbers(self, told: Numbers) -> None:
        """Show these; the current number stays the same one where it is still there."""
        here = self.number()
        self.numbers = told.numbers
        places = (at for at, each in enumerate(self.numbers) if here and each.id == here.id)
        self.current = next(places, 0)
        self._said = self.tr("这一期没有可以打开的数字")
        self.refresh()
        self.choose(self.current)

    def clear(self) -> None:
        """Forget them: others are being counted."""
        self.numbers, self._said = (), self.tr("正在数……")
        self.refresh()

    def number(self) -> Number | None:
        """Return the current number, None when there is none."""
        return self.numbers[self.current] if self.numbers else None

    def words(self, number: Number) -> str:
        """Return what a number counts, of which group."""
        known = labels.source(number.group)
        group = known if number.family == "source" else number.group
        return f"{number.name} · {group}" if group else number.name

    def open_list(self, *, whole: bool) -> None:
        """Ask for the incidents behind the current number."""
        number = self.number()
        if number is None or not (number.whole or number.incidents):
            return
        words, text = self.words(number), number.text
        ids = number.incidents
        if number.whole and (whole or not ids):
            words, ids = self.tr("{number}的分母").format(number=words), number.whole
        self.drilled.emit(Drilled(f"{family(number.family)} {words}", text, ids))

    def open_number(self, id_: str, *, whole: bool) -> None:
        """Make that number the current one and ask for its list."""
        places = [at for at, each in enumerate(self.numbers) if each.id == id_]
        if places:
            self.choose(places[0])
            self.open_list(whole=whole)

    def count(self) -> int:
        """Return how many numbers there are."""
        return len(self.numbers)

    def paint_empty(self, painter: QPainter) -> None:
        """Nothing counts an incident, or nothing has come yet."""
        write = Writer(painter, self.theme.fonts)
        write.text((16, self.theme.px(24)), self._said, self.theme.tokens.text_2, 14)

    def paint_row(self, painter: QPainter, box: QRect, index: int) -> None:
        """The family where it begins, what is counted, its ratio, the number at one edge."""
        number, px, tokens = self.numbers[index], self.theme.px, self.theme.tokens
        fonts, write = self.theme.fonts, Writer(painter, self.theme.fonts)
        middle, left = box.center().y() + 1, px(_FAMILY)
        if index == 0 or self.numbers[index - 1].family != number.family:
            if index:
                hairline(painter, 0, box.top(), box.width(), tokens.line_2)
            said = fonts.elide(family(number.family), 12, left - px(20), bold=True)
            write.text((px(16), middle), said, tokens.text_2, 12, bold=True)
        right = float(box.width() - px(16))
        dim = tokens.text_3 if not number.incidents else tokens.text_1
        right -= write.text((right, middle), number.text, dim, 14, bold=True, side=Side.RIGHT)
        if number.ratio:
            right -= px(8)
            right -= write.text((right, middle), number.ratio, tokens.text_2, 12, side=Side.RIGHT)
        if index == self.current and self.hasFocus():
            right = self._paint_keys(painter, number, right - px(14), middle)
        said = fonts.elide(self.words(number), 13, right - px(12) - left)
        write.text((left, middle), said, tokens.text_1, 13)

    def _paint_keys(self, painter: QPainter, number: Number, right: float, middle: float) -> float:
        """The keys that open its lists, before the current row's number."""
        px, tokens, fonts = self.theme.px, self.theme.tokens, self.theme.fonts
        write = Writer(painter, fonts)
        caps = [(self.tr("清单"), KEY)] if number.incidents else []
        if number.whole:
            caps.append((self.tr("分母"), WHOLE_KEY))
        for word, key in reversed(caps):
            width = keycap_width(fonts, key)
            right -= width
            draw_keycap(painter, QPointF(right, middle - CAP / 2), key, (tokens, fonts))
            right -= px(4)
            right -= write.text((right, middle), word, tokens.text_2, 12, side=Side.RIGHT) + px(10)
        return right - px(6)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers()
        if event.key() in _ENTER and not held & Qt.KeyboardModifier.ControlModifier:
            if not event.isAutoRepeat():
                self.open_list(whole=bool(held & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.open_list(whole=bool(shift))
