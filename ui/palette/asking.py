"""Asks what a line means and what it would do; an answer to an older line is dropped."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from dispatch.advice.line import Grammar, Holds
from dispatch.desk.candidates import Candidate
from dispatch.desk.views import DispatchAdvice, IncidentPane, QueueRow
from dispatch.desk.views_palette import Foreseen, Typed, Typing
from dispatch.domain.command import Verb
from dispatch.domain.errors import ZhiwangError
from ui.acts.seat import Seat
from ui.live import Live
from ui.palette.door import PaletteDoor
from ui.palette.grammar import grammar
from ui.palette.plan import Around, Plan, Planner

_UNITS = frozenset({Holds.UNIT, Holds.UNITS})


class Asking(QObject):
    """`changed` tells that more is known of the present line.

    `read` is what the line means, `plan` what Enter does, `foreseen` what comes of it, `error`
    why it would be refused. `settled` when nothing more is to come.
    """

    changed = Signal()

    def __init__(
        self, live: Live, door: PaletteDoor, seat: Callable[[], Seat], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._door = door
        self._seat = seat
        self._planner = Planner(self)
        self._grammar: Grammar | None = None
        self._around: dict[str, Around] = {}
        self._typing = Typing("")
        self._asked_at = 0.0
        self._forget()

    def _forget(self) -> None:
        self.read: Typed | None = None
        self.plan: Plan | None = None
        self.foreseen: Foreseen | None = None
        self.error: BaseException | None = None
        self.settled = False
        self.took_ms = 0

    @property
    def planner(self) -> Planner:
        """What words the plans."""
        return self._planner

    def words(self) -> Grammar:
        """Return the acts of whoever sits here."""
        if self._grammar is None:
            self._grammar = grammar(self._seat().roles)
        return self._grammar

    def begin(self, here: str) -> None:
        """Begin anew, with the incident that is shown; what was known may have changed."""
        self._grammar = None
        self._around = {}
        self._forget()
        self._typing = Typing("", here)
        if here:
            self._ask_pane(here)

    def here(self) -> IncidentPane | None:
        """Return the incident that is shown, None while it is not known or none is."""
        found = self._around.get(self._typing.here)
        return found.pane if found else None

    def ask(self, text: str, picked: str = "") -> None:
        """Ask what a line means; `picked` is the code chosen for its last word."""
        here = self._typing.here
        self._typing = Typing(text, here, self._offered(here), picked)
        self._asked_at = time.perf_counter()
        self.settled = False
        self._run(self._typing)

    def forget_incident(self, id_: str) -> None:
        """What was known of an incident is no longer so."""
        self._around.pop(id_, None)

    def _run(self, typing: Typing) -> None:
        self._try(lambda: self._door.typed(typing, self.words()), self.take_read)

    def _offered(self, id_: str) -> tuple[Verb, ...]:
        around = self._around.get(id_)
        return tuple(Verb(each.verb) for each in around.pane.acts) if around else ()

    # Any: promises and takers of several kinds, paired here.
    def _try(self, ask: Callable[[], object], take: Callable[..., None]) -> None:
        typing = self._typing
        try:
            promise = ask()
        except ZhiwangError as error:
            self._fail(typing, error)
            return
        self._live.run(promise, partial(take, typing), partial(self._fail, typing))  # type: ignore[arg-type]

    def _late(self, typing: Typing) -> bool:
        return not isValid(self) or typing != self._typing

    def _fail(self, typing: Typing, error: BaseException) -> None:
        if not self._late(typing):
            self.error, self.foreseen = error, None
            self._settle()

    def _settle(self) -> None:
        self.settled = True
        self.took_ms = round((time.perf_counter() - self._asked_at) * 1000)
        self.changed.emit()

    def take_read(self, typing: Typing, read: Typed) -> None:
        """Take what a line means, if it is still the line that stands there."""
        if self._late(typing):
            return
        self.read, self.plan, self.foreseen, self.error = read, None, None, None
        row = self.incident()
        if row is None or read.filled is None:
            self._settle()
            return
        self.changed.emit()
        self._go_on(row)

    def incident(self) -> QueueRow | None:
        """Return the one incident that the line is about, None when none is or several could be."""
        rows = self.read.incidents if self.read else ()
        return rows[0] if len(rows) == 1 else None

    def _go_on(self, row: QueueRow) -> None:
        """Ask for what is still missing to say what the line would do."""
        read, around = self.read, self._around.get(row.id)
        if read is None or read.filled is None:
            return
        if around is None or around.pane.row.version != row.version:
            self._ask_pane(row.id)
            return
        if len(read.line.acts) > 1 and self._typing.offered != self._offered(row.id):
            self._typing = replace(self._typing, offered=self._offered(row.id))
            self._run(self._typing)
            return
        holds = {each.holds for each in read.filled.act.slots}
        if holds & _UNITS and around.advice is None:
            self._try(lambda: self._door.advice(row.id), partial(self._take_advice, row))
        elif (Holds.WORKER in holds or read.filled.worker) and around.candidates is None:
            self._try(lambda: self._door.candidates(row.id), partial(self._take_candidates, row))
        else:
            self._plan(read, around)

    def _plan(self, read: Typed, around: Around) -> None:
        self.plan = plan = self._planner.plan(read, around, self._seat())
        if plan is None or plan.command is None:
            self.error = plan.forbidden if plan is not None else None
            self._settle()
            return
        command = plan.command
        self._try(lambda: self._door.foresee(command), self._take_foreseen)

    def _take_foreseen(self, typing: Typing, foreseen: Foreseen) -> None:
        if not self._late(typing):
            self.foreseen = foreseen
            self._settle()

    def _ask_pane(self, id_: str) -> None:
        self._try(lambda: self._door.pane(id_), self._take_pane)

    def _take_pane(self, typing: Typing, pane: IncidentPane) -> None:
        if not isValid(self):
            return
        self._around[pane.row.id] = Around(pane)
        row = self.incident()
        if typing == self._typing and row is not None and row.id == pane.row.id:
            self._go_on(pane.row)
        else:
            self.changed.emit()

    def _take_advice(self, row: QueueRow, typing: Typing, advice: DispatchAdvice) -> None:
        if isValid(self) and row.id in self._around:
            self._around[row.id] = replace(self._around[row.id], advice=advice)
            self._again(typing, row)

    def _take_candidates(
        self, row: QueueRow, typing: Typing, candidates: tuple[Candidate, ...]
    ) -> None:
        if isValid(self) and row.id in self._around:
            self._around[row.id] = replace(self._around[row.id], candidates=candidates)
            self._again(typing, row)

    def _again(self, typing: Typing, row: QueueRow) -> None:
        now = self.incident()
        if not self._late(typing) and now is not None and now.id == row.id:
            self._go_on(now)

    def around(self, id_: str) -> Around | None:
        """Return what is known of an incident."""
        return self._around.get(id_)
