"""The theme in use: tokens, fonts, marks and icons together, and the signal that they changed."""

from string import Template
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.look.icons import Icons
from ui.look.marks import Marks
from ui.look.tokens import ThemeName, Tokens, tokens
from ui.look.type import Fonts

# Fields, buttons and scroll bars only; everything else is painted by its panel.
_SHEET: Final = Template("""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateTimeEdit, QSpinBox {
  background: $bg; color: $text_1; border: 1px solid $control; border-radius: 4px;
  padding: 0 8px; min-height: ${field}px; selection-background-color: $blue;
  selection-color: $primary_text;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateTimeEdit:focus,
QSpinBox:focus { border: 2px solid $blue; padding: 0 7px; }
LineEntry { min-height: ${line}px; max-height: ${line}px; }
LineEntry:focus { min-height: ${line_focus}px; max-height: ${line_focus}px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
  color: $text_3; border-color: $line_2;
}
QComboBox::drop-down { border: none; width: 20px; }
QSpinBox::up-button, QSpinBox::down-button, QDateTimeEdit::up-button, QDateTimeEdit::down-button {
  width: 0; border: none;
}
QPushButton {
  background: $raised; color: $text_1; border: 1px solid $control; border-radius: 4px;
  padding: 0 12px; min-height: ${button}px;
}
QPushButton:pressed { background: $select; }
QPushButton:focus { border: 2px solid $blue; padding: 0 11px; }
QPushButton:disabled { color: $text_3; border-color: $line_2; }
QPushButton[role="primary"] {
  background: $blue; color: $primary_text; border: none; font-weight: bold;
}
QPushButton[role="primary"]:focus { border: 2px solid $text_1; }
QPushButton[role="destructive"] { color: $red; border-color: $red; }
QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 8px; margin: 0; }
QScrollBar::handle { background: $line_2; border-radius: 1px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 0 0 0 5px; }
QScrollBar::handle:vertical:hover { margin: 0; border-radius: 4px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 5px 0 0 0; }
QScrollBar::handle:horizontal:hover { margin: 0; border-radius: 4px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip {
  background: $raised; color: $text_1; border: 1px solid $line_2; padding: 4px 8px;
}
""")


class Theme(QObject):
    """What every painting widget takes: colours, fonts, marks and icons of the moment.

    ``changed`` tells that all four are new; a widget answers with ``update()``.
    """

    changed = Signal()

    def __init__(self, name: ThemeName = "night", scale: int = 100) -> None:
        """Scale is the font choice in per cent: 90, 100, 115 or 130."""
        super().__init__()
        self.icons = Icons()
        self._take(name, scale)

    def choose(self, name: ThemeName, scale: int | None = None) -> None:
        """Change the theme, the font choice or both."""
        self._take(name, self.fonts.scale if scale is None else scale)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self.apply(application)
        self.changed.emit()

    def apply(self, application: QApplication) -> None:
        """Give the application Fusion, this theme's palette and the style sheet."""
        application.setStyle("Fusion")
        application.setPalette(palette(self.tokens))
        application.setFont(self.fonts.font(14))
        application.setStyleSheet(self.sheet())

    def px(self, length: int) -> int:
        """Return a design length at the font choice."""
        return round(length * self.fonts.scale / 100)

    def sheet(self) -> str:
        """Return the small style sheet of fields, buttons and scroll bars."""
        colours = {
            field: value.name()
            for field in Tokens.__dataclass_fields__
            if isinstance(value := getattr(self.tokens, field), QColor)
        }
        line = self.px(32)  # with its edge, which is thicker while the field has the keys
        sizes = {
            "field": str(self.px(28)),
            "line": str(line - 2),
            "line_focus": str(line - 4),
            "button": str(self.px(30)),
        }
        return _SHEET.substitute(colours | sizes)

    def _take(self, name: ThemeName, scale: int) -> None:
        self.tokens: Tokens = tokens(name)
        self.fonts = Fonts(scale)
        self.marks = Marks(self.tokens, self.fonts)


def palette(colours: Tokens) -> QPalette:
    """Return the palette Fusion takes for what is not painted by us."""
    roles = {
        QPalette.ColorRole.Window: colours.panel,
        QPalette.ColorRole.WindowText: colours.text_1,
        QPalette.ColorRole.Base: colours.bg,
        QPalette.ColorRole.AlternateBase: colours.bg,
        QPalette.ColorRole.Text: colours.text_1,
        QPalette.ColorRole.Button: colours.raised,
        QPalette.ColorRole.ButtonText: colours.text_1,
        QPalette.ColorRole.BrightText: colours.red,
        QPalette.ColorRole.Highlight: colours.blue,
        QPalette.ColorRole.HighlightedText: colours.primary_text,
        QPalette.ColorRole.Link: colours.blue,
        QPalette.ColorRole.LinkVisited: colours.blue,
        QPalette.ColorRole.PlaceholderText: colours.text_3,
        QPalette.ColorRole.ToolTipBase: colours.raised,
        QPalette.ColorRole.ToolTipText: colours.text_1,
        QPalette.ColorRole.Light: colours.line_2,
        QPalette.ColorRole.Midlight: colours.line,
        QPalette.ColorRole.Mid: colours.line,
        QPalette.ColorRole.Dark: colours.app,
        QPalette.ColorRole.Shadow: colours.app,
    }
    made = QPalette()
    for role, colour in roles.items():
        made.setColor(role, colour)
    faded = (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText)
    for role in faded:
        made.setColor(QPalette.ColorGroup.Disabled, role, colours.text_3)
    return made
