"""One more fact on top of the others gives what the fold of all of them gives."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from dispatch.domain import bodies as b
from dispatch.domain import bodies_oversight as o
from dispatch.domain import bodies_reporter as r
from dispatch.domain.calendar import HOUR
from dispatch.domain.codes import (
    BulletinPart,
    Channel,
    Priority,
    ReturnReason,
    Reward,
    Source,
    Stage,
    State,
    Supervision,
)
from dispatch.domain.event import Event
from dispatch.domain.fold import evolve, fold, whole
from dispatch.domain.growth import grown
from dispatch.domain.incident import Incident
from dispatch.domain.sla import Limit
from tests import given as g
from tests.random_bodies import shared_kinds

LIVES, ALL_LIVES = 100, 400
LONGEST = 14


def limits(rng: random.Random) -> tuple[Limit, ...]:
    return tuple(Limit(stage, 0, 8, rng.randint(9, 12)) for stage in rng.sample(sorted(Stage), 2))


def verdict(rng: random.Random, known: list[Event]) -> b.Undone:
    return b.Undone(undoes=rng.choice(known).hash, to=State.FILED)


KINDS: dict[str, Callable[[random.Random, list[Event]], b.Body]] = {
    "reported": lambda rng, _: b.Reported(
        source=Source.STATION,
        lon=1.0,
        lat=rng.random(),
        grid="g",
        village="v",
        found_at=1,
        temp="T",
    ),
    "filed": lambda rng, _: b.Filed(item=rng.choice(("0601", "0603")), limits=limits(rng)),
    "filing_confirmed": lambda _, __: b.Confirmed(),
    **shared_kinds(limits),
    "returned": lambda _, __: b.Returned(why=ReturnReason.NOT_OURS, from_unit=g.FIRE),
    "void_asked": lambda _, __: b.Asked(),
    "void_denied": lambda rng, known: b.Answered(request=rng.choice(known).hash),
    "hold_granted": lambda rng, known: b.HoldGranted(request=rng.choice(known).hash, left_ms=3),
    "inspected_fail": lambda rng, _: b.Failed(limits=limits(rng)),
    "inspected_pass": lambda _, __: b.Passed(to=State.VISIT, drawn=3),
    "called_back": lambda _, __: b.CalledBack(channel=Channel.PHONE, grade=5, to=State.CLOSED),
    "call_tried": lambda _, __: b.CallTried(channel=Channel.PHONE),
    "redone": lambda _, __: b.Redone(),
    "closed": lambda _, __: b.Closed(on_time=True, archive_no="1"),
    "reopened": lambda rng, _: b.Reopened(limits=limits(rng)),
    "absorbed": lambda rng, _: b.Absorbed(child=rng.choice("cd")),
    "corrected": lambda rng, _: b.Corrected(priority=rng.choice((*Priority, None)), grid="h"),
    "instructed": lambda _, __: o.Instructed(),
    "informed": lambda rng, _: o.Informed(
        part=rng.choice(list(BulletinPart)), way=Channel.PHONE, nth=0, due=None
    ),
    "reporter_told": lambda _, __: r.ReporterTold(channel=Channel.PHONE),
    "reward_decided": lambda rng, _: r.RewardDecided(reward=rng.choice(list(Reward)), yuan=3),
    "recorded_only": lambda _, __: o.RecordedOnly(archive_no="1"),
    "extension_asked": lambda _, __: o.ExtensionAsked(days=1, natural=True, until=9, nth=1),
    "extension_granted": lambda rng, known: o.ExtensionGranted(
        request=rng.choice(known).hash, was_due=3, limits=limits(rng)
    ),
    "supervised": lambda rng, _: o.Supervised(
        level=rng.choice(list(Supervision)), answer_by=rng.randint(1, 9), points=0
    ),
    "supervision_replied": lambda rng, known: o.SupervisionReplied(card=rng.choice(known).hash),
    "supervision_cancelled": lambda rng, known: o.SupervisionCancelled(card=rng.choice(known).hash),
    "arrived": lambda rng, _: b.Arrived(arrived_at=rng.randint(1, 9)),
    "noted": lambda _, __: b.Noted(),
    "withdrawn": verdict,
    "unit_told_off": lambda _, __: b.UnitToldOff(told_off=g.FIRE),
    "teleported": lambda _, __: b.Unknown(),
}


def a_fact(rng: random.Random, known: list[Event], base: tuple[str, ...]) -> Event:
    hash_ = f"{rng.getrandbits(256):064x}"
    type_ = rng.choice(sorted(KINDS))
    late = rng.choice((0, 0, 0, HOUR, -HOUR))
    return replace(
        known[0],
        hash=hash_,
        id=hash_[:36],
        base=base,
        at=known[-1].at + 1000 + late,
        type=type_,
        body=KINDS[type_](rng, known),
        sealed=rng.choice(((), (), ("phone",), ("phone", "text"))),
        see_add=rng.choice(((), (), (), ("n1",), ("n2", g.FIRE))),
        see_drop=("n1",) if rng.random() < 0.03 else (),
        seq=None,
    )


def a_life(rng: random.Random) -> list[tuple[Incident, Event]]:
    """Incidents with the fact that comes to each: mostly on top of all, now and then beside."""
    first = g.given_reported(g.MemoryLog()).facts[0]
    numbered = rng.random() < 0.5
    if rng.random() < 0.2:
        first = replace(first, type="noted", body=b.Noted(), see_add=(), sealed=())
    incident = whole([replace(first, seq=1 if numbered else None, received_at=first.at)])
    steps: list[tuple[Incident, Event]] = []
    for number in range(2, LONGEST):
        beside = rng.random() < 0.08
        base = (rng.choice(incident.facts).hash,) if beside else incident.heads
        fact = a_fact(rng, list(incident.facts), base)
        if numbered and rng.random() < 0.9:
            fact = replace(fact, seq=number, received_at=first.at + rng.choice((0, 2 * HOUR)))
        steps.append((incident, fact))
        incident = whole((*incident.facts, fact))
    return steps


def test_growing_equals_folding_anew() -> None:
    growing_equals_folding(LIVES)


@pytest.mark.long
def test_growing_many_lives_equals_folding_anew() -> None:
    growing_equals_folding(ALL_LIVES)


def growing_equals_folding(lives: int) -> None:
    rng = random.Random(20261122)
    quick = slow = 0
    for _ in range(lives):
        for incident, fact in a_life(rng):
            expected = whole((*incident.facts, fact))
            after = grown(incident, (fact,))
            assert after is None or expected == after
            assert expected == evolve(incident, fact)
            assert expected == fold((*incident.facts, fact))
            quick += after is not None
            slow += after is None
    assert min(quick, slow) > LIVES  # both ways are gone often


def test_the_first_fact_grows_out_of_nothing() -> None:
    rng = random.Random(5)
    first = g.given_reported(g.MemoryLog()).facts[0]
    for _ in range(ALL_LIVES):
        fact = a_fact(rng, [first], ())
        assert whole([fact]) == evolve(None, fact)


def test_whoever_has_not_seen_all_of_it_changes_more_than_what_he_says() -> None:
    incident = g.given_work(g.MemoryLog())
    fact = replace(incident.facts[-1], hash="f" * 64, base=incident.facts[1].base)

    assert grown(incident, (fact,)) is None
    assert evolve(incident, fact).contested


def test_two_units_that_were_both_let_stand_stay_concerned() -> None:
    filed = g.given_filed(g.MemoryLog())
    head = filed.facts[-1]
    orders = [
        replace(
            head,
            hash=mark * 64,
            id=mark * 36,
            base=filed.heads,
            type="dispatched",
            body=b.Dispatched(unit=unit, order_no=mark, limits=()),
        )
        for mark, unit in (("a", g.FIRE), ("b", g.POLICE))
    ]
    both = tuple(order.hash for order in orders)
    verdict = b.Resolved(keep=both, drop=(), to=State.SENT)
    resolved = replace(head, hash="c" * 64, id="c" * 36, base=both, type="resolved", body=verdict)
    note = replace(
        head, hash="d" * 64, id="d" * 36, base=(resolved.hash,), type="noted", body=b.Noted()
    )
    decided = whole((*filed.facts, *orders, resolved))

    after = evolve(decided, note)

    assert not after.contested
    assert {g.FIRE, g.POLICE} <= set(after.concerned)
    assert whole((*decided.facts, note)) == after
