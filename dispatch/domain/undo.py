"""Taking the last act back: an event of its own, the state before restored."""

from __future__ import annotations

from typing import Final

from dispatch.domain.ask import Ask
from dispatch.domain.bodies import Undone
from dispatch.domain.codes import ENDED, State
from dispatch.domain.collide import read
from dispatch.domain.command import Verb
from dispatch.domain.errors import Refused
from dispatch.domain.event import Draft, Event
from dispatch.domain.incident import Incident
from dispatch.domain.may import RIGHTS
from dispatch.domain.types import TYPES, UNKNOWN

_TYPE: Final = {
    Verb.UNFILE: "unfiled",
    Verb.RESTORE: "restored",
    Verb.STAND_DOWN: "stood_down",
    Verb.UNSIGN: "unsigned",
    Verb.WITHDRAW: "withdrawn",
    Verb.RECHECK: "rechecked",
}
_FOLLOWS: Final = frozenset({"refusal_asked", "hold_asked", "void_asked", "call_tried"})
"""Facts after which an act is no longer the last one, though the state is the same."""


def undo(ask: Ask) -> tuple[Draft, ...]:
    """Undo the act that gave the present state, while nothing else followed."""
    verb = ask.command.verb
    fact, to = undone(ask.incident, RIGHTS[verb].undo_of)
    if verb in {Verb.UNSIGN, Verb.WITHDRAW}:
        ask.check_handler()
    if verb is Verb.STAND_DOWN and ask.role == "station":
        ask.check_scope()
    return (ask.draft(_TYPE[verb], Undone(reason=ask.command.reason, undoes=fact.hash, to=to)),)


def undone(incident: Incident, types: tuple[str, ...]) -> tuple[Event, State]:
    """Return the fact to take back and the state that stood before it, or refuse."""
    reading = read(incident.facts)
    entered = reading.entered
    if entered is None or entered.type not in types:
        raise Refused("nothing_to_undo", last=entered.type if entered else "")
    at = reading.graph.place[entered.hash]
    for later, event in enumerate(reading.graph.facts):
        if reading.graph.saw(later, at) and (
            event.type in _FOLLOWS or TYPES.get(event.type, UNKNOWN).moves
        ):
            raise Refused("something_followed", type=event.type)
    before = read(event for place, event in enumerate(reading.graph.facts) if place != at).state
    if before is None or before in ENDED:
        raise Refused("nothing_to_undo", last=entered.type)
    return entered, before
