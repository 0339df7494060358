"""The dispatch dialog: proposals with reasons at the left, the order at the right."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dispatch.desk.views import DispatchAdvice, IncidentPane, QueueRow, UnitAdvice
from dispatch.domain.codes import Stage
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput
from ui import labels, refusals
from ui.acts.check_list import CheckList
from ui.acts.entry import Entry
from ui.acts.field_row import FieldRow
from ui.acts.finder import Finder
from ui.acts.found import Found
from ui.acts.line_entry import LineEntry
from ui.acts.merge_band import MergeBand
from ui.acts.part_title import PartTitle
from ui.acts.seat import Seat
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SIDE, SheetHead
from ui.acts.text_entry import TextEntry
from ui.acts.time_entry import TimeEntry
from ui.acts.unit_list import UnitList
from ui.acts.upright import Upright
from ui.look.theme import Theme
from ui.tongue import tr

WIDTH: Final = 1040
HEIGHT: Final = 600
_ORDER: Final = 412
_LEFT: Final = 20  # what is chosen is filled 8 px beyond the texts, which stand under the title


class DispatchDialog(Sheet):
    """`commanded` carries the Command and no photos; `merge_wanted` leaves for the merge form."""

    commanded = Signal(object, object)
    merge_wanted = Signal()

    def __init__(
        self, theme: Theme, host: QWidget, seat: Seat, pane: IncidentPane, advice: DispatchAdvice
    ) -> None:
        """Open with the first proposal chosen and the order filled in."""
        super().__init__(theme, host, WIDTH, HEIGHT)
        self.follow = False
        self._pane = pane
        self._advice = advice
        self._seat = seat
        self.units = UnitList(theme, advice.units, self)
        self.finder = Finder(
            theme, "unit", seat.lookups.units, self.tr("其他单位：名称、拼音"), self
        )
        self.band = MergeBand(theme, advice.duplicates, self)
        self.main = LineEntry(theme, "unit", self.tr("从左边选"), self)
        self.assists = LineEntry(theme, "assists", self.tr("Shift 加数字"), self)
        self.due = TimeEntry(theme, "due", seat.now, self)
        self.sign_in = TimeEntry(theme, "sign_in", seat.now, self)
        self.text = TextEntry(theme, "text", self.tr("可不填"), self)
        self.checks = CheckList(theme, "checks", advice.checks, self)
        self.rows: dict[str, FieldRow] = {}
        sides = QHBoxLayout()
        sides.setSpacing(0)
        sides.addLayout(self._left(), 1)
        sides.addWidget(Upright(theme, self))
        sides.addLayout(self._right())
        self.body.addLayout(sides)
        self._fill()
        note = self.tr("写入本机即成立，10 秒内可撤销 Z")
        self.fill_foot(self.tr("派出"), self.tr("派出并下一条"), note)
        self.build(SheetHead(theme, labels.verb(Verb.DISPATCH), pane.row, seat.now, self))
        self._join()

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(_LEFT, 8, _LEFT, 12)
        column.setSpacing(8)
        hint = self.tr("↑↓ 选择 · Shift 加协助 · 输入可找其他单位")
        title = PartTitle(self.theme, self.tr("建议单位"), hint, self)
        title.setContentsMargins(SIDE - _LEFT, 0, 0, 0)
        column.addWidget(title)
        column.addWidget(self.units)
        column.addWidget(self.finder)
        column.addWidget(self.band)
        column.addStretch(1)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(24, 8, SIDE, 12)
        column.setSpacing(10)
        title = PartTitle(self.theme, self.tr("派遣单"), self._advice.order_no, self)
        title.setFixedWidth(self.theme.px(_ORDER) - 24 - SIDE)
        column.addWidget(title)
        fields: tuple[tuple[str, str, Entry], ...] = (
            ("unit", self.tr("主办"), self.main),
            ("assists", self.tr("协助"), self.assists),
            ("due", self.tr("处置时限"), self.due),
            ("sign_in", self.tr("签收时限"), self.sign_in),
            ("text", self.tr("要求"), self.text),
            ("checks", self.tr("检查项"), self.checks),
        )
        for name, word, entry in fields:
            if name == "checks" and not self._advice.checks:
                continue
            self.rows[name] = FieldRow(self.theme, word, entry, False, self)
            column.addWidget(self.rows[name])
        column.addStretch(1)
        return column

    def _fill(self) -> None:
        for field in (self.main, self.assists, self.sign_in):
            field.setReadOnly(True)
            field.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        kind = self.tr("工作时") if self._pane.working_clock else self.tr("自然时")
        how_long = dict(self._advice.spans)
        working = self._pane.working_clock
        if self._advice.disposal_due is not None:
            span = how_long.get(Stage.DISPOSAL)
            said = (self._pane.sla, labels.span(span, working) if span else "", kind)
            origin = " · ".join(each for each in said if each)
            self.due.propose(self._advice.disposal_due, origin)
        if self._advice.sign_in_due is not None:
            span = how_long.get(Stage.SIGN_IN)
            self.sign_in.propose(
                self._advice.sign_in_due, labels.span(span, working) if span else ""
            )
        self._proposed_due = self.due.text()
        if self._advice.request:
            self.text.propose(self._advice.request, self.tr("按事项模板拟，可改"))
        self._show_choice()

    def _join(self) -> None:
        self.units.changed.connect(self._on_changed)
        self.units.typed.connect(self._on_typed)
        self.units.merge_wanted.connect(self._on_merge)
        self.band.wanted.connect(self._on_merge)
        self.finder.chosen.connect(self._on_found)

    def prefer(self, unit: str) -> None:
        """Open with another unit chosen, from the pane's advice or the command line."""
        units = self._advice.units
        known = next((each for each in units if unit and unit in {each.unit, each.name}), None)
        known = known or next((each for each in units if unit and unit in each.name), None)
        if known is not None:
            self.units.add(known)

    def row(self) -> QueueRow:
        """Return the incident's row as it was when the form was opened."""
        return self._pane.row

    def first(self) -> QWidget:
        """The list of units."""
        return self.units

    def _show_choice(self) -> None:
        self.main.propose(self.units.name(self.units.main), self.tr("只能一个"))
        names = tr("、").join(self.units.name(each) for each in self.units.assists)
        self.assists.propose(names, self.tr("可多个"))

    @Slot()
    def _on_changed(self) -> None:
        self._show_choice()

    @Slot(str)
    def _on_typed(self, letters: str) -> None:
        self.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.finder.setText(letters)
        self.finder.textEdited.emit(letters)

    @Slot(object)
    def _on_found(self, found: Found) -> None:
        self.units.add(self._advised(found))
        self.finder.clear()
        self.units.setFocus(Qt.FocusReason.OtherFocusReason)

    def _advised(self, found: Found) -> UnitAdvice:
        """Return a unit as the list shows it; one that was not proposed has no reason."""
        known = next((each for each in self._advice.units if each.unit == found.code), None)
        return known or UnitAdvice(found.code, found.name, found.name[:1], 0, None, "", "lead", 0)

    def take_units(self, units: list[Found]) -> None:
        """Take a choice that was made before: the main unit, then the assisting ones."""
        for each in reversed(units):
            self.units.add(self._advised(each))
        for each in units[1:]:
            self.units.toggle_assist(each.code)

    @Slot()
    def _on_merge(self) -> None:
        if self._advice.duplicates:
            self.close_sheet()
            self.merge_wanted.emit()

    def do(self, *, follow: bool) -> None:
        """Emit the order; a due time that nobody touched is left to the rules."""
        if not self.primary.isEnabled():
            return
        self.say_error("")
        for row in self.rows.values():
            row.show_error("")
        due: object = None
        try:
            if not self.units.main:
                raise BadInput("unit", self.tr("请选主办单位"))
            if self.due.text().strip() != self._proposed_due:
                due = self.due.values().get("due")
        except BadInput as error:
            self.show_error(error)
            return
        self.follow = follow
        self.primary.setEnabled(False)
        shown = self._pane.row
        command = Command(
            verb=Verb.DISPATCH,
            incident=shown.id,
            seen=shown.version,
            unit=self.units.main,
            assists=tuple(self.units.assists),
            due=due if isinstance(due, int) else None,
            text=self.request(),
        )
        self.commanded.emit(command, ())

    def request(self) -> str:
        """Return what the order asks, and under it what the dispatcher made sure of."""
        asked = self.text.toPlainText().strip()
        ticked = self.checks.values().get("checks")
        made_sure = tr("；").join(ticked) if isinstance(ticked, tuple) else ""
        told = self.tr("派前：{made_sure}。").format(made_sure=made_sure) if made_sure else ""
        return "\n".join(each for each in (asked, told) if each)

    def show_error(self, error: BaseException) -> None:
        """Say it at the field it concerns, or in the foot."""
        self.primary.setEnabled(True)
        if isinstance(error, BadInput):
            name = "assists" if error.where == "assist" else error.where
            if name in self.rows:
                self.rows[name].show_error(labels.said_with_verbs(error.what))
                return
        self.say_error(refusals.words(error))
