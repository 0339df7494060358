"""Paints a layout over the tiles: names, rings, workers, units, incidents, the selected one."""

import math
from typing import Final

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.look.theme import Theme
from ui.map.projection import Viewport

RING_MINUTES: Final = (1, 3, 5)
RING_REACH: Final = 400.0  # metres a minute in a straight line: 24 km/h in town
LEAST_RING: Final = 23.0  # pixels: a smaller one would lie within the brackets
_BRACKET: Final = 23  # pixels from the selected mark's middle to its corner brackets
_BRACKET_ARM: Final = 9


def paint_rings(
    painter: QPainter, theme: Theme, at: tuple[float, float], reach: tuple[float, Viewport]
) -> None:
    """Draw the straight-line reach of 1, 3 and 5 minutes round the selected incident.

    Reach is pixels a minute, and the view: a ring that does not cross it is left out.
    """
    pixels_a_minute, view = reach
    x, y = at
    pen = QPen(theme.tokens.blue, 1.2)
    pen.setDashPattern([5, 4])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for minutes in RING_MINUTES:
        radius = minutes * pixels_a_minute
        if radius < LEAST_RING or not _crosses(at, radius, view):
            continue
        painter.setPen(pen)
        painter.drawEllipse(QPointF(x, y), radius, radius)


def _crosses(at: tuple[float, float], radius: float, view: Viewport) -> bool:
    """Tell whether a ring may be seen in the view."""
    x, y = at
    near = math.hypot(max(-x, 0, x - view.width), max(-y, 0, y - view.height))
    far = math.hypot(max(x, view.width - x), max(y, view.height - y))
    return near - 2 <= radius <= far + 2


def paint_brackets(painter: QPainter, theme: Theme, at: tuple[float, float]) -> None:
    """Draw four blue corner brackets round the selected incident."""
    x, y = round(at[0]), round(at[1])
    pen = QPen(theme.tokens.blue, 2.5, c=Qt.PenCapStyle.FlatCap, j=Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    for side in (-1, 1):
        for level in (-1, 1):
            corner = QPointF(x + side * _BRACKET, y + level * _BRACKET)
            across = QPointF(corner.x() - side * _BRACKET_ARM, corner.y())
            down = QPointF(corner.x(), corner.y() - level * _BRACKET_ARM)
            painter.drawPolyline([across, corner, down])


def paint_cursor(painter: QPainter, theme: Theme, at: tuple[float, float], reach: float) -> None:
    """Draw the focus ring round the mark the keyboard is at."""
    painter.setPen(QPen(theme.tokens.blue, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(*at), reach + 3, reach + 3)


def paint_focus(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """Draw the focus ring of the whole map, just inside its edge."""
    painter.setPen(QPen(theme.tokens.blue, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(1, 1, -1, -1))


def paint_scale_bar(painter: QPainter, theme: Theme, view: Viewport) -> None:
    """Draw the scale bar at the lower left."""
    metres = scale_bar_metres(view.scale)
    width = round(metres * view.scale)
    tokens = theme.tokens
    left, base = 16, view.height - 16
    painter.setPen(QPen(tokens.text_2, 2))
    painter.drawLines(
        [
            QLineF(left, base, left + width, base),
            QLineF(left, base - 6, left, base + 1),
            QLineF(left + width, base - 6, left + width, base + 1),
        ]
    )
    text = distance_text(metres)
    fonts = theme.fonts
    painter.setFont(fonts.font(12))
    painter.setPen(tokens.text_1)
    room = QRectF(left, base - 24, width, 18)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)


def scale_bar_metres(scale: float) -> int:
    """Return the longest 1-2-5 length that fits in 110 px."""
    best = 1
    for power in range(7):
        for step in (1, 2, 5):
            if step * 10**power * scale <= 110:
                best = step * 10**power
    return best


def distance_text(metres: float) -> str:
    """Return a distance in words: 120 米, 1.3 公里."""
    if metres < 1000:
        return QCoreApplication.translate("Map", "{0} 米").format(round(metres))
    kilometres = metres / 1000
    number = f"{kilometres:.0f}" if kilometres == round(kilometres) else f"{kilometres:.1f}"
    return QCoreApplication.translate("Map", "{0} 公里").format(number)
