"""The queue narrowed to the incidents behind one number, and back to where it was."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from dispatch.desk.views import QueueRow
from ui.live import Live, RowsChanged
from ui.queue.head import Head
from ui.queue.listing import QueueList
from ui.queue.model import QueueModel
from ui.queue.only_bar import OnlyBar
from ui.queue.order import ALL, Chip, Tab
from ui.queue.rail import Rail
from ui.takers import Newest

MISSING_SHOWN: Final = 8
"""So many letters of the id of an incident that is not here are shown: nothing else is known."""


@dataclass(frozen=True, slots=True)
class Drilled:
    """A number in words (what it counts, as printed) and the incidents behind it, each once."""

    words: str
    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the queue was before."""

    tab: Tab
    chips: frozenset[Chip]
    text: str
    row: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What of the queue is narrowed."""

    model: QueueModel
    rail: Rail
    head: Head
    list: QueueList
    bar: OnlyBar


class OnlyShown(QObject):
    """left(back): the number's list is left, with its own key or because another row is shown.

    Open rows stay live; ended ones are asked for; those not on this machine are named by the bar.
    """

    left = Signal(bool)

    def __init__(self, live: Live, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._live = live
        self._beside = Newest(live.run)
        self._parts = parts
        self._place: _Place | None = None
        self.drilled: Drilled | None = None
        parts.bar.left.connect(self.leave)
        parts.bar.hide()

    def show(self, drilled: Drilled) -> None:
        """Show the incidents of that number alone, whatever was filtered before."""
        parts = self._parts
        if self.drilled is None:
            field = parts.head.field.text()
            row = parts.list.current_id()
            self._place = _Place(parts.model.tab, parts.model.chips, field, row)
        else:
            self.left.emit(False)
        self.drilled = drilled
        self._filter(ALL, frozenset(), "")
        parts.model.choose_only(frozenset(drilled.ids))
        parts.bar.show_number(drilled.words, drilled.text, len(drilled.ids))
        parts.bar.show()
        self._first()
        self._ask()

    @Slot()
    def leave(self) -> None:
        """Go back to where one was."""
        self._end(back=True)

    def drop(self) -> None:
        """Show everything again: another row is wanted that is not in the list."""
        self._end(back=False)

    def take_changed(self, changed: RowsChanged) -> None:
        """Bring those back that have just ended: they are still behind the number."""
        if self.drilled is not None and changed.gone & frozenset(self.drilled.ids):
            self._ask()

    def take_reset(self) -> None:
        """All open rows are new: ask anew for those that are not among them."""
        if self.drilled is not None:
            self._ask()

    def _end(self, *, back: bool) -> None:
        place, self._place = self._place, None
        if self.drilled is None:
            return
        self.drilled = None
        self._parts.bar.hide()
        self._parts.model.choose_only(None)
        if back and place is not None:
            self._filter(place.tab, place.chips, place.text)
            self._parts.list.choose(place.row)
        self.left.emit(back)

    def _filter(self, tab: Tab, chips: frozenset[Chip], text: str) -> None:
        parts = self._parts
        parts.head.field.setText(text)
        parts.head.searched.emit(text)
        parts.head.chips_chosen.emit(chips)
        parts.head.show_chips()
        parts.rail.choose(tab)

    def _ask(self) -> None:
        ids = self.drilled.ids if self.drilled else ()
        beside = frozenset(each for each in ids if each not in self._parts.model.rows)
        if self.drilled is None or not beside:
            return
        answer = _Brought(self, self.drilled, beside)
        self._beside.run(self._live.desk.rows(beside), answer.take, answer.failed)

    def brought(self, drilled: Drilled, asked: frozenset[str], rows: tuple[QueueRow, ...]) -> None:
        """Show them, and name those of the asked ones that are not on this machine."""
        if drilled is not self.drilled:
            return
        self._parts.model.brought(rows)
        here = {row.id for row in rows}
        missing = tuple(each for each in drilled.ids if each in asked and each not in here)
        self._parts.bar.show_missing(tuple(each[-MISSING_SHOWN:] for each in missing))
        self._first()

    def failed(self, drilled: Drilled, error: BaseException) -> None:
        """Say why the ended ones could not be read; the open ones stay."""
        if drilled is self.drilled:
            self._parts.bar.show_failed(error)

    def _first(self) -> None:
        parts = self._parts
        if parts.model.rowCount() and parts.model.place(parts.list.current_id()) < 0:
            parts.list.go_to(0)


class _Brought:
    """Rows on their way to the list they were asked for."""

    def __init__(self, only: OnlyShown, drilled: Drilled, asked: frozenset[str]) -> None:
        self._only = only
        self._drilled = drilled
        self._asked = asked

    def take(self, rows: tuple[QueueRow, ...]) -> None:
        self._only.brought(self._drilled, self._asked, rows)

    def failed(self, error: BaseException) -> None:
        self._only.failed(self._drilled, error)
