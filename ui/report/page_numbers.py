"""The numbers on the report's pages that have a list: which one is where, and which comes next."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt

from dispatch.reports.page_types import Spot

_ROOM: Final = 4.0
"""So many pixels round a number are the number's too: a single digit is narrow."""
_LINE: Final = 0.004
"""Numbers whose tops are closer than this part of a page stand in one line."""


class PageNumbers:
    """`current` is a place in `spots`, those of numbers with a list, in the order of reading."""

    def __init__(self) -> None:
        self._all: tuple[Spot, ...] = ()
        self._listed: frozenset[str] = frozenset()
        self.spots: tuple[Spot, ...] = ()
        self.current = 0

    def take(self, printed: tuple[Spot, ...]) -> None:
        """Take what the pages show, the first number current."""
        self._all, self.current = printed, 0
        self._sift()

    def list_only(self, figures: frozenset[str]) -> None:
        """Take which numbers have a list."""
        here = self.spot()
        self._listed = figures
        self._sift()
        self.current = self.spots.index(here) if here in self.spots else 0

    def _sift(self) -> None:
        self.spots = tuple(each for each in self._all if each.figure in self._listed)

    def spot(self) -> Spot | None:
        """Return the current number, None when there is none."""
        return self.spots[self.current] if self.spots else None

    def at(self, point: QPointF, pages: list[QRectF]) -> int | None:
        """Return the place of the number under a point; `pages` are their boxes, first to last."""
        for place, spot in enumerate(self.spots):
            box = box_of(spot, pages)
            if box is not None and box.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM).contains(point):
                return place
        return None

    def step(self, key: Qt.Key) -> bool:
        """Go to the next number that way; tell whether the key was one of the four arrows."""
        match key:
            case Qt.Key.Key_Right:
                self._go(self.current + 1)
            case Qt.Key.Key_Left:
                self._go(self.current - 1)
            case Qt.Key.Key_Down:
                self._go_line(1)
            case Qt.Key.Key_Up:
                self._go_line(-1)
            case _:
                return False
        return True

    def _go(self, place: int) -> None:
        self.current = max(0, min(place, len(self.spots) - 1))

    def _go_line(self, by: int) -> None:
        """Go to the number of the next line that stands nearest under or over this one."""
        here = self.spot()
        if here is None:
            return
        lines = [
            (place, each)
            for place, each in enumerate(self.spots)
            if (_depth(each) - _depth(here)) * by > _LINE
        ]
        if not lines:
            return
        depths = [_depth(each) for _, each in lines]
        next_ = min(depths) if by > 0 else max(depths)
        row = [(abs(each.x - here.x), place) for place, each in lines if _near(each, next_)]
        self.current = min(row)[1]


def _depth(spot: Spot) -> float:
    return spot.page + spot.y


def _near(spot: Spot, depth: float) -> bool:
    return abs(_depth(spot) - depth) <= _LINE


def box_of(spot: Spot, pages: list[QRectF]) -> QRectF | None:
    """Return where a number stands on the shown pages; None when its page is not shown."""
    if not 0 < spot.page <= len(pages):
        return None
    page = pages[spot.page - 1]
    return QRectF(
        page.x() + spot.x * page.width(),
        page.y() + spot.y * page.height(),
        spot.wide * page.width(),
        spot.high * page.height(),
    )
