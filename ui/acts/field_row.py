"""A field of a form: its word, its entry, and under it what is wrong with what was typed."""

from typing import Final

from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.acts.choice_entry import ChoiceEntry
from ui.acts.entry import Entry
from ui.acts.line_entry import LineEntry
from ui.acts.text_entry import TextEntry
from ui.look.painting import Writer
from ui.look.theme import Theme

WORD: Final = 78
_LINE: Final = 32


class FieldRow(QWidget):
    """Word at the left, 78 px wide; a needed field is told so in its word."""

    def __init__(
        self, theme: Theme, word: str, entry: Entry, needed: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._word = word
        self._needed = needed
        self.entry = entry
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(WORD), 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(entry.widget())
        entry.widget().setAccessibleName(word)
        self._error = QLabel("", self)
        self._error.setFont(theme.fonts.font(12))
        self._error.setWordWrap(True)
        self._error.setTextFormat(Qt.TextFormat.PlainText)
        palette = self._error.palette()
        palette.setColor(self._error.foregroundRole(), theme.tokens.red)
        self._error.setPalette(palette)
        self._error.hide()
        layout.addWidget(self._error)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._forget_when_changed(entry)

    def show_error(self, words: str) -> None:
        """Say what is wrong under the field; "" takes it back."""
        self._error.setText(words)
        self._error.setVisible(bool(words))

    def _forget_when_changed(self, entry: Entry) -> None:
        """What was wrong with the old value says nothing of a new one."""
        if isinstance(entry, (LineEntry, TextEntry)):
            entry.textChanged.connect(self._on_changed)
        elif isinstance(entry, ChoiceEntry):
            entry.chosen.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        self.show_error("")

    def error(self) -> str:
        """Return what is said under the field."""
        return self._error.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, fonts = self._theme.tokens, self._theme.fonts
        box = self.entry.widget().geometry()
        high = self._theme.px(_LINE)
        # Beside several lines the word stands at the first one.
        tall = box.height() > 1.4 * high
        middle = QRect(box.x(), box.y(), 1, high if tall else box.height()).center().y() + 0.5
        room = self._theme.px(WORD) - 14
        word = fonts.elide(self._word, 13, room)
        x = Writer(painter, fonts).text((0, middle), word, tokens.text_2, 13)
        if self._needed and x + 10 < room + 8:
            Writer(painter, fonts).text((x + 3, middle), "*", tokens.text_2, 13)
