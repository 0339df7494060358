"""The collision rule over three branches of one act each, from every state, all acts.

Three seats act on one incident and none of them knows of the others. What the fold makes of it is
held against the reference (`reference.py`), in every order of arrival and under two numberings.
"""

from __future__ import annotations

from itertools import combinations_with_replacement, permutations

import pytest

from dispatch.domain.fold import fold
from dispatch.domain.incident import Incident
from tests.property.branches import GIVEN, SIDES, THIRD, Beginning, Branch, events_made, tries
from tests.property.test_collisions_exhaustive import (
    SETTLED,
    SETTLED_NAMES,
    Facts,
    Tally,
    beginnings_named,
    depends_on_order,
    endings_are_refused,
    numbered,
    reference_agrees,
    resolves_settle,
)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", GIVEN)
def test_all_threes_of_branches_fold_as_the_rule_says(name: str) -> None:
    """Every three acts; the seats differ in names and figures only, so each three once."""
    given = dict(beginnings_named(name))[name]
    sides = [
        [Branch((verb,), events_made(log)) for verb, log in tries(given, side)]
        for side in (*SIDES, THIRD)
    ]
    assert [each.verbs for each in sides[0]] == [each.verbs for each in sides[2]]
    tally = Tally()
    done: set[tuple[str, ...]] = set()
    for places in combinations_with_replacement(range(len(sides[0])), 3):
        three = [side[at] for side, at in zip(sides, places, strict=True)]
        tally.count["threes of branches"] += 1
        shared = set.intersection(*(set(each.events) for each in three))
        for id_ in sorted(shared):
            parts = [each.events[id_] for each in three]
            last = tuple(part[-1].hash for part in parts)
            if last not in done:
                done.add(last)
                check(given, id_, parts, tally)
    counts = ", ".join(f"{count} {what}" for what, count in sorted(tally.count.items()))
    print(f"\n{name}: {len(sides[0])} acts a side, {counts}; states {sorted(tally.states)}")
    assert tally.count["histories"] > 0


def check(given: Beginning, id_: str, parts: list[Facts], tally: Tally) -> None:
    base = given.log.folded[id_].facts
    incident = arrivals_agree(base, parts)
    numberings_agree(base, parts, incident)
    pairs = reference_agrees(incident)
    tally.count["histories"] += 1
    if incident.state:
        tally.states.add(incident.state)
    if pairs:
        tally.count["contested"] += 1
        # No branch has seen another: a fact may be in two pairs, and one decision ends them all.
        endings_are_refused(incident, given)
        resolves_settle(incident, pairs, tally)


def arrivals_agree(base: Facts, parts: list[Facts]) -> Incident:
    """All six orders of the branches, the beginning first, last or in between."""
    first, *others = permutations(parts)
    incident = fold((*base, *flat(first)))
    for place, order in enumerate(others):
        match place % 3:
            case 0:
                arrived = (*flat(order), *base)
            case 1:
                arrived = (*order[0], *base[::-1], *order[1], *order[2])
            case _:
                arrived = (*base, *flat(order))
        assert incident == fold(arrived)
    return incident


def flat(order: tuple[Facts, ...]) -> Facts:
    return tuple(event for part in order for event in part)


def numberings_agree(base: Facts, parts: list[Facts], pending: Incident) -> None:
    """The hub may number any branch first: fields that are marked may show another value."""
    for order in (tuple(parts), tuple(parts[::-1])):
        incident = fold(numbered((*base, *flat(order)))[::-1])
        if SETTLED(incident) != SETTLED(pending):
            for name in SETTLED_NAMES:
                same = getattr(incident, name) == getattr(pending, name)
                assert same or depends_on_order(name, pending), name
