"""Paints what stands under the palette's field: what will happen, the list, the keys."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch.desk.views import QueueRow
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.painting import Side, Writer, hairline
from ui.look.theme import Theme
from ui.palette.choices import Choice, Heading, Shown
from ui.palette.marks import draw_mark, draw_row_marks

FACT, ROW, HEAD, GAP = 30, 36, 32, 8
FOOT: Final = 38
SIDE: Final = 24
_LABEL: Final = 60
_MIDDLE: Final = 330
_RIGHT: Final = 430
_SMALL: Final = 700


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of what will happen: label, words, and what is said at the right.

    `ink` is strong, plain, warning or bad; `row` the incident that stands before the words.
    """

    label: str
    words: str
    ink: str = "plain"
    right: str = ""
    row: QueueRow | None = None
    after: str = ""


class Paper(QWidget):
    """`chosen` tells the place of the line that the mouse chose."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.facts: tuple[Fact, ...] = ()
        self.shown: tuple[Shown, ...] = ()
        self.current = -1
        self.took = ""
        self.keys: tuple[tuple[str, str], ...] = ()
        self.now = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_all(
        self, facts: tuple[Fact, ...], shown: tuple[Shown, ...], current: int, room: int
    ) -> None:
        """Show as much as stands in `room` pixels; what does not is left out from the end."""
        self.facts, self.current = facts, current
        self.shown = shown
        while self.shown and self.wanted().height() > room:
            self.shown = self.shown[:-1]
        while self.shown and isinstance(self.shown[-1], Heading):
            self.shown = self.shown[:-1]
        self.setFixedHeight(min(self.wanted().height(), room))
        self.update()

    def wanted(self) -> QSize:
        """Return the height of everything."""
        px = self._theme.px
        high = px(FACT) * len(self.facts) + (2 * px(GAP) if self.facts else 0)
        high += sum(px(HEAD if isinstance(each, Heading) else ROW) for each in self.shown)
        return QSize(px(_SMALL), high + px(GAP) + px(FOOT))

    def choices(self) -> tuple[Choice, ...]:
        """Return the lines that can be chosen."""
        return tuple(each for each in self.shown if isinstance(each, Choice))

    def _boxes(self) -> list[tuple[QRectF, Shown]]:
        px = self._theme.px
        top = float(px(FACT) * len(self.facts) + (2 * px(GAP) if self.facts else 0))
        found = []
        for each in self.shown:
            high = px(HEAD if isinstance(each, Heading) else ROW)
            found.append((QRectF(0, top, self.width(), high), each))
            top += high
        return found

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = -1
        for box, each in self._boxes():
            place += isinstance(each, Choice)
            if isinstance(each, Choice) and box.contains(event.position()):
                self.chosen.emit(place)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        write = Writer(painter, self._theme.fonts)
        tokens, px = self._theme.tokens, self._theme.px
        hairline(painter, 1, 0, self.width() - 2, tokens.line)
        for at, fact in enumerate(self.facts):
            self._paint_fact(painter, write, fact, px(GAP) + px(FACT) * (at + 0.5))
        place = -1
        for at, (box, each) in enumerate(self._boxes()):
            if isinstance(each, Heading):
                if at or self.facts:
                    line = self.width() - 2 * px(SIDE)
                    hairline(painter, px(SIDE), box.top(), line, tokens.line)
                middle = box.center().y() + 2
                write.text((px(SIDE), middle), each.text, tokens.text_2, 12)
            else:
                place += 1
                self._paint_choice(painter, write, each, (box, place == self.current))
        self._paint_foot(painter, write)

    def _ink(self, name: str) -> QColor:
        tokens = self._theme.tokens
        inks = {"strong": tokens.text_1, "warning": tokens.amber_text, "bad": tokens.red}
        return inks.get(name, tokens.text_1)

    def _paint_fact(self, painter: QPainter, write: Writer, fact: Fact, middle: float) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        fonts = theme.fonts
        write.text((px(SIDE), middle), fact.label, tokens.text_2, 12)
        x, right = float(px(SIDE + _LABEL)), float(self.width() - px(SIDE))
        right -= write.text((right, middle), fact.right, tokens.text_1, 12, side=Side.RIGHT)
        if fact.ink in {"warning", "bad"}:
            theme.icons.draw(painter, "triangle-alert", (x + 8, middle), self._ink(fact.ink))
            x += 24
        bold = fact.ink in {"strong", "warning"}
        ink = self._ink(fact.ink)
        words = fonts.elide(fact.words, 14, right - x - 12, bold=bold)
        x += write.text((x, middle), words, ink, 14, bold=bold)
        if fact.row is not None:
            look = (theme, self.devicePixelRatioF(), self.now)
            x += 12 + draw_row_marks(painter, fact.row, (x + 12, middle), look)
            said = f"{fact.row.number[-4:]}  {fact.row.item_name}"
            said = fonts.elide(said, 14, right - x - 12, bold=True)
            x += write.text((x, middle), said, tokens.text_1, 14, bold=True)
        if fact.after and right - x > 60:
            theme.icons.draw(painter, "arrow-right", (x + 20, middle), tokens.text_2)
            said = fonts.elide(fact.after, 14, right - x - 48, bold=True)
            write.text((x + 38, middle), said, tokens.text_1, 14, bold=True)

    def _paint_choice(
        self, painter: QPainter, write: Writer, choice: Choice, where: tuple[QRectF, bool]
    ) -> None:
        box, on = where
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        fonts, middle = theme.fonts, box.center().y()
        if on:
            painter.fillRect(QRectF(1, box.y(), self.width() - 2, box.height()), tokens.select)
            painter.fillRect(QRectF(1, box.y(), 3, box.height()), tokens.blue)
        x, right = float(px(SIDE)), float(self.width() - px(SIDE))
        key = "Enter" if on else choice.key
        if key:
            right -= keycap_width(fonts, key)
            corner = QPointF(right, round(middle) - CAP / 2)
            draw_keycap(painter, corner, key, (tokens, fonts))
            right -= px(12)
        look = (theme, self.devicePixelRatioF(), self.now)
        x += draw_mark(painter, choice, (x, middle), look)
        columns = self.width() > px(_SMALL)
        act = choice.kind == "line" and bool(choice.sound) and choice.row is None
        end = float(px(_MIDDLE)) if choice.middle or choice.right else right
        room = (px(_LABEL * 2) if act else end - x) - px(8)
        name = fonts.elide(choice.name, 14, room, bold=on or act)
        used = write.text((x, middle), name, tokens.text_1, 14, bold=on or act)
        beside = x + used + px(10) if not act else float(px(SIDE + 112))
        ink, size = (tokens.blue, 13) if act else (tokens.text_2, 12)
        limit = px(_RIGHT) - px(10) if act else end - px(8)
        if limit - beside > px(30):
            sound = fonts.elide(choice.sound, size, limit - beside)
            write.text((beside, middle), sound, ink, size)
        if choice.middle and columns:
            said = fonts.elide(choice.middle, 13, px(_RIGHT) - end + px(60))
            write.text((end, middle), said, tokens.text_1, 13)
        left = float(px(_RIGHT)) + (px(70) if choice.middle and not act else 0)
        if act or choice.middle:
            said = fonts.elide(choice.right, 13, right - left)
            write.text((left, middle), said, tokens.text_2 if act else tokens.text_1, 13)
        else:
            said = fonts.elide(choice.right, 12, right - end)
            write.text((right, middle), said, tokens.text_2, 12, side=Side.RIGHT)

    def _paint_foot(self, painter: QPainter, write: Writer) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        top = self.height() - px(FOOT)
        hairline(painter, 1, top, self.width() - 2, tokens.line)
        middle = top + px(FOOT) / 2
        right = float(self.width() - px(SIDE))
        right -= write.text((right, middle), self.took, tokens.text_2, 12, side=Side.RIGHT)
        x = float(px(SIDE))
        for keys, word in self.keys:
            caps = sum(keycap_width(theme.fonts, key) + px(4) for key in keys.split("|"))
            wide = caps + px(6) + theme.fonts.width(word, 12)
            if x + wide > right - px(8):
                break
            for key in keys.split("|"):
                corner = QPointF(x, round(middle) - CAP / 2)
                x += draw_keycap(painter, corner, key, (tokens, theme.fonts)) + px(4)
            x += px(4) + write.text((x + px(4), middle), word, tokens.text_2, 12) + px(18)
