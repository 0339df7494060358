"""Service times of a made-up incident, scaled so that lights turn as in a real town.

A fire brigade's minutes become a town's hours by one factor for each stage and profile: the factor
at which a share of `LATE` misses the limit. What turns yellow follows from the real shape.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dispatch.domain.calendar import HOUR, WorkingCalendar
from dispatch.domain.codes import Stage
from dispatch.domain.sla import Profile
from dispatch.drill.profile import Fitted, Part

LATE: Final = 0.04
"""Share of each stage that misses its limit: 96 % were handled in time in the founding figures."""

WORKING_DAY_S: Final = 7 * 3600
"""Seconds of working time in a working day."""

SHAPE: Final = {
    Stage.ACCEPT: Part.ENTRY,
    Stage.VERIFY: Part.TRAVEL,
    Stage.DISPATCH: Part.ORDER,
    Stage.SIGN_IN: Part.TURNOUT,
    Stage.FIRST_ANSWER: Part.TRAVEL,
    Stage.DISPOSAL: Part.WORK,
    Stage.CHECK: Part.TRAVEL,
    Stage.VISIT: Part.WORK,
    Stage.CLOSE: Part.TURNOUT,
}
"""Which real part gives a stage its shape.

Verify, check, visit and close have no counterpart in the stream: theirs are borrowed from going
somewhere, from work, and from turning out.
"""

_SAMPLE: Final = 2000
_HALVINGS: Final = 50
_LEAST_S: Final = 5
"""Nobody reads and presses faster than that."""


@dataclass(frozen=True, slots=True)
class ServicePlan:
    """How long each step of one incident will take: whole seconds of the profile's own clock.

    `arrive_s` counts from signing, `dispose_s` from arriving. With `working` the seconds run in
    working time only; `after` turns them into an instant.
    """

    accept_s: int
    verify_s: int
    dispatch_s: int
    sign_s: int
    arrive_s: int
    dispose_s: int
    check_s: int
    visit_s: int
    close_s: int
    working: bool

    def after(self, start_ms: int, seconds: int, calendar: WorkingCalendar) -> int:
        """Return the instant at which a step of `seconds` that starts now is over."""
        if self.working:
            return calendar.add_time(start_ms, seconds * 1000)
        return start_ms + seconds * 1000


@dataclass(frozen=True, slots=True)
class Factors:
    """What real seconds are multiplied by for one profile, stage by stage."""

    working: bool
    by_stage: Mapping[Stage, float]


def limit_s(profile: Profile, stage: Stage) -> float | None:
    """Return a limit in seconds of the profile's own clock, or None when there is none."""
    span = profile.spans.get(stage)
    if span is None:
        return None
    if profile.working and span.unit == "d":
        return float(span.count * WORKING_DAY_S)
    return span.millis / 1000


def factors(profile: Profile, fitted: Fitted) -> Factors:
    """Return the factors at which `LATE` of each stage is late.

    First answer runs over accepting, dispatching, signing and travelling, disposal over
    signing, travelling and the work: theirs are found on a fixed sample of such sums.
    """
    found = {}
    for stage, part in SHAPE.items():
        limit = limit_s(profile, stage)
        if limit is not None:
            found[stage] = limit / fitted.quantile(part, 1 - LATE)
    sample = _sample(fitted)
    before = (Stage.ACCEPT, Stage.DISPATCH, Stage.SIGN_IN)
    first, whole = limit_s(profile, Stage.FIRST_ANSWER), limit_s(profile, Stage.DISPOSAL)
    if first is None:  # no clock of its own: half of the disposal's, which it is a part of
        first = (whole or HOUR / 1000) / 2
    base = [sum(row[stage] * found[stage] for stage in before) for row in sample]
    found[Stage.FIRST_ANSWER] = _fit(base, [row[Stage.FIRST_ANSWER] for row in sample], first)
    if whole is not None:
        on_the_way = (Stage.SIGN_IN, Stage.FIRST_ANSWER)
        base = [sum(row[stage] * found[stage] for stage in on_the_way) for row in sample]
        found[Stage.DISPOSAL] = _fit(base, [row[Stage.DISPOSAL] for row in sample], whole)
    return Factors(profile.working, found)


def _sample(fitted: Fitted) -> list[dict[Stage, float]]:
    rng = random.Random("service")
    return [
        {stage: fitted.draw(part, rng) for stage, part in SHAPE.items()} for _ in range(_SAMPLE)
    ]


def _fit(base: list[float], part: list[float], limit: float) -> float:
    """Return the factor on `part` at which a share of `LATE` of base + part exceeds the limit."""
    low, high = 0.0, limit
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        late = sum(one + middle * other > limit for one, other in zip(base, part, strict=True))
        if late > LATE * len(base):
            high = middle
        else:
            low = middle
    return low


class Service:
    """Draws a plan for any profile of a table of limits."""

    def __init__(self, profiles: Mapping[str, Profile], fitted: Fitted) -> None:
        self._fitted = fitted
        self._factors = {code: factors(each, fitted) for code, each in profiles.items()}

    def factors(self, profile: str) -> Factors:
        """Return the factors of a profile."""
        return self._factors[profile]

    def plan(self, profile: str, rng: random.Random) -> ServicePlan:
        """Draw how long each step of an incident under `profile` will take."""
        use = self._factors[profile]

        def seconds(stage: Stage) -> int:
            drawn = self._fitted.draw(SHAPE[stage], rng) * use.by_stage.get(stage, 1.0)
            return max(_LEAST_S, round(drawn))

        return ServicePlan(
            accept_s=seconds(Stage.ACCEPT),
            verify_s=seconds(Stage.VERIFY),
            dispatch_s=seconds(Stage.DISPATCH),
            sign_s=seconds(Stage.SIGN_IN),
            arrive_s=seconds(Stage.FIRST_ANSWER),
            dispose_s=seconds(Stage.DISPOSAL),
            check_s=seconds(Stage.CHECK),
            visit_s=seconds(Stage.VISIT),
            close_s=seconds(Stage.CLOSE),
            working=use.working,
        )
