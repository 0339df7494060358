"""What the mouse does on the map: drag, click, measure, box, pick a point."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QWheelEvent

from ui.map.camera import Camera
from ui.map.measure import Measure
from ui.map.stamps import Stamps

_SLACK: Final = 4.0  # pixels a click may move
_NOTCH: Final = 60  # eighths of a degree of the wheel for one zoom step: two steps a notch


class Mode(Enum):
    """What a press of the left button begins."""

    LOOK = auto()
    POINT = auto()
    MEASURE = auto()
    BOX = auto()


class Hand(QObject):
    """Turns mouse events into camera moves and the signals of a finished gesture."""

    clicked = Signal(QPointF)
    point_picked = Signal(QPointF)
    boxed = Signal(QRectF)
    mode_changed = Signal(object)
    changed = Signal()

    def __init__(self, camera: Camera, parent: QObject) -> None:
        super().__init__(parent)
        self.mode = Mode.LOOK
        self.measure = Measure()
        self._camera = camera
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._dragging = False
        self._boxing = False
        self._wheel = 0
        self._over: QPointF | None = None

    @property
    def dragging(self) -> bool:
        """Tell whether the map is under the hand."""
        return self._dragging and not self._boxing

    def enter(self, mode: Mode) -> None:
        """Change what the left button does."""
        if mode is not self.mode:
            self.mode = mode
            self.measure.clear()
            self._pressed = None
            self._dragging = self._boxing = False
            self.mode_changed.emit(mode)
            self.changed.emit()

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._pressed = self._last = event.position()
        self._dragging = False
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._boxing = self.mode is Mode.BOX or (self.mode is Mode.LOOK and shift)

    def move(self, event: QMouseEvent) -> None:
        """Go on with the gesture."""
        self._over = event.position()
        if self._pressed is not None:
            gone = event.position() - self._pressed
            self._dragging |= abs(gone.x()) + abs(gone.y()) > _SLACK
        if self._dragging and not self._boxing:
            step = event.position() - self._last
            self._camera.pan(step.x(), step.y())
        self._last = event.position()
        if self._boxing or self.mode is Mode.MEASURE:
            self.changed.emit()

    def release(self, event: QMouseEvent) -> None:
        """End the gesture and tell what it was."""
        if self._pressed is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        begun, self._pressed = self._pressed, None
        if self._boxing and self._dragging:
            self.boxed.emit(QRectF(begun, event.position()).normalized())
        elif not self._dragging:
            self._click(event)
        self._dragging = self._boxing = False
        self.changed.emit()

    def hover(self, at: QPointF) -> None:
        """Go on with the gesture by keyboard: the pointer is there now."""
        self._over = self._last = at
        self.changed.emit()

    def carry(self, dx: float, dy: float) -> None:
        """Move the map by keyboard; the corner of a box under way stays on its place."""
        self._camera.pan(dx, dy)
        if self._pressed is not None:
            self._pressed += QPointF(dx, dy)

    def touch(self, at: QPointF) -> None:
        """Do by keyboard what a click does; a box takes two, one for each corner."""
        self.hover(at)
        if self.mode is not Mode.BOX:
            self._act(at, self.mode is Mode.POINT)
        elif self._pressed is None:
            self._pressed = at
            self._boxing = self._dragging = True
        else:
            begun, self._pressed = self._pressed, None
            self._boxing = self._dragging = False
            self.boxed.emit(QRectF(begun, at).normalized())
        self.changed.emit()

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / _NOTCH)
        self._wheel -= steps * _NOTCH
        if steps:
            self._camera.zoom(steps, event.position().x(), event.position().y())

    def leave(self) -> None:
        """The pointer left the map."""
        self._over = None
        self.changed.emit()

    def paint(self, painter: QPainter, stamps: Stamps) -> None:
        """Draw the measured line or the box under way."""
        view = self._camera.view
        if self.mode is Mode.MEASURE:
            over = self._over
            hand = view.place(over.x(), over.y()) if over is not None else None
            self.measure.paint(painter, stamps, view, hand)
        if self._boxing and self._dragging and self._pressed is not None:
            pen = QPen(stamps.theme.tokens.blue, 1.5)
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self._pressed, self._last).normalized())

    def _click(self, event: QMouseEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._act(event.position(), self.mode is Mode.POINT or control)

    def _act(self, at: QPointF, picks: bool) -> None:
        if picks:
            self.point_picked.emit(at)
            if self.mode is Mode.POINT:
                self.enter(Mode.LOOK)
        elif self.mode is Mode.MEASURE:
            self.measure.add(*self._camera.view.place(at.x(), at.y()))
        else:
            self.clicked.emit(at)
