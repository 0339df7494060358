"""Keeps the pane at one incident: loads it, loads it again when it changes, asks for advice."""

from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from dispatch.desk.views import DispatchAdvice, IncidentPane, Strip
from dispatch.domain.codes import State
from dispatch.domain.errors import ZhiwangError
from ui import refusals
from ui.acts.door import ActsDoor
from ui.incident.panel import IncidentPanel
from ui.live import Live
from ui.takers import Newest
from ui.tick import Tick

_ADVISED: Final = frozenset({State.REPORTED, State.VERIFY, State.FILED})


class PaneFollower(QObject):
    """`choose` an id; `shown(IncidentPane)` tells that the pane has it, `failed(words)` why not.

    `advised(DispatchAdvice)` brings the advice for the map's candidates.
    """

    shown = Signal(object)
    advised = Signal(object)
    failed = Signal(str)

    def __init__(self, live: Live, door: ActsDoor, panel: IncidentPanel, tick: Tick) -> None:
        super().__init__(panel)
        self._live = live
        self._door = door
        self._panel = panel
        self._tick = tick
        self._id = ""
        self._revealed = ""
        self._account: str | None = None
        self._panes, self._others, self._advice = (Newest(live.run) for _ in range(3))
        live.strip_changed.connect(self._on_strip)
        live.incidents_touched.connect(self._on_touched)
        tick.second.connect(panel.set_now)
        panel.incident_wanted.connect(self.choose)
        panel.other_wanted.connect(self._on_other_wanted)

    @Slot(str)
    def choose(self, incident: str) -> None:
        """Show another incident; "" shows none."""
        if incident != self._id:
            self._revealed = ""
        self._id = incident
        self._panel.expect(incident)
        if incident:
            self._load()
        else:
            self._panel.show_nothing()

    def reveal(self, field: str, reason: str) -> None:
        """Show a masked value of the chosen incident in clear; it leaves a trace.

        The form with the reason is gone by then: `failed` tells why not.
        """
        try:
            promise = self._door.reveal(self._id, field, reason)
        except ZhiwangError as error:
            self._on_error(error)
            return
        self._live.run(promise, _Revealed(self, (self._id, self._account)).take, self._on_error)

    def _load(self) -> None:
        self._panes.run(self._door.pane(self._id), self._on_pane, self._on_not_come)

    @Slot(object)
    def _on_touched(self, ids: frozenset[str]) -> None:
        if self._id in ids:
            self._load()

    @Slot(object)
    def _on_strip(self, strip: Strip) -> None:
        """What was shown in clear was shown to one person."""
        if strip.account == self._account:
            return
        self._account = strip.account
        if self._revealed:
            self._revealed = ""
            self._load()

    @Slot(object)
    def _on_pane(self, pane: IncidentPane) -> None:
        if pane.row.id != self._id:
            return
        self._panel.show_pane(pane, self._tick.now(), self._revealed)
        self.shown.emit(pane)
        if pane.row.state in _ADVISED:
            self._advice.run(self._door.advice(self._id), self._on_advice)
        else:
            self._panel.show_advice(None)

    @Slot(str)
    def _on_other_wanted(self, incident: str) -> None:
        self._others.run(self._door.pane(incident), self._on_other, self._on_error)

    @Slot(object)
    def _on_other(self, other: IncidentPane) -> None:
        self._panel.show_other(other, self._tick.now())

    @Slot(object)
    def _on_advice(self, advice: DispatchAdvice) -> None:
        pane = self._panel.shown()
        if pane is not None and pane.row.id == self._id and pane.row.state in _ADVISED:
            self._panel.show_advice(advice)
            self.advised.emit(advice)

    @Slot(object)
    def _on_not_come(self, error: BaseException) -> None:
        """The one before does not stay in the place of the chosen one."""
        shown = self._panel.shown()
        if shown is not None and shown.row.id != self._id:
            self._panel.show_nothing()
        self._panel.expect("")
        self._on_error(error)

    @Slot(object)
    def _on_error(self, error: BaseException) -> None:
        self.failed.emit(refusals.words(error))

    def take_revealed(self, asked: tuple[str, str | None], value: str) -> None:
        """Show a value in clear; `asked` is the incident and who asked, both still the same."""
        if asked != (self._id, self._account):
            return
        self._revealed = value
        pane = self._panel.shown()
        if pane is not None and pane.row.id == self._id:
            self._panel.show_pane(pane, self._tick.now(), value)


class _Revealed:
    """A value in clear on its way; it belongs to one incident and one person."""

    def __init__(self, follower: PaneFollower, asked: tuple[str, str | None]) -> None:
        self._follower = follower
        self._asked = asked

    def take(self, value: str) -> None:
        if isValid(self._follower):
            self._follower.take_revealed(self._asked, value)
