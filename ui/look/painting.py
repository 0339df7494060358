"""Painting rules every panel shares: whole-pixel lines, text on the baseline rule, tags, bars."""

from enum import Enum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ui.look.tokens import Tokens
from ui.look.type import Fonts

TAG_HEIGHT: Final = 18
TAG_PADDING: Final = 6


class TagStyle(Enum):
    """How a tag is drawn; the word in it carries the meaning."""

    FILLED = "filled"
    OUTLINED = "outlined"
    RED = "red"
    AMBER = "amber"
    VIOLET = "violet"
    BLUE = "blue"


class Side(Enum):
    """Which end of the text the given x is."""

    LEFT = "left"
    RIGHT = "right"
    MIDDLE = "middle"


def hairline(painter: QPainter, x: float, y: float, width: float, colour: QColor) -> None:
    """Draw a horizontal line of one pixel."""
    painter.fillRect(round(x), round(y), round(width), 1, colour)


def upright(painter: QPainter, x: float, y: float, height: float, colour: QColor) -> None:
    """Draw a vertical line of one pixel."""
    painter.fillRect(round(x), round(y), 1, round(height), colour)


def outline(painter: QPainter, box: QRectF, colour: QColor, radius: float = 4) -> None:
    """Draw a one-pixel outline just inside a box of whole pixels."""
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def focus_ring(painter: QPainter, box: QRectF, tokens: Tokens, radius: float = 4) -> None:
    """Draw the two-pixel focus ring one pixel outside a box."""
    painter.setPen(QPen(tokens.blue, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), radius + 2, radius + 2)


class Writer:
    """Writes text of one panel's painter; keeps the panel's paint code short."""

    def __init__(self, painter: QPainter, fonts: Fonts) -> None:
        """Borrow the painter for one paint event."""
        self._painter = painter
        self._fonts = fonts

    def text(
        self,
        at: tuple[float, float],
        text: str,
        colour: QColor,
        px: int = 14,
        *,
        bold: bool = False,
        side: Side = Side.LEFT,
    ) -> float:
        """Write at x and the row's centre line; return the width written."""
        x, centre = at
        width = self._fonts.width(text, px, bold=bold)
        if side is Side.RIGHT:
            x -= width
        elif side is Side.MIDDLE:
            x -= width / 2
        self._painter.setFont(self._fonts.font(px, bold=bold))
        self._painter.setPen(colour)
        self._painter.drawText(QPointF(x, centre + self._fonts.baseline(px)), text)
        return width


def tag_width(fonts: Fonts, text: str) -> int:
    """Return the width of a tag that holds the text."""
    return round(fonts.width(text, 12, bold=True)) + 2 * TAG_PADDING


def draw_tag(
    painter: QPainter, corner: QPointF, text: str, style: TagStyle, look: tuple[Tokens, Fonts]
) -> int:
    """Draw a tag with its top left corner there; return its width."""
    tokens, fonts = look
    width = tag_width(fonts, text)
    box = QRectF(round(corner.x()), round(corner.y()), width, TAG_HEIGHT)
    fill, edge, ink = _tag_colours(style, tokens)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge, 1) if edge is not None else Qt.PenStyle.NoPen)
    inset = 0.5 if edge is not None else 0
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 4, 4)
    Writer(painter, fonts).text(
        (box.center().x(), box.center().y()), text, ink, 12, bold=True, side=Side.MIDDLE
    )
    return width


def _tag_colours(style: TagStyle, tokens: Tokens) -> tuple[QColor | None, QColor | None, QColor]:
    match style:
        case TagStyle.FILLED:
            return tokens.text_1, None, tokens.panel
        case TagStyle.OUTLINED:
            return None, tokens.control, tokens.text_2
        case TagStyle.RED:
            return tokens.red, None, tokens.on
        case TagStyle.AMBER:
            return None, tokens.amber, tokens.amber_text
        case TagStyle.VIOLET:
            return tokens.violet_wash, tokens.violet, tokens.violet
        case TagStyle.BLUE:
            return tokens.blue, None, tokens.primary_text


def draw_bar(
    painter: QPainter, box: QRectF, share: float, tokens: Tokens, colour: QColor | None = None
) -> None:
    """Draw a neutral bar filled to a share of 0 to 1; the colour is text.3 unless one is given."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = box.height() / 2
    painter.setBrush(tokens.line)
    painter.drawRoundedRect(box, radius, radius)
    if share > 0:
        full = QRectF(box)
        full.setWidth(max(box.height(), box.width() * min(share, 1.0)))
        painter.setBrush(colour if colour is not None else tokens.text_3)
        painter.drawRoundedRect(full, radius, radius)


def draw_centred(painter: QPainter, pixmap: QPixmap, x: float, y: float) -> None:
    """Draw a cached mark with its centre there, on whole pixels."""
    size = pixmap.deviceIndependentSize()
    painter.drawPixmap(round(x - size.width() / 2), round(y - size.height() / 2), pixmap)
