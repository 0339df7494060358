"""The title of a part of a dialog, with a note at its right."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look.painting import Side, Writer
from ui.look.theme import Theme


class PartTitle(QWidget):
    """13 px bold; the note in 12 px gives way."""

    def __init__(self, theme: Theme, title: str, note: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self._note = note
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, title: str, note: str) -> None:
        """Change title and note."""
        self._title, self._note = title, note
        self.update()

    def note(self) -> str:
        """Return the whole note."""
        return self._note

    def sizeHint(self) -> QSize:
        return QSize(240, self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, fonts = self._theme.tokens, self._theme.fonts
        write, middle = Writer(painter, fonts), self.height() / 2
        left = self.contentsMargins().left()
        x = left + write.text((left, middle), self._title, tokens.text_1, 13, bold=True)
        note = fonts.elide(self._note, 12, self.width() - x - 16)
        write.text((self.width(), middle), note, tokens.text_2, 12, side=Side.RIGHT)
