"""The top strip: where, who, the clock, the line to the hub, alarms and the measured echo."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch.desk.views import Strip
from dispatch.domain.calendar import DAY, MINUTE
from ui import labels, times
from ui.alarms.watch import AlarmWatch
from ui.look.painting import Side, TagStyle, Writer, hairline, outline, tag_width, upright
from ui.look.theme import Theme
from ui.strips.signal_pill import SignalPills
from ui.tick import Tick
from ui.tongue import tr

HEIGHT: Final = 48
NARROW_BELOW: Final = 1600
_TINY_BELOW: Final = 1000
SLOW_MS: Final = 100
_PATIENCE_MS: Final = 5 * MINUTE
Part = tuple[str, QColor, int, bool]  # text, ink, size, bold
_BACKUP_OLD_MS: Final = 2 * DAY
_CUT: Final = frozenset({"cut", "offline", "refused"})


class TopStrip(QWidget):
    """alarms_wanted(), tray_wanted(), login_wanted(), modes_wanted(): what can be pressed."""

    alarms_wanted = Signal()
    tray_wanted = Signal()
    login_wanted = Signal()
    modes_wanted = Signal()

    def __init__(
        self, watch: AlarmWatch, theme: Theme, tick: Tick, parent: QWidget | None = None
    ) -> None:
        """Show the strip that `show_strip` gives, the watch's alarms and the tick's clock."""
        super().__init__(parent)
        self._watch = watch
        self._theme = theme
        self._tick = tick
        self._strip: Strip | None = None
        self._echo: int | None = None
        self._alarm_spot = QRect()
        self._hub_spot = QRect()
        self._person_spot = QRect()
        self._modes_spot = QRect()
        self._pills = SignalPills(theme)
        self.extents = (0.0, 0.0, 0.0, 0.0)
        """Where the left group ends, the clock begins and ends, the right group begins."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("状态条"))
        watch.changed.connect(self.update)
        tick.second.connect(self._on_second)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    @Slot(object)
    def show_strip(self, strip: Strip) -> None:
        """Show what the desk says."""
        self._strip = strip
        self.update()

    @Slot(int)
    def show_echo(self, p95: int) -> None:
        """Show the measured key-to-screen time in milliseconds."""
        self._echo = p95
        self.update()

    def offline(self) -> bool:
        """Tell whether the hub is cut off or waits too long for what is unsent."""
        strip = self._strip
        if strip is None:
            return False
        oldest = strip.oldest_unsent_at
        late = oldest is not None and self._tick.now() - oldest > _PATIENCE_MS
        return strip.hub_word in _CUT or late

    @Slot()
    def _on_theme(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self.update()

    @Slot(object)
    def _on_second(self, _now: int) -> None:
        self.update()

    def _narrow(self) -> bool:
        return self.width() < self._theme.px(NARROW_BELOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), tokens.panel)
        hairline(painter, 0, self.height() - 1, self.width(), tokens.line)
        if self.offline():
            painter.fillRect(0, self.height() - 2, self.width(), 2, tokens.amber)
        left, right = 0.0, float(self.width())
        gap = self._theme.px(12)
        clock = self._theme.fonts.width("00:00:00", 22, bold=True)
        if self._strip is not None:
            right = self._paint_right(painter, self._strip)
            left = self._paint_left(painter, self._strip, right - clock - 2 * gap)
        begin, end = self._paint_clock(painter, left + gap, right - gap)
        self.extents = (left, begin, end, right)

    def _paint_clock(self, painter: QPainter, left: float, right: float) -> tuple[float, float]:
        """In the middle of the window, or as near to it as what stands beside it allows."""
        theme, px, now = self._theme, self._theme.px, self._tick.now()
        write, middle = Writer(painter, theme.fonts), (self.height() - 1) / 2
        clock = times.clock(now)
        width = theme.fonts.width(clock, 22, bold=True)
        x = max(left, min(self.width() / 2 - width / 2, right - width))
        write.text((x, middle), clock, theme.tokens.text_1, 22, bold=True)
        begin, end = x, x + width
        date = times.date(now)
        x = end + px(16)
        if not self._narrow() and x + theme.fonts.width(date, 13) < right:
            end = x + write.text((x, middle), date, theme.tokens.text_2, 13)
        return begin, end

    def _paint_left(self, painter: QPainter, strip: Strip, limit: float) -> float:
        """Paint town and shift as far as the limit allows; return where they end."""
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        write, middle = Writer(painter, theme.fonts), (self.height() - 1) / 2
        self._paint_sign(painter, px(24), middle)
        x = float(px(46))
        x += write.text((x, middle), strip.town_name, tokens.text_1, 16, bold=True) + px(8)
        tag_room = (tag_width(theme.fonts, tr("演示数据")) + px(12)) if strip.synthetic else 0
        if x + theme.fonts.width(tr("智网调度台"), 14) + px(12) + tag_room < limit:
            x += write.text((x, middle), tr("智网调度台"), tokens.text_2, 14) + px(12)
        if strip.synthetic:
            ratio = self.devicePixelRatioF()
            tag = theme.marks.tag(tr("演示数据"), TagStyle.OUTLINED, ratio)
            painter.drawPixmap(round(x), round(middle) - 9, tag)
            x += tag_width(theme.fonts, tr("演示数据")) + px(12)
        pills = bool(strip.signals or strip.responses or strip.modes_contested)
        if pills and self._narrow():
            # What the whole town acts by comes before who is on shift, which the pane tells too.
            left = QRect(round(x), 0, round(limit - x), self.height())
            x = self._pills.paint(painter, strip, (x, middle), limit)
            self._modes_spot = left.intersected(QRect(0, 0, round(x), self.height()))
        shift = theme.fonts.width(labels.shift(strip.shift), 13) + px(30)
        if strip.shift and x + shift <= limit:
            x = self._paint_shift(painter, strip, x, limit)
        if pills and not self._narrow():
            upright(painter, x + px(4), px(16), px(16), tokens.line_2)
            start = x + px(20)
            x = self._pills.paint(painter, strip, (start, middle), limit)
            self._modes_spot = QRect(round(start), 0, round(x - start), self.height())
        return x

    def _paint_shift(self, painter: QPainter, strip: Strip, x: float, limit: float) -> float:
        """Paint the shift and, where there is room, its chief; return where they end."""
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        write, middle = Writer(painter, theme.fonts), (self.height() - 1) / 2
        upright(painter, x, px(16), px(16), tokens.line_2)
        x += px(16)
        x += write.text((x, middle), labels.shift(strip.shift), tokens.text_1, 13) + px(14)
        chief = theme.fonts.width(tr("值班长{chief}").format(chief=strip.chief), 14) + px(6)
        if strip.chief and not self._narrow() and x + chief < limit:
            x += write.text((x, middle), tr("值班长"), tokens.text_3, 12) + px(6)
            x += write.text((x, middle), strip.chief, tokens.text_1, 14)
        return x

    def _paint_sign(self, painter: QPainter, x: float, y: float) -> None:
        """The product's sign: four grids in one town."""
        tokens = self._theme.tokens
        outline(painter, QRectF(x - 9, y - 9, 18, 18), tokens.text_1, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        for nth, (left, top) in enumerate(((-5, -5), (1, -5), (-5, 1), (1, 1))):
            painter.setBrush(tokens.blue if nth == 3 else tokens.text_2)
            painter.drawRect(QRectF(round(x) + left, round(y) + top, 4, 4))

    def _paint_right(self, painter: QPainter, strip: Strip) -> float:
        """Paint hub, alarms, echo and person; return where they begin."""
        x = self._paint_person(painter, strip, self.width() - self._theme.px(14))
        self._person_spot = QRect(round(x), 0, self.width() - round(x), self.height())
        x = self._divider(painter, x)
        x = self._paint_echo(painter, x)
        x = self._divider(painter, x)
        x = self._paint_alarms(painter, x)
        x = self._divider(painter, x)
        right = x
        x = self._paint_hub(painter, strip, x)
        self._hub_spot = QRect(round(x), 0, round(right - x), self.height())
        return x

    def _divider(self, painter: QPainter, x: float) -> float:
        px = self._theme.px
        gap = px(16) if self.width() >= px(_TINY_BELOW) else px(10)
        upright(painter, x - gap, px(16), px(16), self._theme.tokens.line_2)
        return x - 2 * gap

    def _words(
        self, painter: QPainter, right: float, *parts: tuple[str, QColor, int, bool]
    ) -> float:
        """Write the parts leftwards from there, the last one rightmost; return where they begin."""
        write, middle = Writer(painter, self._theme.fonts), (self.height() - 1) / 2
        for text, ink, size, bold in reversed(parts):
            at = (right, middle)
            right -= write.text(at, text, ink, size, bold=bold, side=Side.RIGHT)
            right -= self._theme.px(6)
        return right + self._theme.px(6)

    def _paint_person(self, painter: QPainter, strip: Strip, right: float) -> float:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        middle = (self.height() - 1) / 2
        if not strip.account:
            return self._words(painter, right, (tr("未登录"), tokens.amber_text, 14, True))
        size = px(26)
        disc = QRectF(right - size, middle - size / 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.select)
        painter.drawEllipse(disc)
        write = Writer(painter, theme.fonts)
        at = (disc.center().x(), middle)
        write.text(at, strip.person[:1].upper(), tokens.text_1, 12, side=Side.MIDDLE)
        if self.width() < px(_TINY_BELOW):
            return disc.left()
        name = theme.fonts.elide(strip.person, 14, px(120))
        parts = [(name, tokens.text_1, 14, False)]
        if not self._narrow():
            parts.insert(0, (labels.role(strip.role), tokens.text_3, 12, False))
        return self._words(painter, right - size - px(8), *parts)

    def _paint_echo(self, painter: QPainter, right: float) -> float:
        tokens = self._theme.tokens
        if self._echo is None:
            said, ink = "—", tokens.text_3
        else:
            said = str(self._echo)
            ink = tokens.amber_text if self._echo > SLOW_MS else tokens.text_1
        return self._words(
            painter,
            right,
            (tr("按键"), tokens.text_3, 12, False),
            (said, ink, 14, True),
            (tr("毫秒"), tokens.text_2, 12, False),
        )

    def _paint_alarms(self, painter: QPainter, right: float) -> float:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        board = self._watch.board
        count, waiting = len(board.alarms), board.unacknowledged()
        heard = self._watch.audible() and not self._watch.muted_for()
        ink = tokens.on if waiting else tokens.red if count else tokens.text_3
        word = tr("告警 {count}").format(count=count)
        width = round(theme.fonts.width(word, 14, bold=bool(count))) + px(44)
        middle = (self.height() - 1) / 2
        box = QRectF(right - width, round(middle) - px(14), width, px(28))
        self._alarm_spot = box.toRect()
        if waiting:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.red)
            painter.drawRoundedRect(box, 4, 4)
        elif count:
            outline(painter, box, tokens.red, 4)
        icon = "siren" if count else "bell"
        theme.icons.draw(painter, icon if heard else "bell-off", (box.left() + px(20), middle), ink)
        write = Writer(painter, theme.fonts)
        write.text((box.left() + px(34), middle), word, ink, 14, bold=bool(count))
        return box.left()

    def _paint_hub(self, painter: QPainter, strip: Strip, right: float) -> float:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        amber, now = self.offline(), self._tick.now()
        late = strip.unsent > 0 and amber
        known = strip.last_contact_at is not None
        word = labels.hub(strip.hub_word) if known or strip.hub_word else tr("未接市平台")
        if late and strip.hub_word not in _CUT:
            word = tr("上传迟滞")
        unsent = str(strip.unsent)
        if strip.oldest_unsent_at is not None:
            unsent += tr(" 最老 {age}").format(age=times.age(strip.oldest_unsent_at, now))
        x = self._words(
            painter,
            right,
            (word, tokens.amber_text if amber else tokens.text_1, 14, amber),
            (tr("未发"), tokens.text_3, 12, False),
            (unsent, tokens.amber_text if late else tokens.text_1, 13, True),
            (tr("联系"), tokens.text_3, 12, False),
            (times.age(strip.last_contact_at, now), tokens.text_1, 13, True),
            *self._backup(strip, now),
        )
        icon, ink = ("cloud-off", tokens.amber) if amber else ("cloud-check", tokens.green)
        if not known:
            icon, ink = "cloud-off", tokens.text_3
        theme.icons.draw(painter, icon, (x - px(18), (self.height() - 1) / 2), ink)
        return x - px(30)

    def _backup(self, strip: Strip, now: int) -> tuple[Part, ...]:
        """The age of the last backup; on the smallest windows only one that is too old."""
        tokens = self._theme.tokens
        old = now - (strip.backup_at or now) > _BACKUP_OLD_MS
        if self.width() < self._theme.px(_TINY_BELOW) and not old:
            return ()
        ink = tokens.amber_text if old else tokens.text_1
        age = times.age(strip.backup_at, now)
        return ((tr("备份"), tokens.text_3, 12, False), (age, ink, 13, True))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._alarm_spot.contains(point):
            self.alarms_wanted.emit()
        elif self._hub_spot.contains(point):
            self.tray_wanted.emit()
        elif self._person_spot.contains(point):
            self.login_wanted.emit()
        elif self._modes_spot.contains(point):
            self.modes_wanted.emit()
