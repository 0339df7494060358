"""More time, T11: asked before the end, granted in one grade or in two, twice at most."""

from __future__ import annotations

import pytest

from dispatch.domain.calendar import DAY, MINUTE
from dispatch.domain.codes import Role, State
from dispatch.domain.command import Verb
from dispatch.domain.decide_extension import ENGINEERING
from dispatch.domain.errors import BadInput
from tests import given as g
from tests.domain.doing import act, refused
from tests.given import MemoryLog

SECOND_CHIEF = g.person("chief2", Role.CHIEF)


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


def test_the_chief_grants_the_first_and_the_first_end_is_kept(log: MemoryLog) -> None:
    work = g.given_work(log)
    due = work.due_at or 0
    asked = act(log, work.id, Verb.ASK_EXTENSION, days=2, natural=True, reason="weather")
    assert (due, due + 2 * DAY) == (asked.due_at, getattr(asked.facts[-1].body, "until", 0))

    granted = act(log, work.id, Verb.GRANT_EXTENSION)

    assert (due + 2 * DAY, 1) == (granted.due_at, granted.extensions)
    assert due == getattr(granted.facts[-1].body, "was_due", None)
    clock, first = granted.clock(), work.clock()
    assert clock is not None
    assert first is not None
    assert first.start == clock.start
    assert clock.amber == clock.start + (clock.due - clock.start) * 80 // 100
    assert State.WORK is granted.state


@pytest.mark.parametrize("item", [g.FIRE_ITEM, g.WORKING_ITEM])
def test_working_days_are_those_of_the_calendar(log: MemoryLog, item: str) -> None:
    """From the end that stands, the same clock time on the nth next working day."""
    work = g.given_work(log, item=item)
    act(log, work.id, Verb.ASK_EXTENSION, days=3, reason="weather")
    granted = act(log, work.id, Verb.GRANT_EXTENSION)
    calendar = g.town_rules().calendar
    assert calendar.add_days(work.due_at or 0, 3) == granted.due_at


@pytest.mark.parametrize("second", [False, True])
def test_the_second_and_engineering_work_need_the_leader_too(log: MemoryLog, second: bool) -> None:
    work = g.given_work(log)
    if second:
        act(log, work.id, Verb.ASK_EXTENSION, days=1, reason="weather")
        work = act(log, work.id, Verb.GRANT_EXTENSION)
    reason = "weather" if second else ENGINEERING
    act(log, work.id, Verb.ASK_EXTENSION, days=1, natural=True, reason=reason)
    assert "role_missing" == refused(log, work.id, Verb.GRANT_EXTENSION, g.LEADER).code

    endorsed = act(log, work.id, Verb.GRANT_EXTENSION)
    assert (work.due_at, False) == (endorsed.due_at, endorsed.requests[-1].answered)
    again = refused(log, work.id, Verb.GRANT_EXTENSION, SECOND_CHIEF)
    assert "role_missing" == again.code
    granted = act(log, work.id, Verb.GRANT_EXTENSION, g.LEADER)
    assert ((work.due_at or 0) + DAY, work.extensions + 1) == (
        granted.due_at,
        granted.extensions,
    )


def test_who_agreed_as_chief_does_not_agree_as_leader(log: MemoryLog) -> None:
    both = g.person("both", Role.CHIEF, Role.LEADER)
    work = g.given_work(log)
    act(log, work.id, Verb.ASK_EXTENSION, days=1, reason=ENGINEERING)
    act(log, work.id, Verb.GRANT_EXTENSION, both)
    assert "four_eyes" == refused(log, work.id, Verb.GRANT_EXTENSION, both).code


def test_the_leader_may_deny_what_the_chief_agreed_to(log: MemoryLog) -> None:
    work = g.given_work(log)
    act(log, work.id, Verb.ASK_EXTENSION, days=1, reason=ENGINEERING)
    act(log, work.id, Verb.GRANT_EXTENSION)
    denied = act(log, work.id, Verb.DENY_EXTENSION, g.LEADER, reason="不必")
    assert (work.due_at, 0, True) == (
        denied.due_at,
        denied.extensions,
        denied.requests[-1].answered,
    )
    assert "nothing_asked" == refused(log, work.id, Verb.GRANT_EXTENSION).code


