"""Limits that stand still: frozen by rule, the remaining time restored, the same everywhere."""

from __future__ import annotations

from datetime import datetime

from dispatch.acts.town import set_mode
from dispatch.domain.calendar import HOUR, MINUTE, ZONE, instant
from dispatch.domain.codes import Light, Priority, Stage
from dispatch.domain.command import Verb
from dispatch.domain.decide_town import SetResponse
from dispatch.domain.freeze import clock, view
from dispatch.domain.incident import Incident, light
from dispatch.domain.sla import Limit
from dispatch.domain.warning import ResponseLevel
from tests import byways
from tests import given as g

WORKING = "0602"
"""A P3 of the fire brigade; G1, in working time."""
CALENDAR = g.town_rules().calendar


def at(hour: int, minute: int = 0, day: int = 4) -> int:
    """A moment of the first week of March 2026; the 4th is a Wednesday."""
    return instant(datetime(2026, 3, day, hour, minute, tzinfo=ZONE))


def order(log: g.MemoryLog, level: ResponseLevel | None, when: int) -> None:
    command = SetResponse(kind="wind", level=level, order_no="演示令", since=when)
    log.now = max(log.now, when)
    set_mode(log, command, g.CHIEF, log.now)


def seen(log: g.MemoryLog, incident: Incident, now: int) -> Incident:
    return view(incident, log.modes(), now, CALENDAR)


def given_p3(log: g.MemoryLog) -> Incident:
    """Sent at 9:03, with four working hours to sign for it and eight to dispose of it."""
    return g.given_sent(log, item=WORKING)


def test_a_p3_in_working_time_gets_its_working_time_back() -> None:
    log = g.MemoryLog()
    incident = given_p3(log)
    due = incident.limit(Stage.DISPOSAL)
    assert due is not None
    assert (at(10, 3, day=5), Priority.P3) == (due.due - due.due % MINUTE, incident.priority)

    order(log, ResponseLevel.I, at(14, 30))
    order(log, ResponseLevel.IV, at(14, 30, day=5))

    after = seen(log, incident, at(15, 0, day=5))
    moved = after.limit(Stage.DISPOSAL)
    assert moved is not None
    lost = CALENDAR.between(at(14, 30), at(14, 30, day=5))
    assert 7 * HOUR == lost
    assert lost == CALENDAR.between(due.due, moved.due)
    assert CALENDAR.opening(moved.due) == moved.due


def test_what_is_left_is_the_same_all_the_time_it_stands_still() -> None:
    log = g.MemoryLog()
    incident = given_p3(log)
    order(log, ResponseLevel.II, at(10, 0))
    limit = incident.limit(Stage.SIGN_IN)
    assert limit is not None

    for now in (at(10, 0), at(12, 0), at(23, 0), at(9, 0, day=6)):
        shown = clock(limit, (Priority.P3, True), log.modes(), now, CALENDAR)
        assert (limit, at(10, 0)) == (shown.limit, shown.still)
        put_off = seen(log, incident, now).limit(Stage.SIGN_IN)
        assert put_off is not None
        left = CALENDAR.between(at(10, 0), limit.due)
        assert left == CALENDAR.between(now, put_off.due)


def test_resuming_restores_and_does_not_reset() -> None:
    log = g.MemoryLog()
    incident = given_p3(log)
    order(log, ResponseLevel.I, at(10, 0))
    order(log, None, at(11, 0))
    limit = incident.limit(Stage.SIGN_IN)
    assert limit is not None
    shown = clock(limit, (Priority.P3, True), log.modes(), at(11, 30), CALENDAR)
    assert shown.still is None
    assert CALENDAR.between(limit.due, shown.limit.due) == HOUR
    assert CALENDAR.between(limit.amber, shown.limit.amber) == HOUR


def test_a_natural_clock_gets_natural_time_back_over_the_night() -> None:
    limit = Limit(Stage.DISPOSAL, at(9), at(17), at(19))
    log = g.MemoryLog()
    order(log, ResponseLevel.I, at(10, 0))
    order(log, None, at(10, 0, day=5))
    shown = clock(limit, (Priority.P3, False), log.modes(), at(11, 0, day=5), CALENDAR)
    assert at(19, day=5) == shown.limit.due


