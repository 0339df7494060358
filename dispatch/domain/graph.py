"""The graph that facts form by what their authors had seen (`base`)."""

from __future__ import annotations

from collections.abc import Iterable

from dispatch.domain.event import Event


class Graph:
    """Facts in canonical order, with who saw whom as bit masks over that order.

    Canonical: numbered facts by number, then pending ones so that each follows what it saw,
    ties by id. Nothing else depends on numbers or clocks. A base that is not here yet counts
    as not seen; when it comes, the graph is made anew.
    """

    def __init__(self, facts: Iterable[Event]) -> None:
        self.facts = _canonical({event.hash: event for event in facts})
        self.place = {event.hash: index for index, event in enumerate(self.facts)}
        self.seen = self._seen()

    def _seen(self) -> list[int]:
        """Bit i of seen[j]: fact j had seen fact i. Facts may stand before what they saw."""
        masks: list[int | None] = [None] * len(self.facts)

        def mask(index: int) -> int:
            known = masks[index]
            if known is not None:
                return known
            total = 0
            for parent in self.facts[index].base:
                at = self.place.get(parent)
                if at is not None:
                    total |= mask(at) | 1 << at
            masks[index] = total
            return total

        return [mask(index) for index in range(len(self.facts))]

    def saw(self, later: int, earlier: int) -> bool:
        """Return whether fact `later` had seen fact `earlier` (places in `facts`)."""
        return bool(self.seen[later] >> earlier & 1)

    def apart(self, one: int, two: int) -> bool:
        """Return whether neither of two facts had seen the other."""
        return not self.saw(one, two) and not self.saw(two, one)

    def heads(self) -> tuple[str, ...]:
        """Hashes of the facts that no other fact has seen, sorted."""
        covered = 0
        for mask in self.seen:
            covered |= mask
        return tuple(
            sorted(fact.hash for at, fact in enumerate(self.facts) if not covered >> at & 1)
        )

    def last(self, places: Iterable[int]) -> list[int]:
        """Return those of `places` that no other of them has seen, in canonical order."""
        chosen = list(places)
        covered = 0
        for at in chosen:
            covered |= self.seen[at]
        return [at for at in chosen if not covered >> at & 1]


def _canonical(facts: dict[str, Event]) -> tuple[Event, ...]:
    numbered = sorted(
        (event for event in facts.values() if event.seq is not None),
        key=lambda event: event.seq or 0,
    )
    pending = {event.hash: event for event in facts.values() if event.seq is None}
    ordered: list[Event] = []
    while pending:
        ready = [
            event
            for event in pending.values()
            if not any(parent in pending for parent in event.base)
        ]
        chosen = min(ready, key=lambda event: event.id)
        ordered.append(pending.pop(chosen.hash))
    return (*numbered, *ordered)
