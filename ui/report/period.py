"""Which report the panel shows: its kind, its period by the arrows, its words and its folder."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from dispatch.desk.views_report import Period
from dispatch.domain.calendar import DAY
from dispatch.reports import periods
from dispatch.reports.shift_input import Variant
from ui import times
from ui.report import span
from ui.tongue import tr

NAMES: Final = {
    Variant.SHIFT: tr("班次"),
    Variant.DAY: tr("日报"),
    Variant.WEEK: tr("周报"),
    Variant.MONTH: tr("月报"),
    Variant.SPECIAL: tr("专报"),
}
BESIDE: Final = {
    frozenset({"before", "year"}): tr("环比、同比"),
    frozenset({"before"}): tr("环比"),
    frozenset({"year"}): tr("同比"),
    frozenset[str](): tr("不比较"),
}
COMPARED: Final = frozenset({Variant.DAY, Variant.WEEK, Variant.MONTH})
"""Kinds that are compared with others."""
CHARTED: Final = frozenset({Variant.SHIFT, Variant.DAY})
"""Kinds that have charts by the hour."""
_EARLIEST: Final = date(1990, 1, 1)


def running(variant: Variant, now: int) -> Period:
    """Return the shift, day, week or month that runs; a special report's is the last 24 hours."""
    if variant is Variant.SHIFT:
        begin, end = span.running(now)
        return Period(variant=variant, from_at=begin, to_at=end)
    if variant is Variant.SPECIAL:
        return Period(variant=variant, from_at=now - DAY, to_at=now, name=tr("专报"))
    return _holding(variant, times.local(now).date())


def _holding(variant: Variant, day: date) -> Period:
    found = periods.period(variant, day)
    return Period(variant=variant, from_at=found.from_at, to_at=found.to_at)


def before(period: Period) -> Period:
    """Return the one before; a special report's is as long as it."""
    if period.variant is Variant.SHIFT:
        begin, end = span.before((period.from_at, period.to_at))
        return replace(period, from_at=begin, to_at=end)
    if period.variant is Variant.SPECIAL:
        length = period.to_at - period.from_at
        return replace(period, from_at=period.from_at - length, to_at=period.from_at)
    day = times.local(period.from_at).date() - timedelta(days=1)
    if day < _EARLIEST:
        return period
    return replace(_holding(period.variant, day), beside=period.beside)


def after(period: Period, now: int) -> Period:
    """Return the next one, but none that has not begun."""
    if period.to_at > now:
        return period
    length = period.to_at - period.from_at
    if period.variant is Variant.SPECIAL:
        end = min(now, period.to_at + length)
        return replace(period, from_at=end - length, to_at=end)
    if period.variant is Variant.SHIFT:
        begin, end = span.running(period.to_at)
        return replace(period, from_at=begin, to_at=end)
    return replace(_holding(period.variant, times.local(period.to_at).date()), beside=period.beside)


def words(period: Period) -> str:
    """Return the period in words: 白班 11-21 08:00 至 20:00, 2026-11-21, 2026年11月."""
    begin, last = times.local(period.from_at), times.local(period.to_at - 1)
    match period.variant:
        case Variant.SHIFT:
            return span.words((period.from_at, period.to_at))
        case Variant.DAY:
            return f"{begin:%Y-%m-%d}"
        case Variant.WEEK:
            return tr("{begin:%Y-%m-%d} 至 {last:%m-%d}").format(begin=begin, last=last)
        case Variant.MONTH:
            return f"{begin:%Y-%m}"
        case Variant.SPECIAL:
            end = times.local(period.to_at)
            told = tr("{name} {begin:%m-%d %H:%M} 至 {end:%m-%d %H:%M}")
            return told.format(name=period.name, begin=begin, end=end)


def folder(period: Period) -> str:
    """Return the name of the folder its report is written to; other choices, another folder."""
    begin, end = times.local(period.from_at), times.local(period.to_at)
    if period.variant is Variant.SHIFT:
        return span.folder((period.from_at, period.to_at))
    if period.variant is Variant.SPECIAL:
        items = "".join(f"-{item}" for item in sorted(period.items))
        return f"special-{begin:%Y%m%d-%H%M}-{end:%Y%m%d-%H%M}{items}"
    whole = period.beside == frozenset({"before", "year"})
    beside = "" if whole else f"-{'-'.join(sorted(period.beside)) or 'alone'}"
    return f"{period.variant.value}-{begin:%Y%m%d}{beside}"
