"""The report form: item by hanzi, pinyin or initials, grid from the point, the rest proposed."""

from typing import Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch.domain.codes import Role, Source
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput
from dispatch.domain.may import RIGHTS
from ui import labels, refusals
from ui.acts.act_form import ALSO_CALLED
from ui.acts.entries import Entries
from ui.acts.field_row import FieldRow
from ui.acts.fields import ORDER, PRIORITY, SOURCE, Field, Kind
from ui.acts.finder import Finder
from ui.acts.found import Found, Spot
from ui.acts.lookups import priority_of
from ui.acts.photos_entry import PhotosEntry
from ui.acts.point_entry import PointEntry
from ui.acts.proposer import Proposer
from ui.acts.report_proposal import ReportProposalLines
from ui.acts.seat import Seat
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SIDE, SheetHead
from ui.look.theme import Theme
from ui.tongue import tr

WIDTH: Final = 760
_POINT: Final = Field("lonlat", Kind.POINT, needed=True, word=tr("坐标"))
HANDLED: Final = Field(
    "result", Kind.LINE, word=tr("自办结"), hint=tr("已就地办结的，写明措施和结果")
)
"""For who may report what is done already: filled in, the report is a self-handled one."""
FIELDS: Final[tuple[Field, ...]] = (
    Field("item", Kind.ITEM, needed=True, hint=tr("汉字、拼音、首字母、编码")),
    PRIORITY,
    _POINT,
    Field("place", Kind.LINE, hint=tr("村、路、门牌")),
    Field("text", Kind.TEXT),
    SOURCE,
    Field("reporter", Kind.LINE),
    Field("phone", Kind.LINE),
    Field("photos", Kind.PHOTOS),
)
_SOURCES: Final = {
    Role.WORKER: Source.WORKER,
    Role.PATROL: Source.PATROL,
    Role.STATION: Source.STATION,
    Role.UNIT: Source.DEPARTMENT,
}


def _fields_of(seat: Seat) -> tuple[Field, ...]:
    """A worker may say what was done at once; the city's people give their order's number."""
    if seat.at_city:
        return (ORDER, *FIELDS)
    if RIGHTS[Verb.SELF_HANDLED].roles & frozenset(seat.roles):
        return (*FIELDS[:-1], HANDLED, FIELDS[-1])
    return FIELDS


class ReportForm(Sheet):
    """`commanded` carries the Command and the paths of its photos.

    With a point at hand six keys file it: the form's key, three letters, Enter, Enter.
    """

    commanded = Signal(object, object)

    def __init__(
        self, theme: Theme, host: QWidget, seat: Seat, at: tuple[float, float] | None = None
    ) -> None:
        """`at` is the point chosen on the map or pasted, CGCS2000 degrees."""
        super().__init__(theme, host, WIDTH)
        self.follow = False
        self._seat = seat
        self.rows: dict[str, FieldRow] = {}
        entries = Entries(theme, seat)
        column = QVBoxLayout()
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(8)
        self._fields = _fields_of(seat)
        for field in self._fields:
            entry = entries.make(field, self)
            self.rows[field.name] = FieldRow(theme, field.label, entry, field.needed, self)
            column.addWidget(self.rows[field.name])
        self.proposal = ReportProposalLines(theme, self)
        column.insertWidget(self._fields.index(_POINT) + 1, self.proposal)
        column.addStretch(1)
        self.body.addLayout(column)
        source = next((_SOURCES[role] for role in seat.roles if role in _SOURCES), Source.CITIZEN)
        self.rows["source"].entry.propose(Source.CITY if seat.at_city else source)
        self.item = self.rows["item"].entry.widget()
        self._proposer = Proposer(seat, self.rows, self.proposal, self)
        if isinstance(self.item, Finder):
            self.item.chosen.connect(self._on_item)
        self._said = ""
        point = self.rows["lonlat"].entry
        if isinstance(point, PointEntry):
            point.chosen.connect(self._on_spot)
            point.textEdited.connect(self._on_point_typed)
        if at is not None:
            point.propose(at)
        self._verb = Verb.CITY_ASSIGN if seat.at_city else Verb.REPORT
        word = labels.verb(self._verb)
        again = self.tr("下派并再派一件") if seat.at_city else self.tr("上报并再报一件")
        self.fill_foot(word, again)
        self.build(SheetHead(theme, word, None, None, self))

    def first(self) -> QWidget:
        """The item."""
        return self.item

    def take_point(self, at: tuple[float, float]) -> None:
        """Take another point, CGCS2000 degrees; whatever else was typed stays."""
        point = self.rows["lonlat"].entry
        if isinstance(point, PointEntry):
            point.propose(at)
        self._on_point_typed("")

    def take_words(self, words: str) -> None:
        """Take words from the command line or a paste, after what was typed."""
        text = self.rows["text"].entry
        before = text.values().get("text")
        text.propose(f"{before}\n{words}" if before else words)

    @Slot(object)
    def _on_item(self, found: Found) -> None:
        """The item's own priority is proposed with it."""
        self.rows["priority"].entry.propose(priority_of(found))
        self._proposer.ask()

    @Slot(object)
    def _on_spot(self, found: Found) -> None:
        """A point that only stands for its surroundings is told so in the place, if that is free.

        Whoever reads the report later must not take it for an exact one.
        """
        place = self.rows["place"].entry
        if isinstance(found, Spot) and place.values().get("place", "") in {"", self._said}:
            self._said = found.said
            place.propose(found.said)

    @Slot(str)
    def _on_point_typed(self, _text: str) -> None:
        """The name that stood for the point is gone, and so are its words for the place."""
        place = self.rows["place"].entry
        if self._said and place.values().get("place", "") == self._said:
            place.propose("")
        self._said = ""

    def do(self, *, follow: bool) -> None:
        """Read every field; emit the command, or say at the field what is missing."""
        if not self.primary.isEnabled():
            return
        self.say_error("")
        # Any: every option of the command has its own type, checked by the rules.
        values: dict[str, Any] = {}
        for field in self._fields:
            row = self.rows[field.name]
            row.show_error("")
            try:
                given = row.entry.values()
                if field.needed and not given:
                    raise BadInput(field.name, self.tr("必须填写"))
            except BadInput as error:
                self.show_error(error)
                return
            values |= given
        point = self.rows["lonlat"].entry
        if isinstance(point, PointEntry):
            values |= point.marked(values.get("place"))
        self.follow = follow
        self.primary.setEnabled(False)
        verb = Verb.SELF_HANDLED if values.get("result") else self._verb
        command = Command(verb=verb, incident=self._seat.new_id(), **values)
        self.commanded.emit(command, self.photos())

    def photos(self) -> tuple[str, ...]:
        """Return the paths of the photos that go with the report."""
        entry = self.rows["photos"].entry
        return entry.paths() if isinstance(entry, PhotosEntry) else ()

    def show_error(self, error: BaseException) -> None:
        """Say it at the field it concerns, or in the foot; the form stays as it is."""
        self.primary.setEnabled(True)
        where = error.where if isinstance(error, BadInput) else ""
        row = self.rows.get(where) or self.rows.get(ALSO_CALLED.get(where, ""))
        if row is not None and isinstance(error, BadInput):
            row.show_error(labels.said_with_verbs(error.what))
            row.entry.widget().setFocus()
        else:
            self.say_error(refusals.words(error))
        self.refit()
