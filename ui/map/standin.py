"""The ground as it was at other scales: it stands in, scaled, until this one has its tiles."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPixmap

from ui.map.projection import Viewport

_Kept = tuple[QPixmap, Viewport]


class StandIn:
    """Keeps the last picture, and the widest for the edges when zooming out."""

    def __init__(self, empty: QColor, ratio: float) -> None:
        """Empty is the colour where no picture reaches."""
        self._empty = empty
        self._ratio = ratio
        self._last: _Kept | None = None
        self._widest: _Kept | None = None

    @contextmanager
    def keep(self, view: Viewport) -> Iterator[QPainter]:
        """Give the painter of a new picture of the view; afterwards it is the last one."""
        picture = self._room(round(view.width * self._ratio), round(view.height * self._ratio))
        painter = QPainter(picture)
        yield painter
        painter.end()
        self._last = (picture, view)
        if self._widest is None or view.scale <= self._widest[1].scale:
            self._widest = self._last

    def _room(self, width: int, height: int) -> QPixmap:
        """Return a pixmap of that size: the last one's, where nobody needs it any more."""
        if self._last is not None and self._last is not self._widest:
            room = self._last[0]
            if (room.width(), room.height()) == (width, height):
                return room
        room = QPixmap(width, height)
        room.setDevicePixelRatio(self._ratio)
        return room

    def paint(self, painter: QPainter, view: Viewport) -> None:
        """Fill the view; each pixel is painted about once."""
        rest = [QRectF(0, 0, view.width, view.height)]
        kept = [self._last] if self._last is self._widest else [self._last, self._widest]
        for each in kept:
            if each is None:
                continue
            picture, old = each
            place = _place(old, view)
            for box in rest:
                shown = box.intersected(place)
                if not shown.isEmpty():
                    painter.drawPixmap(shown, picture, _source(shown, place, picture))
            rest = [part for box in rest for part in _beyond(box, place)]
        for box in rest:
            painter.fillRect(box, self._empty)


def _place(old: Viewport, view: Viewport) -> QRectF:
    """Return where a kept picture lies in the view, on whole pixels."""
    factor = view.scale / old.scale
    corner = QPointF(old.left * factor - view.left, old.top * factor - view.top)
    place = QRectF(corner, QSizeF(old.width * factor, old.height * factor))
    return QRectF(place.toRect())


def _source(shown: QRectF, place: QRectF, picture: QPixmap) -> QRectF:
    """Return the part of the picture, in its own pixels, that is shown there."""
    across = picture.width() / place.width()
    down = picture.height() / place.height()
    return QRectF(
        (shown.left() - place.left()) * across,
        (shown.top() - place.top()) * down,
        shown.width() * across,
        shown.height() * down,
    )


def _beyond(box: QRectF, place: QRectF) -> Iterator[QRectF]:
    """Yield the parts of the box that the place does not cover."""
    inner = box.intersected(place)
    if inner.isEmpty():
        yield box
        return
    left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
    parts = (
        QRectF(left, top, right - left, inner.top() - top),
        QRectF(left, inner.bottom(), right - left, bottom - inner.bottom()),
        QRectF(left, inner.top(), inner.left() - left, inner.height()),
        QRectF(inner.right(), inner.top(), right - inner.right(), inner.height()),
    )
    yield from (part for part in parts if part.width() > 0 and part.height() > 0)
