"""Which period a report is of, and which ones it is compared with."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from dispatch.domain.calendar import ZONE, instant, local
from dispatch.domain.errors import BadInput
from dispatch.reports.shift_input import ShiftSpan, Variant

NAMES = {Variant.DAY: "日报", Variant.WEEK: "周报", Variant.MONTH: "月报", Variant.SPECIAL: "专报"}


def period(variant: Variant, day: date) -> ShiftSpan:
    """Return the day, the week from Monday, or the month that holds a day."""
    match variant:
        case Variant.DAY:
            first, last = day, day + timedelta(days=1)
        case Variant.WEEK:
            first = day - timedelta(days=day.weekday())
            last = first + timedelta(days=7)
        case Variant.MONTH:
            first = day.replace(day=1)
            last = (first + timedelta(days=31)).replace(day=1)
        case _:
            raise BadInput("--date", "值班报告和专报按起止时间")
    return ShiftSpan(NAMES[variant], _midnight(first), _midnight(last), variant)


def _midnight(day: date) -> int:
    return instant(datetime.combine(day, time(), ZONE))


def compared(span: ShiftSpan) -> tuple[tuple[str, ShiftSpan], ...]:
    """Return the period before (环比) and that of last year (同比); none for other reports.

    A week's last year is the one 52 weeks before; 29 February has 28 February.
    """
    first = local(span.from_at).date()
    match span.variant:
        case Variant.DAY | Variant.MONTH:
            year = first.year - 1
            last_year = first.replace(year=year, day=28 if _leap(first) else first.day)
        case Variant.WEEK:
            last_year = first - timedelta(weeks=52)
        case _:
            return ()
    before = period(span.variant, first - timedelta(days=1))
    return (("before", before), ("year", period(span.variant, last_year)))


def _leap(day: date) -> bool:
    return (day.month, day.day) == (2, 29)
