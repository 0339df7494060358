"""Random histories of acts, by one seat and by three that meet now and then."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.acts.perform import perform
from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.codes import PUBLIC, Priority, Source, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Event
from dispatch.domain.fold import evolve, fold
from dispatch.domain.incident import Incident
from tests import given as g
from tests.property.branches import SIDES, Beginning, Side, commands

MERGEABLE = {"reported", "verify", "filed", "sent", "work"}
OPEN_ENDED = {"city", "hold", "done", "visit", "eval"} | MERGEABLE
MAY: dict[str, tuple[set[str | None], set[str]]] = {
    "reported": ({None}, {"reported"}),
    "self_handled": ({"reported"}, {"done"}),
    "self_handling_refused": ({"done"}, {"void"}),
    "recorded_only": ({"reported"}, {"closed"}),
    "verify_asked": ({"reported"}, {"verify"}),
    "verified": ({"verify"}, {"reported"}),
    "filed": ({"reported"}, {"filed"}),
    "unfiled": ({"filed"}, {"reported"}),
    "refusal_granted": ({"reported"}, {"void"}),
    "void_granted": (set(MERGEABLE), {"void"}),
    "restored": ({"void"}, MERGEABLE | {"done"}),
    "dispatched": ({"filed"}, {"sent"}),
    "stood_down": ({"sent"}, {"filed"}),
    "signed": ({"sent"}, {"work"}),
    "unsigned": ({"work"}, {"sent"}),
    "returned": ({"sent", "work"}, {"filed"}),
    "reassigned": ({"sent", "work"}, {"sent"}),
    "hold_granted": ({"work"}, {"hold"}),
    "resumed": ({"hold"}, {"work"}),
    "joint_ordered": ({"work"}, {"work"}),
    "escalation_granted": ({"filed", "work"}, {"city"}),
    "city_assigned": ({None}, {"filed"}),
    "city_returned": ({"city"}, {"work"}),
    "city_done": ({"city"}, {"done"}),
    "fed_back": ({"work"}, {"done"}),
    "withdrawn": ({"done"}, {"work"}),
    "inspected_pass": ({"done"}, {"visit", "eval"}),
    "inspected_fail": ({"done"}, {"work"}),
    "rechecked": ({"visit", "eval"}, {"done"}),
    "called_back": ({"visit"}, {"visit", "eval"}),
    "dissatisfaction_accepted": ({"visit"}, {"eval"}),
    "redone": ({"visit"}, {"work"}),
    "closed": ({"eval", "merged"}, {"closed"}),
    "reopened": ({"closed"}, {"filed"}),
    "merged": (set(MERGEABLE), {"merged"}),
    "split": ({"merged"}, MERGEABLE),
}
"""The life cycle's table once more: type of the fact, state before, state after."""


PUSH = 0.6
"""How often an act that carries an incident on is tried before the others."""
ONWARD = {
    Verb.FILE,
    Verb.DISPATCH,
    Verb.SIGN,
    Verb.ASK_HOLD,
    Verb.GRANT_HOLD,
    Verb.RESUME,
    Verb.CITY_DONE,
    Verb.FEEDBACK,
    Verb.INSPECT_PASS,
    Verb.CALL_BACK,
    Verb.ACCEPT,
    Verb.CLOSE,
}


def begin(log: g.MemoryLog, source: Source, item: str) -> Beginning:
    x, y, z = (g.given_reported(log, source=source, item=item) for _ in range(3))
    return Beginning(log, x, y, z)


def step(log: g.MemoryLog, given_: Beginning, side: Side, rng: random.Random) -> bool:
    """Do one act that the rules allow, chosen at random, some time later; False when none is."""
    log.now += rng.choice((MINUTE, 20 * MINUTE, 3 * HOUR, DAY))
    parts = [given_.x, given_.y, given_.z]
    rng.shuffle(parts)
    tried = list(commands(log, Beginning(log, *parts), side, log.now))
    rng.shuffle(tried)
    # Most acts are allowed in early states; without a push no life would come to its end.
    if rng.random() < PUSH:
        tried.sort(key=lambda each: each[1].verb not in ONWARD)
    for role, command in tried:
        try:
            perform(log, command, side.person(role, command.verb), log.now)
        except (Refused, BadInput):
            continue
        return True
    return False


def check_straight(events: tuple[Event, ...], source: Source) -> set[str]:
    """Walk a history that nobody forked; return the states it went through."""
    known: Incident | None = None
    went: list[str] = []
    for event in events:
        before = known.state.value if known and known.state else None
        known = evolve(known, event)
        state = known.state
        assert state is not None
        if event.type in MAY:
            froms, tos = MAY[event.type]
            assert before in froms, (event.type, before)
            assert state in tos, (event.type, state)
        else:
            assert before == state, event.type
        if event.type == "closed":
            check_closing(event, known, before, source)
        assert not known.contested
        went.append(state)
    return set(went)


