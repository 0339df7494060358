"""The lines of the hand-over: tick, light, what and where, until when, whose it is."""

from collections import Counter
from typing import Final

from PySide6.QtCore import QRect, QRectF, Signal, Slot
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from dispatch.desk.views_shift import ListLine
from dispatch.domain.codes import Light as Clock
from ui import labels, times
from ui.look.marks import Light
from ui.look.painting import Side, Writer, draw_centred, hairline
from ui.look.theme import Theme
from ui.shift.rows import Rows

ROW: Final = 44
_GROUP: Final = 108
_BOX: Final = 16
_PRIORITIES: Final = {"P1": 1, "P2": 2, "P3": 3}
_SHAPES: Final = {Clock.RED: Light.RED, Clock.YELLOW: Light.YELLOW, Clock.GREEN: Light.GREEN}


class HandoverList(Rows):
    """`ticking` tells that the current line is to be ticked, or the tick taken back."""

    ticking = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, ROW, parent)
        self.lines: tuple[ListLine, ...] = ()
        self.now = 0
        self._groups: dict[str, tuple[int, int]] = {}
        self.setAccessibleName(self.tr("交接清单"))
        self.pressed.connect(self._on_pressed)

    def show_lines(self, lines: tuple[ListLine, ...], now: int) -> None:
        """Show these; the current line stays the same one, wherever it stands now."""
        key = self.lines[self.current].key if self.lines else ""
        self.lines, self.now = lines, now
        every = Counter(line.list for line in lines)
        done = Counter(line.list for line in lines if line.ticked_by)
        self._groups = {name: (done[name], every[name]) for name in every}
        place = next((at for at, line in enumerate(lines) if line.key == key), self.current)
        self.current = place
        self.refresh()

    def line(self) -> ListLine | None:
        """Return the current line, None when there is none."""
        return self.lines[self.current] if self.lines else None

    def next_open(self) -> None:
        """Go on to the next line without a tick, from here on and round; stay without one."""
        count = len(self.lines)
        for step in range(1, count):
            at = (self.current + step) % count
            if not self.lines[at].ticked_by:
                self.choose(at)
                return

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    def paint_empty(self, painter: QPainter) -> None:
        """Nothing is handed over."""
        write = Writer(painter, self.theme.fonts)
        words = self.tr("这一班没有要交接的事项。R 出报告，然后签字")
        write.text((16, self.theme.px(24)), words, self.theme.tokens.text_2, 14)

    def paint_row(self, painter: QPainter, box: QRect, index: int) -> None:
        """Two lines, as in the queue; the group's name stands where it begins."""
        line, px, tokens = self.lines[index], self.theme.px, self.theme.tokens
        left = px(_GROUP)
        hairline(painter, left, box.bottom(), box.width(), tokens.line)
        if index == 0 or self.lines[index - 1].list != line.list:
            self._paint_group(painter, box, line.list)
        self._paint_box(painter, QRectF(left + px(8), box.top() + px(14), px(_BOX), px(_BOX)), line)
        ratio, middle = self.devicePixelRatioF(), box.top() + px(14)
        mark = _shape(line)
        if mark is not None:
            draw_centred(
                painter, self.theme.marks.light(mark, px(14), ratio), left + px(42), middle
            )
        priority = _PRIORITIES.get(line.priority)
        if priority is not None:
            shown = self.theme.marks.priority(priority, ratio)
            draw_centred(painter, shown, left + px(70), middle)
        self._paint_words(painter, box, line, left + px(92))

    def _paint_group(self, painter: QPainter, box: QRect, name: str) -> None:
        px, tokens, fonts = self.theme.px, self.theme.tokens, self.theme.fonts
        write = Writer(painter, fonts)
        if box.top() > 0:
            hairline(painter, 0, box.top() - 1, box.width(), tokens.line_2)
        room = px(_GROUP) - px(20)
        said = fonts.elide(labels.handover_list(name), 12, room, bold=True)
        write.text((px(14), box.top() + px(14)), said, tokens.text_2, 12, bold=True)
        done, every = self._groups[name]
        counted = self.tr("{done} / {every}").format(done=done, every=every)
        write.text((px(14), box.top() + px(31)), counted, tokens.text_3, 12)

    def _paint_box(self, painter: QPainter, box: QRectF, line: ListLine) -> None:
        tokens = self.theme.tokens
        ticked = bool(line.ticked_by)
        painter.setPen(QPen(tokens.blue if ticked else tokens.control, 1))
        painter.setBrush(tokens.blue if ticked else tokens.bg)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if ticked:
            at = box.center()
            self.theme.icons.draw(painter, "check", (at.x(), at.y()), tokens.primary_text)

    def _paint_words(self, painter: QPainter, box: QRect, line: ListLine, left: float) -> None:
        px, tokens, fonts = self.theme.px, self.theme.tokens, self.theme.fonts
        write, right = Writer(painter, fonts), float(box.width() - px(16))
        one, two = box.top() + px(14), box.top() + px(31)
        title = line.item_name or line.place
        end = right - self._paint_due(write, right, one, line) - px(12)
        bold = line.priority == "P1"
        ink = tokens.text_3 if line.ticked_by else tokens.text_1
        said = fonts.elide(title, 14, end - left, bold=bold)
        write.text((left, one), said, ink, 14, bold=bold)
        tail = self._tail(line)
        end = right - write.text((right, two), tail, tokens.text_2, 12, side=Side.RIGHT) - px(12)
        x = left
        if line.number:
            x += write.text((x, two), line.number[-4:], tokens.text_2, 12, bold=True) + px(8)
        place = line.place if line.item_name else ""
        write.text((x, two), fonts.elide(place, 12, max(0.0, end - x)), tokens.text_2, 12)

    def _paint_due(self, write: Writer, right: float, middle: float, line: ListLine) -> float:
        """Write until when at the right; return the width."""
        tokens = self.theme.tokens
        if line.due is None:
            return 0.0
        if line.list in {"hold", "promise"} or line.state == "hold":
            date = times.minute(line.due, self.now)
            kind = self.tr("兑现") if line.list == "promise" else self.tr("复查")
            today = line.due <= self.now or times.day(line.due) == times.day(self.now)
            ink = tokens.amber_text if today else tokens.text_1
            words = self.tr("{kind} {date}").format(kind=kind, date=date)
            return write.text((right, middle), words, ink, 14, bold=today, side=Side.RIGHT)
        over, said = times.left(line.due, self.now)
        if line.list == "card" and not over:
            said = self.tr("答复 {span}").format(span=said)
        if over:
            said = self.tr("超时 {span}").format(span=said)
        ink = tokens.red if over else tokens.text_1
        if line.light is Clock.YELLOW:
            ink = tokens.amber_text
        bold = over or line.light is Clock.YELLOW
        return write.text((right, middle), said, ink, 15, bold=bold, side=Side.RIGHT)

    def _tail(self, line: ListLine) -> str:
        if line.ticked_by:
            at = times.minute(line.ticked_at or 0, self.now)
            return self.tr("{person} {at} 勾清").format(person=line.ticked_by, at=at)
        parts = [labels.state(line.state)] if line.state else []
        if line.list == "request":
            parts = [self.tr("申请{kind}").format(kind=labels.request(line.what))]
        elif line.list == "contested":
            parts = [self.tr("{count} 处矛盾").format(count=line.what)]
        elif line.list == "card":
            parts = [labels.supervision(line.what)]
        elif line.list == "told_off":
            parts = [self.tr("{unit} 未确认撤出").format(unit=line.what)]
        elif line.list == "suspect":
            parts = [self.tr("{count} 条时钟可疑").format(count=line.what)]
        return " · ".join([*parts, *([line.owner] if line.owner not in {"", "—"} else [])])

    @Slot(int)
    def _on_pressed(self, x: int) -> None:
        left = self.theme.px(_GROUP)
        if left <= x < left + self.theme.px(32):
            self.ticking.emit()


def _shape(line: ListLine) -> Light | None:
    if line.contested:
        return Light.CONTESTED
    if line.state == "hold":
        return Light.HOLD
    return _SHAPES.get(line.light)
