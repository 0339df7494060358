"""The form of an act, made from the table of fields."""

from typing import Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch.desk.views import IncidentPane, QueueRow
from dispatch.domain.codes import Role
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput
from ui import labels, refusals
from ui.acts.entries import Entries
from ui.acts.field_row import FieldRow
from ui.acts.fields import DESTRUCTIVE, Field, asked_here, fields_of
from ui.acts.finder import Finder
from ui.acts.found import Found
from ui.acts.lookups import priority_of
from ui.acts.photos_entry import PhotosEntry
from ui.acts.point_entry import PointEntry
from ui.acts.proposals import changed, proposals
from ui.acts.seat import Seat
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SIDE, SheetHead
from ui.acts.worker_entry import WorkerEntry
from ui.incident.reporters import untold_words
from ui.look.theme import Theme
from ui.wording import told

WIDTH: Final = 620
ALSO_CALLED: Final = {
    "review": "review_at",
    "result": "finding",
    "assist": "assists",
    "reason": "why",
    "lon": "lonlat",
    "lat": "lonlat",
    "grid": "lonlat",
    "village": "lonlat",
}
"""Names under which the rules tell of a field that the form calls otherwise."""


class ActForm(Sheet):
    """`commanded` carries the Command and the paths of its photos."""

    commanded = Signal(object, object)

    def __init__(
        self, theme: Theme, host: QWidget, seat: Seat, verb: Verb, pane: IncidentPane
    ) -> None:
        """Open for one incident as it is seen now."""
        super().__init__(theme, host, WIDTH)
        self.verb = verb
        self.follow = False
        self._pane = pane
        self._doubted = ""
        self.rows: dict[str, FieldRow] = {}
        self._fields = asked_here(fields_of(verb, seat.roles), pane.guide, pane.subs)
        entries = Entries(theme, seat, pane)
        column = QVBoxLayout()
        column.setContentsMargins(SIDE, 18, SIDE, 18)
        column.setSpacing(10)
        for field in self._fields:
            entry = entries.make(field, self)
            self.rows[field.name] = FieldRow(theme, field.label, entry, field.needed, self)
            column.addWidget(self.rows[field.name])
        column.addStretch(1)
        self.body.addLayout(column)
        for name, (value, origin) in proposals(verb, pane, seat).items():
            if name in self.rows:
                self.rows[name].entry.propose(value, origin)
        item = self.rows["item"].entry.widget() if "item" in self.rows else None
        if isinstance(item, Finder):
            item.chosen.connect(self._on_item)
        word = labels.verb(verb)
        red = verb in DESTRUCTIVE
        follow = self.tr("并看下一条")
        self.fill_foot(word, f"{word}{follow}" if len(word) <= 4 else follow, red=red)
        self.build(SheetHead(theme, word, pane.row, seat.now, self))
        self._chief = Role.CHIEF in seat.roles

    def row(self) -> QueueRow:
        """Return the incident's row as it was when the form was opened."""
        return self._pane.row

    def first(self) -> QWidget:
        """The first field that still needs something, or the first of all."""
        for field in self._fields:
            if field.needed and not self._given(field):
                return self.rows[field.name].entry.widget()
        return self.rows[self._fields[0].name].entry.widget()

    def do(self, *, follow: bool) -> None:
        """Read every field; emit the command, or say at the field what is missing."""
        if not self.primary.isEnabled():
            return
        self._clear()
        values: dict[str, object] = {}
        for field in self._fields:
            try:
                given = self.rows[field.name].entry.values()
                if field.needed and not given:
                    raise BadInput(field.name, self.tr("必须填写"))
            except BadInput as error:
                self.show_error(error)
                return
            values |= given
        if self._doubts():
            return
        point = self.rows["lonlat"].entry if "lonlat" in self.rows else None
        if isinstance(point, PointEntry):
            values |= point.marked(values.get("place"))
        if self.verb is Verb.CORRECT:
            values = changed(values, self._pane)
        self.follow = follow
        self.primary.setEnabled(False)
        # Any: every option of the command has its own type, checked by the rules.
        options: dict[str, Any] = values
        command = Command(
            verb=self.verb, incident=self._pane.row.id, seen=self._pane.row.version, **options
        )
        self.commanded.emit(command, self.photos())

    def _doubts(self) -> bool:
        """Say once why the one chosen is a doubtful choice; doing it again is the answer.

        So too before a closing by which somebody is left without word.
        """
        waiting = untold_words(self._pane.reporters) if self.verb is Verb.CLOSE else ""
        if waiting and self._doubted != waiting:
            self._doubted = waiting
            self.say_error(told(self.tr("{waiting}；再按一次仍要结案"), waiting=waiting))
            self.refit()
            return True
        for row in self.rows.values():
            if not isinstance(row.entry, WorkerEntry):
                continue
            doubt, found = row.entry.doubt(), row.entry.found()
            if doubt and found is not None and found.code != self._doubted:
                # By the worker, not by the words: those hold an age that goes on.
                self._doubted = found.code
                row.show_error(doubt)
                row.entry.widget().setFocus()
                self.refit()
                return True
        return False

    @Slot(object)
    def _on_item(self, found: Found) -> None:
        """Another item brings its own priority, unless one was chosen by hand."""
        self.rows["priority"].entry.propose(priority_of(found))

    def photos(self) -> tuple[str, ...]:
        """Return the paths of the photos that go with the act."""
        row = self.rows.get("photos")
        entry = row.entry if row else None
        return entry.paths() if isinstance(entry, PhotosEntry) else ()

    def show_error(self, error: BaseException) -> None:
        """Say it at the field it concerns, or in the foot; the form stays as it is."""
        self.primary.setEnabled(True)
        row = self._row_of(error)
        if row is not None and isinstance(error, BadInput):
            row.show_error(labels.said_with_verbs(error.what))
            row.entry.widget().setFocus()
        else:
            self.say_error(refusals.words(error))
        self.refit()

    def _row_of(self, error: BaseException) -> FieldRow | None:
        if not isinstance(error, BadInput):
            return None
        found = self.rows.get(error.where)
        return found or self.rows.get(ALSO_CALLED.get(error.where, ""))

    def _clear(self) -> None:
        self.say_error("")
        for row in self.rows.values():
            row.show_error("")

    def _given(self, field: Field) -> bool:
        try:
            return bool(self.rows[field.name].entry.values())
        except BadInput:
            return False
