"""The chief decides between facts that collided (T33); both stay in the log."""

from __future__ import annotations

from dispatch.domain.ask import Ask
from dispatch.domain.bodies import Dispatched, Resolved, UnitToldOff
from dispatch.domain.codes import State
from dispatch.domain.collide import read
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft, Event
from dispatch.domain.incident import Incident


def resolve(ask: Ask) -> tuple[Draft, ...]:
    """Keep the facts named (hashes or ids); every other contested fact no longer counts.

    With none kept the incident stands where it stood before they parted.
    """
    incident = ask.incident
    if not incident.contested:
        raise Refused("not_contested", incident=incident.id)
    rivals = {hash_ for pair in incident.contested for hash_ in (pair.one, pair.two)}
    keep = tuple(sorted({_hash(incident, name) for name in ask.command.keep}))
    for hash_ in keep:
        if hash_ not in rivals:
            raise BadInput("keep", f"{hash_[:12]} 不在争议之中")
    drop = tuple(sorted(rivals - set(keep)))
    to = _state_without(incident, drop)
    body = Resolved(reason=ask.command.reason, keep=keep, drop=drop, to=to)
    drafts = [ask.draft("resolved", body)]
    for unit in _told_off(incident, keep, drop):
        drafts.append(ask.draft("unit_told_off", UnitToldOff(told_off=unit), of=incident.id))
    return tuple(drafts)


def _hash(incident: Incident, name: str) -> str:
    found = [event.hash for event in incident.facts if name in {event.hash, event.id}]
    if not found:
        raise BadInput("keep", f"本事件没有记录 {name[:40]}")
    return found[0]


def _state_without(incident: Incident, drop: tuple[str, ...]) -> State:
    """The state that the other facts make, each contradiction among the kept ones settled."""
    rest = [event for event in incident.facts if event.hash not in drop]
    state = read(rest).state if rest else None
    if state is None:
        raise Refused("nothing_left", incident=incident.id)
    return state


def _told_off(incident: Incident, keep: tuple[str, ...], drop: tuple[str, ...]) -> list[str]:
    def units(hashes: tuple[str, ...]) -> set[str]:
        found: list[Event | None] = [incident.fact(each) for each in hashes]
        return {e.body.unit for e in found if e is not None and isinstance(e.body, Dispatched)}

    return sorted(units(drop) - units(keep))


def answer_stand_down(ask: Ask) -> tuple[Draft, ...]:
    """A unit that was told to stand down says that it has."""
    unit = ask.rules.unit(ask.incident.town, ask.command.unit or "")
    if unit not in ask.incident.told_off:
        raise Refused("not_told_off", unit=unit)
    return (ask.draft("told_off_answered", UnitToldOff(told_off=unit)),)
