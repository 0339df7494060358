"""An incident as its facts make it, and what the clock makes of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from dispatch.domain.bodies import Absorbed, Merged, Sla
from dispatch.domain.codes import (
    ENDED,
    STAGE_OF,
    STEP,
    Channel,
    Finding,
    Light,
    Priority,
    Source,
    Stage,
    State,
    Supervision,
)
from dispatch.domain.event import Event
from dispatch.domain.sla import Limit
from dispatch.domain.subs import Sub


@dataclass(frozen=True, slots=True)
class Pair:
    """Two facts that did not see each other, by hash (`one` < `two`).

    `about` is `state`, `answer`, `merge`, `card`, `limit:STAGE`, `sub:UNIT` or `field:NAME`.
    """

    one: str
    two: str
    about: str


@dataclass(frozen=True, slots=True)
class Request:
    """Something asked that another person answers: its kind as in `fact.ASKED`."""

    kind: str
    hash: str
    asked_by: str
    at: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Card:
    """The supervision that stands: who gave it (`city`: from there), until when to answer.

    `hash` names the fact. Times UTC milliseconds; `points` are deducted while it stands.
    """

    hash: str
    level: Supervision
    by: str
    city: bool
    at: int
    answer_by: int
    points: int
    replied: bool

    @property
    def red_open(self) -> bool:
        """Whether it is a red card that nobody has answered."""
        return self.level is Supervision.RED and not self.replied


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The state that a set of facts folds to; equal for equal sets in any order of arrival.

    `facts` are in canonical order: numbered ones by number, then pending ones after what they
    saw, ties by id. `state` is None while only later facts are known (a placeholder).
    `sealed` gives per sealed field the hash of the event that holds its present plaintext.
    Times are UTC milliseconds, coordinates CGCS2000 degrees.
    """

    id: str
    town: str
    facts: tuple[Event, ...]
    heads: tuple[str, ...]
    state: State | None = None
    entered_at: int = 0
    number: str | None = None
    temp: str = ""
    source: Source | None = None
    item: str | None = None
    klass: str | None = None
    department: str | None = None
    priority: Priority | None = None
    sla: Sla | None = None
    catalogue: str | None = None
    lon: float | None = None
    lat: float | None = None
    grid: str | None = None
    village: str | None = None
    found_at: int | None = None
    reported_at: int | None = None
    photos_missing: int | None = None
    worker: str | None = None
    finding: Finding | None = None
    confirmed: bool | None = None
    unit: str | None = None
    assists: tuple[str, ...] | None = None
    order_no: str | None = None
    arrived_at: int | None = None
    left_ms: int | None = None
    channel: Channel | None = None
    grade: int | None = None
    on_time: bool | None = None
    score: int | None = None
    archive_no: str | None = None
    closed_at: int | None = None
    master: str | None = None
    children: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    returns: int = 0
    rework: int = 0
    redo: int = 0
    tries: int = 0
    requests: tuple[Request, ...] = ()
    contested: tuple[Pair, ...] = ()
    marked: tuple[str, ...] = ()
    live: tuple[str, ...] = ()
    sealed: tuple[tuple[str, str], ...] = ()
    concerned: tuple[str, ...] = ()
    suspect: tuple[str, ...] = ()
    told_off: tuple[str, ...] = ()
    card: Card | None = None
    extensions: int = 0
    instructions: int = 0
    subs: tuple[Sub, ...] = ()
    city_id: str | None = None
    city_order: str | None = None

    @property
    def version(self) -> str:
        """The token of the sorted heads: equal when nothing was added."""
        return hashlib.sha256("".join(self.heads).encode()).hexdigest()[:16]

    @property
    def step(self) -> int:
        """The one of the five steps it is in; 0 for a placeholder."""
        return STEP[self.state] if self.state else 0

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state is not None and self.state not in ENDED

    def clock(self) -> Limit | None:
        """The limit that runs in the present state, or None."""
        stage = STAGE_OF.get(self.state) if self.state else None
        return self.limit(stage) if stage else None

    def limit(self, stage: Stage) -> Limit | None:
        """The limit of one stage, or None."""
        return next((each for each in self.limits if each.stage is stage), None)

    @property
    def due_at(self) -> int | None:
        """When the present stage's limit is over."""
        clock = self.clock()
        return clock.due if clock else None

    def fact(self, hash_: str) -> Event | None:
        """The fact with this hash, or None."""
        return next((each for each in self.facts if each.hash == hash_), None)

    def lives(self, event: Event) -> bool:
        """Whether a fact still counts (not undone, not decided against)."""
        return event.hash in self.live

    def latest(self, *types: str) -> Event | None:
        """The last live fact of these types in canonical order, or None."""
        for event in reversed(self.facts):
            if event.type in types and event.hash in self.live:
                return event
        return None


def kin(incident: Incident) -> tuple[str, ...]:
    """Return the ids of all incidents that were ever merged with this one, sorted."""
    bodies = [event.body for event in incident.facts]
    masters = {body.master for body in bodies if isinstance(body, Merged)}
    children = {body.child for body in bodies if isinstance(body, Absorbed)}
    return tuple(sorted(masters | children))


def light(incident: Incident, now: int) -> Light:
    """Return the light of an incident at `now` (UTC milliseconds)."""
    clock = incident.clock()
    if clock is None or incident.state is State.HOLD:
        return Light.NONE
    if now > clock.due:
        return Light.RED
    return Light.YELLOW if now >= clock.amber else Light.GREEN
