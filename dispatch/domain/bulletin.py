"""Information reports (信息报告) of an incident: which are owed, until when, which were made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from dispatch.domain.bodies_oversight import Informed
from dispatch.domain.codes import BulletinPart, Channel, Light, Priority, State
from dispatch.domain.errors import BadInput
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident
from dispatch.domain.sla import AMBER

CITY: Final = "city"
"""The duty of whatever was sent up to the city."""
_CLASS: Final = 2  # an item's code begins with its class


@dataclass(frozen=True, slots=True)
class Duty:
    """How soon an information report is owed, in milliseconds of natural time; 0 is not owed.

    `about` is an item, a class, `city` or a priority. `phone` is by word of mouth, `written` on
    paper; both run from the report of the incident, for `city` from when it was sent up.
    """

    about: str
    phone: int = 0
    written: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """What of an incident decides which reports it owes; times in UTC milliseconds.

    `sent_up_at`: when it went to the city, None when it never did. `ways`: how it was told of.
    """

    state: State | None
    reported_at: int | None
    item: str | None
    priority: Priority | None
    sent_up_at: int | None
    ways: frozenset[Channel]


class Duties:
    """All duties of one version."""

    def __init__(self, version: str, duties: Iterable[Duty]) -> None:
        self.version = version
        self._duties: dict[str, Duty] = {}
        for duty in duties:
            if duty.about in self._duties:
                raise BadInput(f"信息报告 {duty.about}", "重复")
            self._duties[duty.about] = duty

    def __iter__(self) -> Iterator[Duty]:
        return iter(self._duties.values())

    def __len__(self) -> int:
        return len(self._duties)

    def of(self, case: Case) -> tuple[Duty, int] | None:
        """Return the nearest duty and since when it runs (UTC ms): None where none is owed.

        The item's own, its class's, that of what was sent up, that of the priority. What is void
        or a child of another incident owes none.
        """
        if case.state in {State.VOID, State.MERGED} or case.reported_at is None:
            return None
        item = case.item or ""
        begins = (
            (item, case.reported_at),
            (item[:_CLASS], case.reported_at),
            (CITY if case.sent_up_at is not None else "", case.sent_up_at or 0),
            (str(case.priority or ""), case.reported_at),
        )
        found = ((self._duties[name], at) for name, at in begins if name in self._duties)
        return next(found, None)


NO_DUTIES: Final = Duties("", ())


@dataclass(frozen=True, slots=True)
class Made:
    """One that was made: part, its number among the follow-ups, how, when (UTC ms), by whom."""

    hash: str
    part: BulletinPart
    nth: int
    way: Channel
    at: int
    by: str
    due: int | None


@dataclass(frozen=True, slots=True)
class Owed:
    """A first report that is owed by `due` (UTC milliseconds), yellow from `amber` on."""

    way: Channel
    amber: int
    due: int

    def light(self, now: int) -> Light:
        """Return the light of what is left."""
        if now > self.due:
            return Light.RED
        return Light.YELLOW if now >= self.amber else Light.GREEN


def made(incident: Incident) -> tuple[Made, ...]:
    """Return the information reports of an incident that still count, the oldest first."""
    return tuple(
        Made(event.hash, body.part, body.nth, body.way, event.at, event.actor, body.due)
        for event, body in _live(incident)
    )


def _live(incident: Incident) -> Iterator[tuple[Event, Informed]]:
    for event in incident.facts:
        if isinstance(event.body, Informed) and incident.lives(event):
            yield event, event.body


def case_of(incident: Incident) -> Case:
    """Return what an incident's own facts say."""
    up = incident.latest("escalation_granted")
    return Case(
        incident.state,
        incident.reported_at,
        incident.item,
        incident.priority,
        up.at if up else None,
        frozenset(body.way for _, body in _live(incident)),
    )


def owed(case: Case, duties: Duties) -> tuple[Owed, ...]:
    """Return the first reports that are still owed: by phone, in writing.

    A written one answers both; one by phone leaves the written one owed.
    """
    duty = duties.of(case)
    if duty is None:
        return ()
    ways = case.ways
    clocks = ((Channel.PHONE, duty[0].phone), (Channel.MESSAGE, duty[0].written))
    start = duty[1]
    return tuple(
        Owed(way, start + span * AMBER // 100, start + span)
        for way, span in clocks
        if span and way not in ways and Channel.MESSAGE not in ways
    )
