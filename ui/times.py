"""Times as the seat writes them: countdowns, ages, clock and date in the town's own zone."""

from datetime import UTC, datetime, timedelta
from typing import Final

from dispatch.domain.calendar import DAY, HOUR, MINUTE
from ui.tongue import tr

SECOND: Final = 1000
_ZONE_OFFSET: Final = timedelta(hours=8)  # China has one zone and no summer time
_WEEKDAYS: Final = (
    tr("周一"),
    tr("周二"),
    tr("周三"),
    tr("周四"),
    tr("周五"),
    tr("周六"),
    tr("周日"),
)


def span(millis: int) -> str:
    """Return a length: `mm:ss` under an hour, `1时06分` under a day, then `2天4时`.

    The sign is dropped: whoever writes it puts 超时 before a limit that is over.
    """
    seconds = abs(millis) // SECOND
    if seconds < HOUR // SECOND:
        return f"{seconds // 60:02d}:{seconds % 60:02d}"
    minutes = seconds // 60
    if minutes < DAY // MINUTE:
        return tr("{hours}时{minutes:02d}分").format(hours=minutes // 60, minutes=minutes % 60)
    hours = minutes // 60
    return tr("{days}天{hours}时").format(days=hours // 24, hours=hours % 24)


def left(due: int, now: int) -> tuple[bool, str]:
    """Return whether the limit is over, and what is left of it or by how much it is over."""
    return now > due, span(due - now)


def age(since: int | None, now: int) -> str:
    """Return how long ago: 18 秒, 4 分, 3 时 or 2 天; — when never."""
    if since is None:
        return "—"
    passed = max(0, now - since)
    if passed < MINUTE:
        return tr("{passed} 秒").format(passed=passed // SECOND)
    if passed < HOUR:
        return tr("{passed} 分").format(passed=passed // MINUTE)
    if passed < DAY:
        return tr("{passed} 时").format(passed=passed // HOUR)
    return tr("{passed} 天").format(passed=passed // DAY)


def local(millis: int) -> datetime:
    """Return the wall-clock time of the town."""
    return datetime.fromtimestamp(millis / SECOND, UTC).replace(tzinfo=None) + _ZONE_OFFSET


def clock(millis: int) -> str:
    """Return 14:32:08."""
    return f"{local(millis):%H:%M:%S}"


def minute(millis: int, now: int) -> str:
    """Return 14:32 for today, 11-24 14:32 for another day."""
    at = local(millis)
    return f"{at:%H:%M}" if at.date() == local(now).date() else f"{at:%m-%d %H:%M}"


def day(millis: int) -> str:
    """Return 11-24."""
    return f"{local(millis):%m-%d}"


def date(millis: int) -> str:
    """Return 11月21日 周五."""
    at = local(millis)
    return tr("{month}月{day}日 {weekday}").format(
        month=at.month, day=at.day, weekday=_WEEKDAYS[at.weekday()]
    )
