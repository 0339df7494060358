"""When facts collide: which facts count, which contradict each other, what the state is.

One rule, no table of pairs (the design's sync page, section 7). The set of facts decides; the
order of arrival does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dispatch.domain.bodies import Absorbed, Released, Resolved, Undone
from dispatch.domain.bodies_oversight import Supervised
from dispatch.domain.codes import ENDED, RANK, State, Supervision
from dispatch.domain.event import Event
from dispatch.domain.graph import Graph
from dispatch.domain.incident import Pair
from dispatch.domain.subs import clash
from dispatch.domain.types import TYPES, UNKNOWN, EventType

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a set of facts says: `live` holds places in the graph, in canonical order."""

    graph: Graph
    live: tuple[int, ...]
    state: State | None
    entered: Event | None
    pairs: tuple[Pair, ...]


def read(facts: Iterable[Event], without: frozenset[str] = _NONE) -> Reading:
    """Return the reading of a set of facts (at least one).

    `without`: hashes of facts to be read as if taken away. They keep their place in the graph,
    so that what was built on them still has seen what they had seen.
    """
    graph = Graph(facts)
    rows = [TYPES.get(event.type, UNKNOWN) for event in graph.facts]
    absent = {graph.place[hash_] for hash_ in without if hash_ in graph.place}
    dropped = _dropped(graph, rows, absent)
    pairs = _pairs(graph, rows, absent)
    gone = dropped | _suspended(graph, rows, pairs) if pairs else dropped
    live = tuple(at for at in range(len(rows)) if at not in gone)
    state, entered = _state(graph, live)
    return Reading(graph, live, state, entered, tuple(sorted(pairs, key=_pair_key)))


def _pair_key(pair: Pair) -> tuple[str, str, str]:
    return (pair.one, pair.two, pair.about)


GUARDED: Final = frozenset({"merge", "card"})
"""What pairs are about in which one side must not be lost: the other, an ending, waits."""
_VERDICTS: Final = (Resolved, Undone, Released)


