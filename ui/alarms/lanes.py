"""Alarm lanes: over the top of the map only, at most three, then one line with the rest."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import times
from ui.alarms.life import FLASH_MS, LANES, Alarm, AlarmState, flash_on
from ui.alarms.tones import Tone
from ui.alarms.watch import AlarmWatch, age_words
from ui.look.keycap import HEIGHT as KEYCAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.painting import Side, TagStyle, Writer, draw_tag, hairline
from ui.look.theme import Theme
from ui.tick import Tick
from ui.tongue import tr

LANE: Final = 44
REST: Final = 28


class Lanes(QWidget):
    """chosen(incident id) when a lane is pressed. Its owner keeps it as wide as the map."""

    chosen = Signal(str)

    def __init__(
        self, watch: AlarmWatch, theme: Theme, tick: Tick, parent: QWidget | None = None
    ) -> None:
        """Show the watch's board; nothing is shown while it is empty."""
        super().__init__(parent)
        self._watch = watch
        self._theme = theme
        self._tick = tick
        self.steady = False
        self.setAccessibleName(tr("告警"))
        self._flash = QTimer(self, interval=FLASH_MS)
        self._flash.timeout.connect(self._on_flash)
        watch.changed.connect(self._on_changed)
        tick.second.connect(self._on_second)
        theme.changed.connect(self._on_changed)
        self._on_changed()

    def lanes(self) -> tuple[Alarm, ...]:
        """Return the alarms that have a lane."""
        return self._watch.board.ordered()[:LANES]

    def set_steady(self, steady: bool) -> None:
        """Let unacknowledged alarms flash or stand still in red."""
        self.steady = steady
        self._on_changed()

    def wanted_height(self) -> int:
        """Return how high the lanes are now."""
        lanes = len(self.lanes())
        rest = REST if self._has_rest() else 0
        return self._theme.px(LANE * lanes + rest)

    def _has_rest(self) -> bool:
        return (
            len(self._watch.board.alarms) > LANES
            or self._watch.muted_for() > 0
            or (self._watch.board.unacknowledged() > 0)
        )

    @Slot()
    def _on_changed(self) -> None:
        self.resize(self.width(), self.wanted_height())
        self.setVisible(bool(self._watch.board.alarms))
        flashing = self._watch.board.unacknowledged() > 0 and not self.steady
        if flashing != self._flash.isActive():
            self._flash.start() if flashing else self._flash.stop()
        self.update()

    @Slot()
    def _on_flash(self) -> None:
        self.update()

    @Slot(object)
    def _on_second(self, _now: int) -> None:
        if self.isVisible():
            self._on_changed()

    def _box(self, nth: int) -> QRect:
        height = self._theme.px(LANE)
        return QRect(0, nth * height, self.width(), height)

    def _button(self, nth: int) -> QRect:
        px, fonts = self._theme.px, self._theme.fonts
        width = (
            round(fonts.width(tr("确认"), 13, bold=True)) + keycap_width(fonts, "Space") + px(30)
        )
        box = self._box(nth)
        return QRect(box.right() - px(14) - width, box.top() + px(7), width, px(30))

    def _colours(self, alarm: Alarm) -> tuple[QColor, QColor]:
        """Return fill and ink of a lane at this half second."""
        tokens = self._theme.tokens
        if alarm.tone is Tone.FAULT:
            return tokens.amber_wash, tokens.amber_text
        waiting = alarm.state is AlarmState.UNACKNOWLEDGED
        if waiting and (self.steady or flash_on(self._tick.now())):
            return tokens.red, tokens.on
        return tokens.red_wash, tokens.red if waiting else tokens.text_1

    def _paint_lane(self, painter: QPainter, nth: int, alarm: Alarm) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        box, (fill, ink) = self._box(nth), self._colours(alarm)
        painter.fillRect(box, fill)
        hairline(painter, 0, box.bottom(), box.width(), tokens.panel)
        write, middle = Writer(painter, theme.fonts), box.center().y() + 0.5
        icon = "cloud-off" if alarm.tone is Tone.FAULT else "siren"
        pixmap = theme.icons.pixmap(icon, ink, 18, self.devicePixelRatioF())
        painter.drawPixmap(px(14), round(middle) - 9, pixmap)
        x, right = float(px(46)), self._paint_end(painter, nth, alarm, ink)
        row = self._watch.row(alarm.key)
        if row is not None:
            look = (tokens, theme.fonts)
            style = TagStyle.FILLED
            x += draw_tag(painter, QPointF(x, round(middle) - 9), "P1", style, look) + px(12)
            x += write.text((x, middle), row.number[-4:], ink, 15, bold=True) + px(14)
        title = theme.fonts.elide(alarm.text, 15, right - x, bold=True)
        x += write.text((x, middle), title, ink, 15, bold=True) + px(14)
        if row is not None and right - x > px(60):
            place = theme.fonts.elide(row.place, 13, right - x)
            write.text((x, middle), place, ink, 13)

    def _paint_end(self, painter: QPainter, nth: int, alarm: Alarm, ink: QColor) -> float:
        """Paint age and button, or who has acknowledged; return where they begin."""
        theme, px = self._theme, self._theme.px
        write, button = Writer(painter, theme.fonts), self._button(nth)
        middle = self._box(nth).center().y() + 0.5
        age = age_words(alarm, self._tick.now())
        if alarm.state is AlarmState.ACKNOWLEDGED:
            said = (
                tr("已确认 {acknowledged_by}").format(acknowledged_by=alarm.acknowledged_by).strip()
            )
            right = self.width() - px(14)
            right -= round(write.text((right, middle), said, ink, 13, side=Side.RIGHT))
            theme.icons.draw(painter, "check", (right - px(14), middle), ink)
            right -= px(38)
            return right - write.text((right, middle), age, ink, 14, side=Side.RIGHT) - px(16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tokens.panel)
        painter.drawRoundedRect(QRectF(button), 4, 4)
        at = (button.left() + px(12), middle)
        width = write.text(at, tr("确认"), theme.tokens.text_1, 13, bold=True)
        corner = QPointF(at[0] + width + px(8), round(middle) - KEYCAP / 2)
        draw_keycap(painter, corner, "Space", (theme.tokens, theme.fonts))
        right = button.left() - px(16)
        return (
            right - write.text((right, middle), age, ink, 14, bold=True, side=Side.RIGHT) - px(16)
        )

    def rest_words(self) -> str:
        """Return what the line under the lanes says."""
        board = self._watch.board
        hidden = board.ordered()[LANES:]
        waiting = sum(each.state is AlarmState.UNACKNOWLEDGED for each in hidden)
        parts = []
        if len(hidden) - waiting:
            parts.append(tr("另有 {known} 条已确认").format(known=len(hidden) - waiting))
        if waiting:
            parts.append(tr("另有 {waiting} 条待确认").format(waiting=waiting))
        muted = self._watch.muted_for()
        if muted:
            parts.append(tr("静音还剩 {span}").format(span=times.span(muted)))
        if not self._watch.audible():
            parts.append(tr("声音放不出来"))
        return " · ".join(parts) or tr("声音正常")

    def _paint_rest(self, painter: QPainter) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        top = self._theme.px(LANE) * len(self.lanes())
        painter.fillRect(0, top, self.width(), px(REST), tokens.raised)
        middle = top + px(REST) / 2
        silent = self._watch.muted_for() or not self._watch.audible()
        ink = tokens.amber_text if silent else tokens.text_2
        icon = "volume-off" if silent else "volume-2"
        theme.icons.draw(painter, icon, (px(22), middle), ink)
        write = Writer(painter, theme.fonts)
        write.text((px(46), middle), self.rest_words(), ink, 12)
        width = keycap_width(theme.fonts, tr("F8 静音 2 分"))
        corner = QPointF(self.width() - px(14) - width, round(middle) - KEYCAP / 2)
        draw_keycap(painter, corner, tr("F8 静音 2 分"), (tokens, theme.fonts))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for nth, alarm in enumerate(self.lanes()):
            self._paint_lane(painter, nth, alarm)
        if self._has_rest():
            self._paint_rest(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        for nth, alarm in enumerate(self.lanes()):
            if not self._box(nth).contains(point):
                continue
            if alarm.state is AlarmState.UNACKNOWLEDGED and self._button(nth).contains(point):
                self._watch.acknowledge(alarm.key)
            elif self._watch.row(alarm.key) is not None:
                self.chosen.emit(alarm.key)
            return
        if self._has_rest() and point.y() >= self._theme.px(LANE) * len(self.lanes()):
            self._watch.mute()
