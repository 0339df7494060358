"""The lines of a shift's log: when, what kind, who, what."""

from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from dispatch.desk.views_shift import LogLine
from ui import labels, times
from ui.look.painting import Side, Writer, hairline
from ui.look.theme import Theme
from ui.shift.rows import Rows

ROW: Final = 34
_KIND: Final = 92
_PERSON: Final = 150
_WORDS: Final = 250


class LogList(Rows):
    """The newest line stands last, as in a book."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, ROW, parent)
        self.lines: tuple[LogLine, ...] = ()
        self.now = 0
        self.setAccessibleName(self.tr("值班日志"))

    def show_lines(self, lines: tuple[LogLine, ...], now: int) -> None:
        """Show these, from the last one on."""
        self.lines, self.now = lines, now
        self.refresh()
        self.choose(len(lines) - 1)

    def line(self) -> LogLine | None:
        """Return the current line, None when there is none."""
        return self.lines[self.current] if self.lines else None

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    def words_of(self, line: LogLine) -> str:
        """Return what a line says."""
        if line.type == "line_written":
            words = line.text or self.tr("（内容不在本机）")
            if line.kept_by:
                words += self.tr("　—　{person}已兑现").format(person=line.kept_by)
            return words
        return "　".join(filter(None, (labels.event(line.type), line.item_name, line.text)))

    def paint_empty(self, painter: QPainter) -> None:
        """Nothing was done yet."""
        write = Writer(painter, self.theme.fonts)
        words = self.tr("还没有记录。N 写一条")
        write.text((16, self.theme.px(24)), words, self.theme.tokens.text_2, 14)

    def paint_row(self, painter: QPainter, box: QRect, index: int) -> None:
        """One line each."""
        line, px, tokens = self.lines[index], self.theme.px, self.theme.tokens
        fonts, middle = self.theme.fonts, box.center().y() + 0.5
        hairline(painter, px(16), box.bottom(), box.width() - px(32), tokens.line)
        write = Writer(painter, fonts)
        write.text((px(16), middle), times.minute(line.at, line.at), tokens.text_2, 13)
        kind = labels.line(line.kind)
        written = line.type == "line_written"
        write.text((px(_KIND), middle), kind, tokens.text_2, 12, bold=written)
        person = fonts.elide(line.person, 13, px(_WORDS - _PERSON - 12))
        write.text((px(_PERSON), middle), person, tokens.text_2, 13)
        right = float(box.width() - px(16))
        if line.due is not None and not line.kept_by:
            date = self.tr("{date} 前").format(date=times.minute(line.due, self.now))
            late = line.due < self.now
            ink = tokens.red if late else tokens.text_1
            right -= write.text((right, middle), date, ink, 13, bold=late, side=Side.RIGHT) + px(12)
        if line.number:
            number = line.number[-4:]
            right -= write.text((right, middle), number, tokens.text_2, 12, side=Side.RIGHT)
            right -= px(12)
        ink = tokens.text_1 if written else tokens.text_2
        words = fonts.elide(self.words_of(line), 13, right - px(_WORDS))
        write.text((px(_WORDS), middle), words, ink, 13)
