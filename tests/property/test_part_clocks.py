"""Clocks of a joint order's parts against a slow walk: they stand still with the incident."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dispatch.domain.codes import Stage, SubState
from dispatch.domain.command import Verb
from dispatch.domain.freeze import view
from dispatch.domain.incident import Incident
from dispatch.domain.modes import NO_MODES, Span
from dispatch.domain.part_clocks import stops, together
from dispatch.domain.sla import Limit
from tests import given as g
from tests.property.test_deadlines import MINUTE_MS, is_open

WORKING = "0602"
"""A P3 in working time; the fire item's clock is natural."""
CALENDAR = g.town_rules().calendar
waits = st.integers(1, 300)
held = st.integers(1, 5 * 24 * 60)
how = st.sampled_from(["hold", "city"])


def stop(log: g.MemoryLog, id_: str, kind: str) -> None:
    """Put the incident on hold, or hand it up to the city."""
    if kind == "hold":
        g.act(
            log, id_, Verb.ASK_HOLD, reason="season", review_at=log.now + 30 * 24 * 60 * MINUTE_MS
        )
        g.act(log, id_, Verb.GRANT_HOLD)
    else:
        g.act(log, id_, Verb.ASK_ESCALATION, reason="beyond_power")
        g.act(log, id_, Verb.GRANT_ESCALATION)


def go_on(log: g.MemoryLog, id_: str, kind: str) -> None:
    """Take it up again."""
    if kind == "hold":
        g.act(log, id_, Verb.RESUME)
    else:
        g.act(log, id_, Verb.CITY_RETURN, order="SD-1")


def slow_end(limit: Limit, stopped: list[tuple[int, int]], *, working: bool) -> int:
    """When a limit ends, found by walking: no minute counts in which everything stood still."""

    def counts(at: int) -> bool:
        return is_open(at) or not working

    left = sum(counts(at) for at in range(limit.start, limit.due, MINUTE_MS))
    at = limit.start
    while left:
        if counts(at) and not any(one <= at < two for one, two in stopped):
            left -= 1
        at += MINUTE_MS
    return at


def shown(incident: Incident, now: int) -> Limit:
    """The part's running limit as it is shown."""
    (part,) = view(incident, NO_MODES, now, CALENDAR).subs
    clock = part.clock()
    assert clock is not None
    return clock


@settings(max_examples=60, deadline=None)
@given(st.booleans(), st.booleans(), st.lists(st.tuples(waits, held, how), min_size=1, max_size=3))
def test_a_part_gets_back_what_stood_still(
    working: bool, signed: bool, program: list[tuple[int, int, str]]
) -> None:
    """Signed or not, on hold or at the city, once or three times, in either kind of time."""
    log = g.MemoryLog()
    log.now -= log.now % MINUTE_MS
    work = g.given_work(log, **({"item": WORKING} if working else {}))
    joint = g.act(log, work.id, Verb.JOINT, unit=g.FIRE, assists=(g.POLICE,))
    if signed:
        joint = g.act(log, work.id, Verb.SUB_SIGN)
    (part,) = joint.subs
    plain = part.clock()
    assert plain is not None
    assert (Stage.DISPOSAL if signed else Stage.SIGN_IN) is plain.stage
    stopped: list[tuple[int, int]] = []
    for wait, span, kind in program:
        log.now += wait * MINUTE_MS
        stop(log, work.id, kind)
        since = log.now
        assume(since < slow_end(plain, stopped, working=working))
        still = shown(log.folded[work.id], since + span * MINUTE_MS // 2)
        log.now += span * MINUTE_MS
        go_on(log, work.id, kind)
        stopped.append((since, log.now))
        half = since + span * MINUTE_MS // 2
        left = CALENDAR.between(half, still.due) if working else still.due - half
        before = slow_end(plain, stopped[:-1], working=working)
        assert left == (CALENDAR.between(since, before) if working else before - since)

    incident = log.folded[work.id]
    assert [(each.start, each.end) for each in stops(incident)] == stopped
    moved = shown(incident, log.now)
    assert slow_end(plain, stopped, working=working) == moved.due
    assert plain.start == moved.start
    assert SubState.WORK is part.state or not signed


@given(st.lists(st.tuples(st.integers(0, 50), st.one_of(st.none(), st.integers(0, 50)))))
def test_what_stands_still_for_two_reasons_stands_still_once(
    given_: list[tuple[int, int | None]],
) -> None:
    spans = [Span(start, None if length is None else start + length) for start, length in given_]
    found = together(spans)

    def covered(some: list[Span] | tuple[Span, ...]) -> set[int]:
        return {
            at for each in some for at in range(each.start, 200 if each.end is None else each.end)
        }

    assert covered(spans) == covered(found)
    assert all(one.end is not None and one.end < two.start for one, two in pairwise(found))
