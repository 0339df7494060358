"""The default feed: like the real streams, inside the town, the same for a seed."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime

import pytest

from dispatch.domain.calendar import HOUR, ZONE, instant, local
from dispatch.domain.codes import PUBLIC, Source, Stage
from dispatch.domain.sla import Profile
from dispatch.drill.feed import REPEAT_WITHIN_M, FeedIncident, _sentences, made_feed
from dispatch.drill.fit import (
    BAR,
    clock_s,
    distance,
    distances,
    minutes_of_day,
    service_seconds,
)
from dispatch.drill.profile import CHANCES, Fitted, Part, Span, arrivals, load
from dispatch.drill.service import LATE, ServicePlan, limit_s
from dispatch.files.tables import read_calendar, read_profiles
from dispatch.geo.distance import metres
from dispatch.geo.grid_lookup import GridLookup
from resources import path
from tests.unit.real_data import REAL, needs_real_data
from tests.unit.towns import hengli, setting

MONDAY = instant(datetime(2026, 3, 2, tzinfo=ZONE))


def a_day(seed: int = 1) -> tuple[FeedIncident, ...]:
    return made_feed(setting(), Span(MONDAY, 24, seed=seed))


@needs_real_data
def test_draws_come_as_close_to_the_real_streams_as_the_bar_asks() -> None:
    found = distances(REAL)

    assert 2 + len(Part) == len(found)
    assert {} == {name: gap for name, gap in found.items() if gap > BAR}


@needs_real_data
def test_the_bar_tells_another_shape() -> None:
    """A flat day and a doubled length are farther off than the bar: the bar can fail."""
    rng = random.Random(1)
    flat = [rng.uniform(0, 24 * 60) for _ in range(5000)]
    assert distance(minutes_of_day(REAL)["montgomery"], flat) > 2 * BAR
    fitted = load()
    doubled = [2 * fitted.draw(Part.WORK, rng) for _ in range(5000)]
    assert distance(service_seconds(REAL)[Part.WORK], doubled) > 2 * BAR


def test_the_distance_of_two_samples() -> None:
    assert 0.0 == distance([1, 2, 3], [3, 2, 1])
    assert 1.0 == distance([1, 2], [3, 4])
    assert 0.5 == distance([0, 0, 1, 1], [1, 1, 1, 1])


def test_a_quantile_lies_between_its_neighbours() -> None:
    values = tuple(float(n) for n in range(len(CHANCES)))
    fitted = Fitted((1 / 24,) * 24, dict.fromkeys(Part, values))

    assert 0.0 == fitted.quantile(Part.WORK, 0.0)
    assert 50.5 == pytest.approx(fitted.quantile(Part.WORK, 0.505))
    assert 102.0 == pytest.approx(fitted.quantile(Part.WORK, 1.0))


def test_a_day_has_about_the_asked_number_in_order() -> None:
    counts = [len(made_feed(setting(), Span(MONDAY, 24, 200, seed))) for seed in range(20)]
    assert 200 == pytest.approx(sum(counts) / 20, rel=0.05)

    day = a_day()
    assert sorted(each.at_ms for each in day) == [each.at_ms for each in day]
    assert list(range(1, len(day) + 1)) == [each.number for each in day]
    assert all(MONDAY <= each.at_ms < MONDAY + 25 * HOUR for each in day)


def test_the_night_is_quieter_than_the_afternoon() -> None:
    span = Span(MONDAY, 24 * 10, 2000)
    hours = Counter(local(at).hour for at in arrivals(load(), span, random.Random(3)))

    assert 20_000 == pytest.approx(sum(hours.values()), rel=0.03)
    assert hours[16] > 4 * hours[3]


def test_a_span_that_starts_within_an_hour_begins_there() -> None:
    start = MONDAY + HOUR * 8 + 25 * 60_000
    ats = list(arrivals(load(), Span(start, 0.5, 2000), random.Random(1)))

    assert ats
    assert all(start <= at < start + HOUR / 2 for at in ats)


def test_the_same_seed_gives_the_same_feed() -> None:
    assert a_day() == a_day()
    assert a_day(2) != a_day()


def test_every_report_lies_in_the_grid_it_names() -> None:
    lookup = GridLookup(grid.area for grid in hengli().grids)

    for each in a_day():
        assert each.grid == lookup.find(each.lon, each.lat).code
        assert each.spot.village == each.grid[:12]
        assert each.place
        assert each.place in each.text or each.repeats


def test_repeats_are_near_in_time_and_place_and_by_the_public() -> None:
    week = made_feed(setting(), Span(MONDAY, 24 * 7))
    repeats = [each for each in week if each.repeats is not None]

    assert 0.02 < len(repeats) / len(week) < 0.07
    for each in repeats:
        first = week[(each.repeats or 0) - 1]
        assert first.item == each.item
        assert each.source in PUBLIC
        assert 0 < each.at_ms - first.at_ms <= 25 * 60_000
        assert metres(first.lon, first.lat, each.lon, each.lat) <= REPEAT_WITHIN_M + 100


def test_every_item_has_made_up_words_and_no_other_has() -> None:
    assert {each.code for each in setting().catalogue} == set(_sentences())
    assert all("{place}" in line for lines in _sentences().values() for line in lines)


def test_sources_are_those_that_report() -> None:
    found = {each.source for each in made_feed(setting(), Span(MONDAY, 24 * 7))}

    assert not found & {Source.CITY, Source.DEPARTMENT}
    assert Source.WORKER in found


PROFILES = read_profiles(path("catalogue/sla_profiles_v1.csv"))


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_about_the_wanted_share_of_each_stage_is_late(profile: Profile) -> None:
    rng = random.Random(11)
    plans = [setting().service.plan(profile.code, rng) for _ in range(4000)]

    for stage in profile.spans:
        limit = limit_s(profile, stage) or 0.0
        late = sum(clock_s(plan, stage) > limit for plan in plans) / len(plans)
        yellow = sum(0.8 * limit < clock_s(plan, stage) <= limit for plan in plans) / len(plans)
        assert LATE == pytest.approx(late, abs=0.015), stage
        assert 0.003 < yellow < 0.15, stage


def test_a_working_plan_waits_for_working_time() -> None:
    calendar = read_calendar(path("calendar"))
    plan = ServicePlan(*(60,) * 9, working=True)
    friday_late = instant(datetime(2026, 3, 6, 17, 29, 30, tzinfo=ZONE))

    over = plan.after(friday_late, plan.accept_s, calendar)

    assert datetime(2026, 3, 9, 8, 30, 30, tzinfo=ZONE) == local(over)
    natural = ServicePlan(*(60,) * 9, working=False)
    assert friday_late + 60_000 == natural.after(friday_late, 60, calendar)


def test_a_working_day_of_a_limit_is_seven_hours() -> None:
    assert 3 * 7 * 3600 == limit_s(PROFILES["M2"], Stage.DISPOSAL)
    assert 24 * 3600 == limit_s(PROFILES["U2"], Stage.DISPOSAL)
    assert None is limit_s(PROFILES["G1"], Stage.FIRST_ANSWER)
