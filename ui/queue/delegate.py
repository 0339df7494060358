"""Paints one row of the queue: 44 px, two lines, nothing clipped, the time never gives way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dispatch.desk.views import QueueRow
from dispatch.domain.codes import Light as Clock
from dispatch.domain.codes import Priority, State, Supervision
from ui import labels, times
from ui.look.marks import Light
from ui.look.painting import Side, TagStyle, Writer, draw_centred, hairline
from ui.look.theme import Theme
from ui.queue.model import LIGHT_ROLE, MARK_ROLE, ROW_ROLE, Index, Mark
from ui.tongue import tr

ROW: Final = 44
_CLOCKS: Final = tuple(Clock)
_SHAPES: Final = {Clock.GREEN: Light.GREEN, Clock.YELLOW: Light.YELLOW, Clock.RED: Light.RED}
_NUMBERS: Final = {Priority.P1: 1, Priority.P2: 2, Priority.P3: 3}
_CARDS: Final = {
    Supervision.NORMAL: TagStyle.OUTLINED,
    Supervision.YELLOW: TagStyle.AMBER,
    Supervision.RED: TagStyle.RED,
}
_GAP: Final = 10
_TIME: Final = 88  # the time's column: marks stand left of it in a column of their own
_MEASURED_MOST: Final = 20_000


def light_of(row: QueueRow, light: Clock) -> Light:
    """Return the mark of the row's light, contested or not."""
    if row.state is State.CITY:
        return Light.CITY
    return _SHAPES.get(light, Light.HOLD)


def shape_of(row: QueueRow, light: Clock) -> Light:
    """Return the mark that stands where the row's light stands."""
    return Light.CONTESTED if row.contested else light_of(row, light)


def answers_first(row: QueueRow) -> bool:
    """Whether the row counts down to the answer of its red card, and not to its own limit."""
    return row.red_card and not row.replied


def due_of(row: QueueRow) -> int | None:
    """Return what the row counts down to, UTC milliseconds; None when nothing runs."""
    if answers_first(row):
        return row.answer_by
    return None if row.state is State.HOLD or row.clock is None else row.clock.due


@dataclass(slots=True)
class _Pen:
    """What the lines of one row are written with; `right` is the panel's one right edge."""

    painter: QPainter
    write: Writer
    box: QRect
    right: float
    row: QueueRow
    light: Clock


