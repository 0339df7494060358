"""The exceptions tray's list: what is wrong, since when, whose it is; it opens upward."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from dispatch.desk.views_tray import Exceptional
from ui import labels, times
from ui.look.marks import Light, WorkerMark
from ui.look.painting import Side, Writer, draw_centred, hairline
from ui.look.theme import Theme
from ui.sync.tray_words import TOWN_KINDS, key_words, until_words, words_of
from ui.tick import Tick
from ui.tongue import tr

WIDTH: Final = 480
_HEAD: Final = 40
_LINE: Final = 44
_MOST: Final = 10
KINDS: Final = (
    *(
        "inform",
        "card",
        "whistle",
        "part",
        "contested",
        "seat_gone",
        "silent",
        "cut",
        "quarantined",
        "unsent",
    ),
    *(
        "round",
        "objects",
        "notice",
        "review",
        "promise",
        "clock",
        "disk",
        "backup",
        "damage",
        "signature",
    ),
)
RARE: Final = frozenset(KINDS) - {"contested", "silent", "quarantined", "unsent"}
"""Not counted at the bottom while there is none."""
SHAPES: Final = {
    "contested": Light.CONTESTED,
    **dict.fromkeys(("cut", "inform", "card", "whistle", "part"), Light.RED),
}
"""The mark of a kind; every other one has the yellow one, silence that of a worker."""


class Tray(QWidget):
    """chosen(incident id) or town_wanted() on Enter or a press; closed() on Esc.

    Its owner places it.
    """

    chosen = Signal(str)
    town_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, tick: Tick, parent: QWidget | None = None) -> None:
        """Empty and hidden at first."""
        super().__init__(parent)
        self._theme = theme
        self._tick = tick
        self._lines: tuple[Exceptional, ...] = ()
        self._here = 0
        self._top = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("例外"))
        self._kind_width = 0.0
        theme.changed.connect(self._on_theme)
        self.hide()

    @Slot(object)
    def show_lines(self, lines: tuple[Exceptional, ...]) -> None:
        """Show these, the oldest of each kind first."""
        order = {kind: nth for nth, kind in enumerate(KINDS)}
        self._lines = tuple(
            sorted(lines, key=lambda line: (order.get(line.kind, len(order)), line.since))
        )
        self._measure()
        self._here = min(self._here, max(0, len(self._lines) - 1))
        self._resize()

    def _measure(self) -> None:
        """Make room for the longest of the kinds: in English they are of very different lengths."""
        words = {labels.exception(line.kind) for line in self._lines}
        widths = (self._theme.fonts.width(word, 13) for word in words)
        self._kind_width = max(widths, default=0.0)

    def kinds(self) -> tuple[str, ...]:
        """Return what kinds of lines are shown, in their order."""
        return tuple(line.kind for line in self._lines)

    def open_at(self, bottom_left: QPoint) -> None:
        """Open upward from there and take the keys."""
        self._resize()
        self.move(bottom_left.x(), bottom_left.y() - self.height())
        self.show()
        self.raise_()
        self.setFocus()

    def _resize(self) -> None:
        px = self._theme.px
        bottom = self.geometry().bottom() + 1
        lines = max(1, min(_MOST, len(self._lines)))
        self.resize(px(WIDTH), px(_HEAD + _LINE * lines) + 2)
        if self.isVisible():
            self.move(self.x(), bottom - self.height())
        self.update()

    @Slot()
    def _on_theme(self) -> None:
        self._measure()
        self._resize()

    def _step(self, by: int) -> None:
        self._here = max(0, min(len(self._lines) - 1, self._here + by))
        self._top = min(max(self._top, self._here - _MOST + 1), self._here)
        self.update()

    def _choose(self, place: int) -> None:
        if not 0 <= place < len(self._lines):
            return
        line = self._lines[place]
        if line.incident:
            self.hide()
            self.chosen.emit(line.incident)
        elif line.kind in TOWN_KINDS:
            self.hide()
            self.town_wanted.emit()

    def _paint_line(self, painter: QPainter, box: QRect, line: Exceptional) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        write = Writer(painter, theme.fonts)
        if self._lines[self._here] is line:
            painter.fillRect(box, tokens.select)
            painter.fillRect(box.left(), box.top(), 3, box.height(), tokens.blue)
        ratio, middle = self.devicePixelRatioF(), box.center().y() + 0.5
        if line.kind == "silent":
            mark = theme.marks.worker(WorkerMark.SILENT, ratio=ratio)
        else:
            mark = theme.marks.light(SHAPES.get(line.kind, Light.YELLOW), 14, ratio)
        draw_centred(painter, mark, px(22), middle)
        write.text((px(42), middle), labels.exception(line.kind), tokens.text_2, 13)
        left, right = px(42) + self._kind_width + px(14), float(box.right() - px(14))
        beneath = self.beneath(line)
        up = middle - px(9) if beneath else middle
        end = right - px(8)
        age = times.age(line.since, self._tick.now())
        end -= write.text((right, up), age, tokens.text_2, 12, side=Side.RIGHT)
        owner, low = labels.role(line.owner), middle + px(10)
        at = (right, low) if beneath else (end, up)
        width = write.text(at, owner, tokens.text_3, 12, side=Side.RIGHT)
        end -= 0 if beneath else width + px(8)
        said = theme.fonts.elide(words_of(line), 13, end - left)
        write.text((left, up), said, tokens.text_1, 13)
        room = right - width - px(12) - left
        write.text((left, low), theme.fonts.elide(beneath, 12, room), tokens.text_3, 12)

    def beneath(self, line: Exceptional) -> str:
        """Return the second line: until when, and the key that leads there."""
        parts = (until_words(line, self._tick.now()), key_words(line))
        return tr(" · ").join(each for each in parts if each)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), tokens.line_2)
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), tokens.panel)
        write = Writer(painter, theme.fonts)
        write.text((px(14), px(20)), tr("例外"), tokens.text_1, 16, bold=True)
        at = (self.width() - px(14), px(20))
        write.text(
            at, tr("Enter 打开 · Ctrl D 导出 · Esc 关闭"), tokens.text_3, 12, side=Side.RIGHT
        )
        hairline(painter, 1, px(_HEAD), self.width() - 2, tokens.line)
        if not self._lines:
            write.text((px(14), px(_HEAD + 22)), tr("没有例外。"), tokens.text_2, 14)
        for nth, line in enumerate(self._lines[self._top : self._top + _MOST]):
            box = QRect(1, px(_HEAD) + 1 + px(_LINE) * nth, self.width() - 2, px(_LINE))
            self._paint_line(painter, box, line)
        if self.hasFocus():
            painter.setPen(tokens.blue)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        elif key == Qt.Key.Key_Down:
            self._step(1)
        elif key == Qt.Key.Key_Up:
            self._step(-1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self._here)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        below = event.position().y() - self._theme.px(_HEAD)
        if below > 0:
            self._choose(self._top + int(below // self._theme.px(_LINE)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._step(-1 if event.angleDelta().y() > 0 else 1)
