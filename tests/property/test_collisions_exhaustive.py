"""The collision rule over two branches of up to two acts each, from every state, all acts.

What the fold makes of every pair of branches is held against a reference written from the words
of the rule alone (`reference.py`), in several orders of arrival and under several numberings.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from operator import attrgetter
from typing import Final

import pytest

from dispatch.domain.codes import ENDED, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide import decide
from dispatch.domain.errors import Refused
from dispatch.domain.event import Event
from dispatch.domain.fold import evolve, fold
from dispatch.domain.incident import Incident
from dispatch.domain.may import NEW
from tests import given as g
from tests.property import reference
from tests.property.branches import (
    GIVEN,
    SIDES,
    Beginning,
    Branch,
    beginnings,
    branches,
    tries,
)

Facts = tuple[Event, ...]
SETTLED_NAMES = tuple(f.name for f in fields(Incident) if f.name not in {"facts", "number"})
"""All fields but those that the numbers are part of."""
SETTLED = attrgetter(*SETTLED_NAMES)


@dataclass(slots=True)
class Tally:
    """What was tried, for the line that the test prints."""

    count: Counter[str] = field(default_factory=Counter)
    states: set[State] = field(default_factory=set)
    types: set[str] = field(default_factory=set)


ONE_IN: Final = {2: 1, 3: 4, 4: 32}
"""Of pairs with so many acts together `make test` tries one in so many; `check-long` tries all."""


@pytest.mark.parametrize("name", GIVEN)
def test_two_branches_fold_as_the_rule_says(name: str) -> None:
    """Every pair of one act each, and every so many of those with more."""
    tried(name, every=False)


@pytest.mark.long
@pytest.mark.timeout(1800)  # a joint order has the most acts
@pytest.mark.parametrize("name", GIVEN)
def test_all_pairs_of_branches_fold_as_the_rule_says(name: str) -> None:
    """Every pair of branches."""
    tried(name, every=True)


def tried(name: str, *, every: bool) -> None:
    """Hold pairs of branches: equal in every order, and as the reference reads the rule."""
    given = dict(beginnings_named(name))[name]
    left, right = (branches(given, side) for side in SIDES)
    assert [each.verbs for each in left] == [each.verbs for each in right]
    tally = Tally()
    done: set[tuple[str, str]] = set()
    for at, mine in enumerate(left):
        # The sides differ in names and figures only: each unordered pair once.
        for yours in right[at:]:
            if not (every or chosen(mine, yours)):
                continue
            tally.count["pairs of branches"] += 1
            for id_ in mine.events.keys() & yours.events.keys():
                ours = mine.events[id_], yours.events[id_]
                last = ours[0][-1].hash, ours[1][-1].hash
                if last not in done:
                    done.add(last)
                    check(given, id_, *ours, tally)
    counts = ", ".join(f"{count} {what}" for what, count in sorted(tally.count.items()))
    print(f"\n{name}: {len(left)} branches a side, {counts}; states {sorted(tally.states)}")
    assert tally.count["histories"] > 0
    assert tally.count["contested"] > 0


def chosen(mine: Branch, yours: Branch) -> bool:
    """Whether a pair is tried each time: by its acts' names, so that it is always the same one."""
    verbs = (*mine.verbs, *yours.verbs)
    return zlib.crc32("|".join(verbs).encode()) % ONE_IN[len(verbs)] == 0


def beginnings_named(name: str) -> list[tuple[str, Beginning]]:
    return [(each, given) for each, given in beginnings() if each == name]


def check(given: Beginning, id_: str, mine: Facts, yours: Facts, tally: Tally) -> None:
    base = given.log.folded[id_].facts
    incident = arrivals_agree(base, mine, yours, tally)
    numberings_agree(base, mine, yours, incident)
    pairs = reference_agrees(incident)
    tally.count["histories"] += 1
    if incident.state:
        tally.states.add(incident.state)
    if pairs:
        tally.count["contested"] += 1
        endings_are_refused(incident, given)
        resolves_settle(incident, pairs, tally)


def arrivals_agree(base: Facts, mine: Facts, yours: Facts, tally: Tally) -> Incident:
    """Two orders of arrival, for a contested one three; every hundredth also fact by fact."""
    order = (*base, *mine, *yours)
    incident = fold(order)
    assert incident == fold(order[::-1])
    if incident.contested:
        assert incident == fold((*yours[::-1], *base, *mine))
    if tally.count["histories"] % 100 == 0:
        grown: Incident | None = None
        for event in (*mine[::-1], *base[::2], *yours, *base[1::2], *mine):
            grown = evolve(grown, event)
        assert incident == grown
        tally.count["grown fact by fact"] += 1
    return incident


