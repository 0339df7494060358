"""The outlines of the painted marks, in device pixels inside a square of the mark's size."""

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF


def square_side(size: int) -> int:
    """Return the even side of the red light's square, so that its "!" stays two whole pixels."""
    return 2 * math.ceil((size - 2) / 2)


def red_square(size: int, unit: float) -> QPainterPath:
    """Red light: a filled square with a "!" cut out of it."""
    side = square_side(size)
    left = (size - side) // 2
    path = QPainterPath()
    corner = max(1.5, side * 0.16)
    path.addRoundedRect(QRectF(left, left, side, side), corner, corner)
    bar = max(2, 2 * round(side * 0.16 / 2))
    x = left + side // 2 - bar // 2
    top = left + round(side * 0.2)
    dot = max(2, round(1.8 * unit * side / 12))
    bottom = left + side - round(side * 0.18)
    sign = QPainterPath()
    sign.addRect(QRectF(x, top, bar, bottom - top - dot - max(1, round(unit))))
    sign.addRect(QRectF(x, bottom - dot, bar, dot))
    return path.subtracted(sign)


def amber_triangle(size: int) -> QPainterPath:
    """Yellow light: a filled triangle standing on its base."""
    height = round(size * 0.86)
    top = (size - height) // 2
    points = [(size / 2, top), (size, top + height), (0, top + height)]
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def green_ring(size: int, unit: float) -> QPainterPath:
    """Green light: a ring of two pixels."""
    outer = size - 2 * round(size * 0.1)
    stroke = max(2 * unit, size * 0.14)
    edge = (size - outer) / 2
    path = QPainterPath()
    path.addEllipse(QRectF(edge, edge, outer, outer))
    path.addEllipse(QRectF(edge, edge, outer, outer).adjusted(stroke, stroke, -stroke, -stroke))
    return path


def contested_halves(size: int, unit: float) -> tuple[QPainterPath, QPainterPath]:
    """Contested: a diamond, left half to be filled, right half to be outlined."""
    middle = size / 2
    half = size * 0.54
    gap = max(0.75, 0.5 * unit)
    left = QPainterPath()
    right = QPainterPath()
    for path, side in ((left, -1), (right, 1)):
        edge = middle + side * gap
        corner = [
            QPointF(edge, middle - half + 0.5),
            QPointF(middle + side * half, middle),
            QPointF(edge, middle + half - 0.5),
        ]
        path.addPolygon(QPolygonF(corner))
        path.closeSubpath()
    return left, right


def hold_bars(size: int) -> QPainterPath:
    """On hold: two bars on whole pixels."""
    bar = max(2, round(size * 0.2))
    gap = bar if (2 * bar + bar) % 2 == size % 2 else bar + (1 if size % 2 else -1)
    height = round(size * 0.72)
    left = (size - 2 * bar - gap) // 2
    top = (size - height) // 2
    path = QPainterPath()
    path.addRect(QRectF(left, top, bar, height))
    path.addRect(QRectF(left + bar + gap, top, bar, height))
    return path


def city_arrow(size: int) -> QPainterPath:
    """City level: an arrow up."""
    middle = size / 2
    head = size * 0.42
    shaft = max(1.0, size * 0.11)
    points = [
        (middle, size * 0.08),
        (middle + head, size * 0.52),
        (middle + shaft, size * 0.52),
        (middle + shaft, size * 0.92),
        (middle - shaft, size * 0.92),
        (middle - shaft, size * 0.52),
        (middle - head, size * 0.52),
    ]
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def person(size: float, left: float = 0.0, top: float = 0.0) -> QPainterPath:
    """Worker: head and shoulders."""
    head = size * 0.22
    middle = left + size / 2
    path = QPainterPath()
    path.addEllipse(QPointF(middle, top + size * 0.27), head, head)
    shoulders = QPainterPath(QPointF(left + size * 0.08, top + size * 0.96))
    shoulders.lineTo(left + size * 0.08, top + size * 0.86)
    shoulders.cubicTo(
        QPointF(left + size * 0.08, top + size * 0.68),
        QPointF(left + size * 0.22, top + size * 0.6),
        QPointF(middle, top + size * 0.6),
    )
    shoulders.cubicTo(
        QPointF(left + size * 0.78, top + size * 0.6),
        QPointF(left + size * 0.92, top + size * 0.68),
        QPointF(left + size * 0.92, top + size * 0.86),
    )
    shoulders.lineTo(left + size * 0.92, top + size * 0.96)
    shoulders.closeSubpath()
    path.addPath(shoulders)
    return path


def heading_arrow(size: float, degrees: float) -> QPainterPath:
    """Worker en route: an arrow that points where it goes, clockwise from north."""
    turn = math.radians(degrees)
    middle = size / 2
    path = QPainterPath()
    corners = [(0.0, -0.52), (0.37, 0.44), (0.0, 0.24), (-0.37, 0.44)]
    points = [
        QPointF(
            middle + size * (x * math.cos(turn) - y * math.sin(turn)),
            middle + size * (x * math.sin(turn) + y * math.cos(turn)),
        )
        for x, y in corners
    ]
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


def silent_ring(size: float, stroke: float) -> QPainterPath:
    """Worker silent: the centre line of a ring with a slash through it."""
    radius = size * 0.42 - stroke / 2
    middle = size / 2
    slant = radius * math.sqrt(0.5)
    path = QPainterPath()
    path.addEllipse(QPointF(middle, middle), radius, radius)
    path.moveTo(middle - slant, middle + slant)
    path.lineTo(middle + slant, middle - slant)
    return path
