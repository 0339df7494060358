"""One frame of the map: tiles, dots, layout, in the order of painting."""

import time
from collections.abc import Generator
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.look.theme import Theme
from ui.map import overlay
from ui.map.canvas import Canvas, Sheet
from ui.map.dots import DotPlaces, Dots
from ui.map.ground import Ground
from ui.map.layout import Arranger, Content, Hit, Layout
from ui.map.occupancy import Box
from ui.map.projection import Viewport
from ui.map.scene import Layer, MapWorkers
from ui.map.sprites import Sprites
from ui.map.stamps import Stamps
from ui.map.tiles import Tiles

NEW_SECONDS: Final = 0.004  # of a frame for new tiles or for arranging, turn about
FIRST_SECONDS: Final = 0.03  # a town's first picture is whole at once
SPARE: Final = 192.0  # pixels of arranged margin under which the next arrangement begins

_Scene = tuple[Layout, MapWorkers | None, tuple[float, float] | None, float, frozenset[Layer]]


class Picture:
    """Paints content on a ground and remembers what was painted where, for the hand to pick."""

    def __init__(self, ground: Ground, theme: Theme, ratio: float) -> None:
        """A new ground, theme or device ratio takes a new picture."""
        self.stamps = Stamps(theme, ratio)
        self.tiles = Tiles(ground, theme.tokens, ratio)
        self._arranger = Arranger(ground, self.stamps)
        self._dots = Dots(theme.tokens)
        self._sheet = Sheet()
        self._shown: _Scene | None = None  # what the sheet was drawn from
        self._layout: Layout | None = None
        self._pending: tuple[Viewport, Generator[None, None, Layout]] | None = None
        self._view: Viewport | None = None  # of the frame before
        self._moving = False  # the scale is not that of the frame before
        self._busy = False  # nor was that of the frame before that
        self._remembered: Viewport | None = None
        self._tiles_next = True

    @property
    def layout(self) -> Layout | None:
        """Return what is on the screen; its own content names the incidents of its hits."""
        return self._layout

    def paint(self, painter: QPainter, content: Content, view: Viewport) -> bool:
        """Paint the frame; tell whether a further one is needed to complete it."""
        self._follow(view)
        self.tiles.show_grids(Layer.GRIDS in content.layers)
        # Between two steps of a zoom new tiles are mostly for a scale that is left at once, and
        # the frame after it has the whole sheet to draw.
        first = self._layout is None
        renewed, complete = ([], False) if self._busy else self.prepare(content, view, first=first)
        layout = self._layout or _nothing(content, view)
        scene = self._scene(content, layout)
        if self._shown is None or not _same(scene, self._shown):
            self._sheet.forget()
        self._shown = scene
        self._sheet.bring(view, renewed, partial(self._draw, content, layout))
        self._sheet.paint(painter, view)
        return not complete

    def prepare(
        self, content: Content, view: Viewport, *, first: bool = False
    ) -> tuple[list[Box], bool]:
        """Do a frame's share of tiles or arranging; return the new tiles, and if all is done.

        The first picture of all has nothing to show meanwhile: it takes longer over both.
        """
        seconds = FIRST_SECONDS if first else NEW_SECONDS
        missing, arranged = self.tiles.missing(view), self._arranged(content, view)
        renewed = []
        self._tiles_next = not self._tiles_next
        if missing and (first or arranged or self._tiles_next):
            renewed = self.tiles.renew(view, seconds)
            missing = self.tiles.missing(view)
            if not first:
                return renewed, arranged and not missing
        if not arranged:
            self._arrange(content, view, seconds)
            arranged = self._arranged(content, view)
        return renewed, arranged and not missing

    def rest(self, view: Viewport) -> None:
        """While nothing else happens, keep the picture that a zoom will begin from."""
        if self._remembered != view and self.tiles.remember(view):
            self._remembered = view

    def _follow(self, view: Viewport) -> None:
        """Note how the view goes on from the last frame's."""
        before, moved = self._view, self._moving
        self._view = view
        self._moving = before is not None and before.scale != view.scale
        self._busy = self._moving or moved
        if self._moving and not moved and before is not None:
            self.rest(before)
        if self._busy:
            self._sheet.forget()
        if self._moving:
            self._pending = None

    def _scene(self, content: Content, layout: Layout) -> _Scene:
        """Return what the sheet depends on beside the view."""
        workers = content.workers if layout.dots else None
        at = self._arranger.selected_point(content)
        return (layout, workers, at, content.metres_a_minute, content.layers)

    def _arranged(self, content: Content, view: Viewport) -> bool:
        layout = self._layout
        if layout is None or not layout.covers(view, SPARE):
            return False
        if layout.content is content:
            return True
        # Dots take no room from anything: when only they moved nothing else does.
        old = layout.content
        as_many = content.workers.rows.size == old.workers.rows.size
        return layout.dots and as_many and replace(content, workers=old.workers) == old

    def _arrange(self, content: Content, view: Viewport, seconds: float) -> None:
        """Go on with the arrangement; a large one is made over several frames."""
        if self._pending is None or self._pending[0].scale != view.scale:
            self._pending = (view, self._arranger.arrange(content, view))
        done = _advance(self._pending[1], seconds)
        if done is not None:
            self._layout, self._pending = done, None

    def _draw(self, content: Content, layout: Layout, canvas: Canvas, view: Viewport) -> None:
        """Draw everything that moves along with the ground, as far as it lies in the view."""
        painter = QPainter(canvas.image)
        painter.setClipRect(QRectF(0, 0, view.width, view.height))
        self.tiles.paint(painter, view, moving=self._moving)
        factor = view.scale / layout.scale
        at = self._arranger.selected_point(content)
        chosen = view.screen(*at) if at and Layer.INCIDENTS in content.layers else None
        layout.names.paint(painter, view, factor)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen is not None:
            reach = content.metres_a_minute * view.scale
            overlay.paint_rings(painter, self.stamps.theme, chosen, (reach, view))
            if layout.content.selected == content.selected:
                layout.rings.paint(painter, view, factor)
        if layout.dots and Layer.WORKERS in content.layers:
            painter.end()
            self._dots.stamp(canvas.pixels, self._dot_places(content.workers, view))
            painter.begin(canvas.image)
            painter.setClipRect(QRectF(0, 0, view.width, view.height))
        for sprites in (layout.workers, layout.units, layout.incidents):
            sprites.paint(painter, view, factor)
        if chosen is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            overlay.paint_brackets(painter, self.stamps.theme, chosen)
        painter.end()

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

    def _dot_places(self, workers: MapWorkers, view: Viewport) -> DotPlaces:
        crowd = self._arranger.crowd(workers)
        ratio = view.ratio
        return DotPlaces(
            size=(round(view.width * ratio), round(view.height * ratio)),
            x=(crowd.east * view.scale - view.left) * ratio,
            y=(-crowd.north * view.scale - view.top) * ratio,
            status=crowd.status,
        )


def _same(one: _Scene, other: _Scene) -> bool:
    return one[0] is other[0] and one[1] is other[1] and one[2:] == other[2:]


def _advance(pending: Generator[None, None, Layout], seconds: float) -> Layout | None:
    """Go on with an arrangement for about that long; return it when it is finished."""
    begun = now = time.perf_counter()
    step = 0.0
    try:
        # The next step would take about as long as the last one did.
        while step == 0 or now - begun + step <= seconds:
            next(pending)
            step, now = time.perf_counter() - now, time.perf_counter()
    except StopIteration as finished:
        layout: Layout = finished.value
        return layout
    return None


def _nothing(content: Content, view: Viewport) -> Layout:
    region = Box(view.left, view.top, view.width, view.height)
    none = Sprites(())
    return Layout(content, view.scale, region, region, none, none, False, none, none, none, ())
