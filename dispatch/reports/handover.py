"""The hand-over list line by line: what page 4 prints, each line with a key that can be ticked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dispatch.domain.codes import Light, Stage
from dispatch.domain.incident import Incident, light
from dispatch.reports import matters, owed
from dispatch.reports.matters import Matter
from dispatch.reports.shift_input import ShiftInput
from dispatch.reports.walk import walk
from dispatch.reports.words import owner

LISTS = ("request", "contested", "card", "hold", "told_off", "suspect", "promise", "open")
"""The lists of page 4, in the order in which they are gone through."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `key` is what a tick names: the list and what stands in it.

    The lists are those of the cut, which stands still once the shift is over; state, light and
    limit are those of now. `due` UTC milliseconds: the limit, the review date of what is on hold,
    the end of a supervision's answer,
    the day of a promise; None without one. `what` is a code or number of the list's own: the kind
    of a request, the level of a supervision, the unit told to stand down, how many pairs or facts.
    """

    key: str
    list: str
    incident: str = ""
    number: str = ""
    item: str = ""
    priority: str = ""
    state: str = ""
    light: Light = Light.NONE
    contested: bool = False
    due: int | None = None
    owner: str = ""
    what: str = ""


def entries(given: ShiftInput) -> tuple[Entry, ...]:
    """Return the hand-over list of a shift without the promises, in the order of `LISTS`."""
    walked = walk(given)

    def line(list_: str, matter: Matter, of: str = "", what: str = "") -> Entry:
        known = matter.case.known
        key = f"{list_}:{of or known.id}"
        return _entry(known, given).of(key, list_, what)

    def lines() -> Iterator[Entry]:
        for matter, request in matters.waiting(walked):
            yield line("request", matter, request.hash, request.kind)
        for matter in matters.contested(walked):
            yield line("contested", matter, what=str(len(matter.now.contested)))
        for matter, card in owed.unanswered(walked):
            answer = line("card", matter, card.hash, card.level)
            yield replace(answer, due=card.answer_by)
        for matter in matters.on_hold(walked):
            yield line("hold", matter)
        for matter, unit in matters.told_off(walked):
            yield line("told_off", matter, f"{matter.case.id}/{unit}", unit)
        for matter, hashes in matters.suspects(walked):
            yield line("suspect", matter, what=str(len(hashes)))
        for matter in matters.still_open(walked):
            yield line("open", matter)

    return tuple(lines())


@dataclass(frozen=True, slots=True)
class _Facts:
    """What every list says of an incident."""

    known: Incident
    light: Light
    due: int | None
    owner: str

    def of(self, key: str, list_: str, what: str) -> Entry:
        known = self.known
        return Entry(
            key=key,
            list=list_,
            incident=known.id,
            number=known.number or known.temp or known.id[:8],
            item=known.item or "",
            priority=known.priority or "",
            state=known.state or "",
            light=self.light,
            contested=bool(known.contested),
            due=self.due,
            owner=self.owner,
            what=what,
        )


def _entry(known: Incident, given: ShiftInput) -> _Facts:
    review = known.limit(Stage.REVIEW) if known.state == "hold" else None
    due = review.due if review else known.due_at
    shown = light(known, given.printed_at) if known.open else Light.NONE
    return _Facts(known, shown, due if known.open else None, owner(known, given.names))
