"""The town's modes as its facts make them: standing signals, responses, and what stands still.

The rule, in any order of arrival: for each kind of signal or response the fact that has seen all
others of its kind stands. Where several are apart from each other the gravest stands, all are
shown, and the next order of that kind, whose author saw them, settles it. At a moment of the
past only the facts whose `since` is not after it are looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from dispatch.domain.bodies_town import ResponseSet, SignalSet
from dispatch.domain.codes import Priority
from dispatch.domain.event import Event
from dispatch.domain.graph import Graph
from dispatch.domain.warning import gravity


@dataclass(frozen=True, slots=True)
class Stand:
    """The order that stands for one kind; `rivals` are apart from it and say otherwise."""

    fact: Event
    rivals: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in UTC milliseconds; `end` is None while it lasts."""

    start: int
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Modes:
    """Everything that stands in a town; equal for equal sets of facts in any order of arrival.

    `signals` and `responses` are sorted, the gravest first; what was lifted is not among them
    unless a rival says that it still stands. `frozen` has per priority when its limits stood
    still, oldest first.
    """

    facts: tuple[Event, ...] = ()
    heads: tuple[str, ...] = ()
    signals: tuple[Stand, ...] = ()
    responses: tuple[Stand, ...] = ()
    frozen: tuple[tuple[Priority, tuple[Span, ...]], ...] = ()

    @property
    def version(self) -> str:
        """The token of the sorted heads: equal when nothing was added."""
        return hashlib.sha256("".join(self.heads).encode()).hexdigest()[:16]

    @property
    def contested(self) -> int:
        """How many kinds have orders that contradict each other."""
        return sum(bool(each.rivals) for each in (*self.signals, *self.responses))

    @property
    def items(self) -> frozenset[str]:
        """The items that come first in the queue now."""
        found: set[str] = set()
        for stand in self.responses:
            body = stand.fact.body
            if isinstance(body, ResponseSet) and body.level is not None:
                found.update(body.items)
        return frozenset(found)

    def spans(self, priority: Priority | None) -> tuple[Span, ...]:
        """Return when the limits of a priority stood still, oldest first."""
        return next((spans for each, spans in self.frozen if each is priority), ())


NO_MODES = Modes()


def evolve(modes: Modes, event: Event) -> Modes:
    """Return the modes after one more fact of the town's subject; never refuses."""
    return fold((*modes.facts, event))


def fold(facts: Iterable[Event]) -> Modes:
    """Return the modes that a set of facts makes; types that are not known here are kept."""
    graph = Graph(facts)
    places: dict[tuple[str, str], list[int]] = {}
    for at, event in enumerate(graph.facts):
        if isinstance(event.body, SignalSet | ResponseSet):
            places.setdefault((event.type, event.body.kind), []).append(at)
    stands = {about: _stand(graph, found) for about, found in places.items()}
    ordered = sorted(stands.items(), key=lambda each: (-_weight(each[1].fact)[0], each[0]))
    shown = [(about[0], stand) for about, stand in ordered if _value(stand.fact) or stand.rivals]
    return Modes(
        facts=tuple(sorted(graph.facts, key=lambda event: event.hash)),
        heads=graph.heads(),
        signals=tuple(stand for type_, stand in shown if type_ == "signal_set"),
        responses=tuple(stand for type_, stand in shown if type_ == "response_set"),
        frozen=_frozen(graph, [at for about, at in places.items() if about[0] == "response_set"]),
    )


def _value(event: Event) -> str | None:
    body = event.body
    return body.colour if isinstance(body, SignalSet) else getattr(body, "level", None)


def _weight(event: Event) -> tuple[int, str]:
    """The gravest first; between equals the hash decides, the same everywhere."""
    body = event.body
    value = body.colour if isinstance(body, SignalSet) else getattr(body, "level", None)
    return gravity(value), event.hash


def _stand(graph: Graph, places: Iterable[int]) -> Stand:
    heads = sorted((graph.facts[at] for at in graph.last(places)), key=_weight, reverse=True)
    first = heads[0]
    rivals = tuple(each for each in heads[1:] if _says(each) != _says(first))
    return Stand(first, rivals)


def _says(event: Event) -> tuple[object, ...]:
    """What an order comes to: two that say the same do not contradict each other."""
    body = event.body
    if isinstance(body, ResponseSet):
        return (body.level, body.freeze, body.freeze_from, body.items)
    return (_value(event),)


def _frozen(
    graph: Graph, kinds: Iterable[list[int]]
) -> tuple[tuple[Priority, tuple[Span, ...]], ...]:
    groups = list(kinds)
    turns = sorted({_since(graph.facts[at]) for places in groups for at in places})
    begun: dict[Priority, int] = {}
    spans: dict[Priority, list[Span]] = {}
    for moment in turns:
        still: set[Priority] = set()
        for places in groups:
            known = [at for at in places if _since(graph.facts[at]) <= moment]
            if known:
                still |= _freezes(_stand(graph, known).fact)
        for priority in still - begun.keys():
            begun[priority] = moment
        for priority in begun.keys() - still:
            spans.setdefault(priority, []).append(Span(begun.pop(priority), moment))
    for priority, start in begun.items():
        spans.setdefault(priority, []).append(Span(start, None))
    return tuple((each, tuple(spans[each])) for each in sorted(spans))


def _since(event: Event) -> int:
    since: int = getattr(event.body, "since", 0)
    return since


def _freezes(event: Event) -> frozenset[Priority]:
    body = event.body
    if not isinstance(body, ResponseSet) or body.freeze_from is None:
        return frozenset()
    return (
        frozenset(body.freeze) if gravity(body.level) >= gravity(body.freeze_from) else frozenset()
    )
