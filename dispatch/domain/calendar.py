"""Working time over an editable calendar with holidays and make-up days.

All instants are UTC milliseconds; the calendar lives in one fixed zone, China's UTC+8, which
has had no change of clocks since 1991.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

ZONE = timezone(timedelta(hours=8))
OPENINGS = ((time(8, 30), time(12, 0)), (time(14, 0), time(17, 30)))
"""The two spans of a working day, in local time."""

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class DayKind(StrEnum):
    """What a calendar row says of a day."""

    HOLIDAY = "holiday"
    MAKEUP = "makeup"


@dataclass(frozen=True, slots=True)
class DayRow:
    """One row of the calendar file: a day that is not what its weekday says."""

    day: date
    kind: DayKind
    name: str = ""


def local(instant: int) -> datetime:
    """Return the local wall time of a UTC-millisecond instant."""
    return datetime.fromtimestamp(instant / 1000, ZONE)


def instant(moment: datetime) -> int:
    """Return the UTC milliseconds of an aware datetime."""
    return round(moment.timestamp() * 1000)


class WorkingCalendar:
    """Which days are worked. Years without rows count by weekday and are told (`missing`)."""

    def __init__(self, rows: Iterable[DayRow], years: Iterable[int], version: str = "") -> None:
        self.version = version
        self.years = frozenset(years)
        self.rows = tuple(rows)
        self._kind = {row.day: row.kind for row in self.rows}

    def works(self, day: date) -> bool:
        """Return whether `day` is a working day."""
        kind = self._kind.get(day)
        if kind is not None:
            return kind is DayKind.MAKEUP
        return day.weekday() < 5

    def missing(self, start: int, end: int) -> tuple[int, ...]:
        """Return the years between two instants for which there is no calendar file."""
        span = range(local(start).year, local(end).year + 1)
        return tuple(year for year in span if year not in self.years)

    def opening(self, moment: int) -> int:
        """Return `moment` if it is inside working time, else the next opening's instant."""
        at = local(moment)
        while True:
            if self.works(at.date()):
                for opens, closes in OPENINGS:
                    if at.time() < closes:
                        start = datetime.combine(at.date(), opens, ZONE)
                        return max(instant(at), instant(start))
            at = datetime.combine(at.date() + timedelta(days=1), time(0), ZONE)

    def add_time(self, moment: int, span: int) -> int:
        """Return the instant at which `span` milliseconds of working time have passed."""
        at, left = self.opening(moment), span
        while True:
            here = local(at)
            closes = next(end for _, end in OPENINGS if here.time() < end)
            close = instant(datetime.combine(here.date(), closes, ZONE))
            if left <= close - at:
                return at + left
            left -= close - at
            at = self.opening(close)

    def add_days(self, moment: int, days: int) -> int:
        """Return the same clock time on the nth next working day."""
        at = local(self.opening(moment))
        day = at.date()
        while days > 0:
            day += timedelta(days=1)
            days -= self.works(day)
        return instant(datetime.combine(day, at.timetz()))

    def between(self, start: int, end: int) -> int:
        """Return the milliseconds of working time from `start` to `end`; 0 when reversed."""
        total, at = 0, self.opening(start)
        while at < end:
            here = local(at)
            closes = next(stop for _, stop in OPENINGS if here.time() < stop)
            close = instant(datetime.combine(here.date(), closes, ZONE))
            total += min(close, end) - at
            at = self.opening(close)
        return total
