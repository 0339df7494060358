"""The keys of the map while it has the focus."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.map.hand import Mode

if TYPE_CHECKING:
    from ui.map.view import MapView

_STEP: Final = 80  # pixels an arrow key moves the map
_ARROWS: Final = {
    Qt.Key.Key_Left: (_STEP, 0),
    Qt.Key.Key_Right: (-_STEP, 0),
    Qt.Key.Key_Up: (0, _STEP),
    Qt.Key.Key_Down: (0, -_STEP),
}


def press_key(view: "MapView", event: QKeyEvent) -> bool:
    """Do what the key says; tell whether it was one of the map's."""
    plain = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    if event.modifiers() & ~plain:
        return False
    key = Qt.Key(event.key())
    fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if view.crosshair.press(key, fine=fine):
        return True
    if key in _ARROWS:
        view.camera.pan(*_ARROWS[key])
        return True
    if Qt.Key.Key_1 <= key <= Qt.Key.Key_5:
        view.layers.toggle(key - Qt.Key.Key_0)
        return True
    return _press_word(view, key)


def _press_word(view: "MapView", key: Qt.Key) -> bool:
    match key:
        case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
            view.zoom(1)
        case Qt.Key.Key_Minus | Qt.Key.Key_Underscore:
            view.zoom(-1)
        case Qt.Key.Key_0:
            view.camera.refit()
        case Qt.Key.Key_N:
            view.walk(1)
        case Qt.Key.Key_P:
            view.walk(-1)
        case Qt.Key.Key_Return | Qt.Key.Key_Enter:
            view.choose_walked()
        case Qt.Key.Key_L:
            view.toggle_legend()
        case Qt.Key.Key_M:
            _toggle(view, Mode.MEASURE)
        case Qt.Key.Key_B:
            _toggle(view, Mode.BOX)
        case Qt.Key.Key_Escape if view.hand.mode is not Mode.LOOK:
            view.hand.enter(Mode.LOOK)
        case _:
            return False
    return True


def _toggle(view: "MapView", mode: Mode) -> None:
    view.hand.enter(Mode.LOOK if view.hand.mode is mode else mode)
