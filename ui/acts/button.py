"""A button with its verb and its key; the key cap is part of the button."""

from enum import Enum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.painting import Writer
from ui.look.theme import Theme

HEIGHT: Final = 36
_SIDE: Final = 14
_GAP: Final = 8


class Weight(Enum):
    """How much a button asks for."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DESTRUCTIVE = "destructive"


class KeyButton(QAbstractButton):
    """A verb and its key cap, 36 px high; filled blue when it is the primary one."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        key: str = "",
        weight: Weight = Weight.PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        """The key is drawn, not bound: whoever holds the button takes the key."""
        super().__init__(parent)
        self._theme = theme
        self.key = key
        self._weight = weight
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def say(self, text: str) -> None:
        """Change the verb."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _needed(self, side: int) -> int:
        fonts = self._theme.fonts
        width = fonts.width(self.text(), 14, bold=self._weight is Weight.PRIMARY)
        cap = keycap_width(fonts, self.key) + _GAP if self.key else 0
        return round(width) + cap + 2 * side

    def sizeHint(self) -> QSize:
        return QSize(self._needed(_SIDE), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._needed(_GAP), self._theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._ground(painter)
        fonts = self._theme.fonts
        bold = self._weight is Weight.PRIMARY
        cap = keycap_width(fonts, self.key) if self.key else 0
        room = self.width() - (cap + _GAP if cap else 0) - 8
        text = fonts.elide(self.text(), 14, room, bold=bold)
        width = fonts.width(text, 14, bold=bold)
        x = (self.width() - width - (cap + _GAP if cap else 0)) / 2
        middle = self.height() / 2
        Writer(painter, fonts).text((x, middle), text, ink, 14, bold=bold)
        if cap:
            corner = QPointF(x + width + _GAP, middle - CAP / 2)
            edge = ink if bold else None
            draw_keycap(painter, corner, self.key, (self._theme.tokens, fonts), edge)

    def _ground(self, painter: QPainter) -> QColor:
        tokens = self._theme.tokens
        box = QRectF(self.rect())
        ink = tokens.text_1 if self.isEnabled() else tokens.text_3
        edge, fill = tokens.control if self.isEnabled() else tokens.line_2, tokens.raised
        if self.isDown():
            fill = tokens.select
        if self._weight is Weight.PRIMARY and self.isEnabled():
            ink, edge, fill = tokens.primary_text, tokens.blue, tokens.blue
        elif self._weight is Weight.DESTRUCTIVE and self.isEnabled():
            ink, edge = tokens.red, tokens.red
        wide = 1.0
        if self.hasFocus():
            wide = 2.0
            edge = tokens.text_1 if self._weight is Weight.PRIMARY else tokens.blue
        painter.setPen(QPen(edge, wide))
        painter.setBrush(fill)
        inset = wide / 2
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 4, 4)
        return ink
