"""Why a dialog did not do it: a sentence over the dialog's width, at most two lines."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.acts.sheet_head import SIDE
from ui.look.theme import Theme

SIZE: Final = 14
LINES: Final = 2


class Complaint(QLabel):
    """Hidden while there is nothing to say; what two lines do not hold is in the tooltip."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("", parent)
        self._theme = theme
        self._words = ""
        self.setFont(theme.fonts.font(SIZE))
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(SIDE, 0, SIDE, theme.px(12))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        palette = self.palette()
        palette.setColor(self.foregroundRole(), theme.tokens.red)
        self.setPalette(palette)
        self.hide()

    def say(self, words: str) -> None:
        """Say why; "" takes it back."""
        self._words = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setText(words)
        self.setVisible(bool(words))

    def words(self) -> str:
        """Return the whole sentence."""
        return self._words

    def fit(self, width: int) -> None:
        """Keep to two lines of a dialog of that width; a line may end a hanzi or two early."""
        room = LINES * (width - 2 * SIDE - 2 * self._theme.px(SIZE))
        self.setText(self._theme.fonts.elide(self._words, SIZE, room))
