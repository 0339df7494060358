"""Single-colour icons, tinted to the text beside them."""

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources

_INK: Final = "currentColor"


class Icons:
    """The icons, painted once per name, colour, size and device ratio."""

    def __init__(self) -> None:
        """Start with an empty cache."""
        self._cache: dict[tuple[str, int, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: QColor, size: int = 16, ratio: float = 1.0) -> QPixmap:
        """Return the icon of that name (a file of ``resources/icons``) in that colour."""
        key = (name, colour.rgba(), size, ratio)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = _paint(name, colour, size, ratio)
        return found

    def draw(self, painter: QPainter, name: str, at: tuple[float, float], colour: QColor) -> None:
        """Draw the 16 px icon with its centre there, on whole pixels."""
        ratio = painter.device().devicePixelRatioF()
        x, y = at
        painter.drawPixmap(round(x) - 8, round(y) - 8, self.pixmap(name, colour, 16, ratio))


def _paint(name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    pixels = round(size * ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    drawing = _source(name).replace(_INK, colour.name())
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@cache
def _source(name: str) -> str:
    return resources.path(f"icons/{name}.svg").read_text(encoding="utf-8")
