"""SLA profiles: how long each stage may take, and the clock it is counted on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from dispatch.domain.calendar import DAY, HOUR, MINUTE, WorkingCalendar
from dispatch.domain.codes import Stage
from dispatch.domain.errors import BadInput

AMBER: Final = 80
"""Per cent of a limit after which its light turns yellow."""

_SPAN = re.compile(r"([1-9][0-9]{0,3})([mhd])")
_UNIT: Final = {"m": MINUTE, "h": HOUR, "d": DAY}


@dataclass(frozen=True, slots=True)
class Limit:
    """One running clock: UTC milliseconds of its start, its yellow and its end."""

    stage: Stage
    start: int
    amber: int
    due: int


@dataclass(frozen=True, slots=True)
class Span:
    """A length as people write it: 30m, 4h, 3d. Working days are days, not 24 hours."""

    count: int
    unit: Literal["m", "h", "d"]

    @classmethod
    def parse(cls, text: str, where: str) -> Span:
        """Read `30m`, `4h`, `3d`; anything else is a BadInput at `where`."""
        match = _SPAN.fullmatch(text)
        if match is None:
            raise BadInput(where, f"时限“{text}”不是 30m、4h、3d 这样的写法")
        unit: Literal["m", "h", "d"] = match.group(2)  # type: ignore[assignment]
        return cls(int(match.group(1)), unit)

    @property
    def millis(self) -> int:
        """The length in natural milliseconds."""
        return self.count * _UNIT[self.unit]

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


@dataclass(frozen=True, slots=True)
class Profile:
    """The limits of one SLA profile. A stage that is absent has no limit."""

    code: str
    working: bool
    spans: Mapping[Stage, Span]


def limit(profile: Profile, stage: Stage, start: int, calendar: WorkingCalendar) -> Limit | None:
    """Return the clock of `stage` from `start`, or None when the profile has none."""
    span = profile.spans.get(stage)
    if span is None:
        return None
    if not profile.working:
        return Limit(stage, start, start + span.millis * AMBER // 100, start + span.millis)
    due = due_at(span, start, calendar)
    worked = calendar.between(start, due)
    return Limit(stage, start, calendar.add_time(start, worked * AMBER // 100), due)


def due_at(span: Span, start: int, calendar: WorkingCalendar) -> int:
    """Return the instant at which a working-time span from `start` is over."""
    if span.unit == "d":
        return calendar.add_days(start, span.count)
    return calendar.add_time(start, span.millis)


def half(
    profile: Profile, first: Limit | None, start: int, calendar: WorkingCalendar
) -> Limit | None:
    """Return a rework's disposal clock: half of the first one (illustrative, T22).

    `first` is the limit that the order was sent with; without one the profile has none either.
    """
    if first is None:
        return None
    whole = calendar.between(first.start, first.due) if profile.working else 0
    if whole == 0:
        length = (first.due - first.start) // 2
        return Limit(Stage.DISPOSAL, start, start + length * AMBER // 100, start + length)
    return Limit(
        Stage.DISPOSAL,
        start,
        calendar.add_time(start, whole * AMBER // 200),
        calendar.add_time(start, whole // 2),
    )


def extended(profile: Profile, clock: Limit, due: int, calendar: WorkingCalendar) -> Limit:
    """Return a clock that ends later, its yellow moved with it."""
    amber = clock.start + (due - clock.start) * AMBER // 100
    if profile.working:
        whole = calendar.between(clock.start, due)
        amber = calendar.add_time(clock.start, whole * AMBER // 100)
    return Limit(clock.stage, clock.start, amber, due)


def remaining(profile: Profile, clock: Limit, now: int, calendar: WorkingCalendar) -> int:
    """Return what is left of a clock when it is stopped, in milliseconds of its own kind.

    Negative when it is over already: a hold does not give time back.
    """
    if not profile.working:
        return clock.due - now
    if now <= clock.due:
        return calendar.between(now, clock.due)
    return -calendar.between(clock.due, now)


def resumed(profile: Profile, left: int, now: int, calendar: WorkingCalendar) -> Limit:
    """Return the disposal clock after a hold: what was left, restored and not reset."""
    if left <= 0:
        return Limit(Stage.DISPOSAL, now, now, now + left)
    if not profile.working:
        return Limit(Stage.DISPOSAL, now, now + left * AMBER // 100, now + left)
    return Limit(
        Stage.DISPOSAL,
        now,
        calendar.add_time(now, left * AMBER // 100),
        calendar.add_time(now, left),
    )
