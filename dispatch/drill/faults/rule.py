"""The rule for colliding facts once more, from its words alone: what the fold is held to."""

from __future__ import annotations

from collections.abc import Iterator

from dispatch.domain.codes import RANK, State
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident
from dispatch.domain.types import TYPES

_PLAIN = frozenset(
    "reported filed verify_asked verified dispatched reassigned signed returned fed_back "
    "inspected_pass called_back closed".split()
)
"""Types that lead to one state and take nothing back."""


def by_rule(incident: Incident) -> Iterator[str]:
    """Tell where an incident stands otherwise than the rule says.

    State: the first in order of rank among the state-changing facts that no other such fact has
    seen; a pair that did not see each other is contested. Held only where nothing was undone,
    merged or decided: those facts change which others count.
    """
    movers = [each for each in incident.facts if _moves(each)]
    if not movers or any(each.type not in _PLAIN for each in movers):
        return
    if any(each.type == "resolved" for each in incident.facts):
        return
    seen = {each.hash: _past(each, incident.facts) for each in incident.facts}
    last = [each for each in movers if not any(each.hash in seen[other.hash] for other in movers)]
    wanted = min((_leads_to(each) for each in last), key=RANK.__getitem__)
    if incident.state is not wanted:
        yield f"应为 {wanted}，折叠为 {incident.state}"
    apart = [
        (one, two)
        for place, one in enumerate(movers)
        for two in movers[place + 1 :]
        if one.hash not in seen[two.hash] and two.hash not in seen[one.hash]
    ]
    marked = [each for each in incident.contested if each.about == "state"]
    if bool(apart) != bool(marked):
        yield f"{len(apart)} 对互不知情，标出 {len(marked)} 对"


def _moves(event: Event) -> bool:
    known = TYPES.get(event.type)
    return known is not None and known.moves


def _leads_to(event: Event) -> State:
    to = TYPES[event.type].to
    return to if to is not None else State(getattr(event.body, "to", ""))


def _past(event: Event, facts: tuple[Event, ...]) -> set[str]:
    """Return every fact that an event's author had seen."""
    base = {each.hash: each.base for each in facts}
    found: set[str] = set()
    wanted = list(event.base)
    while wanted:
        hash_ = wanted.pop()
        if hash_ not in found:
            found.add(hash_)
            wanted += base.get(hash_, ())
    return found
