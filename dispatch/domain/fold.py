"""The fold: facts of a subject to its state. Pure; reads nothing but its arguments.

State is a function of the set of facts, not of their order: `collide` says which facts count
and which contradict each other, and every field shows the last fact that set it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, Final

from dispatch.domain.bodies import Body, HoldAsked
from dispatch.domain.codes import State
from dispatch.domain.collide import Reading, read
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident, Request
from dispatch.domain.sla import Limit
from dispatch.domain.types import TYPES, UNKNOWN

_DERIVED: Final = frozenset(
    {"id", "town", "facts", "heads", "state", "children", "contested", "live", "sealed", "limits"}
)
_FIELDS: Final = frozenset(field.name for field in fields(Incident)) - _DERIVED
_SETS: dict[type[Body], tuple[str, ...]] = {}
_ASKED: Final = {"refusal_asked": "refusal", "hold_asked": "hold", "void_asked": "void"}
CLOCK_SLACK: Final = 5 * 60_000
"""How far a clock may be off before its fact is flagged, milliseconds."""


def evolve(incident: Incident | None, event: Event) -> Incident:
    """Return the incident as it stands after one more fact.

    Never refuses: an event in the log has happened. A fact that is known already only brings
    its number.
    """
    known = incident.facts if incident else ()
    return fold((*(each for each in known if each.hash != event.hash), event))


def fold(facts: Iterable[Event]) -> Incident:
    """Return the incident that a set of facts (at least one) makes."""
    reading = read(facts)
    first = reading.graph.facts[0]
    values, marked = _values(reading)
    limits, clashing = _limits(reading)
    return Incident(
        id=first.subject.id,
        town=first.town,
        facts=reading.graph.facts,
        heads=reading.graph.heads(),
        state=reading.state,
        entered_at=reading.entered.at if reading.entered else 0,
        contested=reading.pairs,
        marked=tuple(sorted({*marked, *clashing})),
        limits=limits,
        live=tuple(sorted(reading.graph.facts[at].hash for at in reading.live)),
        sealed=_sealed(reading),
        concerned=_concerned(reading),
        suspect=_suspect(reading),
        **_counts(reading),
        **values,
    )


def _sets(body: Body) -> tuple[str, ...]:
    kind = type(body)
    if kind not in _SETS:
        _SETS[kind] = tuple(each.name for each in fields(body) if each.name in _FIELDS)
    return _SETS[kind]


def _setters(reading: Reading) -> dict[str, list[int]]:
    """Per incident field the places of the live facts that set it, seen ones left out."""
    found: dict[str, list[int]] = {}
    for at in reading.live:
        event = reading.graph.facts[at]
        names = [name for name in _sets(event.body) if getattr(event.body, name) is not None]
        for name in {*names, *TYPES.get(event.type, UNKNOWN).clears}:
            found.setdefault(name, []).append(at)
    return {name: reading.graph.last(places) for name, places in found.items()}


def _values(reading: Reading) -> tuple[dict[str, Any], list[str]]:  # Any: one value per field
    values: dict[str, Any] = {}
    marked: list[str] = []
    for name, places in _setters(reading).items():
        shown = getattr(reading.graph.facts[places[-1]].body, name, None)
        if len(places) > 1 and any(
            getattr(reading.graph.facts[at].body, name, None) != shown for at in places
        ):
            marked.append(name)
        values[name] = shown
    reported = [e for at in reading.live if (e := reading.graph.facts[at]).type == "reported"]
    if reported:
        values["reported_at"] = reported[0].at
        values["number"] = reported[0].number
    arrivals = [
        getattr(event.body, "arrived_at", 0)
        for at in reading.live
        if (event := reading.graph.facts[at]).type == "arrived"
    ]
    if arrivals:
        values["arrived_at"] = min(arrivals)
    if reading.state is State.CLOSED and reading.entered:
        values["closed_at"] = reading.entered.at
    return values, marked


def _limits(reading: Reading) -> tuple[tuple[Limit, ...], list[str]]:
    """Per stage the limit of its last setters; where several collide the earlier due stands."""
    found: dict[str, list[tuple[int, Limit]]] = {}
    for at in reading.live:
        for limit in getattr(reading.graph.facts[at].body, "limits", ()):
            found.setdefault(limit.stage, []).append((at, limit))
    chosen: list[Limit] = []
    marked: list[str] = []
    for stage in sorted(found):
        last = set(reading.graph.last(at for at, _ in found[stage]))
        rivals = [limit for at, limit in found[stage] if at in last]
        chosen.append(min(rivals, key=lambda each: (each.due, each.start, each.amber)))
        if any(each != rivals[0] for each in rivals):
            marked.append(f"limit:{stage}")
    return tuple(chosen), marked


def _sealed(reading: Reading) -> tuple[tuple[str, str], ...]:
    found: dict[str, list[int]] = {}
    for at in reading.live:
        for name in reading.graph.facts[at].sealed:
            found.setdefault(name, []).append(at)
    return tuple(
        (name, reading.graph.facts[reading.graph.last(places)[-1]].hash)
        for name, places in sorted(found.items())
    )


def _counts(reading: Reading) -> dict[str, Any]:  # Any: counters and tuples by field name
    alive = [reading.graph.facts[at] for at in reading.live]

    def count(name: str) -> int:
        return sum(event.type == name for event in alive)

    answered = {getattr(event.body, "request", None) for event in alive}
    children = {getattr(e.body, "child", "") for e in alive if e.type == "absorbed"}
    settled = {getattr(e.body, "told_off", "") for e in alive if e.type == "told_off_answered"}
    told = {getattr(e.body, "told_off", "") for e in alive if e.type == "unit_told_off"}
    return {
        "returns": count("returned"),
        "rework": count("inspected_fail"),
        "redo": count("redone"),
        "tries": count("call_tried"),
        "children": tuple(sorted(children)),
        "told_off": tuple(sorted(told - settled)),
        "requests": tuple(
            Request(_ASKED[event.type], event.hash, event.actor, event.at, event.hash in answered)
            for event in alive
            if event.type in _ASKED
        ),
    }


def _concerned(reading: Reading) -> tuple[str, ...]:
    """Nodes that may see the incident; a drop removes only adds that it has seen."""
    graph = reading.graph
    kept: set[str] = set()
    for at, event in enumerate(graph.facts):
        for node in event.see_add:
            dropped = any(
                node in other.see_drop and graph.saw(later, at)
                for later, other in enumerate(graph.facts)
            )
            if not dropped:
                kept.add(node)
    for at in _setters(reading).get("unit", ()):
        unit = getattr(graph.facts[at].body, "unit", None)
        if unit:
            kept.add(unit)
    return tuple(sorted(kept))


def _suspect(reading: Reading) -> tuple[str, ...]:
    """Facts whose time cannot be right: far after their receipt, or before what they saw."""
    graph = reading.graph
    found: list[str] = []
    for event in graph.facts:
        late = (
            event.received_at is not None and event.corrected_at > event.received_at + CLOCK_SLACK
        )
        bases = [graph.facts[graph.place[b]] for b in event.base if b in graph.place]
        before = any(event.corrected_at < base.corrected_at - CLOCK_SLACK for base in bases)
        if late or before:
            found.append(event.hash)
    return tuple(sorted(found))


def review_at(incident: Incident, request: str) -> int | None:
    """Return the review date a hold was asked with, UTC milliseconds."""
    event = incident.fact(request)
    return event.body.review_at if event and isinstance(event.body, HoldAsked) else None