def test_a_limit_that_begins_while_it_is_frozen_waits_whole() -> None:
    log = g.MemoryLog()
    order(log, ResponseLevel.I, g.START)
    incident = given_p3(log)
    limit = incident.limit(Stage.SIGN_IN)
    assert limit is not None
    shown = clock(limit, (Priority.P3, True), log.modes(), at(16), CALENDAR)
    assert limit.start == shown.still
    order(log, None, at(16))
    later = clock(limit, (Priority.P3, True), log.modes(), at(16, 5), CALENDAR)
    span = CALENDAR.between(limit.start, limit.due)
    assert span == CALENDAR.between(at(16), later.limit.due)


def test_what_was_over_before_stays_over_and_counts_no_further() -> None:
    limit = Limit(Stage.DISPOSAL, at(9), at(9, 30), at(10))
    log = g.MemoryLog()
    order(log, ResponseLevel.I, at(10, 20))
    shown = clock(limit, (Priority.P3, False), log.modes(), at(18), CALENDAR)
    assert -20 * MINUTE == shown.limit.due - (shown.still or 0)


def test_p1_and_p2_go_on() -> None:
    log = g.MemoryLog()
    incident = g.given_sent(log)
    order(log, ResponseLevel.I, log.now)
    assert incident == seen(log, incident, at(18))


def test_a_review_date_never_stands_still() -> None:
    log = g.MemoryLog()
    held = byways.given_hold(log, item=WORKING)
    review = held.limit(Stage.REVIEW)
    assert review is not None
    order(log, ResponseLevel.I, log.now + MINUTE)
    now = log.now + HOUR
    shown = clock(review, (Priority.P3, True), log.modes(), now, CALENDAR)
    assert (review, None) == (shown.limit, shown.still)
    assert review == seen(log, held, now).limit(Stage.REVIEW)


def test_lights_are_derived_and_nothing_is_written_into_the_incident() -> None:
    log = g.MemoryLog()
    incident = given_p3(log)
    late = at(17, 0, day=9)
    assert Light.RED is light(incident, late)
    order(log, ResponseLevel.I, at(9, 10))
    assert Light.GREEN is light(seen(log, incident, late), late)
    assert incident == log.folded[incident.id]


def test_closing_on_time_is_judged_by_the_clock_that_stood_still() -> None:
    """Fed back two days after the due date as first written, all but minutes of it frozen."""
    log = g.MemoryLog()
    sent = given_p3(log)
    g.act(log, sent.id, Verb.SIGN, person="某人")
    order(log, ResponseLevel.I, at(9, 30))
    order(log, None, at(16, 0, day=6))
    log.now = at(16, 30, day=6)
    g.act(log, sent.id, Verb.FEEDBACK, text="已办")
    g.act(log, sent.id, Verb.INSPECT_PASS)
    g.act(log, sent.id, Verb.CALL_BACK, channel="phone", grade=1)
    closed = g.act(log, sent.id, Verb.CLOSE)
    assert closed.on_time


def test_a_freeze_after_the_feedback_gives_nothing_back() -> None:
    """Late stays late: what stands still afterwards concerns it no more."""
    log = g.MemoryLog()
    sent = given_p3(log)
    g.act(log, sent.id, Verb.SIGN, person="某人")
    log.now = at(17, 0, day=6)
    g.act(log, sent.id, Verb.FEEDBACK, text="已办")
    order(log, ResponseLevel.I, at(17, 10, day=6))
    log.now = at(17, 10, day=7)
    g.act(log, sent.id, Verb.INSPECT_PASS)
    g.act(log, sent.id, Verb.CALL_BACK, channel="phone", grade=1)
    closed = g.act(log, sent.id, Verb.CLOSE)
    assert closed.on_time is False


def test_a_hold_granted_while_frozen_keeps_what_was_left_at_the_freeze() -> None:
    log = g.MemoryLog()
    work = g.given_work(log, item=WORKING)
    limit = work.limit(Stage.DISPOSAL)
    assert limit is not None
    order(log, ResponseLevel.I, at(10, 0))
    log.now = at(16, 0)
    g.act(log, work.id, Verb.ASK_HOLD, reason="season", review_at=at(9, day=20))
    held = g.act(log, work.id, Verb.GRANT_HOLD)
    assert CALENDAR.between(at(10, 0), limit.due) == held.left_ms
