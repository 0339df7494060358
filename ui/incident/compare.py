"""Facts side by side: the same rows in equal columns, a violet bar where they differ."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from dispatch.desk.views import Photo
from ui.incident.columns import Column, Compared
from ui.incident.photos import draw_photo
from ui.incident.section import SIDE, Section
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap
from ui.look.painting import Side, Writer, hairline
from ui.look.theme import Theme

_HEAD: Final = 46
_ROW: Final = 28
_WORD: Final = 78
_GAP: Final = 16
_PHOTO: Final = 78
_NARROW: Final = 280
_OVER: Final = 18


class Compare(Section):
    """Two columns. `side_chosen` tells the key of the one that was clicked."""

    closed_by_line = False
    side_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._columns: tuple[Column, ...] = ()
        self._lines: tuple[Compared, ...] = ()
        self._photos: dict[str, Photo] = {}
        self._chosen = ""

    def show_columns(
        self, columns: tuple[Column, ...], lines: tuple[Compared, ...], photos: tuple[Photo, ...]
    ) -> None:
        """Show the columns with their lines; `photos` are all that a column may name."""
        self._columns, self._lines = columns, lines
        self._photos = {photo.sha256: photo for photo in photos}
        self.refresh()

    def set_chosen(self, key: str) -> None:
        """Ring the column that this key chooses; "" rings none."""
        self._chosen = key
        self.update()

    def _column(self, width: int) -> float:
        return (width - 2 * SIDE - _GAP) / 2

    def _stacked(self, width: int) -> bool:
        """Whether the columns are too narrow for the word beside the value."""
        return self._column(width) < self.theme.px(_NARROW)

    def _word_room(self, width: int) -> int:
        return 10 if self._stacked(width) else self.theme.px(_WORD)

    def _value_room(self, width: int) -> float:
        return self._column(width) - self._word_room(width) - 36

    def _line_high(self, line: Compared, width: int) -> int:
        room = self._value_room(width)
        high = max(self.wrapped_height(value, 14, room) for value in line.values) + 8
        over = self.theme.px(_OVER) if self._stacked(width) else 0
        return max(self.theme.px(_ROW), high) + over

    def _photo_high(self) -> int:
        has = any(sha in self._photos for each in self._columns for sha in each.photos)
        return self.theme.px(_PHOTO) + 12 if has else 0

    def height_for(self, width: int) -> int:
        if not self._columns:
            return 0
        rows = sum(self._line_high(line, width) for line in self._lines)
        return self.theme.px(_HEAD) + rows + self._photo_high() + 24

    def _box(self, at: int) -> QRectF:
        column = self._column(self.width())
        return QRectF(SIDE + at * (column + _GAP), 0, column, self.height() - 12)

    def draw(self, painter: QPainter, write: Writer) -> None:
        tokens = self.theme.tokens
        for at, column in enumerate(self._columns):
            box = self._box(at)
            chosen = bool(column.key) and column.key == self._chosen
            painter.setPen(QPen(tokens.blue if chosen else tokens.line_2, 2 if chosen else 1))
            painter.setBrush(tokens.panel)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
            self._head(painter, write, column, box)
            y = box.y() + self.theme.px(_HEAD) + 4
            for line in self._lines:
                high = self._line_high(line, self.width())
                self._line(painter, write, (line, at), QRectF(box.x(), y, box.width(), high))
                y += high
            row = QRectF(box.x() + 12, y + 4, box.width() - 24, 1)
            self._pictures(painter, write, column.photos, row)

    def _head(self, painter: QPainter, write: Writer, column: Column, box: QRectF) -> None:
        tokens, fonts = self.theme.tokens, self.theme.fonts
        middle = box.y() + self.theme.px(_HEAD) / 2
        x = box.x() + 12
        if column.key:
            x += draw_keycap(painter, QPointF(x, middle - CAP / 2), column.key, (tokens, fonts))
            x += 10
        right = box.right() - 12
        if column.note and not self._stacked(self.width()):
            note = (right, middle)
            right -= write.text(note, column.note, tokens.text_2, 12, side=Side.RIGHT) + 12
            if column.icon:
                self.theme.icons.draw(painter, column.icon, (right, middle), tokens.text_2)
                right -= 14
        said = fonts.elide(column.title, 15, right - x, bold=True)
        write.text((x, middle), said, tokens.text_1, 15, bold=True)
        hairline(
            painter, box.x() + 12, box.y() + self.theme.px(_HEAD), box.width() - 24, tokens.line
        )

    def _line(
        self, painter: QPainter, write: Writer, which: tuple[Compared, int], box: QRectF
    ) -> None:
        line, at = which
        tokens, px = self.theme.tokens, self.theme.px
        over = px(_OVER) if self._stacked(self.width()) else 0
        word = self._word_room(self.width())
        at_word = box.y() + (over or px(_ROW)) / 2 + (2 if over else 0)
        write.text((box.x() + 12, at_word), line.word, tokens.text_3, 12 if over else 13)
        if line.differ:
            top = round(box.y()) + over + 4
            bar = QRect(round(box.x()) + word, top, 3, round(box.bottom()) - 4 - top)
            painter.fillRect(bar, tokens.violet)
        ink = tokens.text_1 if line.differ else tokens.text_3
        top_of = box.y() + over + (px(_ROW) - self.theme.fonts.metrics(14).height()) / 2
        wide = self._value_room(self.width()) + 4
        room = QRectF(box.x() + word + 14, top_of, wide, box.bottom() - top_of)
        self.draw_wrapped(painter, room, (line.values[at], ink, 14))

    def _pictures(
        self, painter: QPainter, write: Writer, photos: tuple[str, ...], row: QRectF
    ) -> None:
        wide = round((row.width() - 16) / 3)
        for number, sha in enumerate(photos[:3]):
            if sha in self._photos:
                x = round(row.x()) + number * (wide + 8)
                box = QRect(x, round(row.y()), wide, self.theme.px(_PHOTO))
                draw_photo(painter, write, self, (self._photos[sha], box))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at, column in enumerate(self._columns):
            if self._box(at).contains(event.position()) and column.key:
                self.side_chosen.emit(column.key)