class RowDelegate(QStyledItemDelegate):
    """Paints `QueueRow`s; `now` gives the second that the countdowns count from."""

    def __init__(self, theme: Theme, now: Callable[[], int], parent: QObject | None = None) -> None:
        """Keep what every row is painted with."""
        super().__init__(parent)
        self._theme = theme
        self._now = now
        self._widths: dict[tuple[str, int, bool], float] = {}
        theme.changed.connect(self._widths.clear)

    def _width(self, text: str, px: int, *, bold: bool = False) -> float:
        key = (text, px, bold)
        found = self._widths.get(key)
        if found is None:
            if len(self._widths) > _MEASURED_MOST:
                self._widths.clear()
            found = self._widths[key] = self._theme.fonts.width(text, px, bold=bold)
        return found

    def _fit(self, text: str, px: int, width: float, *, bold: bool = False) -> str:
        if self._width(text, px, bold=bold) <= width:
            return text
        return self._theme.fonts.elide(text, px, max(0.0, width), bold=bold)

    def _background(
        self, pen: _Pen, option: QStyleOptionViewItem, mark: Mark, *, current: bool
    ) -> None:
        painter = pen.painter
        box: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        tokens = self._theme.tokens
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        red = pen.row.red_card
        fill = tokens.select if chosen or mark is Mark.CHANGED else tokens.panel
        fill = tokens.red_wash if red and not chosen else fill
        painter.fillRect(box, fill)
        px = self._theme.px
        left = box.left() if red else box.left() + px(74)
        hairline(painter, left, box.bottom(), box.width(), tokens.red if red else tokens.line)
        if mark is Mark.OTHERS:
            painter.fillRect(box.left(), box.top(), 3, box.height(), tokens.violet)
        elif current:
            painter.fillRect(box.left(), box.top(), 3, box.height(), tokens.blue)

    def _pixmap(self, pen: _Pen, pixmap: QPixmap, x: float, line: int) -> None:
        draw_centred(pen.painter, pixmap, x, pen.box.top() + self._theme.px(line))

    def _first_line(self, pen: _Pen) -> None:
        theme, row, box = self._theme, pen.row, pen.box
        px, ratio = theme.px, pen.painter.device().devicePixelRatioF()
        middle = box.top() + px(14)
        self._pixmap(
            pen, theme.marks.light(shape_of(row, pen.light), px(14), ratio), box.left() + px(22), 14
        )
        self._pixmap(
            pen, theme.marks.priority(_NUMBERS[row.priority], ratio), box.left() + px(51), 14
        )
        right = min(self._time(pen, middle) - px(_GAP), pen.right - px(_TIME))
        right = self._marks(pen, right)
        left = box.left() + px(74)
        bold = row.priority is Priority.P1
        title = self._fit(row.item_name, 14, right - left - px(6), bold=bold)
        pen.write.text((left, middle), title, theme.tokens.text_1, 14, bold=bold)

    def _time(self, pen: _Pen, middle: float) -> float:
        """Write what is left at the right edge; return where it begins."""
        tokens, row = self._theme.tokens, pen.row
        right = pen.right
        due = due_of(row)
        if due is None:
            word = labels.state(row.state) if row.state is State.HOLD else tr("不计时")
            return right - pen.write.text((right, middle), word, tokens.text_2, 14, side=Side.RIGHT)
        if row.still is not None and row.clock is not None and not answers_first(row):
            return self._still(pen, row.clock.due - row.still, middle)
        over, said = times.left(due, self._now())
        ink, bold = tokens.text_1, due - self._now() < times.SECOND * 1800
        if over or (pen.light is Clock.RED and not answers_first(row)):
            ink = tokens.red
        elif pen.light is Clock.YELLOW and not answers_first(row):
            ink = tokens.amber_text
            bold = True
        right -= pen.write.text((right, middle), said, ink, 15, bold=bold, side=Side.RIGHT)
        if over:
            right -= self._theme.px(6)
            right -= pen.write.text(
                (right, middle), tr("超时"), ink, 12, bold=True, side=Side.RIGHT
            )
        return right

    def _still(self, pen: _Pen, left: int, middle: float) -> float:
        """Write what will be left when the clock goes on, which stands still until then."""
        ink, right = self._theme.tokens.text_2, pen.right
        right -= pen.write.text((right, middle), times.span(left), ink, 15, side=Side.RIGHT)
        right -= self._theme.px(6)
        word = tr("冻结") if left >= 0 else tr("冻结·超时")
        return right - pen.write.text((right, middle), word, ink, 12, side=Side.RIGHT)

    def _marks(self, pen: _Pen, right: float) -> float:
        """Draw the tags and icons leftwards from there; return where they begin."""
        row, theme = pen.row, self._theme
        ratio = pen.painter.device().devicePixelRatioF()
        card = labels.supervision(row.supervision) if row.supervision else ""
        style = TagStyle.OUTLINED if row.supervision is None else _CARDS[row.supervision]
        owed = row.inform.light(self._now()) if row.inform is not None else Clock.GREEN
        urgent = TagStyle.RED if owed is Clock.RED else TagStyle.AMBER
        tags = [
            (card, style, bool(card)),
            (tr("首报"), urgent, owed is not Clock.GREEN),
            (tr("争议"), TagStyle.VIOLET, row.contested),
            (tr("并 {merged}").format(merged=row.merged), TagStyle.OUTLINED, row.merged > 0),
            (tr("返 {rework}").format(rework=row.rework), TagStyle.OUTLINED, row.rework > 0),
        ]
        for text, style, shown in tags:
            if shown:
                pixmap = theme.marks.tag(text, style, ratio)
                width = pixmap.deviceIndependentSize().width()
                self._pixmap(pen, pixmap, right - width / 2, 14)
                right -= width + theme.px(6)
        icons = [
            ("image", theme.tokens.text_3, row.photos > 0),
            ("cloud-upload", theme.tokens.amber, row.unsent > 0),
        ]
        for name, ink, shown in icons:
            if shown:
                self._pixmap(pen, theme.icons.pixmap(name, ink, 14, ratio), right - 7, 14)
                right -= 14 + theme.px(6)
        return right

    def _second_line(self, pen: _Pen) -> None:
        theme, row, box = self._theme, pen.row, pen.box
        tokens, px = theme.tokens, theme.px
        middle = box.top() + px(31)
        number = self._fit(row.number[-4:], 12, px(48), bold=True)
        pen.write.text(
            (box.left() + px(64), middle), number, tokens.text_2, 12, bold=True, side=Side.RIGHT
        )
        left, right = float(box.left() + px(74)), pen.right
        where = f"{row.town_name} {row.grid_name}".strip()
        grid = self._width(where, 12) + px(_GAP)
        room = right - left
        state = self._fit(self._state(row), 12, room * 0.6)
        right -= self._width(state, 12)
        pen.write.text((right, middle), state, tokens.text_2, 12)
        place = self._fit(row.place, 12, right - left - px(12) - grid)
        left += pen.write.text((left, middle), place, tokens.text_2, 12) + px(_GAP)
        pen.write.text((left, middle), self._fit(where, 12, right - left), tokens.text_3, 12)

    def _state(self, row: QueueRow) -> str:
        if row.state is State.HOLD and row.clock is not None:
            return tr("复查 {day}").format(day=times.day(row.clock.due))
        waits = [tr("待批{request}").format(request=labels.request(kind)) for kind in row.waiting]
        if answers_first(row):
            waits.append(tr("督办待答复"))
        return " · ".join([labels.state(row.state), *waits, *([row.unit_name] * bool(row.unit))])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, QueueRow):
            return
        light = _CLOCKS[index.data(LIGHT_ROLE)]
        box: QRect = option.rect  # type: ignore[attr-defined]
        view: QAbstractItemView | None = option.widget  # type: ignore[attr-defined]
        current = view is not None and view.currentIndex().row() == index.row()
        # The scroll bar lies in the padding: head, rows and foot share one right edge.
        right = box.left() + (view.width() if view else box.width()) - self._theme.px(14)
        pen = _Pen(painter, Writer(painter, self._theme.fonts), box, float(right), row, light)
        self._background(pen, option, Mark(index.data(MARK_ROLE)), current=current)
        self._first_line(pen)
        self._second_line(pen)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.px(ROW))


def ink_of(light: Clock, theme: Theme) -> QColor:
    """Return the colour of a count whose worst light this is."""
    if light is Clock.RED:
        return theme.tokens.red
    return theme.tokens.amber_text if light is Clock.YELLOW else theme.tokens.text_2
