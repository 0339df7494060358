"""A whistle (吹哨): a joint order whose parts are signed for by an answer with four facts."""

from __future__ import annotations

import pytest

from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.codes import Stage, SubState
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput
from dispatch.domain.incident import Incident
from dispatch.domain.subs import Sub
from tests import given as g
from tests.given import MemoryLog, act


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


def blown(log: MemoryLog) -> Incident:
    work = g.given_work(log)
    said = {
        "unit": g.FIRE,
        "assists": (g.POLICE,),
        "answer_by": log.now + 30 * MINUTE,
    }  # an act is a minute
    return act(log, work.id, Verb.JOINT, **said)


def part(incident: Incident) -> Sub:
    (found,) = incident.subs
    return found


def answer(log: MemoryLog, hours: int = 3) -> dict[str, object]:
    return {"at": log.now, "talked": "某书记", "text": "清障", "due": log.now + hours * HOUR}


def test_its_clock_is_the_time_to_answer(log: MemoryLog) -> None:
    waits = part(blown(log))
    clock = waits.clock()
    assert clock is not None
    assert (Stage.SIGN_IN, 29 * MINUTE) == (clock.stage, clock.due - clock.start)
    assert (True, None, None, "") == (
        waits.whistle,
        waits.accepted_at,
        waits.promised,
        waits.answer,
    )


def test_the_answer_is_kept_whole(log: MemoryLog) -> None:
    joint = blown(log)
    said = answer(log)
    told = act(log, joint.id, Verb.SUB_SIGN, **said)
    sub, event = part(told), told.facts[-1]
    assert (SubState.WORK, said["at"], said["due"], event.hash) == (
        sub.state,
        sub.accepted_at,
        sub.promised,
        sub.answer,
    )
    assert {"talked", "measure"} <= set(event.sealed)
    assert joint.sealed == told.sealed


@pytest.mark.parametrize("missing", ["at", "talked", "text", "due"])
def test_an_answer_that_misses_a_fact_is_refused(log: MemoryLog, missing: str) -> None:
    joint = blown(log)
    said = {name: value for name, value in answer(log).items() if name != missing}
    with pytest.raises(BadInput, match="四要素") as refused:
        act(log, joint.id, Verb.SUB_SIGN, **said)
    assert missing == refused.value.where
    assert SubState.SENT is part(log.folded[joint.id]).state


@pytest.mark.parametrize(
    ("name", "by"),
    [("at", 2 * MINUTE), ("at", -9 * DAY), ("due", -9 * HOUR), ("due", 400 * DAY)],
)
def test_times_that_cannot_be_are_refused(log: MemoryLog, name: str, by: int) -> None:
    joint = blown(log)
    said = answer(log)
    moved = {**said, name: int(str(said[name])) + by}
    with pytest.raises(BadInput) as refused:
        act(log, joint.id, Verb.SUB_SIGN, **moved)
    assert name == refused.value.where


@pytest.mark.parametrize("by", [0, -1, 400 * DAY])
def test_a_time_to_answer_lies_ahead_within_a_year(log: MemoryLog, by: int) -> None:
    work = g.given_work(log)
    with pytest.raises(BadInput) as refused:
        act(log, work.id, Verb.JOINT, unit=g.FIRE, assists=(g.POLICE,), answer_by=log.now + by)
    assert "answer_by" == refused.value.where


def test_a_plain_part_has_no_answer(log: MemoryLog) -> None:
    work = g.given_work(log)
    joint = act(log, work.id, Verb.JOINT, unit=g.FIRE, assists=(g.POLICE,))
    for name, value in answer(log).items():
        if name != "text":
            with pytest.raises(BadInput, match="不是吹哨"):
                act(log, joint.id, Verb.SUB_SIGN, **{name: value})
    signed = part(act(log, joint.id, Verb.SUB_SIGN, text="收到"))
    assert (False, None) == (signed.whistle, signed.accepted_at)


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_answers_made_apart_the_earlier_promise_stands(
    log: MemoryLog, *, turned: bool
) -> None:
    joint = blown(log)
    other, start = log.fork("B"), log.now
    act(log, joint.id, Verb.SUB_SIGN, **answer(log, 5 if turned else 2))
    act(other, joint.id, Verb.SUB_SIGN, **answer(other, 2 if turned else 5))
    log.take(kept.event for kept in other.kept)
    assert start + 2 * HOUR == part(log.folded[joint.id]).promised


def test_an_order_that_comes_again_is_answered_again(log: MemoryLog) -> None:
    joint = blown(log)
    act(log, joint.id, Verb.SUB_SIGN, **answer(log))
    act(log, joint.id, Verb.SUB_EXCUSE, unit=g.POLICE, reason="enough")
    said = {"unit": g.FIRE, "assists": (g.POLICE,), "answer_by": log.now + HOUR}
    again = part(act(log, joint.id, Verb.JOINT, **said))
    assert (True, None, SubState.SENT) == (again.whistle, again.promised, again.state)
