"""Key caps: the key of an act, drawn beside it."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from ui.look.painting import Side, Writer, outline
from ui.look.tokens import Tokens
from ui.look.type import Fonts

HEIGHT: Final = 18


def keycap_width(fonts: Fonts, key: str) -> int:
    """Return the width of the cap: square for one character, wider for a word."""
    return max(HEIGHT, round(fonts.width(key, 11)) + 10)


def draw_keycap(
    painter: QPainter,
    corner: QPointF,
    key: str,
    look: tuple[Tokens, Fonts],
    ink: QColor | None = None,
) -> int:
    """Draw the cap with its top left corner there; return its width.

    On a filled button the ink of the button's text is given and colours the edge too.
    """
    tokens, fonts = look
    width = keycap_width(fonts, key)
    box = QRectF(round(corner.x()), round(corner.y()), width, HEIGHT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline(painter, box, ink if ink is not None else tokens.line_2, 4)
    Writer(painter, fonts).text(
        (box.center().x(), box.center().y()),
        key,
        ink if ink is not None else tokens.text_2,
        11,
        side=Side.MIDDLE,
    )
    return width
