"""A field of several lines: Enter does what the dialog is for, Shift+Enter begins a line."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.look.theme import Theme


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
        self.setFixedHeight(theme.px(78))
        self.document().setDocumentMargin(4)

    def values(self) -> dict[str, object]:
        """Return the text without blanks at its ends, when there is one."""
        text = self.toPlainText().strip()
        return {self.name: text} if text else {}

    def propose(self, value: object, origin: str = "") -> None:
        """Put the value in as text."""
        self.setPlainText(str(value or ""))

    def widget(self) -> QWidget:
        """Return itself."""
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
            return
        super().keyPressEvent(event)
