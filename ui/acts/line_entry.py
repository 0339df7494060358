"""A field of one line; where its proposed value comes from stands at its right."""

from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui.look.painting import Side, Writer
from ui.look.theme import Theme

HEIGHT: Final = 32
_EDGE: Final = 10


class LineEntry(QLineEdit):
    """One line of text; `name` is the command's option."""

    def __init__(
        self, theme: Theme, name: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.name = name
        self._origin = ""
        self.setPlaceholderText(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    @Slot()
    def _on_theme(self) -> None:
        """Keep one height, as the sheet does: by itself it grows with the first hanzi in it."""
        self.setFont(self.theme.fonts.font(14))
        self.setFixedHeight(self.theme.px(HEIGHT))

    def values(self) -> dict[str, object]:
        """Return the text without blanks at its ends, when there is one."""
        text = self.text().strip()
        return {self.name: text} if text else {}

    def propose(self, value: object, origin: str = "") -> None:
        """Put the value in as text."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)
        self.tell_origin(origin)

    def tell_origin(self, origin: str) -> None:
        """Write at the right where the value comes from."""
        self._origin = origin
        room = round(self.theme.fonts.width(origin, 12)) + _EDGE if origin else 0
        self.setTextMargins(0, 0, min(room, max(0, self.width() - 60)) if self.width() else room, 0)
        self.update()

    def origin(self) -> str:
        """Return where the value comes from."""
        return self._origin

    def widget(self) -> QWidget:
        """Return itself."""
        return self

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._origin:
            painter = QPainter(self)
            fonts = self.theme.fonts
            right = self.width() - _EDGE
            origin = fonts.elide(self._origin, 12, self.width() - 2 * _EDGE)
            at = (right, self.height() / 2)
            Writer(painter, fonts).text(at, origin, self.theme.tokens.text_2, 12, side=Side.RIGHT)
