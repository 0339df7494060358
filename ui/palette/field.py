"""The palette's one line: verb blue, number bold, the rest as typed, the completion greyed."""

from typing import Final

from PySide6.QtCore import QMimeData, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from dispatch.advice.line import LONGEST, Line, Word
from ui.look.theme import Theme

SIZE: Final = 20
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Colours(QSyntaxHighlighter):
    """Colours the words of the line as they were read."""

    def __init__(self, field: "Field", theme: Theme) -> None:
        super().__init__(field.document())
        self._theme = theme
        self.line = Line("")

    def highlightBlock(self, text: str) -> None:
        if text[: len(self.line.text)] != self.line.text[: len(text)]:
            return
        tokens = self._theme.tokens
        for word, colour in ((self.line.verb, tokens.blue), (self.line.number, tokens.text_1)):
            if word is not None:
                style = QTextCharFormat()
                style.setForeground(colour)
                style.setFontWeight(QFont.Weight.Bold)
                self.setFormat(word.start, word.end - word.start, style)


class Field(QPlainTextEdit):
    """typed(text) when it is another one; moved(by) for the list; done(follow) on Enter.

    completed() on Tab, left() on Esc.
    """

    typed = Signal(str)
    moved = Signal(int)
    done = Signal(bool)
    completed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._before = ""
        self._ghost = ""
        self._colours = _Colours(self, theme)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(False)
        self.setObjectName("palette_field")
        self.setStyleSheet(
            "#palette_field, #palette_field:focus"
            " { border: none; padding: 0; background: transparent; }"
        )
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.setAccessibleName(self.tr("命令"))
        self.textChanged.connect(self._on_text)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def line(self) -> str:
        """Return what stands there."""
        return self.toPlainText()

    def set_line(self, text: str) -> None:
        """Put a line in, with the cursor at its end."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def show_read(self, line: Line) -> None:
        """Colour the line as it was read."""
        if self._colours.line != line:
            self._colours.line = line
            self._colours.rehighlight()

    def show_ghost(self, text: str) -> None:
        """Show how the last word would be completed."""
        if text != self._ghost:
            self._ghost = text
            self.viewport().update()

    def ghost(self) -> str:
        """Return the completion that is shown."""
        return self._ghost

    def wanted_height(self) -> int:
        """Return the height of the line."""
        return round(QFontMetricsF(self.font()).height()) + 4

    @Slot()
    def _on_theme(self) -> None:
        self.setFont(self._theme.fonts.font(SIZE))
        self._colours.rehighlight()

    @Slot()
    def _on_text(self) -> None:
        text = self.line()
        if "\n" in text or len(text) > LONGEST:
            text = " ".join(text.split())[:LONGEST]
            self.set_line(text)
            return
        if text != self._before:
            self._before = text
            self.show_ghost("")
            self.typed.emit(text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(" ".join(source.text().split())[:LONGEST])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _ENTER:
            if not event.isAutoRepeat():
                held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
                self.done.emit(bool(held))
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Tab:
            self.completed.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key != Qt.Key.Key_Backtab:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        at_end = self.textCursor().atEnd()
        if not self._ghost or not at_end:
            return
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        painter.setPen(self._theme.tokens.text_3)
        box = self.cursorRect()
        base = box.top() + QFontMetricsF(self.font()).ascent()
        painter.drawText(QPointF(box.right() + 2, base), self._ghost)


def last_word(line: Line) -> Word | None:
    """Return the word that is being typed."""
    parts = [each for each in (line.verb, line.number, *line.words) if each is not None]
    return parts[-1] if parts and not line.closed else None
