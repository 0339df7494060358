"""The play itself: scripts performed in order of time through the real doors of hub and sites."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from dispatch.domain.calendar import DAY, HOUR, MINUTE, WorkingCalendar
from dispatch.domain.codes import Role, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import HubError, Offline, Refused
from dispatch.domain.incident import Incident
from dispatch.drill.picture import made_picture
from dispatch.drill.players import FieldHand, Played, SeatHand
from dispatch.drill.step import FIELD, Player, Script, Step
from dispatch.sync.contact import Contact

_MERGEABLE: Final = frozenset({State.REPORTED, State.VERIFY, State.FILED, State.SENT, State.WORK})
PATIENCE: Final = 600
"""So many rounds somebody waits for what others did; then it is left lying, and told."""


class Time(Protocol):
    """The drill's clock, which hub and sites live on."""

    def now(self) -> int:
        """Return the drill's time, UTC milliseconds."""

    def reach(self, at: int) -> bool:
        """Come to a time: at once, or by waiting; False when the play is to stop."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A site's line is cut from one instant to another, UTC milliseconds."""

    site: str
    from_ms: int
    to_ms: int


@dataclass(frozen=True, slots=True)
class Company:
    """All hands, and each site's contact with the hub."""

    field: FieldHand
    seats: Mapping[str, SeatHand]
    contacts: Mapping[str, Contact]
    chief: Player


@dataclass(frozen=True, slots=True)
class Frame:
    """What a play runs in: calendar, the instant it is over, cut lines, the seed of its photos.

    `whole_ms`: so often all sites exchange everything, positions, tables and photos too.
    """

    calendar: WorkingCalendar
    until_ms: int
    cuts: tuple[Cut, ...] = ()
    seed: int = 1
    whole_ms: int = 2 * HOUR


@dataclass(slots=True)
class Line:
    """How far one script has come. `facts` are the ids of all events of it made so far."""

    script: Script
    place: int = 0
    id: str = ""
    state: State | None = None
    facts: set[str] = field(default_factory=set)
    refused: str = ""
    waited: int = 0

    @property
    def step(self) -> Step | None:
        """The step to come, None at the end."""
        steps = self.script.steps
        return steps[self.place] if self.place < len(steps) else None


@dataclass(frozen=True, slots=True)
class NoByRule:
    """An act that a rule refused."""

    number: int
    verb: str
    code: str
    state: str


@dataclass(slots=True)
class Told:
    """What happened, counted."""

    acts: Counter[str] = field(default_factory=Counter)
    refused: list[NoByRule] = field(default_factory=list)
    troubles: Counter[str] = field(default_factory=Counter)
    exchanges: int = 0
    resolved: int = 0


