"""From an act's key to the stored event: opens its form, stores its photos, does it, tells."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from dispatch.desk.views import DispatchAdvice, IncidentPane, Near
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import ZhiwangError
from dispatch.domain.may import NEW
from ui import labels, refusals
from ui.acts.act_form import ActForm
from ui.acts.dispatch_dialog import DispatchDialog
from ui.acts.door import ActsDoor
from ui.acts.fields import IMMEDIATE
from ui.acts.found import Found
from ui.acts.report_form import ReportForm
from ui.acts.seat import Seat
from ui.door import Done
from ui.live import Live
from ui.look.theme import Theme
from ui.tongue import tr

Form = ActForm | DispatchDialog | ReportForm
ErrorTaker = Callable[[BaseException], None]


class Acts(QObject):
    """Opens at most one form at a time over the host.

    done(Command, Done) after an act; next_wanted() when the next incident is wanted after it;
    failed(words) when an act without a form was refused; duplicates_wanted() when they are to
    be seen beside the incident of the dispatch dialog; opened(form) when one lies open.
    """

    opened = Signal(object)
    done = Signal(object, object)
    next_wanted = Signal()
    duplicates_wanted = Signal()
    failed = Signal(str)

    def __init__(
        self, live: Live, door: ActsDoor, theme: Theme, host: QWidget, seat: Callable[[], Seat]
    ) -> None:
        """`seat` tells who sits here now: a form is made for the roles of its moment."""
        super().__init__(host)
        self._live = live
        self._door = door
        self._theme = theme
        self._host = host
        self._seat = seat
        self._opening: _Opening | None = None
        self.form: Form | None = None

    def want(self, verb: str, pane: IncidentPane, unit: str = "") -> None:
        """Begin an act on the incident as it is shown; `unit` is preferred in a dispatch."""
        act = Verb(verb)
        barred = next((each.barred for each in pane.acts if each.verb == verb), "")
        if barred:
            told_why = tr("{verb}：{barred}").format(
                verb=labels.verb(verb), barred=refusals.barred(barred)
            )
            self.failed.emit(told_why)
        elif act in IMMEDIATE:
            self._at_once(act, pane)
        elif act in {Verb.DISPATCH, Verb.MERGE}:
            opening = self._opening = _Opening(self, act, pane, unit)
            self._live.run(self._door.advice(pane.row.id), opening.take, self._on_failed)
        elif act not in {*NEW, Verb.RESOLVE}:
            self.open(ActForm(self._theme, self._host, self._seat(), act, pane))

    def report(self, at: tuple[float, float] | None = None, words: str = "") -> None:
        """Open the report form; one that is open keeps what was typed, and takes a new point."""
        form = self.form
        if isinstance(form, ReportForm) and isValid(form) and form.isVisible():
            if at is not None:
                form.take_point(at)
            if words:
                form.take_words(words)
            form.raise_()
            form.first().setFocus()
            return
        form = ReportForm(self._theme, self._host, self._seat(), at)
        if words:
            form.take_words(words)
        self.open(form)

    def open_dispatch(self, pane: IncidentPane, advice: DispatchAdvice, unit: str) -> None:
        """Open the dispatch dialog."""
        dialog = DispatchDialog(self._theme, self._host, self._seat(), pane, advice)
        if unit:
            dialog.prefer(unit)
        dialog.merge_wanted.connect(self.duplicates_wanted)
        self.open(dialog)

    def open_merge(self, pane: IncidentPane, near: Near | None) -> None:
        """Open the merge form, with a likely duplicate chosen when there is one."""
        form = ActForm(self._theme, self._host, self._seat(), Verb.MERGE, pane)
        if near is not None:
            found = Found(near.id, f"{near.number[-4:]} {near.item_name}", "")
            form.rows["into"].entry.propose(
                found, tr("{distance_m} 米").format(distance_m=near.distance_m)
            )
        self.open(form)

    def open(self, form: Form) -> None:
        """Open a form; one that is open already goes."""
        self._opening = None
        if self.form is not None and isValid(self.form):
            self.form.close_sheet()
        self.form = form
        form.commanded.connect(self._on_commanded)
        form.closed.connect(self._on_closed)
        form.open()
        self.opened.emit(form)

    def awaits(self, opening: "_Opening") -> bool:
        """Return whether nothing was opened since the advice for this one was asked for."""
        return self._opening is opening

    def act(
        self,
        command: Command,
        photos: tuple[str, ...],
        on_ok: Callable[[Done], None],
        on_error: ErrorTaker,
    ) -> None:
        """Store the photos one after another, then do the act with their names."""
        _Errand(self._live, self._door, (command, photos), on_ok, on_error).go()

    def _at_once(self, verb: Verb, pane: IncidentPane) -> None:
        command = at_once(verb, pane)
        finished = _Finished(self, command)
        self.act(command, (), finished.take, self._on_failed)

    @Slot(object, object)
    def _on_commanded(self, command: Command, photos: tuple[str, ...]) -> None:
        form = self.form
        if form is not None:
            finished = _Finished(self, command, form)
            self.act(command, photos, finished.take, form.show_error)

    @Slot()
    def _on_closed(self) -> None:
        self.form = None

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self.failed.emit(refusals.words(error))


def at_once(verb: Verb, pane: IncidentPane) -> Command:
    """Return the command of an act that asks nothing."""
    # The handler's check wants a name for whom an undo of signing or feedback is recorded.
    behalf = pane.row.unit if verb in {Verb.UNSIGN, Verb.WITHDRAW} else None
    return Command(verb=verb, incident=pane.row.id, seen=pane.row.version, on_behalf=behalf or None)


class _Opening:
    """A dispatch or a merge whose advice is being asked for."""

    def __init__(self, acts: Acts, verb: Verb, pane: IncidentPane, unit: str) -> None:
        self._acts = acts
        self._verb = verb
        self._pane = pane
        self._unit = unit

    def take(self, advice: DispatchAdvice) -> None:
        if not self._acts.awaits(self):
            return
        if self._verb is Verb.MERGE:
            self._acts.open_merge(self._pane, next(iter(advice.duplicates), None))
        else:
            self._acts.open_dispatch(self._pane, advice, self._unit)


class _Finished:
    """What follows an act that went through: the form goes, the window hears of it."""

    def __init__(self, acts: Acts, command: Command, form: Form | None = None) -> None:
        self._acts = acts
        self._command = command
        self._form = form

    def take(self, done: Done) -> None:
        form, acts = self._form, self._acts
        follow = form is not None and form.follow
        if form is not None and isValid(form):
            form.close_sheet()
        acts.done.emit(self._command, done)
        if follow and self._command.verb in NEW:
            acts.report()
        elif follow:
            acts.next_wanted.emit()


class _Errand:
    """An act with its photos on the way: each photo is stored, then the act names them all."""

    def __init__(
        self,
        live: Live,
        door: ActsDoor,
        what: tuple[Command, tuple[str, ...]],
        on_ok: Callable[[Done], None],
        on_error: ErrorTaker,
    ) -> None:
        self._live = live
        self._door = door
        self._command, self._paths = what
        self._stored: list[str] = []
        self._on_ok = on_ok
        self._on_error = on_error

    def go(self) -> None:
        try:
            if len(self._stored) < len(self._paths):
                path = Path(self._paths[len(self._stored)])
                self._live.run(self._door.add_photo(path), self.take, self._on_error)
                return
            command = replace(self._command, photos=tuple(self._stored))
            self._live.act(command, self._on_ok, self._on_error)
        except ZhiwangError as error:  # the desk refuses at once when nobody is logged in
            self._on_error(error)

    def take(self, sha256: str) -> None:
        self._stored.append(sha256)
        self.go()
