"""Times as people type them: a clock time, a day, or a span from now."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from dispatch.domain.calendar import DAY, HOUR, MINUTE, local
from dispatch.domain.errors import BadInput

_SPAN: Final = re.compile(r"\+?(\d{1,4})\s*(m|h|d|分|分钟|时|小时|天)")
_LENGTH: Final = {"m": MINUTE, "分": MINUTE, "分钟": MINUTE, "h": HOUR, "时": HOUR, "小时": HOUR}
_MOMENT: Final = re.compile(
    r"(?:(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2}))?\s*(?:(\d{1,2})[:：](\d{2}))?"
)
_OFFICE_ENDS: Final = (17, 30)
_HALF_YEAR: Final = 183 * DAY


def moment(text: str, where: str, now: int) -> int:
    """Read `14:33`, `11-22 14:33`, `2026-11-22 14:33`, or a span from now such as `4h`, `3天`.

    A day without a year is the one nearest to `now`; without a time it is the office's end.
    """
    span = _SPAN.fullmatch(text.strip())
    if span:
        return now + int(span.group(1)) * _LENGTH.get(span.group(2), DAY)
    match = _MOMENT.fullmatch(text.strip())
    if match is None or not text.strip():
        example = f"{local(now):%m-%d %H:%M}"
        raise BadInput(where, f"“{text[:20]}”不是时间，如 {example}、14:33、4h、3d")
    year, month, day, hour, minute = (int(each) if each else None for each in match.groups())
    today = local(now)
    try:
        at = datetime(
            year or today.year,
            month or today.month,
            day or today.day,
            _OFFICE_ENDS[0] if hour is None else hour,
            _OFFICE_ENDS[1] if minute is None else minute,
            tzinfo=UTC,
        )
    except ValueError:
        raise BadInput(where, f"没有“{text[:20]}”这个时间") from None
    found = _millis(at)
    if month and not year:
        found = _nearest_year(at, found, now)
    return found


def _nearest_year(at: datetime, found: int, now: int) -> int:
    if found - now > _HALF_YEAR:
        return _shifted(at, -1, found)
    return _shifted(at, 1, found) if now - found > _HALF_YEAR else found


def _shifted(at: datetime, years: int, otherwise: int) -> int:
    try:
        return _millis(at.replace(year=at.year + years))
    except ValueError:  # the 29th of February
        return otherwise


def _millis(at: datetime) -> int:
    """A wall-clock time of the town, held as UTC, as UTC milliseconds."""
    return round((at - timedelta(hours=8)).timestamp() * 1000)
