"""The painted marks as cached pixmaps: shape, text and position first, hue last."""

import math
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from ui.look import shapes
from ui.look.painting import TAG_HEIGHT, Side, TagStyle, Writer, draw_tag, tag_width
from ui.look.tokens import Tokens
from ui.look.type import Fonts

PAD: Final = 2  # clear pixels round a mark, room for a halo
HEADING_STEP: Final = 15  # degrees; a worker's arrow turns in steps that still look exact
OLD_FIX_S: Final = 600
FRESH_FIX_S: Final = 120


class Light(StrEnum):
    """The shapes that stand where a light stands."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    CONTESTED = "contested"
    HOLD = "hold"
    CITY = "city"


class WorkerMark(StrEnum):
    """The marks of a worker's status."""

    ON_DUTY = "on_duty"
    PATROL = "patrol"
    ASSIGNED = "assigned"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    SILENT = "silent"


class FixAge(StrEnum):
    """How a worker's mark shows the age of the fix."""

    FRESH = "fresh"
    AGEING = "ageing"
    OLD = "old"


def fix_age(seconds: float) -> FixAge:
    """Return how a fix of that age is drawn: solid, at 55 %, or as a dashed outline."""
    if seconds <= FRESH_FIX_S:
        return FixAge.FRESH
    return FixAge.AGEING if seconds <= OLD_FIX_S else FixAge.OLD


class Marks:
    """The marks of one theme and one font choice, painted once per size and device ratio."""

    def __init__(self, tokens: Tokens, fonts: Fonts) -> None:
        """A new theme or font choice takes new marks."""
        self._tokens = tokens
        self._fonts = fonts
        self._cache: dict[tuple[object, ...], QPixmap] = {}

    def light(self, light: Light, size: int = 14, ratio: float = 1.0) -> QPixmap:
        """Return the mark of a light; the pixmap has 2 px of room on every side."""
        return self._kept(
            ("light", light, size, ratio),
            lambda: _exact(
                size,
                ratio,
                lambda painter, n: _draw_light(painter, light, n, (ratio, self._tokens)),
            ),
        )

    def light_colour(self, light: Light) -> QColor:
        """Return the hue of a light's shape."""
        return light_colour(light, self._tokens)

    def worker(
        self,
        mark: WorkerMark,
        age: FixAge = FixAge.FRESH,
        heading: float = math.nan,
        size: int = 14,
        ratio: float = 1.0,
    ) -> QPixmap:
        """Return a worker's mark on its halo; heading in degrees from north, NaN when unknown."""
        step = 2 if math.isnan(heading) else round(heading / HEADING_STEP) % (360 // HEADING_STEP)
        turn = step * HEADING_STEP if mark is WorkerMark.EN_ROUTE else 0
        return self._kept(
            ("worker", mark, age, turn, size, ratio),
            lambda: _exact(
                size,
                ratio,
                lambda painter, n: _WorkerPainter(painter, self._tokens, n / size).draw(
                    mark, age, n, turn
                ),
            ),
        )

    def priority(self, priority: int, ratio: float = 1.0) -> QPixmap:
        """Return the 26 x 16 tag of priority 1, 2 or 3: filled, outlined, bare."""
        return self._kept(
            ("priority", priority, ratio),
            lambda: _painted(26, 16, ratio, lambda painter: self._draw_priority(painter, priority)),
        )

    def tag(self, text: str, style: TagStyle, ratio: float = 1.0) -> QPixmap:
        """Return a tag with a word in it, such as the supervision tags."""
        width = tag_width(self._fonts, text)
        look = (self._tokens, self._fonts)

        def paint(painter: QPainter) -> None:
            draw_tag(painter, QPointF(), text, style, look)

        return self._kept(
            ("tag", text, style, ratio),
            lambda: _painted(width, TAG_HEIGHT, ratio, paint),
        )

    def unit(self, character: str, ratio: float = 1.0) -> QPixmap:
        """Return a unit's 18 px outlined square with its one character."""
        return self._kept(
            ("unit", character, ratio),
            lambda: _painted(22, 22, ratio, lambda painter: self._draw_unit(painter, character)),
        )

    def _kept(self, key: tuple[object, ...], paint: Callable[[], QPixmap]) -> QPixmap:
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = paint()
        return found

    def _draw_priority(self, painter: QPainter, priority: int) -> None:
        tokens = self._tokens
        box = QRectF(0, 0, 26, 16)
        ink = tokens.text_3
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if priority == 1:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.text_1)
            painter.drawRoundedRect(box, 3, 3)
            ink = tokens.panel
        elif priority == 2:
            painter.setPen(QPen(tokens.text_3, 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            ink = tokens.text_1
        Writer(painter, self._fonts).text(
            (13, 8), f"P{priority}", ink, 12, bold=priority == 1, side=Side.MIDDLE
        )

    def _draw_unit(self, painter: QPainter, character: str) -> None:
        tokens = self._tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.map_halo)
        painter.drawRoundedRect(QRectF(0, 0, 22, 22), 5, 5)
        painter.setPen(QPen(tokens.text_2, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(2.5, 2.5, 17, 17), 3.5, 3.5)
        Writer(painter, Fonts()).text(
            (11, 11), character[:1], tokens.text_1, 12, bold=True, side=Side.MIDDLE
        )


def light_colour(light: Light, tokens: Tokens) -> QColor:
    """Return the hue of a light's shape."""
    return {
        Light.GREEN: tokens.green,
        Light.YELLOW: tokens.amber,
        Light.RED: tokens.red,
        Light.CONTESTED: tokens.violet,
        Light.HOLD: tokens.grey,
        Light.CITY: tokens.grey,
    }[light]


def _draw_light(painter: QPainter, light: Light, size: int, look: tuple[float, Tokens]) -> None:
    unit, tokens = look
    colour = light_colour(light, tokens)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if light is Light.CONTESTED:
        left, right = shapes.contested_halves(size, unit)
        painter.drawPath(left)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, max(1.2, 1.4 * unit), j=Qt.PenJoinStyle.MiterJoin))
        painter.setClipPath(right)
        painter.strokePath(right, QPen(colour, 2 * max(1.2, 1.4 * unit)))
        return
    painter.drawPath(_light_path(light, size, unit))


