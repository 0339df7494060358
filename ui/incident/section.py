"""A part of the incident pane: painted, as wide as the pane, as high as what it shows."""

import re
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look.painting import Side, Writer, hairline
from ui.look.theme import Theme

SIDE = 16
"""The pane's side padding, px."""
_LEFT: Final = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop).value
_BY_WORDS: Final = _LEFT | Qt.TextFlag.TextWordWrap.value
_ANYWHERE: Final = _BY_WORDS | Qt.TextFlag.TextWrapAnywhere.value
_UNBROKEN: Final = re.compile(r"[!-~]+")


class Section(QWidget):
    """Derived parts tell `height_for` and paint in `draw`; a line closes each part."""

    closed_by_line = True

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Take the height that the content needs at this width, and repaint."""
        # A hidden part is not resized with the pane: its own width is an old one.
        owner = self.parentWidget()
        width = owner.width() if owner is not None and self.isHidden() else self.width()
        high = self.height_for(width)
        if high > 0 and high != self.height():
            self.setFixedHeight(high)
        self.setVisible(high > 0)
        self.update()

    def height_for(self, width: int) -> int:
        """Return the height at a width; 0 hides the part."""
        raise NotImplementedError

    def draw(self, painter: QPainter, write: Writer) -> None:
        """Paint the content."""
        raise NotImplementedError

    def title(self, write: Writer, y: float, text: str, right: str = "") -> None:
        """Write a part's title, and what stands at its right."""
        tokens, fonts = self.theme.tokens, self.theme.fonts
        x = SIDE + write.text((SIDE, y), text, tokens.text_1, 13, bold=True)
        room = self.width() - SIDE - x - 16
        said = fonts.elide(right, 12, room)
        write.text((self.width() - SIDE, y), said, tokens.text_3, 12, side=Side.RIGHT)

    def wrapped_height(self, text: str, px: int, width: float) -> int:
        """Return how high a text is when it is wrapped."""
        metrics = self.theme.fonts.metrics(px)
        how = _wrapping(metrics, text, width)
        return round(metrics.boundingRect(QRectF(0, 0, width, 10_000), how, text).height())

    def draw_wrapped(self, painter: QPainter, box: QRectF, said: tuple[str, QColor, int]) -> None:
        """Write a text of a colour and size, wrapped into a box."""
        text, colour, px = said
        painter.setFont(self.theme.fonts.font(px))
        painter.setPen(colour)
        painter.drawText(box, _wrapping(self.theme.fonts.metrics(px), text, box.width()), text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.theme.tokens.panel)
        self.draw(painter, Writer(painter, self.theme.fonts))
        if self.closed_by_line:
            hairline(painter, 0, self.height() - 1, self.width(), self.theme.tokens.line)


def _wrapping(metrics: QFontMetricsF, text: str, width: float) -> int:
    """Return how to wrap: no line begins with a stop, unless a long address has to be cut."""
    words = _UNBROKEN.findall(text)
    too_long = any(metrics.horizontalAdvance(word) > width for word in words)
    return _ANYWHERE if too_long else _BY_WORDS
