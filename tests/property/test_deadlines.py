"""Deadlines against a slow second calculation that walks minute by minute.

The walk reads the calendar's rows by itself and knows the working hours from the design alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.domain.codes import Stage
from dispatch.domain.sla import Limit, Profile, Span, limit, remaining, resumed
from resources import path
from tests import given as g

MINUTE_MS = 60_000
CHINA = timedelta(hours=8)
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
MINUTES = int(timedelta(days=690).total_seconds() // 60)
"""From the first of January 2025 to late November 2026; the longest limit ends in that year."""

moments = st.integers(0, MINUTES).map(
    lambda minute: int(FIRST.timestamp() * 1000) + minute * MINUTE_MS
)
spans = st.one_of(
    st.builds(Span, st.integers(1, 900), st.just("m")),
    st.builds(Span, st.integers(1, 60), st.just("h")),
    st.builds(Span, st.integers(1, 15), st.just("d")),
)
shipped = st.sampled_from(
    [
        (profile, stage)
        for profile in g.town_rules().profiles.values()
        for stage in sorted(profile.spans)
    ]
)


@cache
def day_kinds() -> dict[date, str]:
    found = {}
    for year in (2025, 2026):
        with path(f"calendar/{year}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                found[date.fromisoformat(row["date"])] = row["kind"]
    assert {"holiday", "makeup"} == set(found.values())
    return found


def is_worked(day: date) -> bool:
    kind = day_kinds().get(day)
    return kind == "makeup" or (kind is None and day.isoweekday() <= 5)


def wall(moment: int) -> datetime:
    """Wall time in China, as a datetime without zone."""
    return datetime.fromtimestamp(moment / 1000, UTC).replace(tzinfo=None) + CHINA


def is_open(moment: int) -> bool:
    """Whether the minute that begins here is worked."""
    at = wall(moment)
    minute = at.hour * 60 + at.minute
    morning, afternoon = 8 * 60 + 30 <= minute < 12 * 60, 14 * 60 <= minute < 17 * 60 + 30
    return (morning or afternoon) and is_worked(at.date())


def worked_minutes(start: int) -> Iterator[int]:
    """Every worked minute from `start` on, by the instant at which it begins."""
    moment = start
    while True:
        if is_open(moment):
            yield moment
        moment += MINUTE_MS


def slow_due(span: Span, start: int) -> int:
    """When a span of working time is over, found by walking."""
    minutes = worked_minutes(start)
    if span.unit != "d":
        count = span.count * {"m": 1, "h": 60}[span.unit]
        return [next(minutes) for _ in range(count)][-1] + MINUTE_MS
    at = next(minutes)
    days = 0
    while days < span.count:
        at += 24 * 60 * MINUTE_MS
        days += is_worked(wall(at).date())
    return at


def slow_limit(profile: Profile, stage: Stage, start: int) -> Limit:
    span = profile.spans[stage]
    if not profile.working:
        length = span.count * {"m": 1, "h": 60, "d": 1440}[span.unit] * MINUTE_MS
        return Limit(stage, start, start + length * 8 // 10, start + length)
    due = slow_due(span, start)
    worked = sum(is_open(at) for at in range(start, due, MINUTE_MS))
    minutes = worked_minutes(start)
    whole, part = divmod(worked * 8, 10)
    at = [next(minutes) for _ in range(whole)][-1] + MINUTE_MS if whole else start
    if part or not whole:
        at = next(minutes) + part * MINUTE_MS // 10
    return Limit(stage, start, at, due)


@settings(max_examples=150, deadline=None)
@given(shipped, moments)
def test_the_limits_that_ship_end_where_the_walk_ends(
    which: tuple[Profile, Stage], start: int
) -> None:
    profile, stage = which
    assert slow_limit(profile, stage, start) == limit(
        profile, stage, start, g.town_rules().calendar
    )


@settings(max_examples=100, deadline=None)
@given(spans, st.booleans(), moments)
def test_any_limit_ends_where_the_walk_ends(span: Span, working: bool, start: int) -> None:
    profile = Profile("any", working, {Stage.DISPOSAL: span})
    fast = limit(profile, Stage.DISPOSAL, start, g.town_rules().calendar)
    assert slow_limit(profile, Stage.DISPOSAL, start) == fast


@settings(max_examples=200, deadline=None)
@given(spans, moments, st.integers(0, MINUTE_MS - 1))
def test_a_later_start_never_ends_earlier(span: Span, start: int, later: int) -> None:
    """Between two whole minutes, which the walk cannot see."""
    profile = Profile("any", working=True, spans={Stage.DISPOSAL: span})
    calendar = g.town_rules().calendar
    dues = [
        found.due
        for at in (start, start + later, start + MINUTE_MS)
        if (found := limit(profile, Stage.DISPOSAL, at, calendar))
    ]
    assert 3 == len(dues)
    assert sorted(dues) == dues


@settings(max_examples=50, deadline=None)
@given(spans, moments, st.integers(0, 20_000), st.integers(0, 60 * 24 * 40))
def test_a_hold_gives_back_what_was_left(span: Span, start: int, worked: int, held: int) -> None:
    profile = Profile("any", working=True, spans={Stage.DISPOSAL: span})
    calendar = g.town_rules().calendar
    clock = slow_limit(profile, Stage.DISPOSAL, start)
    stopped = start + worked * MINUTE_MS
    left = remaining(profile, clock, stopped, calendar)
    early, late = sorted((stopped, clock.due))
    minutes = sum(is_open(at) for at in range(early, late, MINUTE_MS))
    assert (minutes if stopped <= clock.due else -minutes) * MINUTE_MS == left
    again = stopped + held * MINUTE_MS
    after = resumed(profile, left, again, calendar)
    if left > 0:
        assert slow_due(Span(minutes, "m"), again) == after.due
    else:
        assert again + left == after.due
