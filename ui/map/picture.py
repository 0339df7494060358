"""One frame of the map: tiles, dots, layout, in the order of painting."""

import time
from collections.abc import Generator
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from ui.look.theme import Theme
from ui.map import overlay
from ui.map.dots import DotPlaces, Dots
from ui.map.ground import Ground
from ui.map.layout import Arranger, Content, Hit, Layout
from ui.map.occupancy import Box
from ui.map.projection import Viewport
from ui.map.scene import Layer
from ui.map.sprites import Sprites
from ui.map.stamps import Stamps
from ui.map.tiles import Tiles

NEW_SECONDS: Final = 0.005  # of a frame for new tiles and arranging, one step of each at least
FIRST_SECONDS: Final = 0.03  # a town's first picture is whole at once
SPARE: Final = 96.0  # pixels of arranged margin under which the next arrangement begins
RING_REACH: Final = 400.0  # metres a minute in a straight line: 24 km/h in town


class Picture:
    """Paints content on a ground and remembers what was painted where, for the hand to pick."""

    def __init__(self, ground: Ground, theme: Theme, ratio: float) -> None:
        """A new ground, theme or device ratio takes a new picture."""
        self.stamps = Stamps(theme, ratio)
        self.tiles = Tiles(ground, theme.tokens, ratio)
        self.metres_a_minute = RING_REACH
        self._arranger = Arranger(ground, self.stamps)
        self._dots = Dots(theme.tokens, ratio)  # of the arranged region, for pans
        self._zoom_dots = Dots(theme.tokens, ratio)  # of the view, for zooms
        self._sheet: Layout | None = None  # whose dots are drawn
        self._layout: Layout | None = None
        self._pending: tuple[Viewport, Generator[None, None, Layout]] | None = None
        self._scale = 0.0

    @property
    def layout(self) -> Layout | None:
        """Return what is on the screen; its own content names the incidents of its hits."""
        return self._layout

    def paint(self, painter: QPainter, content: Content, view: Viewport) -> bool:
        """Paint the frame; tell whether a further one is needed to complete it."""
        if self._layout is None:
            self._scale = view.scale
        self.tiles.show_grids(Layer.GRIDS in content.layers)
        # Between two steps of a zoom new tiles are mostly for a scale that is left at once.
        seconds = NEW_SECONDS if view.scale == self._scale else 0.0
        seconds = FIRST_SECONDS if self._layout is None else seconds
        end = time.perf_counter() + seconds
        missing = self.tiles.paint(painter, view, seconds)
        layout, complete = self._arranged(content, view, end - time.perf_counter())
        factor = view.scale / layout.scale
        selected = self._arranger.selected_point(content)
        at = view.screen(*selected) if selected is not None else None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        layout.names.paint(painter, view, factor)
        if at is not None and Layer.INCIDENTS in content.layers:
            reach = self.metres_a_minute * view.scale
            overlay.paint_rings(painter, self.stamps, at, reach)
        if layout.dots and Layer.WORKERS in content.layers:
            self._paint_dots(painter, layout, view)
        for sprites in (layout.workers, layout.units, layout.incidents):
            sprites.paint(painter, view, factor)
        if at is not None and Layer.INCIDENTS in content.layers:
            overlay.paint_brackets(painter, self.stamps.theme, at)
        return missing or not complete

    def _arranged(self, content: Content, view: Viewport, seconds: float) -> tuple[Layout, bool]:
        """Return the layout to paint, and whether it is the one that belongs to this frame.

        A large arrangement is made over several frames while the last one stays on the screen.
        """
        zooming = view.scale != self._scale
        self._scale = view.scale
        layout = self._layout
        if layout is not None and layout.content is content and layout.covers(view, SPARE):
            self._pending = None
            return layout, True
        if zooming and layout is not None:
            self._pending = None
            return layout, False
        if self._pending is None or self._pending[0].scale != view.scale:
            self._pending = (view, self._arranger.arrange(content, view))
        done = _advance(self._pending[1], seconds if layout is not None else FIRST_SECONDS)
        if done is not None:
            self._layout, self._pending = done, None
            return done, done.content is content and done.covers(view, SPARE)
        return (layout, False) if layout is not None else (_nothing(content, view), False)

    def hit(self, view: Viewport, x: float, y: float) -> Hit | None:
        """Return the mark or cluster under a pixel: the nearest whose disc reaches it."""
        if self._layout is None or self._layout.scale != view.scale:
            return None
        px, py = x + view.left, y + view.top
        near = [
            ((hit.x - px) ** 2 + (hit.y - py) ** 2, hit)
            for hit in self._layout.hits
            if (hit.x - px) ** 2 + (hit.y - py) ** 2 <= hit.radius**2
        ]
        return min(near, key=lambda pair: pair[0])[1] if near else None

    def _paint_dots(self, painter: QPainter, layout: Layout, view: Viewport) -> None:
        """Paint the dots; while the hand only pans, one picture of the whole region serves."""
        if layout.scale == view.scale:
            if self._sheet is not layout:
                self._dots.paint(self._dot_places(layout, layout.scale, layout.region))
                self._sheet = layout
            region, dots = layout.region, self._dots
        else:
            region = Box(view.left, view.top, view.width, view.height)
            dots = self._zoom_dots
            dots.paint(self._dot_places(layout, view.scale, region))
        left, top = region.left - view.left, region.top - view.top
        painter.drawImage(QPointF(left, top), dots.picture)

    def _dot_places(self, layout: Layout, scale: float, region: Box) -> DotPlaces:
        workers = layout.content.workers
        x, y = self._arranger.worker_points(workers, scale)
        ratio = self.stamps.ratio
        known = ~np.isnan(x)
        return DotPlaces(
            size=(round(region.width * ratio), round(region.height * ratio)),
            x=(x[known] - region.left) * ratio,
            y=(y[known] - region.top) * ratio,
            status=workers.rows["status"][known],
        )


def _advance(pending: Generator[None, None, Layout], seconds: float) -> Layout | None:
    """Go on with an arrangement for about that long; return it when it is finished."""
    end = time.perf_counter() + seconds
    try:
        next(pending)
        while time.perf_counter() < end:
            next(pending)
    except StopIteration as finished:
        layout: Layout = finished.value
        return layout
    return None


def _nothing(content: Content, view: Viewport) -> Layout:
    region = Box(view.left, view.top, view.width, view.height)
    none = Sprites(())
    return Layout(content, view.scale, region, none, none, False, none, none, ())