class Play:
    """Performs scripts. One thread; what the sites' own threads do is waited for."""

    def __init__(
        self, scripts: Iterable[Script], company: Company, time: Time, frame: Frame
    ) -> None:
        self.lines = {script.number: Line(script) for script in scripts}
        self.told = Told()
        self._company = company
        self._time = time
        self._frame = frame
        self._order = itertools.count()
        self._due: list[tuple[int, int, Callable[[], None]]] = []
        self._unsent: dict[str, set[str]] = {site: set() for site in company.seats}
        self._wanted: set[str] = set()
        self._round_at = 0
        self._whole_at = 0
        for line in self.lines.values():
            self._again(line, line.script.at_ms)
        for cut in frame.cuts:
            # A line that is up carries everything at once; here it does so now and then only.
            self.plan(cut.from_ms - 1, self.exchange)

    def run(self) -> bool:
        """Play until the end or until the play is to stop; return whether it came to the end."""
        while self._due and self._due[0][0] <= self._frame.until_ms:
            at, _, action = heapq.heappop(self._due)
            if not self._time.reach(max(at, self._time.now())):
                return False
            action()
        for _ in self._company.contacts:
            self.exchange()
        return True

    def plan(self, at: int, action: Callable[[], None]) -> None:
        """Let something happen at an instant, after what is planned for it already."""
        heapq.heappush(self._due, (at, next(self._order), action))

    # Exchanges with the hub.

    def exchange(self) -> None:
        """Let all sites exchange with the hub whose line is not cut."""
        self._whole_at = self._time.now() + self._frame.whole_ms
        self._exchange(tuple(self._company.contacts), whole=True)

    def _round(self) -> None:
        """Let those sites exchange that have something for the hub or wait for something there.

        Who sends comes first, so that who waits gets it; now and then all of them.
        """
        if self._time.now() >= self._whole_at:
            self.exchange()
            return
        sending = [site for site, unsent in self._unsent.items() if unsent]
        waiting = [site for site in self._company.contacts if site in self._wanted]
        self._exchange(tuple(dict.fromkeys((*sending, *waiting))), whole=False)

    def _exchange(self, sites: tuple[str, ...], *, whole: bool) -> None:
        self._wanted.clear()
        now = self._time.now()
        for site in sites:
            if self._cut_until(site, now):
                continue
            self.told.exchanges += 1
            try:
                self._company.contacts[site].exchange(whole=whole)
            except (Offline, HubError) as error:
                self.told.troubles[type(error).__name__] += 1
            else:
                self._unsent[site].clear()

    def _cut_until(self, site: str, now: int) -> int | None:
        for cut in self._frame.cuts:
            if cut.site == site and cut.from_ms <= now < cut.to_ms:
                return cut.to_ms
        return None

    def _next_round(self) -> int:
        """Return when sites exchange next: on the minute, if anything was done before it."""
        now = self._time.now()
        if self._round_at <= now:
            self._round_at = (now // MINUTE + 1) * MINUTE
            self.plan(self._round_at, self._round)
        return self._round_at

    # Steps.

    def _perform(self, line: Line) -> None:
        step = line.step
        if step is None:
            return
        if not self._knows(line, step):
            line.waited += 1
            if line.waited > PATIENCE:
                line.refused = "never_came"
                return
            self._wanted.add(step.by.where)
            cut = self._cut_until(step.by.where, self._time.now())
            self._again(line, max(self._next_round(), cut or 0) + 1)
            return
        if step.only and line.state not in step.only:
            line.place += 1
            self._go_on(line)
            return
        command = self._command(line, step)
        if command is not None:
            self._act(line, step, command)
        line.place += 1
        self._go_on(line)

    def _again(self, line: Line, at: int) -> None:
        self.plan(at, lambda: self._perform(line))

    def _go_on(self, line: Line) -> None:
        """Pass over what falls away in this state; wait for the next step."""
        while (step := line.step) is not None and not step.apart and line.state not in step.only:
            line.place += 1
        if line.step is None:
            return
        now, wait = self._time.now(), line.step.wait_s * 1000
        working = line.script.working
        self._again(line, self._frame.calendar.add_time(now, wait) if working else now + wait)

    def _knows(self, line: Line, step: Step) -> bool:
        """Whether all that was done so far is known where the step is to be done.

        There the state is read: somebody else may have been quicker.
        """
        if not step.only:
            return True
        if step.by.where == FIELD:
            return not any(line.facts & unsent for unsent in self._unsent.values())
        incident = self._company.seats[step.by.where].incident(line.id)
        if incident is None:
            return False
        if step.apart:
            line.state = incident.state
            return True
        if not line.facts <= {each.id for each in incident.facts}:
            return False
        if incident.contested:
            self._resolve(line)
            return False
        line.state = incident.state
        return True

    def _command(self, line: Line, step: Step) -> Command | None:
        """Return the step's command with what is only known now; None when it falls away."""
        command = replace(step.command, incident=line.id)
        if step.review_days is not None:
            command = replace(command, review_at=self._time.now() + step.review_days * DAY)
        if step.into is None or command.verb is not Verb.MERGE:
            return command
        master = self.lines.get(step.into)
        known = self._company.seats[step.by.where].incident(master.id) if master else None
        child = self._company.seats[step.by.where].incident(line.id)
        return None if _apart(child, known) else replace(command, into=known.id if known else None)

    def _act(self, line: Line, step: Step, command: Command) -> None:
        pictures = [
            made_picture(f"{self._frame.seed}:{line.script.number}:{line.place}:{number}")
            for number in range(step.photos)
        ]
        where = step.by.where
        hand = self._company.field if where == FIELD else self._company.seats[where]
        try:
            done = hand.act(step.by.login, command, pictures)
        except Refused as refused:
            line.refused = refused.code
            no = NoByRule(line.script.number, command.verb, refused.code, line.state or "")
            self.told.refused.append(no)
            return
        self._note(line, where, done)
        self.told.acts[command.verb] += 1
        if step.into is not None:
            self._absorbed(step, where)
        self._next_round()

    def _note(self, line: Line, where: str, done: Played) -> None:
        line.id, line.state = done.incident, done.state
        line.facts |= done.facts or set(done.events)
        if where != FIELD:
            self._unsent[where].update(done.events)

    def _absorbed(self, step: Step, where: str) -> None:
        """The master of a merge, or of what is split off again, has a new fact too."""
        master = self.lines[step.into or 0]
        known = self._company.seats[where].incident(master.id)
        if known is not None:
            master.facts |= {each.id for each in known.facts}

    def _resolve(self, line: Line) -> None:
        """The chief lets the town's fact stand where it collided with a station's."""
        chief = self._company.chief
        seat = self._company.seats[chief.where]
        incident = seat.incident(line.id)
        if incident is None or not incident.contested:
            return
        if not line.facts <= {each.id for each in incident.facts}:
            return
        command = Command(
            verb=Verb.RESOLVE, incident=line.id, keep=_kept(incident), reason="the_town_first"
        )
        self._note(line, chief.where, seat.act(chief.login, command, ()))
        self.told.acts[Verb.RESOLVE] += 1
        self.told.resolved += 1


def _apart(child: Incident | None, master: Incident | None) -> bool:
    """Whether a clerk would not merge these two any more."""
    if child is None or master is None or child.children or master.contested:
        return True
    return master.state not in _MERGEABLE or child.item != master.item


def _kept(incident: Incident) -> tuple[str, ...]:
    """Choose of the first pair the fact that no station made; else the first."""
    pair = incident.contested[0]
    one, two = incident.fact(pair.one), incident.fact(pair.two)
    town_made_two = two is not None and two.role != Role.STATION
    station_made_one = one is not None and one.role == Role.STATION
    return (pair.two,) if station_made_one and town_made_two else (pair.one,)
