"""Where the map looks: fit, zoom steps, the lock after a gesture of the hand."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from ui.map.ground import Bounds
from ui.map.projection import Viewport

FIT_MARGIN: Final = 26
STEPS_PER_DOUBLING: Final = 4
_CLOSEST: Final = 2.0  # pixels a metre
_FARTHEST: Final = 0.5  # of the fitted scale


class Camera(QObject):
    """Holds the viewport. Once moved by hand it is locked: nothing but the hand moves it."""

    moved = Signal()
    lock_changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.view = Viewport()
        self.locked = False
        self._bounds: Bounds | None = None
        self._base = self.view.scale
        self._step = 0

    def set_bounds(self, bounds: Bounds) -> None:
        """Take the ground's bounds; an unlocked view fits them."""
        self._bounds = bounds
        if not self.locked:
            self._fit()

    def resize(self, width: int, height: int, ratio: float) -> None:
        """Follow the widget's size; a locked view keeps its centre and scale."""
        self.view = self.view.resized(width, height, ratio)
        if not self.locked:
            self._fit()

    def refit(self) -> None:
        """Fit the bounds again and unlock."""
        self._fit()
        self._lock(False)
        self.moved.emit()

    def pan(self, dx: float, dy: float) -> None:
        """Drag the map by that many pixels."""
        self._move(self.view.panned(dx, dy))

    def zoom(self, steps: int, x: float, y: float) -> None:
        """Zoom by quarter doublings about a pixel."""
        step = self._step + steps
        scale = self._base * 2 ** (step / STEPS_PER_DOUBLING)
        if steps > 0 and scale > max(_CLOSEST, self._base):
            return
        if steps < 0 and scale < self._base * _FARTHEST:
            return
        self._step = step
        self._move(self.view.zoomed(scale, x, y))

    def show(self, bounds: Bounds) -> None:
        """Zoom in until the bounds fill the view, at most as close as the closest step."""
        wanted = self.view.fitted(bounds, 80).scale
        step = self._step
        while self._base * 2 ** ((step + 1) / STEPS_PER_DOUBLING) <= min(wanted, _CLOSEST):
            step += 1
        self._step = step
        scale = self._base * 2 ** (step / STEPS_PER_DOUBLING)
        west, south, east, north = bounds
        closer = self.view.zoomed(scale, 0, 0)
        self._move(closer.centred((west + east) / 2, (south + north) / 2))

    def _fit(self) -> None:
        if self._bounds is not None and self.view.width > 0:
            self.view = self.view.fitted(self._bounds, FIT_MARGIN)
            self._base, self._step = self.view.scale, 0

    def _move(self, view: Viewport) -> None:
        self.view = view
        self._lock(True)
        self.moved.emit()

    def _lock(self, locked: bool) -> None:
        if locked != self.locked:
            self.locked = locked
            self.lock_changed.emit(locked)
