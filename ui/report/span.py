"""The shift that runs: day 08:00 to 20:00, night 20:00 to 08:00, in the town's own zone."""

from typing import Final

from dispatch.domain.calendar import DAY, HOUR
from ui import times
from ui.tongue import tr

_DAY_BEGINS: Final = 8
_NIGHT_BEGINS: Final = 20


def running(now: int) -> tuple[int, int]:
    """Return the running shift's [from, to) in UTC milliseconds."""
    at = times.local(now)
    midnight = now - now % 1000 - ((at.hour * 60 + at.minute) * 60 + at.second) * 1000
    if at.hour < _DAY_BEGINS:
        return midnight - DAY + _NIGHT_BEGINS * HOUR, midnight + _DAY_BEGINS * HOUR
    if at.hour < _NIGHT_BEGINS:
        return midnight + _DAY_BEGINS * HOUR, midnight + _NIGHT_BEGINS * HOUR
    return midnight + _NIGHT_BEGINS * HOUR, midnight + DAY + _DAY_BEGINS * HOUR


def before(span: tuple[int, int]) -> tuple[int, int]:
    """Return the shift before that one."""
    return running(span[0] - 1)


def part(span: tuple[int, int]) -> str:
    """Return 白班 or 夜班."""
    return tr("白班") if times.local(span[0]).hour == _DAY_BEGINS else tr("夜班")


def words(span: tuple[int, int]) -> str:
    """Return 白班 11-21 08:00 至 20:00."""
    begin, end = times.local(span[0]), times.local(span[1])
    words = tr("{name} {begin:%m-%d %H:%M} 至 {end:%H:%M}")
    return words.format(name=part(span), begin=begin, end=end)


def folder(span: tuple[int, int]) -> str:
    """Return the name of the folder its report is written to, like 20261121-0800."""
    return f"{times.local(span[0]):%Y%m%d-%H%M}"
