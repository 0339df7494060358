"""A field of several lines: Enter does what the dialog is for, Shift+Enter begins a line."""

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from ui.look.theme import Theme

_LINES: Final = (3, 12)
"""So many lines are shown at least and at most, before it scrolls."""
_LINE: Final = 22
_CORNER: Final = 20


class TextEntry(QPlainTextEdit):
    """Some lines of text; `name` is the command's option."""

    def __init__(
        self, theme: Theme, name: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.name = name
        self.setPlaceholderText(hint)
        self.setFont(theme.fonts.font(14))
        self.setTabChangesFocus(True)
        self._theme = theme
        self._origin = QLabel("", self)
        self._origin.setFont(theme.fonts.font(12))
        palette = self._origin.palette()
        palette.setColor(self._origin.foregroundRole(), theme.tokens.text_3)
        self._origin.setPalette(palette)
        self._origin.hide()
        self._lines = _LINES[0]
        self.setFixedHeight(self._high())
        self.document().setDocumentMargin(4)
        self.textChanged.connect(self._on_changed)

    def values(self) -> dict[str, object]:
        """Return the text without blanks at its ends, when there is one."""
        text = self.toPlainText().strip()
        return {self.name: text} if text else {}

    def propose(self, value: object, origin: str = "") -> None:
        """Put the value in as text; where it comes from stands in the corner until it changes."""
        text = str(value or "")
        self._lines = max(_LINES[0], min(_LINES[1], text.count("\n") + 1))
        self.setPlainText(text)
        self._tell_origin(origin)

    def origin(self) -> str:
        """Return where what stands in the field comes from."""
        return self._origin.text()

    def _tell_origin(self, origin: str) -> None:
        self._origin.setText(origin)
        self._origin.setVisible(bool(origin))
        self.setFixedHeight(self._high() + (self._theme.px(_CORNER) if origin else 0))
        self.setViewportMargins(0, 0, 0, self._theme.px(_CORNER) if origin else 0)
        self._place()

    def _high(self) -> int:
        return self._theme.px(self._lines * _LINE + 10)

    def _place(self) -> None:
        size = self._origin.sizeHint()
        x, y = self.width() - size.width() - 10, self.height() - size.height() - 4
        self._origin.setGeometry(x, y, size.width(), size.height())

    @Slot()
    def _on_changed(self) -> None:
        """What somebody changed is theirs."""
        if self._origin.text():
            self._tell_origin("")

    def widget(self) -> QWidget:
        """Return itself."""
        return self

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
            return
        super().keyPressEvent(event)