def _light_path(light: Light, size: int, unit: float) -> QPainterPath:
    match light:
        case Light.RED:
            return shapes.red_square(size, unit)
        case Light.YELLOW:
            return shapes.amber_triangle(size)
        case Light.HOLD:
            return shapes.hold_bars(size)
        case Light.CITY:
            return shapes.city_arrow(size)
        case _:
            return shapes.green_ring(size, unit)


class _WorkerPainter:
    """Paints one worker's mark in device pixels."""

    def __init__(self, painter: QPainter, tokens: Tokens, unit: float) -> None:
        self._painter = painter
        self._tokens = tokens
        self._unit = unit

    def draw(self, mark: WorkerMark, age: FixAge, size: int, turn: float) -> None:
        match mark:
            case WorkerMark.SILENT:
                self._silent(size)
            case WorkerMark.ON_SCENE:
                self._on_scene(size, age)
            case WorkerMark.EN_ROUTE:
                path = shapes.heading_arrow(size, turn)
                self._body(path, self._tokens.blue, age, filled=True)
            case WorkerMark.ASSIGNED:
                self._body(shapes.person(size), self._tokens.blue, age, filled=True)
                self._dot(size)
            case _:
                filled = mark is WorkerMark.PATROL
                self._body(shapes.person(size), self._tokens.green, age, filled=filled)

    def _body(self, path: QPainterPath, hue: QColor, age: FixAge, *, filled: bool) -> None:
        painter, unit = self._painter, self._unit
        halo = QPen(self._tokens.map_halo, 3.2 * unit, j=Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, halo)
        painter.fillPath(path, self._tokens.map_halo)
        ink = QColor(hue)
        if age is FixAge.AGEING:
            ink.setAlphaF(0.55)
        if filled and age is not FixAge.OLD:
            painter.fillPath(path, ink)
            return
        pen = QPen(ink, 1.2 * unit, j=Qt.PenJoinStyle.RoundJoin)
        if age is FixAge.OLD:
            pen.setDashPattern([2.0, 1.3])
        painter.strokePath(path, pen)

    def _on_scene(self, size: int, age: FixAge) -> None:
        frame = QPainterPath()
        edge = size * 0.04
        frame.addRoundedRect(
            QRectF(edge, edge, size - 2 * edge, size - 2 * edge), size * 0.16, size * 0.16
        )
        figure = shapes.person(size * 0.66, size * 0.17, size * 0.17)
        if age is FixAge.OLD:
            self._body(frame, self._tokens.blue, age, filled=False)
            self._painter.fillPath(figure, self._tokens.blue)
        else:
            self._body(frame.subtracted(figure), self._tokens.blue, age, filled=True)

    def _dot(self, size: int) -> None:
        radius = size * 0.17
        self._painter.setPen(QPen(self._tokens.map_halo, self._unit))
        self._painter.setBrush(self._tokens.text_1)
        self._painter.drawEllipse(QPointF(size * 0.88, size * 0.16), radius, radius)

    def _silent(self, size: int) -> None:
        unit = self._unit
        ring = shapes.silent_ring(size, 1.4 * unit)
        self._painter.strokePath(ring, QPen(self._tokens.map_halo, 4 * unit))
        self._painter.strokePath(ring, QPen(self._tokens.grey, 1.4 * unit))


def _exact(size: int, ratio: float, paint: Callable[[QPainter, int], None]) -> QPixmap:
    """Paint a square mark in device pixels, so that its edges are whole pixels at any ratio."""
    pixels = round(size * ratio)
    pad = round(PAD * ratio)
    pixmap = QPixmap(pixels + 2 * pad, pixels + 2 * pad)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(pad, pad)
    paint(painter, pixels)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _painted(width: int, height: int, ratio: float, paint: Callable[[QPainter], None]) -> QPixmap:
    """Paint a pixmap in logical pixels."""
    pixmap = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return pixmap