def _verdict(body: Resolved | Undone | Released) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The hashes a fact lets stand and takes away."""
    if isinstance(body, Resolved):
        return body.keep, body.drop
    return (), (body.undoes,)


def _dropped(graph: Graph, rows: list[EventType], absent: set[int]) -> set[int]:
    """Facts that every last word about them takes away; one that keeps them outweighs.

    A verdict that was itself taken away has no word. A fact can only be judged by one that
    saw it, so the places are settled from the newest verdict back.
    """
    words: dict[int, list[tuple[int, bool]]] = {}
    for at, event in enumerate(graph.facts):
        if isinstance(event.body, _VERDICTS):
            keep, drop = _verdict(event.body)
            for hash_ in {*keep, *drop}:
                target = graph.place.get(hash_)
                if target is None or not graph.saw(at, target):
                    continue
                # A release takes back an absorption and nothing else.
                absorbs = isinstance(graph.facts[target].body, Absorbed)
                if absorbs or not isinstance(event.body, Released):
                    words.setdefault(target, []).append((at, hash_ in keep))
    gone = set(absent)
    for target in sorted(words, key=lambda each: -graph.seen[each].bit_count()):
        spoken = [(at, keeps) for at, keeps in words[target] if at not in gone]
        last = set(graph.last(at for at, _ in spoken))
        if not last or any(keeps for at, keeps in spoken if at in last):
            continue
        if not _built_on(graph, rows, target, [at for at, keeps in spoken if not keeps], gone):
            gone.add(target)
    return gone


def _built_on(
    graph: Graph, rows: list[EventType], target: int, takers: list[int], gone: set[int]
) -> bool:
    """Whether an open move stands on a move, made apart from all that took it away.

    The signing of an order that was stood down elsewhere still needs the order: its unit and
    its deadline stay with it, until somebody who saw both decides.
    """
    return rows[target].moves and any(
        row.moves
        and at not in gone
        and at not in takers
        and graph.saw(at, target)
        and leads(graph.facts[at]) not in ENDED
        and all(graph.apart(at, taker) for taker in takers)
        for at, row in enumerate(rows)
    )


def _pairs(graph: Graph, rows: list[EventType], absent: set[int]) -> set[Pair]:
    """Every two facts that contradict and did not see each other, until a resolve saw both."""
    found: set[Pair] = set()
    for one, two in graph.partings():
        if one in absent or two in absent:
            continue
        about = _about(graph.facts[one], rows[one], graph.facts[two], rows[two])
        if about is None or _resolved(graph, one, two, absent):
            continue
        first, second = sorted((graph.facts[one].hash, graph.facts[two].hash))
        found.add(Pair(first, second, about))
    return found


def _resolved(graph: Graph, one: int, two: int, absent: set[int]) -> bool:
    both = 1 << one | 1 << two
    return any(
        mask & both == both and isinstance(graph.facts[at].body, Resolved) and at not in absent
        for at, mask in enumerate(graph.seen)
    )


def _about(one: Event, kind: EventType, two: Event, other: EventType) -> str | None:
    """What two facts contradict each other about, or None."""
    if kind.moves and other.moves:
        return "state"
    if (kind.denies or other.denies) and _request(one) == _request(two) is not None:
        return "answer" if kind.denies != other.denies else None
    for guard, end in ((one, two), (two, one)):
        if guards(guard) and ends(end):
            return "card" if isinstance(guard.body, Supervised) else "merge"
    if (unit := clash(one, two)) is not None:
        return f"sub:{unit}"
    if one.type == two.type == "corrected":
        mine, yours = _corrected(one), _corrected(two)
        for name in sorted(mine.keys() & yours.keys()):
            if mine[name] != yours[name]:
                return f"field:{name}"
    limits = {limit.stage: limit for limit in getattr(one.body, "limits", ())}
    for limit in getattr(two.body, "limits", ()):
        if limits.get(limit.stage, limit) != limit:
            return f"limit:{limit.stage}"
    return None


def _request(event: Event) -> str | None:
    return getattr(event.body, "request", None)


def _corrected(event: Event) -> dict[str, object]:
    """The fields a correction sets; a sealed one is known by its event alone."""
    names = ("item", "priority", "lon", "lat", "grid", "village")
    values: dict[str, object] = {
        name: value for name in names if (value := getattr(event.body, name, None)) is not None
    }
    return values | dict.fromkeys(event.sealed, event.hash)


def guards(event: Event) -> bool:
    """Return whether a fact must not be lost to an ending that had not seen it.

    Of the supervisions only a red card: no incident ends while one is not answered.
    """
    level = getattr(event.body, "level", Supervision.RED)
    return TYPES.get(event.type, UNKNOWN).guards and level is Supervision.RED


def ends(event: Event) -> bool:
    """Return whether a fact takes the incident out of work."""
    to = TYPES.get(event.type, UNKNOWN).to
    return to in ENDED or (isinstance(event.body, Resolved) and event.body.to in ENDED)


def _suspended(graph: Graph, rows: list[EventType], pairs: set[Pair]) -> set[int]:
    """Grants that a denial did not see, endings that a merge did not see: they wait."""
    waiting: set[int] = set()
    for pair in pairs:
        for hash_ in (pair.one, pair.two):
            at = graph.place[hash_]
            if (pair.about == "answer" and not rows[at].denies) or (
                pair.about in GUARDED and not guards(graph.facts[at])
            ):
                waiting.add(at)
    return waiting


def _state(graph: Graph, live: tuple[int, ...]) -> tuple[State | None, Event | None]:
    """The first in order of precedence among the moves that no other move has seen."""
    moves = [(at, to) for at in live if (to := _to(graph, at)) is not None]
    last = set(graph.last(at for at, _ in moves))
    rivals = [(RANK[to], graph.facts[at].hash, at, to) for at, to in moves if at in last]
    if not rivals:
        return None, None
    _, _, at, state = min(rivals)
    return state, graph.facts[at]


def _to(graph: Graph, at: int) -> State | None:
    """The state a fact leads to; one that its type does not allow leads nowhere.

    A verdict can only bring back a state that some fact it saw had led to.
    """
    to = leads(graph.facts[at])
    if isinstance(graph.facts[at].body, Resolved | Undone) and not any(
        graph.saw(at, earlier) and leads(graph.facts[earlier]) == to
        for earlier in range(len(graph.facts))
    ):
        return None
    return to


def leads(event: Event) -> State | None:
    """Return the state that a fact's type, or its body within its type, leads to."""
    row = TYPES.get(event.type, UNKNOWN)
    if row.to is not None or not row.to_of_body:
        return row.to
    to: State | None = getattr(event.body, "to", None)
    return to if to in row.to_of_body else None
