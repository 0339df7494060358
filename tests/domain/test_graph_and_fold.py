"""Odd sets of facts: what the fold makes of gaps, strangers, copies and clocks."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations

import pytest

from dispatch.domain.bodies import Noted, Released, Resolved, Undone, Unknown
from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.codes import Light, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import Refused
from dispatch.domain.event import Event
from dispatch.domain.fold import evolve, fold, review_at
from dispatch.domain.graph import Graph
from dispatch.domain.incident import kin, light
from dispatch.domain.types import TYPES
from tests import byways
from tests import given as g
from tests.given import MemoryLog, act


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


def bare(name: str, *base: str, seq: int | None = None) -> Event:
    """A note that is nothing but a name and what it saw."""
    incident = g.given_reported(MemoryLog())
    event = replace(incident.facts[0], hash=name, id=name, base=base, seq=seq, sealed=())
    return replace(event, type="noted", body=Noted(), see_add=())


def test_numbered_facts_stand_by_number_and_pending_ones_behind_what_they_saw() -> None:
    facts = [bare("d", "b"), bare("b", "z", seq=2), bare("z", seq=1), bare("a", "d"), bare("c")]
    for order in permutations(facts):
        assert ["z", "b", "c", "d", "a"] == [event.hash for event in Graph(order).facts]


def test_a_fact_that_is_numbered_before_what_it_saw_still_has_seen_it() -> None:
    chain = [bare("a", seq=3), bare("b", "a", seq=2), bare("c", "b", "a", seq=1)]
    graph = Graph(chain)
    assert ["c", "b", "a"] == [event.hash for event in graph.facts]
    assert graph.saw(0, 1)
    assert graph.saw(0, 2)
    assert graph.saw(1, 2)
    assert ("c",) == graph.heads()
    assert [] == graph.partings()


def test_a_long_history_numbered_backwards_is_folded() -> None:
    """Ten thousand links would be too deep for a recursion."""
    names = [f"{n:05d}" for n in range(10_000)]
    first = bare(names[0], seq=10_000)
    chain = [first] + [
        replace(first, hash=name, id=name, base=(before,), seq=10_000 - at)
        for at, (before, name) in enumerate(pairwise(names), 1)
    ]
    assert (names[-1],) == Graph(chain).heads()


def test_the_copy_with_a_number_counts_whichever_comes_last(log: MemoryLog) -> None:
    incident = g.given_reported(log)
    pending = incident.facts[0]
    numbered = replace(pending, seq=7, received_at=pending.at, number="GD-2026-000001")
    assert "GD-2026-000001" == evolve(incident, numbered).number
    assert evolve(incident, numbered) == evolve(evolve(incident, numbered), pending)


def test_without_its_report_it_is_a_placeholder(log: MemoryLog) -> None:
    noted = act(log, g.given_reported(log).id, Verb.NOTE, text="x").facts[-1]
    placeholder = fold([noted])
    assert (None, 0, False, None, None) == (
        placeholder.state,
        placeholder.step,
        placeholder.open,
        placeholder.due_at,
        placeholder.source,
    )
    assert Light.NONE is light(placeholder, 0)


def test_a_type_from_the_future_is_kept_and_moves_nothing(log: MemoryLog) -> None:
    incident = g.given_filed(log)
    stranger = replace(
        incident.facts[-1], hash="f" * 64, type="teleported", body=Unknown(), base=incident.heads
    )
    after = evolve(incident, stranger)
    assert State.FILED is after.state
    assert ("f" * 64,) == after.heads
    log.folded[incident.id] = after
    with pytest.raises(Refused, match="something_followed type=teleported"):
        act(log, incident.id, Verb.UNFILE)


def forged(log: MemoryLog, body: Undone | Resolved, type_: str) -> State | None:
    incident = g.given_work(log)
    fact = replace(
        incident.facts[-1], hash="f" * 64, type=type_, body=body, base=incident.heads, sealed=()
    )
    return evolve(incident, fact).state


def test_no_undo_or_decision_leads_where_the_incident_never_was(log: MemoryLog) -> None:
    assert State.WORK is forged(log, Undone(undoes="x", to=State.CLOSED), "withdrawn")
    assert State.WORK is forged(log, Undone(undoes="x", to=State.EVAL), "withdrawn")
    assert State.WORK is forged(log, Resolved(keep=(), drop=(), to=State.CLOSED), "resolved")
    assert State.FILED is forged(log, Undone(undoes="x", to=State.FILED), "withdrawn")


def test_a_release_takes_back_an_absorption_and_nothing_else(log: MemoryLog) -> None:
    incident = g.given_work(log)
    signed = incident.facts[-1]
    body = Released(undoes=signed.hash, child="c")
    fact = replace(signed, hash="f" * 64, type="released", body=body, base=incident.heads)
    after = evolve(incident, fact)
    assert signed.hash in after.live
    assert State.WORK is after.state


def test_a_verdict_over_what_it_has_not_seen_is_none(log: MemoryLog) -> None:
    incident = g.given_work(log)
    signed = incident.facts[-1]
    early = replace(
        signed,
        hash="f" * 64,
        type="resolved",
        body=Resolved(keep=(), drop=(signed.hash, "unknown"), to=State.FILED),
        base=(incident.facts[1].hash,),
        sealed=(),
    )
    assert signed.hash in evolve(incident, early).live


def test_a_filing_without_its_report_has_no_state_before(log: MemoryLog) -> None:
    incident = g.given_filed(log)
    log.folded[incident.id] = replace(fold(incident.facts[1:]), village=g.VILLAGE)
    with pytest.raises(Refused, match="nothing_to_undo last=filed"):
        act(log, incident.id, Verb.UNFILE)


def test_two_first_facts_without_a_report_leave_nothing_when_both_are_dropped(
    log: MemoryLog,
) -> None:
    incident = byways.given_double_dispatch(log)
    orders = [event for event in incident.facts if event.type == "dispatched"]
    log.folded[incident.id] = replace(fold(orders), village=g.VILLAGE)
    with pytest.raises(Refused, match="nothing_left"):
        act(log, incident.id, Verb.RESOLVE, reason="neither")


def test_a_split_without_the_absorption_is_the_childs_alone(log: MemoryLog) -> None:
    child = byways.given_merged(log)
    master = log.folded[child.master or ""]
    log.folded[master.id] = fold(event for event in master.facts if event.type != "absorbed")
    before = len(log.kept)
    assert State.REPORTED is act(log, child.id, Verb.SPLIT).state
    assert 1 == len(log.kept) - before


def test_clocks_that_cannot_be_right_are_flagged_and_change_nothing(log: MemoryLog) -> None:
    incident = g.given_filed(log)
    reported, filed = incident.facts
    for wrong in (
        replace(filed, at=reported.at - HOUR),
        replace(filed, seq=2, received_at=filed.at - 6 * MINUTE),
        replace(filed, seq=2, received_at=filed.at, offset_ms=10 * MINUTE),
    ):
        folded = fold([reported, wrong])
        assert ((wrong.hash,), State.FILED) == (folded.suspect, folded.state)
    fine = replace(filed, seq=2, received_at=filed.at - 5 * MINUTE)
    assert () == fold([reported, fine]).suspect


def test_lights_follow_the_running_limit(log: MemoryLog) -> None:
    incident = g.given_reported(log)
    start = log.now
    assert [Light.GREEN, Light.YELLOW, Light.YELLOW, Light.RED] == [
        light(incident, start + at) for at in (0, 24 * MINUTE, 30 * MINUTE, 30 * MINUTE + 1)
    ]


def test_the_unit_that_has_it_stays_concerned_whatever_is_dropped(log: MemoryLog) -> None:
    sent = act(log, g.given_filed(log).id, Verb.DISPATCH, unit=g.VILLAGE)
    moved = act(log, sent.id, Verb.CORRECT, grid=g.NEXT_GRID)
    assert (g.VILLAGE, g.NEXT_VILLAGE) == moved.concerned


def test_kin_are_all_that_were_ever_merged(log: MemoryLog) -> None:
    child = byways.given_merged(log)
    master = child.master or ""
    split = act(log, child.id, Verb.SPLIT)
    assert ((master,), (child.id,)) == (kin(split), kin(log.folded[master]))


def test_a_review_date_is_the_requests(log: MemoryLog) -> None:
    work = g.given_work(log)
    review = log.now + 9 * DAY
    asked = act(log, work.id, Verb.ASK_HOLD, reason="season", review_at=review)
    assert review == review_at(asked, asked.facts[-1].hash)
    assert review_at(asked, "unknown") is None
    assert asked.fact("unknown") is None
    assert asked.latest("closed") is None


def test_no_type_clears_a_field_that_its_body_sets() -> None:
    for kind in TYPES.values():
        assert not set(kind.clears) & set(kind.body.__dataclass_fields__)


def test_heads_of_an_undo_and_a_note_made_apart_are_both() -> None:
    log = MemoryLog()
    incident = g.given_filed(log)
    other = log.fork("B")
    act(log, incident.id, Verb.UNFILE)
    act(other, incident.id, Verb.NOTE, text="x")
    log.take(kept.event for kept in other.kept)
    both = log.folded[incident.id]
    assert (2, State.REPORTED, ()) == (len(both.heads), both.state, both.contested)
