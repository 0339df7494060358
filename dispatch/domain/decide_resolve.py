"""The chief decides between facts that collided (T33); both stay in the log."""

from __future__ import annotations

from dispatch.domain.ask import Ask
from dispatch.domain.bodies import (
    Absorbed,
    Dispatched,
    Merged,
    Reassigned,
    Released,
    Resolved,
    Undone,
    UnitToldOff,
)
from dispatch.domain.bodies_joint import JointOrdered
from dispatch.domain.codes import ENDED, Role, State
from dispatch.domain.collide import guards, read
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft, Event
from dispatch.domain.incident import Incident


def resolve(ask: Ask) -> tuple[Draft, ...]:
    """Keep the facts named (hashes or ids); every other contested fact no longer counts.

    With none kept the incident stands where it stood before they parted. A merge that does not
    stand is undone on the other incident too.
    """
    incident = ask.incident
    if not incident.contested:
        raise Refused("not_contested", incident=incident.id)
    rivals = {hash_ for pair in incident.contested for hash_ in (pair.one, pair.two)}
    keep = tuple(sorted({_hash(incident, name) for name in ask.command.keep}))
    for hash_ in keep:
        if hash_ not in rivals:
            raise BadInput("keep", f"{hash_[:12]} 不在争议之中")
    keep = _with_cards(incident, keep)
    drop = tuple(sorted(rivals - set(keep)))
    to = _state_without(incident, drop)
    body = Resolved(reason=ask.command.reason, keep=keep, drop=drop, to=to)
    drafts = [ask.draft("resolved", body)]
    drafts += [
        ask.draft("unit_told_off", UnitToldOff(told_off=unit), of=incident.id)
        for unit in _told_off(incident, keep, drop)
    ]
    for fact in incident.facts:
        if fact.hash in drop:
            drafts += _unmerged(ask, fact)
    return tuple(drafts)


def _with_cards(incident: Incident, keep: tuple[str, ...]) -> tuple[str, ...]:
    """A red card always stands, and the ending that had not seen it never: it has to be answered.

    Or a chief could decide away what a leader or the city has ordered.
    """
    standing = set(keep)
    for pair in incident.contested:
        if pair.about == "card":
            one, two = (incident.fact(each) for each in (pair.one, pair.two))
            for fact in (one, two):
                if fact is not None and guards(fact):
                    standing.add(fact.hash)
                elif fact is not None:
                    standing.discard(fact.hash)
    return tuple(sorted(standing))


def _hash(incident: Incident, name: str) -> str:
    found = [event.hash for event in incident.facts if name in {event.hash, event.id}]
    if not found:
        raise BadInput("keep", f"本事件没有记录 {name[:40]}")
    return found[0]


def _state_without(incident: Incident, drop: tuple[str, ...]) -> State:
    """The state that the other facts make, each contradiction among the kept ones settled."""
    state = read(incident.facts, without=frozenset(drop)).state
    if state is None:
        raise Refused("nothing_left", incident=incident.id)
    return state


def _told_off(incident: Incident, keep: tuple[str, ...], drop: tuple[str, ...]) -> list[str]:
    def units(hashes: tuple[str, ...]) -> set[str]:
        found = [incident.fact(each) for each in hashes]
        bodies = [event.body for event in found if event is not None]
        sent = {body.unit for body in bodies if isinstance(body, Dispatched | Reassigned)}
        joint = [body for body in bodies if isinstance(body, JointOrdered)]
        return sent | {order.unit for body in joint for order in body.orders}

    return sorted(units(drop) - units(keep))


def _unmerged(ask: Ask, fact: Event) -> list[Draft]:
    """What the other half of a merge needs when this half no longer counts."""
    match fact.body:
        case Merged(master=other):
            twin = _twin(ask.incidents.get(other), fact, "absorbed")
            if twin is None:
                return []
            released = Released(undoes=twin.hash, child=ask.incident.id)
            return [ask.draft("released", released, of=other)]
        case Absorbed(child=other):
            child = ask.incidents.get(other)
            twin = _twin(child, fact, "merged")
            if child is None or twin is None:
                return []
            to = read(child.facts, without=frozenset({twin.hash})).state
            if to is None or to in ENDED:
                return []
            return [ask.draft("split", Undone(undoes=twin.hash, to=to), of=other)]
        case _:
            return []


def _twin(other: Incident | None, fact: Event, type_: str) -> Event | None:
    """The live fact of the same merge on the other incident, if that is here."""
    for event in other.facts if other else ():
        if event.type == type_ and event.unit and fact.unit and event.unit.id == fact.unit.id:
            return event if other and other.lives(event) else None
    return None


def answer_stand_down(ask: Ask) -> tuple[Draft, ...]:
    """A unit that was told to stand down says that it has; by radio on its behalf."""
    command, incident = ask.command, ask.incident
    unit = ask.rules.unit(incident.town, command.unit or "")
    if unit not in incident.told_off:
        raise Refused("not_told_off", unit=unit)
    if ask.role is Role.DISPATCHER:
        if command.on_behalf != unit:
            raise Refused("needs_on_behalf", unit=unit)
    elif not ask.belongs_to(unit):
        raise Refused("not_your_order", unit=unit, node=ask.actor.node)
    body = UnitToldOff(
        reason=command.reason,
        on_behalf=command.on_behalf,
        told_by=command.told_by,
        told_off=unit,
    )
    return (ask.draft("told_off_answered", body),)
