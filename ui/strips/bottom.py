"""The bottom line: command field, exceptions with counts, local state, undo note, some keys."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch.desk.views_tray import Exceptional
from ui import labels, times
from ui.alarms.watch import AlarmWatch
from ui.look.keycap import HEIGHT as KEYCAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.marks import Light
from ui.look.painting import Writer, draw_centred, hairline
from ui.look.theme import Theme
from ui.strips.command_field import CommandField
from ui.strips.undo import OFFER_MS
from ui.sync.tray import KINDS, RARE, SHAPES
from ui.tick import Tick
from ui.tongue import tr

HEIGHT: Final = 40
NARROW_BELOW: Final = 1600
_FIELD_LEFT, _FIELD_TOP = 10, 4
NOTE_MS: Final = 10_000
_KEYS: Final = ((tr("导出"), "Ctrl D"), (tr("下一条"), "N"), (tr("撤销"), "Z"), (tr("帮助"), "?"))


class BottomLine(QWidget):
    """tray_wanted() when the exceptions are pressed; undone() when the note's offer is pressed.

    `offer_undo` and `say` put a note where local state stands; both go after ten seconds.
    """

    tray_wanted = Signal()
    undone = Signal()

    def __init__(
        self, watch: AlarmWatch, theme: Theme, tick: Tick, parent: QWidget | None = None
    ) -> None:
        """Show nothing exceptional at first."""
        super().__init__(parent)
        self._watch = watch
        self._theme = theme
        self._tick = tick
        self._lines: tuple[Exceptional, ...] = ()
        self._note = ""
        self._note_until = 0
        self._bad = False
        self._offer_until = 0
        self._store = ""
        self._left = 600
        self._tray_spot = QRect()
        self._note_spot = QRect()
        self.field = CommandField(theme, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("命令行"))
        tick.second.connect(self._on_second)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def set_left(self, width: int) -> None:
        """Let the command field end where the queue ends."""
        self._left = width
        self._place()
        self.update()

    @Slot(object)
    def show_lines(self, lines: tuple[Exceptional, ...]) -> None:
        """Show the counts of these."""
        self._lines = lines
        self.update()

    def offer_undo(self, words: str) -> None:
        """Say what was done and offer to take it back."""
        self._note, self._bad = words, False
        self._offer_until = self._note_until = self._tick.now() + OFFER_MS
        self.update()

    @Slot(str)
    def say(self, words: str) -> None:
        """Say what went wrong, in amber with its sign."""
        self._note, self._bad, self._offer_until = words, True, 0
        self._note_until = self._tick.now() + NOTE_MS
        self.update()

    def tell(self, words: str) -> None:
        """Say what was done, without an offer."""
        self._note, self._bad, self._offer_until = words, False, 0
        self._note_until = self._tick.now() + NOTE_MS
        self.update()

    def drop_offer(self) -> None:
        """The offer was taken or has become void."""
        self._offer_until = self._note_until = 0
        self.update()

    @Slot(str)
    def show_store_fault(self, words: str) -> None:
        """The site's own store failed: say so until the program is started again."""
        self._store = words
        self.update()

    def note(self) -> str:
        """Return the note that is shown, empty without one."""
        return self._note if self._note_until > self._tick.now() else ""

    def count(self, kind: str) -> int:
        """Return how many exceptions of a kind there are; for unsent the events that wait."""
        found = [line for line in self._lines if line.kind == kind]
        if kind == "unsent":
            return sum(int(line.what) for line in found if line.what.isdigit())
        return len(found)

    def tray_corner(self) -> QRect:
        """Return where the exceptions stand: the tray opens above."""
        return self._tray_spot

    @Slot()
    def _on_theme(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self._place()
        self.update()

    @Slot(object)
    def _on_second(self, _now: int) -> None:
        self.update()

    def _place(self) -> None:
        px = self._theme.px
        width = max(px(200), self._left - px(_FIELD_LEFT) - px(12))
        self.field.setGeometry(
            px(_FIELD_LEFT), px(_FIELD_TOP) + 1, width, self.height() - 2 * px(_FIELD_TOP) - 1
        )

    def _narrow(self) -> bool:
        return self.width() < self._theme.px(NARROW_BELOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), tokens.panel)
        hairline(painter, 0, 0, self.width(), tokens.line)
        left = self._paint_exceptions(painter)
        right = self._paint_keys(painter, left + self._state_width())
        self._paint_state(painter, left, right)

    def _paint_exceptions(self, painter: QPainter) -> float:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        write, middle = Writer(painter, theme.fonts), (self.height() + 1) / 2
        start = x = float(self._left + px(16))
        theme.icons.draw(painter, "inbox", (x + 8, middle), tokens.text_2)
        x += px(24)
        x += write.text((x, middle), tr("例外"), tokens.text_2, 13) + px(14)
        for kind in KINDS:
            count = self.count(kind)
            if kind in RARE and not count:
                continue
            if count:
                shape = SHAPES.get(kind, Light.YELLOW)
                mark = theme.marks.light(shape, px(12), self.devicePixelRatioF())
                draw_centred(painter, mark, x + px(6), middle)
                x += px(18)
            ink = tokens.text_1 if count else tokens.text_3
            x += write.text((x, middle), labels.exception(kind), ink, 13) + px(5)
            x += write.text((x, middle), str(count), ink, 13, bold=count > 0) + px(14)
        oldest = min((line.since for line in self._lines), default=None)
        if oldest is not None:
            age = tr("最老 {age}").format(age=times.age(oldest, self._tick.now()))
            x += write.text((x, middle), age, tokens.text_2, 13)
        self._tray_spot = QRect(round(start), 0, round(x - start), self.height())
        return x + px(16)

    def _state_width(self) -> int:
        """What state or note take when nothing of them is cut."""
        words, icon, _ = self._state()
        if not words:
            return 0
        px = self._theme.px
        offered = px(64) if self._offer_until > self._tick.now() else 0
        return round(self._theme.fonts.width(words, 13)) + offered + px(24 if icon else 0)

    def _paint_keys(self, painter: QPainter, limit: float) -> float:
        """Paint as many keys as stand right of the limit; the one for help goes last."""
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        write, middle = Writer(painter, theme.fonts), (self.height() + 1) / 2
        x = float(self.width() - px(14))
        for word, key in reversed(_KEYS):
            wide = keycap_width(theme.fonts, key) + px(24) + theme.fonts.width(word, 12)
            if x - wide < limit:
                break
            x -= keycap_width(theme.fonts, key)
            draw_keycap(painter, QPointF(x, round(middle) - KEYCAP / 2), key, (tokens, theme.fonts))
            x -= px(8) + theme.fonts.width(word, 12)
            write.text((x, middle), word, tokens.text_2, 12)
            x -= px(16)
        return x

    def _paint_state(self, painter: QPainter, left: float, right: float) -> None:
        """The note while there is one, else store and sound; faults are never left out."""
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        middle, words, icon, ink = (self.height() + 1) / 2, *self._state()
        if not words:
            return
        offer = self._offer_until - self._tick.now()
        room = right - left - px(24 if icon else 0) - (px(64) if offer > 0 else 0)
        said = theme.fonts.elide(words, 13, room)
        x = right - theme.fonts.width(said, 13) - (px(64) if offer > 0 else 0)
        if icon:
            theme.icons.draw(painter, icon, (x - px(14), middle), ink)
        write = Writer(painter, theme.fonts)
        end = x + write.text((x, middle), said, ink, 13) + px(8)
        self._note_spot = QRect()
        if offer > 0:
            corner = QPointF(end, round(middle) - KEYCAP / 2)
            width = draw_keycap(painter, corner, "Z", (tokens, theme.fonts))
            seconds = tr("{offer} 秒").format(offer=-(-offer // 1000))
            write.text((end + width + px(6), middle), seconds, tokens.text_3, 12)
            self._note_spot = QRect(round(x), 0, round(right - x), self.height())

    def _state(self) -> tuple[str, str, QColor]:
        tokens = self._theme.tokens
        if note := self.note():
            if self._bad:
                return note, "triangle-alert", tokens.amber_text
            return note, "check", tokens.text_1
        if self._store:
            return self._store, "hard-drive", tokens.red
        muted = self._watch.muted_for()
        if not self._watch.audible():
            return tr("声音放不出来，请看告警灯"), "volume-off", tokens.amber_text
        if muted:
            return (
                tr("静音还剩 {span}").format(span=times.span(muted)),
                "volume-off",
                tokens.amber_text,
            )
        return ("" if self._narrow() else tr("本机库正常 · 声音正常")), "", tokens.text_2

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._tray_spot.contains(point):
            self.tray_wanted.emit()
        elif self._note_spot.contains(point):
            self.undone.emit()
