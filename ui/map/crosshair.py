"""The keyboard's pointer in the modes of the hand: arrows move it, Enter is its click."""

from typing import Final

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.look.tokens import Tokens
from ui.map.camera import Camera
from ui.map.hand import Hand, Mode

STEP: Final = 40.0  # pixels an arrow key moves it
FINE: Final = 4.0  # with Shift
_EDGE: Final = 24.0  # nearer to the edge of the map than that the map moves instead
_ARM: Final = 14.0
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Crosshair:
    """Begins in the middle of the view; gone when the hand goes back to looking."""

    def __init__(self, hand: Hand, camera: Camera) -> None:
        """Nothing is shown before a key is pressed."""
        self._hand = hand
        self._camera = camera
        self.at: QPointF | None = None

    def press(self, key: Qt.Key, *, fine: bool) -> bool:
        """Do what a key does in a mode; tell whether it was one of its keys."""
        if self._looking():
            self.at = None
            return False
        if key in _ARROWS:
            self._move(*_ARROWS[key], FINE if fine else STEP)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            at = self._begun()
            self._hand.touch(at)
            self.at = None if self._looking() else at
        else:
            return False
        return True

    def paint(self, painter: QPainter, tokens: Tokens) -> None:
        """Draw it with its halo, open in the middle."""
        if self.at is None or self._looking():
            return
        x, y = self.at.x(), self.at.y()
        arms = [
            QLineF(x + dx * 4, y + dy * 4, x + dx * _ARM, y + dy * _ARM)
            for dx, dy in _ARROWS.values()
        ]
        for colour, width in ((tokens.map_halo, 5), (tokens.blue, 2)):
            painter.setPen(QPen(colour, width, c=Qt.PenCapStyle.RoundCap))
            painter.drawLines(arms)

    def _looking(self) -> bool:
        return self._hand.mode is Mode.LOOK

    def _begun(self) -> QPointF:
        if self.at is None:
            view = self._camera.view
            self.at = QPointF(view.width / 2, view.height / 2)
        return self.at

    def _move(self, dx: int, dy: int, step: float) -> None:
        view, begun = self._camera.view, self._begun()
        x, y = begun.x() + dx * step, begun.y() + dy * step
        inside = QPointF(_within(x, view.width), _within(y, view.height))
        if inside != QPointF(x, y):
            self._hand.carry(inside.x() - x, inside.y() - y)
        self.at = inside
        self._hand.hover(inside)


def _within(value: float, length: float) -> float:
    return min(max(value, _EDGE), max(_EDGE, length - _EDGE))
