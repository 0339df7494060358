"""Tells the other seats what is worked on here, and takes over what dead seats had open."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from dispatch.domain.errors import ZhiwangError
from ui import refusals
from ui.acts.acts import Acts, Form
from ui.acts.door import Person
from ui.acts.report_form import ReportForm
from ui.door import Done, Promise
from ui.incident.panel import IncidentPanel
from ui.live import Live
from ui.tongue import tr
from ui.wording import told


class Board(Protocol):
    """The seat's claims."""

    def open_here(self, account: str, incidents: tuple[str, ...]) -> None:
        """Say what this seat works on now."""
        ...


class ClaimsDoor(Protocol):
    """The part of the desk that knows of claims."""

    @property
    def person(self) -> Person | None:
        """Who is at the desk."""
        ...

    @property
    def claims(self) -> Board:
        """What is open at the seats."""
        ...

    def take_over(self, id_: str) -> Promise[Done]:
        """Take an incident over from dead seats."""
        ...


class ClaimPlace(QObject):
    """`failed` and `told` carry words for the bottom line."""

    failed = Signal(str)
    told = Signal(str)

    def __init__(self, live: Live, door: ClaimsDoor, acts: Acts, pane: IncidentPanel) -> None:
        super().__init__(live)
        self._live = live
        self._door = door
        self._pane = pane
        acts.opened.connect(self._on_opened)
        pane.take_wanted.connect(self._on_take)

    @Slot(object)
    def _on_opened(self, form: Form) -> None:
        """Claim the incident while its form lies open, and warn of who else has it."""
        if isinstance(form, ReportForm):
            return
        person, row = self._door.person, form.row()
        self._door.claims.open_here(person.account if person else "", (row.id,))
        form.closed.connect(self._on_closed)
        shown = self._pane.shown()
        if shown is not None and shown.row.id == row.id:
            others = tr("、").join(each.person for each in shown.claims if not each.gone)
            if others:
                form.say_note(told(tr("{others}也正在办这件事"), others=others))

    @Slot()
    def _on_closed(self) -> None:
        self._door.claims.open_here("", ())

    @Slot()
    def _on_take(self) -> None:
        shown = self._pane.shown()
        if shown is None:
            return
        try:
            promise = self._door.take_over(shown.row.id)
        except ZhiwangError as error:
            self._on_error(error)
            return
        self._live.run(promise, self._on_taken, self._on_error)

    @Slot(object)
    def _on_taken(self, _done: Done) -> None:
        self.told.emit(tr("已接手，时间线上有记录"))

    @Slot(object)
    def _on_error(self, error: BaseException) -> None:
        self.failed.emit(refusals.words(error))