def numberings_agree(base: Facts, mine: Facts, yours: Facts, pending: Incident) -> None:
    """The hub may number either branch first: fields that are marked may show another value.

    The numbered facts come in reverse, which is one more order of arrival.
    """
    orders = [(*base, *yours, *mine)]
    if pending.contested or pending.marked:
        orders.append((*base, *mine, *yours))
    for order in orders:
        incident = fold(numbered(order)[::-1])
        if SETTLED(incident) != SETTLED(pending):
            for name in SETTLED_NAMES:
                same = getattr(incident, name) == getattr(pending, name)
                assert same or depends_on_order(name, pending), name


def depends_on_order(name: str, incident: Incident) -> bool:
    # Which of two colliding sealed texts, and in which order requests made apart are shown.
    if name == "sealed":
        return bool(incident.contested)
    return name == "requests" or name in incident.marked


def numbered(order: Facts) -> Facts:
    return tuple(_with_number(event, seq) for seq, event in enumerate(order, 1))


_NUMBERED: dict[tuple[str, int], Event] = {}


def _with_number(event: Event, seq: int) -> Event:
    """The same numbered fact again and again: making one costs more than looking it up."""
    key = event.hash, seq
    if key not in _NUMBERED:
        _NUMBERED[key] = replace(event, seq=seq)
    return _NUMBERED[key]


def reference_agrees(incident: Incident) -> set[tuple[str, str]]:
    facts = reference.Facts(incident.facts)
    pairs = reference.pairs_of(facts)
    assert pairs == {(pair.one, pair.two) for pair in incident.contested}
    stands = reference.standing(facts, pairs)
    assert stands == set(incident.live)
    state = reference.state(facts, pairs)
    assert state == incident.state
    assert reference.due_at(facts, stands, state) == incident.due_at
    card = incident.card
    assert reference.card(facts, stands) == ((card.hash, card.replied) if card else None)
    assert reference.extensions(facts, stands) == incident.extensions
    return pairs


def endings_are_refused(incident: Incident, given: Beginning) -> None:
    """A contested incident takes no close, no void, no merge, neither as child nor as master."""
    other = given.z
    known = {incident.id: incident, other.id: other}
    commands = [
        Command(verb=verb, incident=incident.id)
        for verb in (Verb.CLOSE, Verb.GRANT_VOID, Verb.GRANT_REFUSE, Verb.RECORD_ONLY)
    ]
    commands.append(Command(verb=Verb.MERGE, incident=incident.id, into=other.id))
    commands.append(Command(verb=Verb.MERGE, incident=other.id, into=incident.id))
    for command in commands:
        with pytest.raises(Refused) as refused:
            decide(command, g.CHIEF, g.town_rules(), known, given.log.now)
        assert refused.value.code in {"contested", "wrong_state", "already_merged"}


def resolves_settle(incident: Incident, pairs: set[tuple[str, str]], tally: Tally) -> None:
    """One decision that saw both leaves no pair; two made apart are contested again."""
    one, two = min(pairs)
    left = resolve_of(incident, (one,), "left")
    right = resolve_of(incident, (two,), "right")
    settled = fold((*incident.facts, left))
    assert () == settled.contested
    assert left.body.to is settled.state  # type: ignore[attr-defined]
    again = fold((right, *incident.facts, left))
    assert {(left.hash, right.hash)} == {(p.one, p.two) for p in again.contested}
    reference_agrees(again)
    tally.count["resolved"] += 1


def resolve_of(incident: Incident, keep: Sequence[str], name: str) -> Event:
    command = Command(verb=Verb.RESOLVE, incident=incident.id, reason="why", keep=tuple(keep))
    _, drafts = decide(command, g.CHIEF, g.town_rules(), {incident.id: incident}, g.START)
    last = incident.facts[-1]
    hash_ = sha256(f"{name}{incident.version}".encode()).hexdigest()
    # So that (left, right) is the sorted pair.
    hash_ = f"{'0' if name == 'left' else 'f'}{hash_[1:]}"
    made = replace(last, hash=hash_, id=hash_[:36], type="resolved", body=drafts[0].body)
    return replace(made, base=incident.heads, sealed=(), see_add=(), see_drop=(), unit=None)


def test_the_beginnings_are_every_state_the_acts_reach() -> None:
    assert set(State) == {given.x.state for _, given in beginnings()}


def test_every_act_is_in_some_branch() -> None:
    """The model cannot say it tried all acts when one of them never happened."""
    missing = set(Verb) - set(NEW)
    for _, given in beginnings():
        found = {verb.split()[0] for verb, _ in tries(given, SIDES[0])}
        assert found <= set(Verb) - set(NEW)
        missing -= found
    for _, given in beginnings():
        # What no seat can begin with comes second somewhere: a consent to one's own request.
        if not missing:
            break
        missing -= {verb.split()[0] for each in branches(given, SIDES[0]) for verb in each.verbs}
    assert set() == missing


def test_ended_states_are_what_the_rule_calls_closed() -> None:
    assert {State.CLOSED, State.VOID, State.MERGED} == ENDED
