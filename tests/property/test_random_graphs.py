"""Random graphs of facts, each folded in five orders and read a second time."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from dispatch.domain import bodies as b
from dispatch.domain import bodies_oversight as o
from dispatch.domain.codes import Finding, Priority, ReturnReason, Stage, State, Supervision
from dispatch.domain.event import Event
from dispatch.domain.fold import evolve, fold
from dispatch.domain.incident import Incident
from dispatch.domain.sla import Limit
from dispatch.domain.types import TYPES
from tests import given as g
from tests.property import reference
from tests.random_bodies import shared_kinds

GRAPHS, ALL_GRAPHS = 500, 2_000
ORDERS = 5


def random_facts(rng: random.Random) -> list[Event]:
    """A report and up to eleven facts, each of which has seen some of those before it."""
    facts = [g.given_reported(g.MemoryLog()).facts[0]]
    facts[0] = replace(facts[0], hash="0" * 64, id="0" * 36)
    for at in range(1, rng.randint(2, 12)):
        parents = rng.sample(facts, k=min(len(facts), rng.choice((1, 1, 1, 2, 3))))
        facts.append(random_fact(rng, at, facts, parents))
    numbers = rng.sample(range(1, 40), k=len(facts))
    numbered = rng.random()
    return [
        replace(fact, seq=seq, received_at=fact.at) if rng.random() < numbered else fact
        for fact, seq in zip(facts, numbers, strict=True)
    ]


def random_fact(rng: random.Random, at: int, known: list[Event], parents: list[Event]) -> Event:
    hash_ = f"{rng.getrandbits(256):064x}"
    base = tuple(each.hash for each in parents)
    made = replace(known[0], hash=hash_, id=hash_[:36], base=base, at=known[0].at + at, see_add=())
    made = replace(made, sealed=("phone",) if rng.random() < 0.2 else ())
    seen = reference.Facts([*known, made])
    ancestors = [each for each in known if seen.saw(hash_, each.hash)]
    type_ = rng.choice(sorted(KINDS))
    return replace(made, type=type_, body=KINDS[type_](rng, ancestors))


def limits(rng: random.Random) -> tuple[Limit, ...]:
    stages = rng.sample(sorted(Stage), k=rng.randint(0, 2))
    return tuple(Limit(stage, 0, 8, rng.randint(9, 12)) for stage in stages)


def led_to(ancestors: list[Event], ended: bool) -> State:
    """A state that some fact before had led to, as every undo and decision does."""
    found = [State(to) for each in ancestors if (to := reference.state_of(each))]
    return found[-1] if ended or found[-1] not in ENDED else State.REPORTED


ENDED = {State.CLOSED, State.VOID, State.MERGED}


def undone(rng: random.Random, ancestors: list[Event]) -> b.Undone:
    undoes = rng.choice(ancestors[1:] or ancestors).hash
    return b.Undone(undoes=undoes, to=led_to(ancestors, ended=False))


def resolved(rng: random.Random, ancestors: list[Event]) -> b.Resolved:
    some = rng.sample(ancestors, k=rng.randint(0, len(ancestors)))
    cut = rng.randint(0, len(some))
    keep, drop = (tuple(each.hash for each in part) for part in (some[:cut], some[cut:]))
    return b.Resolved(keep=keep, drop=drop, to=led_to(ancestors, ended=True))


def given_card(rng: random.Random, ancestors: list[Event]) -> str:
    """A supervision that was seen, if there is one."""
    cards = [each.hash for each in ancestors if each.type == "supervised"]
    return rng.choice(cards or ["none"])


KINDS = {
    "filed": lambda rng, _: b.Filed(item=rng.choice(("0601", "0603")), limits=limits(rng)),
    **shared_kinds(limits),
    "signed": lambda _, __: b.Signed(),
    "returned": lambda rng, _: b.Returned(
        why=ReturnReason.NOT_OURS, from_unit=g.FIRE, limits=limits(rng)
    ),
    "hold_granted": lambda rng, _: b.HoldGranted(
        request=rng.choice("xy"), left_ms=1, limits=limits(rng)
    ),
    "hold_denied": lambda rng, _: b.Answered(request=rng.choice("xy")),
    "void_granted": lambda rng, _: b.Answered(request=rng.choice("xy")),
    "fed_back": lambda rng, _: b.FedBack(limits=limits(rng)),
    "inspected_pass": lambda rng, _: b.Passed(
        to=rng.choice((State.VISIT, State.EVAL)), drawn=1, limits=limits(rng)
    ),
    "closed": lambda _, __: b.Closed(on_time=True, archive_no="1-G"),
    "reopened": lambda rng, _: b.Reopened(limits=limits(rng)),
    "self_handled": lambda rng, _: o.SelfHandled(limits=limits(rng)),
    "recorded_only": lambda _, __: o.RecordedOnly(archive_no="1-B"),
    "extension_endorsed": lambda rng, _: o.ExtensionEndorsed(request=rng.choice("xy")),
    "extension_granted": lambda rng, _: o.ExtensionGranted(
        request=rng.choice("xy"), was_due=1, limits=limits(rng)
    ),
    "extension_denied": lambda rng, _: b.Answered(request=rng.choice("xy")),
    "supervised": lambda rng, _: o.Supervised(
        level=rng.choice(list(Supervision)), answer_by=rng.randint(1, 3), points=0
    ),
    "supervision_replied": lambda rng, ancestors: o.SupervisionReplied(
        card=given_card(rng, ancestors)
    ),
    "supervision_cancelled": lambda rng, ancestors: o.SupervisionCancelled(
        card=given_card(rng, ancestors)
    ),
    "merged": lambda rng, _: b.Merged(
        master=rng.choice("mn"), distance_m=0, apart_s=0, same_item=True
    ),
    "absorbed": lambda rng, _: b.Absorbed(child=rng.choice("cd")),
    "corrected": lambda rng, _: b.Corrected(
        priority=rng.choice((Priority.P1, Priority.P2, None)), limits=limits(rng)
    ),
    "noted": lambda _, __: b.Noted(),
    "verified": lambda _, __: b.Verified(finding=Finding.TRUE),
    "withdrawn": undone,
    "split": undone,
    "released": lambda rng, ancestors: b.Released(undoes=rng.choice(ancestors).hash, child="c"),
    "resolved": resolved,
}


def test_random_graphs_fold_alike_in_every_order_and_as_the_reference_reads_them() -> None:
    fold_alike(GRAPHS)


@pytest.mark.long
def test_many_random_graphs_fold_alike() -> None:
    fold_alike(ALL_GRAPHS)


def fold_alike(graphs: int) -> None:
    rng = random.Random(20260304)
    contested = states = 0
    seen: set[State | None] = set()
    for _ in range(graphs):
        facts = random_facts(rng)
        incident = fold(facts)
        for _ in range(ORDERS - 2):
            rng.shuffle(facts)
            assert incident == fold(facts)
        rng.shuffle(facts)
        grown: Incident | None = None
        for fact in facts:
            grown = evolve(grown, fact)
        assert incident == grown
        assert_as_reference(incident)
        contested += bool(incident.contested)
        states += incident.state is not None
        seen.add(incident.state)
    print(f"\n{graphs} graphs in {ORDERS} orders, {contested} contested; states {len(seen)}")
    assert contested > graphs // 4
    assert states == graphs
    assert len(seen) >= 10


def assert_as_reference(incident: Incident) -> None:
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


def test_the_reference_knows_every_type_that_moves() -> None:
    moves = {name for name, kind in TYPES.items() if kind.moves}
    assert moves == set(reference.LEADS_TO) | reference.SAYS_WHERE
