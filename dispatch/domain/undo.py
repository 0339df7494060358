"""Taking the last act back: an event of its own, the state before restored."""

from __future__ import annotations

from typing import Final

from dispatch.domain.ask import Ask
from dispatch.domain.bodies import Undone
from dispatch.domain.codes import ENDED, State
from dispatch.domain.collide import Reading, read
from dispatch.domain.command import Verb
from dispatch.domain.errors import Refused
from dispatch.domain.event import Draft, Event
from dispatch.domain.incident import Incident
from dispatch.domain.may import RIGHTS

_TYPE: Final = {
    Verb.UNFILE: "unfiled",
    Verb.RESTORE: "restored",
    Verb.STAND_DOWN: "stood_down",
    Verb.UNSIGN: "unsigned",
    Verb.WITHDRAW: "withdrawn",
    Verb.RECHECK: "rechecked",
}
_BESIDE: Final = frozenset(
    {
        "noted",
        "corrected",
        "absorbed",
        "released",
        "unit_told_off",
        "told_off_answered",
        "supervised",
        "supervision_replied",
        "supervision_cancelled",
        "instructed",
        "informed",
        "reporter_told",
        "reward_decided",
    }
)
"""Facts that build on nobody's act: after them an act is still the last one."""


def undo(ask: Ask) -> tuple[Draft, ...]:
    """Undo the act that gave the present state, while nothing else followed."""
    command = ask.command
    fact, to = undone(ask.incident, RIGHTS[command.verb].undo_of)
    if command.verb in {Verb.UNSIGN, Verb.WITHDRAW}:
        ask.check_handler()
    body = Undone(
        reason=command.reason,
        on_behalf=command.on_behalf,
        told_by=command.told_by,
        undoes=fact.hash,
        to=to,
    )
    return (ask.draft(_TYPE[command.verb], body),)


def undone(incident: Incident, types: tuple[str, ...]) -> tuple[Event, State]:
    """Return the fact to take back and the state that stood before it, or refuse."""
    reading, gone = _standing(incident)
    entered = reading.entered
    if entered is None or entered.type not in types:
        raise Refused("nothing_to_undo", last=entered.type if entered else "")
    graph = reading.graph
    at = graph.place[entered.hash]
    for later, event in enumerate(graph.facts):
        if graph.saw(later, at) and event.hash not in gone and event.type not in _BESIDE:
            raise Refused("something_followed", type=event.type)
    before = read(incident.facts, without=gone | {entered.hash}).state
    if before is None or before in ENDED:
        raise Refused("nothing_to_undo", last=entered.type)
    return entered, before


def _standing(incident: Incident) -> tuple[Reading, frozenset[str]]:
    """Return how the incident stands when acts that were taken back never were, and those acts.

    After an undo the act before it is the last one again and can be undone in its turn.
    """
    gone: frozenset[str] = frozenset()
    while True:
        reading = read(incident.facts, without=gone)
        entered = reading.entered
        if entered is None or not isinstance(entered.body, Undone):
            return reading, gone
        gone |= {entered.hash, entered.body.undoes}
