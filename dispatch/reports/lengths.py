"""How long things took: lengths of time in the shift, one for each time it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from dispatch.domain.codes import State
from dispatch.domain.event import Event
from dispatch.domain.graph import Graph
from dispatch.domain.incident import Incident
from dispatch.reports.walk import Case, Walk

DISPOSED: Final = frozenset({State.DONE, State.VISIT, State.EVAL, State.CLOSED})
FEEDBACKS: Final = ("fed_back", "city_done", "self_handled")
"""What says that a matter is dealt with: the unit's feedback, the city's, the finder's own."""
WAITS: Final = ("filed", "city_assigned", "returned", "reopened")
"""What makes a matter wait for a dispatch; an order of the city is filed as it comes."""
ORDERS: Final = ("dispatched", "reassigned", "inspected_fail", "redone")
Present = Iterable[tuple[Case, Incident]]


def standing_feedback(now: Incident) -> Event | None:
    """Return the feedback by which the incident is disposed of, or None."""
    return now.latest(*FEEDBACKS) if now.state in DISPOSED else None


def accept_spans(walk: Walk, cases: Present) -> Iterator[tuple[str, int]]:
    """From the report to the first filing that stands, where that lies in the shift."""
    for case, now in cases:
        reported = now.latest("reported")
        filed = [e.corrected_at for e in now.facts if e.type == "filed" and now.lives(e)]
        if reported and filed and min(filed) >= walk.from_at:
            yield case.id, max(0, min(filed) - reported.corrected_at)


def dispatch_spans(walk: Walk, cases: Present) -> Iterator[tuple[str, int]]:
    """For each dispatch of the shift that stands: from the last that made it wait for one."""
    for case, now in cases:
        graph = Graph(now.facts)
        for at, event in enumerate(graph.facts):
            if event.type == "dispatched" and now.lives(event) and walk.during(event):
                began = [e.corrected_at for e in _seen(now, graph, at, *WAITS)]
                if began:
                    yield case.id, max(0, event.corrected_at - max(began))


def _seen(now: Incident, graph: Graph, at: int, *types: str) -> list[Event]:
    """Return the standing facts of these types that fact `at` had seen."""
    return [
        fact
        for place, fact in enumerate(graph.facts)
        if fact.type in types and now.lives(fact) and graph.saw(at, place)
    ]


def dispose_spans(walk: Walk, cases: Present) -> Iterator[tuple[str, int]]:
    """For each disposal of the shift: from the last order before it, without time on hold."""
    for case, now in cases:
        fed = standing_feedback(now)
        if fed is not None and walk.during(fed):
            length = last_order(now, fed)[1]
            if length is not None:
                yield case.id, length


def last_order(now: Incident, fed: Event) -> tuple[frozenset[str], int | None]:
    """Return the types of the last orders before a feedback, and the time from them to it.

    Milliseconds without time on hold; None where it saw no order. Several of one instant are
    all last.
    """
    graph = Graph(now.facts)
    at = graph.place[fed.hash]
    orders = _seen(now, graph, at, *ORDERS)
    if not orders:
        return frozenset(), None
    start = max(each.corrected_at for each in orders)
    types = frozenset(each.type for each in orders if each.corrected_at == start)
    return types, max(0, fed.corrected_at - start - _held(now, graph, at, start))


def _held(now: Incident, graph: Graph, fed: int, start: int) -> int:
    """Milliseconds on hold between `start` and the feedback; holds that overlap count once."""
    end = graph.facts[fed].corrected_at
    holds: list[tuple[int, int]] = []
    for at, event in enumerate(graph.facts):
        if event.type == "hold_granted" and now.lives(event) and graph.saw(fed, at):
            ends = [
                other.corrected_at
                for later, other in enumerate(graph.facts)
                if other.type == "resumed" and now.lives(other) and graph.saw(later, at)
            ]
            holds.append((event.corrected_at, min([*ends, end])))
    total, reach = 0, start
    for began, ended in sorted(holds):
        total += max(0, min(ended, end) - max(began, reach))
        reach = max(reach, ended)
    return total


SPANS: Final[dict[str, Callable[[Walk, Present], Iterator[tuple[str, int]]]]] = {
    "accept": accept_spans,
    "dispatch": dispatch_spans,
    "dispose": dispose_spans,
}
"""Lengths of time by the name that definitions use."""
