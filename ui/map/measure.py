"""Measuring on the map: a line of points and its length."""

import math
from itertools import pairwise

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.map.overlay import distance_text
from ui.map.projection import Viewport
from ui.map.stamps import Stamps


class Measure:
    """The points that were set, in metres of the plane."""

    def __init__(self) -> None:
        self.points: list[tuple[float, float]] = []

    def add(self, east: float, north: float) -> None:
        """Set a further point."""
        self.points.append((east, north))

    def clear(self) -> None:
        """Begin again."""
        self.points.clear()

    def length(self, upto: tuple[float, float] | None = None) -> float:
        """Return the straight-line length over the points, and on to a last one when given."""
        points = [*self.points, upto] if upto is not None else self.points
        return sum(math.dist(one, other) for one, other in pairwise(points))

    def paint(
        self, painter: QPainter, stamps: Stamps, view: Viewport, hand: tuple[float, float] | None
    ) -> None:
        """Draw the line, to the hand when it is on the map, and its length at the end."""
        if not self.points:
            return
        points = [*self.points, hand] if hand is not None else self.points
        screen = [QPointF(*view.screen(*point)) for point in points]
        tokens = stamps.theme.tokens
        painter.setPen(QPen(tokens.map_halo, 5, c=Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(screen)
        painter.setPen(QPen(tokens.blue, 2, c=Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(screen)
        painter.setBrush(tokens.map_halo)
        for point in screen:
            painter.drawEllipse(point, 3.5, 3.5)
        text = stamps.plate(distance_text(self.length(hand)))
        painter.drawPixmap(round(screen[-1].x()) + 10, round(screen[-1].y()) - 26, text)
