"""Makes the widget of a field."""

from collections.abc import Callable
from functools import partial
from typing import assert_never

from PySide6.QtWidgets import QWidget

from dispatch.desk.views import IncidentPane
from ui.acts.choice_entry import ChoiceEntry
from ui.acts.closing_entry import ClosingEntry
from ui.acts.entry import Entry
from ui.acts.fields import Field, Kind
from ui.acts.finder import Finder
from ui.acts.line_entry import LineEntry
from ui.acts.lookups import search
from ui.acts.photos_entry import PhotosEntry
from ui.acts.point_entry import PointEntry
from ui.acts.seat import Seat
from ui.acts.several_finder import SeveralFinder
from ui.acts.text_entry import TextEntry
from ui.acts.time_entry import TimeEntry
from ui.acts.whole_entry import WholeEntry
from ui.acts.worker_entry import WorkerEntry
from ui.look.theme import Theme

Maker = Callable[[Field, QWidget], Entry]


class Entries:
    """Makes entries for one form."""

    def __init__(self, theme: Theme, seat: Seat, pane: IncidentPane | None = None) -> None:
        self._theme = theme
        self._seat = seat
        self._pane = pane

    def make(self, field: Field, parent: QWidget) -> Entry:
        """Return the widget for a field."""
        theme, lookups = self._theme, self._seat.lookups
        match field.kind:
            case Kind.LINE:
                return LineEntry(theme, field.name, self._hint(field), parent)
            case Kind.TEXT:
                return TextEntry(theme, field.name, field.hint, parent)
            case Kind.CHOICE:
                return ChoiceEntry(theme, field.name, field.choices or self._told_off(), parent)
            case Kind.ITEM:
                return Finder(theme, field.name, lookups.items, field.hint, parent)
            case Kind.UNIT:
                return Finder(theme, field.name, lookups.units, field.hint, parent)
            case Kind.UNITS:
                return SeveralFinder(theme, field.name, lookups.units, field.hint, parent)
            case Kind.PART:
                return ChoiceEntry(theme, field.name, self._parts(), parent)
            case Kind.WORKER if field.name == "worker" and self._pane is not None:
                ask = partial(lookups.candidates, self._pane.row.id)
                return WorkerEntry(theme, ask, search, self._seat.now, parent)
            case Kind.WORKER:
                return Finder(theme, field.name, lookups.workers, field.hint, parent)
            case Kind.INCIDENT:
                return Finder(theme, field.name, lookups.incidents, field.hint, parent)
            case Kind.TIME:
                return TimeEntry(theme, field.name, self._seat.now, parent)
            case Kind.WHOLE:
                return WholeEntry(theme, field.name, field.hint, parent)
            case Kind.POINT:
                return PointEntry(theme, lookups.place, lookups.spots, parent)
            case Kind.CLOSING:
                condition = self._pane.guide.closing if self._pane else ""
                return ClosingEntry(theme, field.name, condition, parent)
            case Kind.PHOTOS:
                return PhotosEntry(theme, self._seat.choose, parent)
            case _:
                assert_never(field.kind)

    def _hint(self, field: Field) -> str:
        """The reporter's phone is told as a hint, masked, so that it is never sent back masked."""
        if field.name == "phone" and not field.hint and self._pane is not None and self._pane.phone:
            return self._pane.phone
        return field.hint

    def _parts(self) -> tuple[tuple[object, str], ...]:
        parts = self._pane.subs if self._pane else ()
        return tuple((each.unit, each.name) for each in parts if each.open)

    def _told_off(self) -> tuple[tuple[object, str], ...]:
        told_off = self._pane.told_off if self._pane else ()
        return tuple((unit, unit) for unit in told_off)
