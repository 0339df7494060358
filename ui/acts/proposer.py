"""Asks what a report will bring whenever its item, place or priority changes."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Slot
from shiboken6 import isValid

from dispatch.desk.views_report import ReportProposal
from dispatch.domain.errors import BadInput
from ui.acts.choice_entry import ChoiceEntry
from ui.acts.field_row import FieldRow
from ui.acts.finder import Finder
from ui.acts.point_entry import PointEntry
from ui.acts.report_proposal import ReportProposalLines
from ui.acts.seat import Seat

Asked = tuple[str, tuple[float, float] | None]


class Proposer(QObject):
    """Fills the lines of a report's proposal; an answer that comes too late is dropped."""

    def __init__(
        self,
        seat: Seat,
        rows: Mapping[str, FieldRow],
        lines: ReportProposalLines,
        parent: QObject,
    ) -> None:
        """`rows` has item, lonlat and priority."""
        super().__init__(parent)
        self._seat = seat
        self._rows = rows
        self._lines = lines
        self._asked: Asked | None = None
        self._proposal: ReportProposal | None = None
        item = rows["item"].entry.widget()
        point, priority = rows["lonlat"].entry, rows["priority"].entry
        if isinstance(item, Finder):
            item.textEdited.connect(self._on_item_typed)
        if isinstance(point, PointEntry):
            point.placed.connect(self._on_placed)
        if isinstance(priority, ChoiceEntry):
            priority.chosen.connect(self._on_priority)

    def ask(self) -> None:
        """Ask anew for what stands in the form now."""
        item = self._rows["item"].entry.widget()
        found = item.found() if isinstance(item, Finder) else None
        self._proposal = None
        if found is None:
            self._asked = None
            self._lines.say_nothing()
            return
        asked = self._asked = (found.code, self._point())
        take, fail = partial(self._if_last, asked), partial(self._if_last, asked)
        self._seat.lookups.proposal(*asked, take, fail)

    def _point(self) -> tuple[float, float] | None:
        """Return the point once it is whole and lies in the town."""
        entry = self._rows["lonlat"].entry
        if not isinstance(entry, PointEntry) or entry.place() is None:
            return None
        try:
            given = entry.values()
        except BadInput:
            return None
        lon, lat = given.get("lon"), given.get("lat")
        return (lon, lat) if isinstance(lon, float) and isinstance(lat, float) else None

    def _if_last(self, asked: Asked, answer: ReportProposal | BaseException) -> None:
        if asked != self._asked or not isValid(self):
            return
        if isinstance(answer, BaseException):
            self._lines.say_error(answer)
            return
        self._proposal = answer
        self._show()

    def _show(self) -> None:
        if self._proposal is not None:
            chosen = self._rows["priority"].entry.values().get("priority")
            placed = self._asked is not None and self._asked[1] is not None
            self._lines.show_proposal(self._proposal, chosen, self._seat.now(), placed=placed)

    @Slot(str)
    def _on_item_typed(self, _text: str) -> None:
        self.ask()

    @Slot(object)
    def _on_placed(self, _place: object) -> None:
        self.ask()

    @Slot(object)
    def _on_priority(self, _priority: object) -> None:
        self._show()
