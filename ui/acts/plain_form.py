"""A small dialog of a few lines: log-in, shift log-on, the reason for looking at a number."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dispatch.domain.errors import BadInput
from ui import labels, refusals
from ui.acts.choice_entry import ChoiceEntry
from ui.acts.entry import Entry
from ui.acts.field_row import FieldRow
from ui.acts.fields import Field, Kind
from ui.acts.line_entry import LineEntry
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SIDE, SheetHead
from ui.look.theme import Theme
from ui.tongue import tr

WIDTH: Final = 480
LOGIN: Final = (
    Field("name", Kind.LINE, needed=True),
    Field("password", Kind.LINE, needed=True),
)
SHIFT_ON: Final = (
    Field(
        "seat",
        Kind.CHOICE,
        needed=True,
        choices=(
            ("clerk", tr("受理席")),
            ("dispatcher", tr("派遣席")),
            ("supervisor", tr("督办席")),
            ("chief", tr("值班长席")),
            ("station", tr("工作站")),
        ),
    ),
)
REVEAL: Final = (Field("reason", Kind.LINE, needed=True, hint=tr("查看会留痕")),)


class PlainForm(Sheet):
    """`filled` carries the values by field."""

    filled = Signal(object)

    def __init__(
        self, theme: Theme, host: QWidget, words: tuple[str, str], fields: tuple[Field, ...]
    ) -> None:
        """Words are the title and the verb of its button."""
        super().__init__(theme, host, WIDTH)
        title, verb = words
        self._fields = fields
        self.rows: dict[str, FieldRow] = {}
        column = QVBoxLayout()
        column.setContentsMargins(SIDE, 18, SIDE, 18)
        column.setSpacing(10)
        for field in fields:
            entry = self._entry(field)
            self.rows[field.name] = FieldRow(theme, field.label, entry, field.needed, self)
            column.addWidget(self.rows[field.name])
        self.body.addLayout(column)
        self.fill_foot(verb)
        self.build(SheetHead(theme, title, None, None, self))

    def _entry(self, field: Field) -> Entry:
        if field.kind is Kind.CHOICE:
            return ChoiceEntry(self.theme, field.name, field.choices, self)
        line = LineEntry(self.theme, field.name, field.hint, self)
        if field.name == "password":
            line.setEchoMode(QLineEdit.EchoMode.Password)
        return line

    def propose(self, name: str, value: object) -> None:
        """Put a value in."""
        self.rows[name].entry.propose(value)

    def first(self) -> QWidget:
        """The first field that is empty."""
        for row in self.rows.values():
            if not row.entry.values():
                return row.entry.widget()
        return next(iter(self.rows.values())).entry.widget()

    def do(self, *, follow: bool) -> None:
        """Emit the values, or say what is missing."""
        if not self.primary.isEnabled():
            return
        self.say_error("")
        values: dict[str, object] = {}
        for field in self._fields:
            row = self.rows[field.name]
            given = row.entry.values()
            row.show_error("" if given or not field.needed else self.tr("必须填写"))
            if field.needed and not given:
                row.entry.widget().setFocus()
                return
            values |= given
        self.primary.setEnabled(False)
        self.filled.emit(values)

    def show_error(self, error: BaseException) -> None:
        """Say why it was not done; a wrong password is typed anew."""
        self.primary.setEnabled(True)
        row = self.rows.get(error.where) if isinstance(error, BadInput) else None
        if row is not None and isinstance(error, BadInput):
            row.show_error(labels.said_with_verbs(error.what))
        else:
            self.say_error(refusals.words(error))
        password = self.rows.get("password")
        if password is not None and isinstance(password.entry, LineEntry):
            password.entry.clear()
            password.entry.setFocus()
        self.refit()
