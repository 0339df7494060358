"""The fold: facts of a subject to its state. Pure; reads nothing but its arguments.

State is a function of the set of facts, not of their order: `collide` says which facts count
and which contradict each other, and every field shows the last fact that set it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from dispatch.domain.bodies import Absorbed, Answered, Arrived, HoldAsked, UnitToldOff
from dispatch.domain.codes import State
from dispatch.domain.collide import Reading, read
from dispatch.domain.event import Event
from dispatch.domain.fact import ASKED, CLOSINGS, COUNTED, clock_suspect, settable, told
from dispatch.domain.graph import Graph
from dispatch.domain.growth import grown
from dispatch.domain.incident import Incident, Request
from dispatch.domain.oversight import extensions, standing_card
from dispatch.domain.sla import Limit
from dispatch.domain.subs import subs
from dispatch.domain.types import NUMBERED, TYPES, UNKNOWN


def evolve(incident: Incident | None, event: Event) -> Incident:
    """Return the incident as it stands after one more fact.

    Never refuses: an event in the log has happened. A fact that is known already only brings
    its number.
    """
    known = incident.facts if incident is not None else ()
    return grown(incident, (event,)) or whole((*known, event))


def fold(facts: Iterable[Event]) -> Incident:
    """Return the incident that a set of facts (at least one) makes.

    In the order they were written, each mostly saw all before it: then it grows out of nothing.
    """
    given = tuple(facts)
    return grown(None, given) or whole(given)


def whole(facts: Iterable[Event]) -> Incident:
    """Return what `fold` does, read from the graph of all the facts, whatever it looks like."""
    reading = read(facts)
    graph = reading.graph
    alive = [(at, graph.facts[at]) for at in reading.live]
    first = graph.facts[0]
    setters = _setters(graph, alive)
    values, marked = _values(graph, setters)
    limits, clashing = _limits(graph, alive)
    return Incident(
        id=first.subject.id,
        town=first.town,
        facts=graph.facts,
        heads=graph.heads(),
        state=reading.state,
        entered_at=reading.entered.at if reading.entered else 0,
        contested=reading.pairs,
        marked=tuple(sorted((*marked, *clashing))) if marked or clashing else (),
        limits=limits,
        live=tuple(sorted([event.hash for _, event in alive])),
        sealed=_sealed(graph, alive),
        concerned=_concerned(graph, setters.get("unit", ())),
        suspect=_suspect(graph),
        told_off=_told_off(graph, alive),
        card=standing_card(graph, alive),
        subs=subs(graph, alive),
        **values,
        **_stamps(reading, alive),
        **_counts(alive),
    )


def _setters(graph: Graph, alive: list[tuple[int, Event]]) -> dict[str, list[int]]:
    """Per incident field the places of the live facts that set it, seen ones left out."""
    found: dict[str, list[int]] = {}
    for at, event in alive:
        body = event.body
        for name in settable(body):
            if getattr(body, name) is not None:
                if name in found:
                    found[name].append(at)
                else:
                    found[name] = [at]
        for name in TYPES.get(event.type, UNKNOWN).clears:
            # No body sets what its type clears, so the place is not there yet.
            found.setdefault(name, []).append(at)
    for name, places in found.items():
        if len(places) > 1:
            found[name] = graph.last(places)
    return found


def _values(
    graph: Graph, setters: dict[str, list[int]]
) -> tuple[dict[str, Any], list[str]]:  # Any: one value per field
    """The value that each field shows, and the fields whose last setters disagree."""
    values: dict[str, Any] = {}
    marked: list[str] = []
    for name, places in setters.items():
        shown = getattr(graph.facts[places[-1]].body, name, None)
        values[name] = shown
        if len(places) > 1 and any(
            getattr(graph.facts[at].body, name, None) != shown for at in places
        ):
            marked.append(name)
    return values, marked


def _stamps(reading: Reading, alive: list[tuple[int, Event]]) -> dict[str, Any]:
    """The times and the number that come from the facts themselves, by field name."""
    stamps: dict[str, Any] = {}  # Any: times and a number
    closings: dict[int, int] = {}
    for at, event in alive:
        if event.type in NUMBERED and "reported_at" not in stamps:
            stamps["reported_at"] = event.at
            stamps["number"] = event.number
        elif event.type in CLOSINGS:
            closings[at] = event.at
    if reading.state is State.CLOSED and closings:
        stamps["closed_at"] = min(closings[at] for at in reading.graph.last(closings))
    return stamps


def _limits(graph: Graph, alive: list[tuple[int, Event]]) -> tuple[tuple[Limit, ...], list[str]]:
    """Per stage the limit of its last setters; where several collide the earlier due stands."""
    found: dict[str, dict[int, Limit]] = {}
    for at, event in alive:
        for limit in getattr(event.body, "limits", ()):
            found.setdefault(limit.stage, {})[at] = limit
    chosen: list[Limit] = []
    marked: list[str] = []
    for stage, setters in sorted(found.items()):
        rivals = [setters[at] for at in graph.last(setters)]
        chosen.append(min(rivals, key=_urgency) if len(rivals) > 1 else rivals[0])
        if any(each != rivals[0] for each in rivals):
            marked.append(f"limit:{stage}")
    return tuple(chosen), marked


def _urgency(limit: Limit) -> tuple[int, int, int]:
    return limit.due, limit.start, limit.amber


def _sealed(graph: Graph, alive: list[tuple[int, Event]]) -> tuple[tuple[str, str], ...]:
    """Per sealed field the hash of the event that holds its present plaintext."""
    found: dict[str, list[int]] = {}
    for at, event in alive:
        for name in told(event):
            found.setdefault(name, []).append(at)
    return tuple(
        (name, graph.facts[graph.last(places)[-1]].hash) for name, places in sorted(found.items())
    )


def _counts(alive: list[tuple[int, Event]]) -> dict[str, Any]:  # Any: by field name
    """Counters, children, requests and the first arrival."""
    count = Counter(COUNTED[event.type] for _, event in alive if event.type in COUNTED)
    answered: set[str | None] = set()
    children: set[str] = set()
    arrivals: list[int] = []
    asked: list[Event] = []
    for _, event in alive:
        body = event.body
        if isinstance(body, Answered):
            answered.add(body.request)
        elif isinstance(body, Absorbed):
            children.add(body.child)
        elif isinstance(body, Arrived):
            arrivals.append(body.arrived_at)
        elif event.type in ASKED:
            asked.append(event)
    return {
        "returns": count["returns"],
        "rework": count["rework"],
        "redo": count["redo"],
        "tries": count["tries"],
        "instructions": count["instructions"],
        "extensions": extensions(event for _, event in alive),
        "children": tuple(sorted(children)),
        "arrived_at": min(arrivals, default=None),
        "requests": tuple(
            Request(ASKED[event.type], event.hash, event.actor, event.at, event.hash in answered)
            for event in asked
        ),
    }


def _told_off(graph: Graph, alive: list[tuple[int, Event]]) -> tuple[str, ...]:
    """Units that were told to stand down and have not answered what they were told."""
    orders = [(at, event) for at, event in alive if isinstance(event.body, UnitToldOff)]
    waiting = {
        getattr(event.body, "told_off", "")
        for at, event in orders
        if event.type == "unit_told_off"
        and not any(
            answer.type == "told_off_answered"
            and getattr(answer.body, "told_off", "") == getattr(event.body, "told_off", "")
            and graph.saw(later, at)
            for later, answer in orders
        )
    }
    return tuple(sorted(waiting))


def _concerned(graph: Graph, unit_setters: Iterable[int]) -> tuple[str, ...]:
    """Nodes that may see the incident; a drop removes only adds that it has seen."""
    drops = [(at, event.see_drop) for at, event in enumerate(graph.facts) if event.see_drop]
    kept: set[str] = set()
    for at, event in enumerate(graph.facts):
        for node in event.see_add:
            if not any(node in gone and graph.saw(later, at) for later, gone in drops):
                kept.add(node)
    for at in unit_setters:
        unit = getattr(graph.facts[at].body, "unit", None)
        if unit:
            kept.add(unit)
    return tuple(sorted(kept))


def _suspect(graph: Graph) -> tuple[str, ...]:
    """Facts whose time cannot be right: far after their receipt, or before what they saw."""
    found: list[str] = []
    for event in graph.facts:
        places = [graph.place.get(parent) for parent in event.base]
        if clock_suspect(event, [graph.facts[at] for at in places if at is not None]):
            found.append(event.hash)
    return tuple(sorted(found))


def review_at(incident: Incident, request: str) -> int | None:
    """Return the review date a hold was asked with, UTC milliseconds."""
    event = incident.fact(request)
    return event.body.review_at if event and isinstance(event.body, HoldAsked) else None
