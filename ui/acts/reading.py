"""Times, spans, days, points and whole numbers as people type them into a field."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.errors import BadInput
from ui import times

_SPAN: Final = re.compile(r"\+?(\d{1,4})\s*(m|h|d|分|分钟|时|小时|天)")
_LENGTH: Final = {"m": MINUTE, "分": MINUTE, "分钟": MINUTE, "h": HOUR, "时": HOUR, "小时": HOUR}
_MOMENT: Final = re.compile(
    r"(?:(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2}))?\s*(?:(\d{1,2})[:：](\d{2}))?"
)
_OFFICE_ENDS: Final = (17, 30)
_POINT: Final = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
_POINT_BEGUN: Final = re.compile(r"[-\d.,，\s]*")
_NUMBER: Final = re.compile(r"\s*\d{4,}\s*")
_WHOLE: Final = re.compile(r"\d{1,9}")
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
        example = f"{times.local(now):%m-%d %H:%M}"
        raise BadInput(where, f"“{text[:20]}”不是时间，如 {example}、14:33、4h、3d")
    year, month, day, hour, minute = (int(each) if each else None for each in match.groups())
    today = times.local(now)
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


def written(millis: int, now: int) -> str:
    """Return a time as `moment` reads it back: 14:33 today, else 11-22 14:33."""
    at, today = times.local(millis), times.local(now)
    if at.year != today.year:
        return f"{at:%Y-%m-%d %H:%M}"
    return times.minute(millis, now)


def may_be_point(text: str) -> bool:
    """Whether a text can become a point: four digits and more in a row are a number instead."""
    return _POINT_BEGUN.fullmatch(text) is not None and _NUMBER.fullmatch(text) is None


def point(text: str, where: str) -> tuple[float, float]:
    """Read `113.9635, 23.0380` in CGCS2000 degrees."""
    match = _POINT.fullmatch(text)
    if match is None:
        raise BadInput(where, f"“{text[:24]}”不是 经度, 纬度，如 113.9635, 23.0380")
    lon, lat = float(match.group(1)), float(match.group(2))
    if abs(lon) > 180 or abs(lat) > 90:
        raise BadInput(where, "经度在 -180 至 180、纬度在 -90 至 90 之内")
    return lon, lat


def whole(text: str, where: str) -> int:
    """Read a whole number without sign."""
    if not _WHOLE.fullmatch(text):
        raise BadInput(where, f"“{text[:20]}”不是非负整数")
    return int(text)
