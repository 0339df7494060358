"""Times, points and whole numbers as people type them into a field."""

import re
from typing import Final

from dispatch.advice.moments import moment as moment  # noqa: PLC0414 - fields take it here
from dispatch.domain.errors import BadInput
from ui import times
from ui.tongue import tr

_POINT: Final = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
_POINT_BEGUN: Final = re.compile(r"[-\d.,，\s]*")
_NUMBER: Final = re.compile(r"\s*\d{4,}\s*")
_WHOLE: Final = re.compile(r"\d{1,9}")


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
        said = tr("“{text}”不是 经度, 纬度，如 113.9635, 23.0380")
        raise BadInput(where, said.format(text=text[:24]))
    lon, lat = float(match.group(1)), float(match.group(2))
    if abs(lon) > 180 or abs(lat) > 90:
        raise BadInput(where, tr("经度在 -180 至 180、纬度在 -90 至 90 之内"))
    return lon, lat


def whole(text: str, where: str) -> int:
    """Read a whole number without sign."""
    if not _WHOLE.fullmatch(text):
        raise BadInput(where, tr("“{text}”不是非负整数").format(text=text[:20]))
    return int(text)
