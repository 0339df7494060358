"""The graph that facts form by what their authors had seen (`base`)."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from dispatch.domain.event import Event


class Graph:
    """Facts in canonical order, with who saw whom as bit masks over that order.

    Canonical: numbered facts by number, then pending ones so that each follows what it saw,
    ties by id. Nothing else depends on numbers or clocks. A base that is not here yet counts
    as not seen; when it comes, the graph is made anew. Of two copies of a fact the numbered
    one counts.
    """

    __slots__ = ("facts", "place", "seen")

    def __init__(self, facts: Iterable[Event]) -> None:
        known: dict[str, Event] = {}
        for event in facts:
            if event.seq is not None or event.hash not in known:
                known[event.hash] = event
        self.facts = _canonical(known)
        self.place = {event.hash: index for index, event in enumerate(self.facts)}
        self.seen = self._seen()

    def _seen(self) -> list[int]:
        """Bit i of seen[j]: fact j had seen fact i."""
        masks: list[int] = []
        for index, event in enumerate(self.facts):
            total = 0
            for parent in event.base:
                at = self.place.get(parent)
                if at is not None:
                    if at >= index:
                        return self._seen_backwards()
                    total |= masks[at] | 1 << at
            masks.append(total)
        return masks

    def _seen_backwards(self) -> list[int]:
        """As `_seen`, where a fact stands before one it saw (numbered before its base was)."""
        parents = [
            [at for each in event.base if (at := self.place.get(each)) is not None]
            for event in self.facts
        ]
        masks: dict[int, int] = {}
        for start in range(len(parents)):
            stack = [start]
            while stack:
                at = stack[-1]
                ahead = [each for each in parents[at] if each not in masks]
                if at in masks or not ahead:
                    stack.pop()
                    total = 0
                    for each in parents[at]:
                        total |= masks[each] | 1 << each
                    masks[at] = total
                else:
                    stack += ahead
        return [masks[at] for at in range(len(parents))]

    def saw(self, later: int, earlier: int) -> bool:
        """Return whether fact `later` had seen fact `earlier` (places in `facts`)."""
        return bool(self.seen[later] >> earlier & 1)

    def apart(self, one: int, two: int) -> bool:
        """Return whether neither of two facts had seen the other."""
        return not self.saw(one, two) and not self.saw(two, one)

    def partings(self) -> list[tuple[int, int]]:
        """Return every two places whose facts had not seen each other, the lower one first."""
        found: list[tuple[int, int]] = []
        for two, mask in enumerate(self.seen):
            rest = ((1 << two) - 1) & ~mask
            while rest:
                one = rest.bit_length() - 1
                rest ^= 1 << one
                if not self.seen[one] >> two & 1:
                    found.append((one, two))
        return found

    def heads(self) -> tuple[str, ...]:
        """Hashes of the facts that no other fact has seen, sorted."""
        return tuple(sorted(self.facts[at].hash for at in self.last(range(len(self.facts)))))

    def last(self, places: Iterable[int]) -> list[int]:
        """Return those of `places` that no other of them has seen, in the order given."""
        chosen = list(places)
        if len(chosen) < 2:
            return chosen
        covered = 0
        for at in chosen:
            covered |= self.seen[at]
        return [at for at in chosen if not covered >> at & 1]


def _canonical(facts: dict[str, Event]) -> tuple[Event, ...]:
    numbered = [event for event in facts.values() if event.seq is not None]
    numbered.sort(key=lambda event: event.seq or 0)
    if len(numbered) == len(facts):
        return tuple(numbered)
    return (*numbered, *_causal({h: event for h, event in facts.items() if event.seq is None}))


def _causal(pending: dict[str, Event]) -> list[Event]:
    """Pending facts so that each follows what it saw; of several that could be next, least id."""
    waits: dict[str, int] = {}
    frees: dict[str, list[str]] = {}
    for hash_, event in pending.items():
        parents = {parent for parent in event.base if parent in pending}
        waits[hash_] = len(parents)
        for parent in parents:
            frees.setdefault(parent, []).append(hash_)
    ready = [(pending[hash_].id, hash_) for hash_, count in waits.items() if not count]
    heapify(ready)
    ordered: list[Event] = []
    while ready:
        _, hash_ = heappop(ready)
        ordered.append(pending[hash_])
        for freed in frees.get(hash_, ()):
            waits[freed] -= 1
            if not waits[freed]:
                heappush(ready, (pending[freed].id, freed))
    return ordered
