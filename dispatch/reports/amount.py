"""A printed number as a spreadsheet holds it: as exact as it is printed, a rate as its share."""

from __future__ import annotations

from datetime import datetime
from math import copysign
from typing import assert_never

from dispatch.domain.calendar import local
from dispatch.reports.figure import Figure, in_tenths

Amount = int | float | datetime


def amount(figure: Figure) -> Amount | None:
    """Return the value that is shown as the figure's text; None: unknown, or a length in words.

    Times are the town's own, without a zone, cut to what is printed of them.
    """
    match figure.form:
        case "count":
            return figure.value
        case "percent" | "change":
            return _share(figure, 100, 1000)
        case "points":
            return _share(figure, 100, 10)
        case "minutes" | "ratio":
            return _share(figure, 1, 10)
        case "time" | "day":
            return None if figure.value is None else _moment(figure.value, figure.form == "day")
        case "left" | "span":
            return None
        case _:
            assert_never(figure.form)


def _share(figure: Figure, times: int, parts: int) -> float | None:
    """Half up from nought, on either side of it; without a numerator there is no denominator."""
    num = figure.num or 0
    told = in_tenths(abs(num), figure.den, times)
    return None if told is None else copysign(told, num) / parts


def _moment(at: int, whole_day: bool) -> datetime:  # noqa: FBT001 - one of two
    told = local(at).replace(tzinfo=None, second=0, microsecond=0)
    return told.replace(hour=0, minute=0) if whole_day else told