def check_closing(event: Event, after: Incident, before: str | None, source: Source) -> None:
    """From EVAL, past a pass and, where it must be, a call-back; or as a child."""
    if getattr(event.body, "with_master", None):
        assert before == "merged"
        assert event.unit is not None
        assert event.unit.i > 1
        return
    assert before == "eval"
    life = [fact.type for fact in after.facts if after.lives(fact)]
    done = max(at for at, type_ in enumerate(life) if type_ in {"fed_back", "city_done"})
    assert "inspected_pass" in life[done:]
    if source in PUBLIC or after.priority is Priority.P1:
        assert {"called_back", "dissatisfaction_accepted"} & set(life[done:])


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32),
    st.sampled_from([Source.HOTLINE, Source.STATION]),
    st.sampled_from([g.FIRE_ITEM, g.P1_ITEM, g.WORKING_ITEM]),
)
def test_a_random_life_goes_only_where_the_life_cycle_goes(
    seed: int, source: Source, item: str
) -> None:
    rng = random.Random(seed)
    log = g.MemoryLog()
    start = begin(log, source, item)
    for _ in range(30):
        step(log, start, rng.choice(SIDES), rng)
    for incident in (start.x, start.y, start.z):
        events = tuple(k.event for k in log.kept if k.event.subject.id == incident.id)
        check_straight(events, source)
    check_units([kept.event for kept in log.kept])


def check_units(events: list[Event]) -> None:
    """What one command did to several incidents is all there, counted from 1 to n."""
    units: dict[str, list[tuple[int, int]]] = {}
    for event in events:
        if event.unit is not None:
            units.setdefault(event.unit.id, []).append((event.unit.i, event.unit.n))
        elif event.type in {"merged", "absorbed", "split", "released"}:
            raise AssertionError(event.type)
    for marks in units.values():
        assert [(i, len(marks)) for i in range(1, len(marks) + 1)] == marks


def test_random_lives_reach_every_state_and_close() -> None:
    """So that the histories above cannot be short or tame."""
    states: set[str] = set()
    rng = random.Random(9)
    for _ in range(400):
        if set(State) == states:
            break
        log = g.MemoryLog()
        start = begin(log, rng.choice([Source.HOTLINE, Source.STATION]), g.FIRE_ITEM)
        for _ in range(30):
            step(log, start, SIDES[0], rng)
            states |= {each.state for each in log.folded.values() if each.state}
    assert set(State) == states


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_three_seats_that_meet_now_and_then_end_with_the_same(seed: int) -> None:
    """Whoever learns what in which order: all fold to the same, bit by bit."""
    rng = random.Random(seed)
    first = g.MemoryLog("A")
    start = begin(first, Source.HOTLINE, g.FIRE_ITEM)
    seats = [first, first.fork("B"), first.fork("C")]
    known = [set(_hashes(seat)) for seat in seats]
    for _ in range(24):
        at = rng.randrange(3)
        step(seats[at], start, SIDES[at % 2], rng)
        known[at] |= set(_hashes(seats[at]))
        if rng.random() < 0.2:
            giver, taker = rng.sample(range(3), k=2)
            meet(seats, known, giver, taker, rng)
    for one, two in ((0, 1), (1, 2), (0, 2), (0, 1)):
        meet(seats, known, one, two, rng)
        meet(seats, known, two, one, rng)
    for id_ in (start.x.id, start.y.id, start.z.id):
        assert seats[0].folded[id_] == seats[1].folded[id_] == seats[2].folded[id_]
        facts = list(seats[0].folded[id_].facts)
        for _ in range(3):
            rng.shuffle(facts)
            assert seats[0].folded[id_] == fold(facts)
        closed_only_as_told(seats[0].folded[id_])


def closed_only_as_told(incident: Incident) -> None:
    """However facts collide: closed means that a closing stands that was done from EVAL."""
    if incident.state is not State.CLOSED:
        return
    closing = incident.latest("closed")
    if closing is None:  # for information only
        assert incident.latest("recorded_only") is not None
        return
    seen = [fact for fact in incident.facts if fact.hash in closing.base]
    if not getattr(closing.body, "with_master", None):
        ancestors = ancestors_of(incident, closing)
        assert fold(ancestors).state is State.EVAL
    assert seen


def ancestors_of(incident: Incident, event: Event) -> list[Event]:
    found: dict[str, Event] = {}
    wanted = list(event.base)
    while wanted:
        fact = incident.fact(wanted.pop())
        if fact is not None and fact.hash not in found:
            found[fact.hash] = fact
            wanted += fact.base
    return list(found.values())


def _hashes(log: g.MemoryLog) -> list[str]:
    return [event.hash for facts in log.facts.values() for event in facts]


def meet(
    seats: list[g.MemoryLog], known: list[set[str]], giver: int, taker: int, rng: random.Random
) -> None:
    """The taker learns all that the giver knows and it does not, in any order."""
    new = [
        event
        for facts in seats[giver].facts.values()
        for event in facts
        if event.hash not in known[taker]
    ]
    rng.shuffle(new)
    seats[taker].take(new)
    known[taker] |= {event.hash for event in new}
