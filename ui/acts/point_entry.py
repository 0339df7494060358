"""A field for a point: the grid and village are found from it and shown beside it."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dispatch.desk.views import PlaceChoice
from dispatch.domain.errors import BadInput
from ui import refusals
from ui.acts import reading
from ui.acts.line_entry import LineEntry
from ui.look.theme import Theme

PlaceTaker = Callable[[PlaceChoice], None]
PlaceLookup = Callable[[float, float, PlaceTaker, Callable[[BaseException], None]], None]


Answer = TypeVar("Answer")


class PointEntry(LineEntry):
    """Longitude and latitude in CGCS2000 degrees. `placed` tells the PlaceChoice or None."""

    placed = Signal(object)

    def __init__(self, theme: Theme, lookup: PlaceLookup, parent: QWidget | None = None) -> None:
        super().__init__(theme, "lonlat", "113.9635, 23.0380", parent)
        self._lookup = lookup
        self._place: PlaceChoice | None = None
        self._asked = ""
        self._before = ""
        self.textEdited.connect(self._on_edited)

    def values(self) -> dict[str, object]:
        """Return lon, lat and the grid when the point is a new one."""
        text = self.text().strip()
        if not text or text == self._before:
            return {}
        lon, lat = reading.point(text, self.name)
        found: dict[str, object] = {"lon": lon, "lat": lat}
        if self._place is not None and self._place.grid:
            found["grid"] = self._place.grid
        elif self._place is not None:
            found["village"] = self._place.village
        return found

    def propose(self, value: object, origin: str = "") -> None:
        """Put a (lon, lat) in; with an origin it is what stands already, and told only if new."""
        if isinstance(value, tuple) and len(value) == 2:
            text = f"{value[0]:.6f}, {value[1]:.6f}"
            super().propose(text, origin)
            if origin:
                self._before = text
            else:
                self._ask(text)

    def place(self) -> PlaceChoice | None:
        """Return where the point lies, None while that is not known."""
        return self._place

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._ask(text)

    def _ask(self, text: str) -> None:
        self._place = None
        self._asked = ""
        self.tell_origin("")
        try:
            lon, lat = reading.point(text, self.name)
        except BadInput:
            self.placed.emit(None)
            return
        self._asked = text
        self._lookup(
            lon,
            lat,
            lambda place: self._if_last(text, self.take_place, place),
            lambda error: self._if_last(text, self.take_error, error),
        )

    def _if_last(self, text: str, take: Callable[[Answer], None], answer: Answer) -> None:
        """Answers of a half-typed point may come late: they must not name the whole one's grid."""
        if text == self._asked:
            take(answer)

    def take_place(self, place: PlaceChoice) -> None:
        """Show where the point lies."""
        self._place = place
        moved = f" · {place.distance_m} 米外" if place.distance_m else ""
        self.tell_origin(f"{place.village_name} · {place.grid_name or '—'}{moved}")
        self.placed.emit(place)

    def take_error(self, error: BaseException) -> None:
        """Show why the point is of no use."""
        self.tell_origin(refusals.words(error))
        self.placed.emit(None)
