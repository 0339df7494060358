"""How a day goes: when reports come and how long each step takes, as fitted figures.

The figures were fitted to two real streams of emergency calls by `dispatch.drill.fit`; the streams
themselves are not shipped. Draws are independent of each other: that a busy hour also slows
every step is not in them.
"""

from __future__ import annotations

import random
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dispatch.domain.calendar import HOUR, ZONE, instant, local
from resources import path

HOURS: Final = 24
CHANCES: Final = (*(n / 100 for n in range(100)), 0.995, 0.999, 1.0)
"""The chances at which the quantiles of a service time are kept."""


class Part(StrEnum):
    """A part of a call whose length the real stream records."""

    ENTRY = "entry"
    """Received to entered by the call taker."""
    ORDER = "order"
    """Entered to dispatched."""
    TURNOUT = "turnout"
    """Dispatched to under way."""
    TRAVEL = "travel"
    """Under way to on scene."""
    WORK = "work"
    """On scene to available again."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The figures: 24 shares of a day's reports, and quantiles in seconds for each part."""

    hours: tuple[float, ...]
    seconds: Mapping[Part, tuple[float, ...]]

    def draw(self, part: Part, rng: random.Random) -> float:
        """Return the seconds that one part takes, before any scaling."""
        return self.quantile(part, rng.random())

    def quantile(self, part: Part, chance: float) -> float:
        """Return the seconds within which a share of `chance` is done."""
        values = self.seconds[part]
        right = min(max(bisect_right(CHANCES, chance), 1), len(CHANCES) - 1)
        low, high = CHANCES[right - 1], CHANCES[right]
        share = (chance - low) / (high - low)
        return values[right - 1] + share * (values[right] - values[right - 1])


def load(stream: str = "montgomery") -> Fitted:
    """Return the shipped figures, with the hourly profile of one stream (montgomery or sffd)."""
    with path("feeds/fitted.toml").open("rb") as file:
        figures = tomllib.load(file)
    seconds = {part: tuple(figures["seconds"][part]) for part in Part}
    return Fitted(tuple(figures["hours"][stream]), seconds)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of made-up life: its start in UTC milliseconds, its length, its load, its seed."""

    start_ms: int
    hours: float
    per_day: float = 200.0
    seed: int = 1


def arrivals(fitted: Fitted, span: Span, rng: random.Random) -> Iterator[int]:
    """Yield instants of reports in order, UTC milliseconds, at the hourly rates of the profile.

    A Poisson process whose rate changes at each full local hour.
    """
    end = span.start_ms + round(span.hours * HOUR)
    at = float(span.start_ms)
    while at < end:
        here = local(int(at))
        closes = instant(here.replace(minute=0, second=0, microsecond=0, tzinfo=ZONE)) + HOUR
        rate = span.per_day * fitted.hours[here.hour] / HOUR  # a millisecond
        at = at + rng.expovariate(rate) if rate > 0 else closes
        if at >= closes:
            at = float(closes)  # without memory: drawn again at the next hour's rate
        elif at < end:
            yield int(at)
