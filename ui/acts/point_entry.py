"""A field for a point: degrees, or the name of what lies there; grid and village follow from it."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from dispatch.desk.views import PlaceChoice
from dispatch.domain.errors import BadInput
from ui import refusals
from ui.acts import reading
from ui.acts.finder import Finder
from ui.acts.found import Found, Source, Spot
from ui.acts.line_entry import LineEntry
from ui.look.theme import Theme
from ui.tongue import tr
from ui.wording import told

PlaceTaker = Callable[[PlaceChoice], None]
PlaceLookup = Callable[[float, float, PlaceTaker, Callable[[BaseException], None]], None]

HINT = tr("村、网格或事件编号；或 经度, 纬度")

Answer = TypeVar("Answer")


class PointEntry(Finder):
    """Longitude and latitude in CGCS2000 degrees. `placed` tells the PlaceChoice or None.

    The name of a village or grid, or an incident's number, brings a point that stands for it;
    the field says in words that it is not an exact one.
    """

    placed = Signal(object)

    def __init__(
        self, theme: Theme, lookup: PlaceLookup, spots: Source, parent: QWidget | None = None
    ) -> None:
        """`lookup` finds the grid of a point, `spots` what a name or a number means."""
        super().__init__(theme, "lonlat", spots, HINT, parent)
        self._lookup = lookup
        self._place: PlaceChoice | None = None
        self._wanted: tuple[float, float] | None = None
        self._before = ""

    def values(self) -> dict[str, object]:
        """Return lon, lat and the grid when the point is a new one."""
        text, found = self.text().strip(), self.found()
        if isinstance(found, Spot):
            (lon, lat), (part, code) = found.point, found.part
            return {"lon": lon, "lat": lat, part: code}
        if not text or text == self._before:
            return {}
        if not reading.may_be_point(text):
            return super().values()
        lon, lat = reading.point(text, self.name)
        given: dict[str, object] = {"lon": lon, "lat": lat}
        if self._place is not None and self._place.grid:
            given["grid"] = self._place.grid
        elif self._place is not None:
            given["village"] = self._place.village
        return given

    def marked(self, place: object) -> dict[str, object]:
        """Return the place with the words that the point is not exact, nothing when it is."""
        found, words = self.found(), str(place or "")
        if not isinstance(found, Spot) or found.right in words:
            return {}
        said = told(tr("{place}（{how}）"), place=words, how=found.right) if words else found.said
        return {"place": said}

    def propose(self, value: object, origin: str = "") -> None:
        """Put a (lon, lat) in; with an origin it is what stands already, and told only if new."""
        if isinstance(value, Spot):
            super().propose(value, origin)
        elif isinstance(value, tuple) and len(value) == 2:
            self._forget()
            text = f"{value[0]:.6f}, {value[1]:.6f}"
            LineEntry.propose(self, text, origin)
            if origin:
                self._before = text
            else:
                self._ask_typed(text)

    def place(self) -> PlaceChoice | None:
        """Return where the point lies, None while that is not known."""
        return self._place

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._wanted = self._place = None
        if reading.may_be_point(text):
            self._forget()
            self._ask_typed(text)
        else:
            super()._on_edited(text)
            self.placed.emit(None)

    def _take(self, found: Found) -> None:
        super()._take(found)
        if isinstance(found, Spot):
            self._ask(found.point)

    def _ask_typed(self, text: str) -> None:
        self._wanted = self._place = None
        self.tell_origin("")
        try:
            point = reading.point(text, self.name)
        except BadInput:
            self.placed.emit(None)
            return
        self._ask(point)

    def _ask(self, point: tuple[float, float]) -> None:
        self._wanted, self._place = point, None
        self._lookup(
            *point,
            lambda place: self._if_last(point, self.take_place, place),
            lambda error: self._if_last(point, self.take_error, error),
        )

    def _if_last(
        self, point: tuple[float, float], take: Callable[[Answer], None], answer: Answer
    ) -> None:
        """Answers of a half-typed point may come late: they must not name the whole one's grid."""
        if isValid(self) and point == self._wanted:
            take(answer)

    def take_place(self, place: PlaceChoice) -> None:
        """Show where the point lies; of what was named its own words stand."""
        self._place = place
        if self.found() is None:
            moved = (
                tr(" · {distance_m} 米外").format(distance_m=place.distance_m)
                if place.distance_m
                else ""
            )
            self.tell_origin(f"{place.village_name} · {place.grid_name or '—'}{moved}")
        self.placed.emit(place)

    def take_error(self, error: BaseException) -> None:
        """Show why the point is of no use."""
        self.tell_origin(refusals.words(error))
        self.placed.emit(None)
