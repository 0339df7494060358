"""One frame of the map: tiles, dots, layout, in the order of painting."""

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.look.theme import Theme
from ui.map import overlay
from ui.map.dots import Dots
from ui.map.ground import Ground
from ui.map.layout import Arranger, Content, Hit, Layout
from ui.map.projection import Viewport
from ui.map.scene import Layer
from ui.map.stamps import Stamps
from ui.map.tiles import Tiles

TILES_A_FRAME: Final = 3
TILES_AT_FIRST: Final = 24
RING_REACH: Final = 400.0  # metres a minute in a straight line: 24 km/h in town


class Picture:
    """Paints content on a ground and remembers what was painted where, for the hand to pick."""

    def __init__(self, ground: Ground, theme: Theme, ratio: float) -> None:
        """A new ground, theme or device ratio takes a new picture."""
        self.ground = ground
        self.stamps = Stamps(theme, ratio)
        self.tiles = Tiles(ground, theme.tokens, ratio)
        self._arranger = Arranger(ground, self.stamps)
        self._dots = Dots()
        self._ratio = ratio
        self._layout: Layout | None = None
        self._content: Content | None = None
        self._fresh = True
        self.metres_a_minute = RING_REACH

    def paint(self, painter: QPainter, content: Content, view: Viewport) -> bool:
        """Paint the frame; tell whether tiles are still missing."""
        self.tiles.show_grids(Layer.GRIDS in content.layers)
        missing = self.tiles.paint(painter, view, TILES_AT_FIRST if self._fresh else TILES_A_FRAME)
        self._fresh = False
        layout = self.layout(content, view)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        overlay.paint_sprites(painter, layout.names, view)
        overlay.paint_rings(painter, self.stamps, layout, view, self.metres_a_minute)
        if layout.dots:
            self._paint_dots(painter, content, view)
        overlay.paint_sprites(painter, layout.workers, view)
        overlay.paint_sprites(painter, layout.units, view)
        overlay.paint_sprites(painter, layout.incidents, view)
        overlay.paint_brackets(painter, self.stamps.theme, layout, view)
        return missing

    def layout(self, content: Content, view: Viewport) -> Layout:
        """Return the layout of the content, a new one when content or view need it."""
        layout = self._layout
        if layout is None or content is not self._content or not layout.covers(view):
            layout = self._layout = self._arranger.arrange(content, view)
            self._content = content
        return layout

    def hit(self, view: Viewport, x: float, y: float) -> Hit | None:
        """Return the mark or cluster under a pixel: the nearest whose disc reaches it."""
        if self._layout is None:
            return None
        px, py = x + view.left, y + view.top
        near = [
            (((hit.x - px) ** 2 + (hit.y - py) ** 2), hit)
            for hit in self._layout.hits
            if (hit.x - px) ** 2 + (hit.y - py) ** 2 <= hit.radius**2
        ]
        return min(near, key=lambda pair: pair[0])[1] if near else None

    def _paint_dots(self, painter: QPainter, content: Content, view: Viewport) -> None:
        x, y = self._arranger.worker_points(content.workers, view.scale)
        ratio = self._ratio
        known = ~np.isnan(x)
        places = ((x[known] - view.left) * ratio, (y[known] - view.top) * ratio)
        size = (round(view.width * ratio), round(view.height * ratio))
        status = content.workers.rows["status"][known]
        image = self._dots.picture(size, places, status, self.stamps.theme.tokens)
        painter.drawImage(QRectF(0, 0, view.width, view.height), image)