def test_a_third_is_refused(log: MemoryLog) -> None:
    work = g.given_work(log)
    for by in (g.CHIEF, g.LEADER):
        act(log, work.id, Verb.ASK_EXTENSION, days=1, reason="weather")
        act(log, work.id, Verb.GRANT_EXTENSION)
        if by is g.LEADER:
            act(log, work.id, Verb.GRANT_EXTENSION, by)
    assert 2 == log.folded[work.id].extensions
    said = refused(log, work.id, Verb.ASK_EXTENSION, days=1, reason="weather")
    assert ("no_more_extensions", 2) == (said.code, said.facts["extensions"])


def test_it_is_asked_once_and_before_the_end(log: MemoryLog) -> None:
    work = g.given_work(log)
    said = {"days": 1, "reason": "weather"}
    act(log, work.id, Verb.ASK_EXTENSION, **said)
    assert "already_asked" == refused(log, work.id, Verb.ASK_EXTENSION, **said).code
    other = g.given_work(log)
    log.now = (other.due_at or 0) + MINUTE
    late = refused(log, other.id, Verb.ASK_EXTENSION, **said)
    assert ("extension_too_late", other.due_at) == (late.code, late.facts["until"])


def test_an_answer_may_come_after_the_end_but_not_after_the_one_asked_for(log: MemoryLog) -> None:
    work = g.given_work(log)
    asked = act(log, work.id, Verb.ASK_EXTENSION, days=2, natural=True, reason="weather")
    log.now = (work.due_at or 0) + DAY
    apart = log.fork("B")
    assert (work.due_at or 0) + 2 * DAY == act(apart, work.id, Verb.GRANT_EXTENSION).due_at
    log.now = (work.due_at or 0) + 3 * DAY
    lapsed = refused(log, work.id, Verb.GRANT_EXTENSION)
    assert ("request_lapsed", "extension") == (lapsed.code, lapsed.facts["kind"])
    assert asked.version == log.folded[work.id].version


@pytest.mark.parametrize("days", [0, -1, 91, 10**9])
def test_so_many_days_are_bad_input(log: MemoryLog, days: int) -> None:
    work = g.given_work(log)
    with pytest.raises(BadInput) as bad:
        act(log, work.id, Verb.ASK_EXTENSION, days=days, reason="weather")
    assert "days" == bad.value.where


def test_only_the_unit_that_has_it_asks(log: MemoryLog) -> None:
    work = g.given_work(log)
    said = {"days": 1, "reason": "weather"}
    other = refused(log, work.id, Verb.ASK_EXTENSION, g.POLICEMAN, **said)
    assert other.code in {"out_of_scope", "not_your_order"}
    assert "role_missing" == refused(log, work.id, Verb.ASK_EXTENSION, g.STATION, **said).code


def test_a_grant_made_twice_is_one_extension(log: MemoryLog) -> None:
    work = g.given_work(log)
    act(log, work.id, Verb.ASK_EXTENSION, days=1, natural=True, reason="weather")
    there = log.fork("B")
    act(log, work.id, Verb.GRANT_EXTENSION)
    act(there, work.id, Verb.GRANT_EXTENSION, SECOND_CHIEF)
    log.take(kept.event for kept in there.kept)
    both = log.folded[work.id]
    assert (1, (work.due_at or 0) + DAY, ()) == (both.extensions, both.due_at, both.contested)


def test_a_consent_and_a_denial_made_apart_are_a_dispute(log: MemoryLog) -> None:
    work = g.given_work(log)
    act(log, work.id, Verb.ASK_EXTENSION, days=1, reason=ENGINEERING)
    there = log.fork("B")
    act(log, work.id, Verb.GRANT_EXTENSION)
    act(there, work.id, Verb.DENY_EXTENSION, SECOND_CHIEF)
    log.take(kept.event for kept in there.kept)
    assert ["answer"] == [pair.about for pair in log.folded[work.id].contested]
    assert "role_missing" == refused(log, work.id, Verb.GRANT_EXTENSION, g.LEADER).code
