"""Carries out what the palette is asked for: acts, forms, views, phones, filters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from dispatch.advice.line import Holds, Word
from dispatch.advice.slots import Filled, Given
from dispatch.desk.views import Strip, TownGeometry, WorkerRow
from dispatch.domain.command import Verb
from dispatch.domain.errors import ZhiwangError
from dispatch.domain.may import NEW
from ui.acts.acts import Acts, Form
from ui.acts.plain_form import REVEAL, PlainForm
from ui.acts.seat import Seat
from ui.door import Done
from ui.palette.asking import Asking
from ui.palette.choices import Choice, Known
from ui.palette.door import PaletteDoor
from ui.palette.grammar import short
from ui.palette.history import History
from ui.palette.palette import Palette
from ui.palette.plan import Plan
from ui.palette.prefill import prefill
from ui.wording import told

if TYPE_CHECKING:
    from ui.main_window import MainWindow


_RUNG: Final = ("worker", "contact")
"""Who has a phone."""


class Errands(QObject):
    """The palette of one window. At most one lies open.

    places_wanted: points (longitude, latitude) that the map is to show.
    """

    places_wanted = Signal(object)

    def __init__(
        self, window: MainWindow, door: PaletteDoor, acts: Acts, seat: Callable[[], Seat]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._door = door
        self._acts = acts
        self._seat = seat
        self._workers: dict[str, WorkerRow] = {}
        self._pending: Filled | None = None
        self._account = ""
        self.palette: Palette | None = None
        self.history = History(window.live, self)
        window.palette_wanted.connect(self.open)
        window.live.workers_changed.connect(self._on_workers)
        window.live.strip_changed.connect(self._on_strip)
        acts.opened.connect(self._on_opened)

    @Slot()
    def open(self) -> None:
        """Open the palette over whatever lies open, or go to it."""
        palette = self.palette
        if palette is not None and isValid(palette) and palette.isVisible():
            palette.raise_()
            palette.field.setFocus()
            palette.field.selectAll()
            return
        window = self._window
        asking = Asking(window.live, self._door, self._seat, self)
        asking.begin(window.current_id())
        palette = self.palette = Palette(window.theme, window, asking, self._known)
        palette.run_wanted.connect(self._on_run)
        palette.form_wanted.connect(self._on_form)
        palette.taken.connect(self._on_taken)
        palette.open()

    def _known(self) -> Known:
        keys = self._window.shortcuts.keys()
        return Known(self.history.lines(), keys, self._workers, self._seat().now())

    @Slot(object)
    def _on_workers(self, rows: tuple[WorkerRow, ...]) -> None:
        self._workers = {each.number: each for each in rows}

    @Slot(object)
    def _on_strip(self, strip: Strip) -> None:
        """A line belongs to who typed it: for another person the palette is opened anew."""
        if self._account and strip.account != self._account:
            self._close()
        self._account = strip.account

    @Slot(object, str, bool)
    def _on_run(self, plan: Plan, line: str, follow: bool) -> None:
        palette, command = self.palette, plan.command
        if palette is not None and command is not None:
            done = partial(self._done, plan, line, follow)
            self._acts.act(command, (), done, palette.refused)

    def _done(self, plan: Plan, line: str, follow: bool, done: Done) -> None:
        self.history.add(line, self._seat().now(), plan.command)
        self._close()
        if not isValid(self._window) or plan.command is None:
            return
        self._window.show_incident(done.incident)
        self._acts.done.emit(plan.command, done)
        if follow:
            self._acts.next_wanted.emit()

    @Slot(object, str)
    def _on_form(self, plan: Plan | None, line: str) -> None:
        palette = self.palette
        filled = palette.asking.read.filled if palette and palette.asking.read else None
        if filled is None:
            return
        if plan is None and filled.act.verb not in NEW:
            return
        self.history.add(line, self._seat().now())
        self._close()
        self._pending = filled
        if plan is None:
            self._window.report_wanted.emit("")
        else:
            self._window.show_incident(plan.pane.row.id)
            self._acts.want(plan.verb.value, plan.pane, str(plan.known.get("unit", "")))

    @Slot(object)
    def _on_opened(self, form: Form) -> None:
        filled, self._pending = self._pending, None
        if filled is not None:
            prefill(form, filled, self._seat().lookups.load_town)

    @Slot(object, bool)
    def _on_taken(self, choice: Choice, aside: bool) -> None:
        palette, window = self.palette, self._window
        if palette is None:
            return
        if choice.kind in _RUNG and aside:
            self._note_a_call(palette, choice)
            return
        line, read = palette.field.line(), palette.asking.read
        self._close()
        match choice.kind:
            case "incident":
                window.show_incident(choice.code)
            case "key":
                window.shortcuts.run(choice.code)
            case "worker":
                self._ask_why(choice)
            case "contact":
                self._ring(choice)
            case "grid":
                self._go_to(choice.code)
            case "village" | "unit":
                window.queue.head.field.setText(choice.name)
                window.queue.list.setFocus()
            case "item" | "report" if read is not None:
                self._pending = read.reports or _one_item(palette, choice)
                window.report_wanted.emit("")
            case _:
                return
        self.history.add(line, self._seat().now())

    def _note_a_call(self, palette: Palette, choice: Choice) -> None:
        """A call is noted on the incident that is shown."""
        pane = palette.asking.here()
        if pane is not None:
            words = told(self.tr("致电{name}："), name=choice.name)
            palette.field.set_line(f"{short(Verb.NOTE)} {pane.row.number[-4:]} {words}")

    def _ring(self, choice: Choice) -> None:
        """An office's number is there to be rung; a person's is asked for with a reason."""
        if "*" in choice.right:
            self._ask_why(choice)
            return
        QGuiApplication.clipboard().setText(choice.right)
        words = self.tr("{name} {phone}，已复制")
        self._window.bottom.tell(told(words, name=choice.name, phone=choice.right))

    def _go_to(self, grid: str) -> None:
        def go(town: TownGeometry) -> None:
            found = next((each for each in town.grids if each.code == grid), None)
            if found is None:
                self._window.bottom.tell(self.tr("地图上没有这个网格"))
            else:
                outline = found.rings[0][0] if found.rings else ((found.lon, found.lat),)
                self.places_wanted.emit(outline)

        self._seat().lookups.load_town(go)

    def _ask_why(self, choice: Choice) -> None:
        words = (self.tr("查看号码"), self.tr("查看并复制"))
        form = PlainForm(self._window.theme, self._window, words, REVEAL)
        _Revealing(self, form, choice).open()

    def reveal(self, form: PlainForm, choice: Choice, reason: str) -> None:
        """Ask for somebody's phone; it goes to the clipboard and stands in the bottom line."""
        try:
            whose = f"worker:{choice.code}" if choice.kind == "worker" else choice.code
            promise = self._door.reveal_phone(whose, reason)
        except ZhiwangError as error:
            form.show_error(error)
            return
        self._window.live.run(promise, partial(self._revealed, form, choice), form.show_error)

    def _revealed(self, form: PlainForm, choice: Choice, phone: str) -> None:
        if not isValid(self._window):
            return
        if isValid(form):
            form.close_sheet()
        QGuiApplication.clipboard().setText(phone)
        words = self.tr("{name} {phone}，已复制，已留痕")
        self._window.bottom.tell(told(words, name=choice.name, phone=phone))

    def _close(self) -> None:
        palette, self.palette = self.palette, None
        if palette is not None and isValid(palette):
            palette.close_sheet()


class _Revealing(QObject):
    """The reason for looking at somebody's phone, on its way to the audit."""

    def __init__(self, errands: Errands, form: PlainForm, choice: Choice) -> None:
        super().__init__(form)
        self._errands = errands
        self._form = form
        self._choice = choice
        form.filled.connect(self._on_filled)

    def open(self) -> None:
        """Show it."""
        self._form.open()

    @Slot(object)
    def _on_filled(self, values: dict[str, str]) -> None:
        self._errands.reveal(self._form, self._choice, values["reason"])


def _one_item(palette: Palette, choice: Choice) -> Filled | None:
    """Return a report of one item; nothing when this grammar has no report."""
    act = palette.asking.words().act(Verb.REPORT)
    slot = next((each for each in act.slots if each.holds is Holds.ITEM), None) if act else None
    if act is None or slot is None:
        return None
    return Filled(act, (Given(slot, choice.code, choice.name, Word(choice.name, 0, 0)),))
