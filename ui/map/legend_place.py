"""Where the legend stands: in a corner where it covers no own ground, else it is shut."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize

from ui.map.ground import Ground
from ui.map.projection import Viewport

_EDGE: Final = 12
_SCALE_BAR: Final = 40  # pixels it takes at the lower left
_AWAY: Final = 8  # pixels of ground that stay in sight round the legend


def home(size: QSize, view: Viewport) -> QPointF:
    """Return the corner it takes when it is asked for and no corner is free."""
    return QPointF(_EDGE, view.height - size.height() - _SCALE_BAR)


def free_corner(size: QSize, view: Viewport, ground: Ground, top: float) -> QPointF | None:
    """Return the first free corner: lower left, lower right, upper left under the layer switch."""
    low = view.height - size.height() - _EDGE
    corners = (
        home(size, view),
        QPointF(view.width - size.width() - _EDGE, low),
        QPointF(_EDGE, top + _EDGE),
    )
    for corner in corners:
        if corner.y() > top and not _covers(QRectF(corner, size), view, ground):
            return corner
    return None


def _covers(box: QRectF, view: Viewport, ground: Ground) -> bool:
    wide = box.adjusted(-_AWAY, -_AWAY, _AWAY, _AWAY)
    one = QPointF(*view.place(wide.left(), wide.top()))
    other = QPointF(*view.place(wide.right(), wide.bottom()))
    metres = QRectF(one, other).normalized()
    own = ground.towns if ground.towns.paths else ground.villages
    return any(path.intersects(metres) for path in own.paths)
