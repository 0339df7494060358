"""One printed number: its value, how it is printed, what it means, and the ids behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, assert_never

from dispatch.domain.calendar import DAY, HOUR, MINUTE, local

Form = Literal[
    "count", "percent", "change", "points", "ratio", "minutes", "left", "span", "time", "day"
]
NOTHING = "—"
"""What is printed where a number cannot be told: an empty denominator, an unknown value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number on the report. Either `value`, or numerator and denominator; all None: unknown.

    `ids` are the incidents (for facts: their hashes) counted in value or numerator, one entry for
    each time it counts; `of` those of a denominator. Times are milliseconds.
    """

    id: str
    name: str
    form: Form
    value: int | None = None
    num: int | None = None
    den: int | None = None
    ids: tuple[str, ...] = ()
    of: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The number as it is printed."""
        match self.form:
            case "count":
                return NOTHING if self.value is None else f"{self.value:,}"
            case "percent":
                return NOTHING if (rate := tenths(self.num, self.den, 100)) is None else f"{rate}%"
            case "change":
                return f"{told}%" if (told := signed(self.num, self.den)) else NOTHING
            case "points":
                return f"{told} 点" if (told := signed(self.num, self.den)) else NOTHING
            case "minutes" | "ratio":
                return tenths(self.num, self.den, 1) or NOTHING
            case "left":
                return NOTHING if self.value is None else left_text(self.value)
            case "span":
                return NOTHING if self.value is None else span_text(self.value)
            case "time":
                return NOTHING if self.value is None else f"{local(self.value):%m-%d %H:%M}"
            case "day":
                return NOTHING if self.value is None else f"{local(self.value):%m-%d}"
            case _:
                assert_never(self.form)

    @property
    def ratio(self) -> str:
        """Numerator and denominator as they stand beside a rate."""
        return NOTHING if self.num is None or self.den is None else f"{self.num:,} / {self.den:,}"


def count(id_: str, name: str, ids: Iterable[str]) -> Figure:
    """Return the count of `ids`, which are kept in order."""
    kept = tuple(sorted(ids))
    return Figure(id=id_, name=name, form="count", value=len(kept), ids=kept)


def rate(id_: str, name: str, ids: Iterable[str], of: Iterable[str]) -> Figure:
    """Return the share of `ids` in `of`."""
    part, whole = tuple(sorted(ids)), tuple(sorted(of))
    return Figure(
        id=id_, name=name, form="percent", num=len(part), den=len(whole), ids=part, of=whole
    )


def mean(id_: str, name: str, spans: Iterable[tuple[str, int]]) -> Figure:
    """Return the mean in minutes of (id, milliseconds) pairs."""
    pairs = sorted(spans)
    return Figure(
        id=id_,
        name=name,
        form="minutes",
        num=sum(each for _, each in pairs),
        den=len(pairs) * MINUTE,
        ids=tuple(name for name, _ in pairs),
    )


def ninetieth(id_: str, name: str, spans: Iterable[tuple[str, int]]) -> Figure:
    """Return the 90th percentile in minutes by nearest rank: the least that 9 of 10 keep."""
    pairs = sorted(spans, key=lambda each: each[1])
    rank = (9 * len(pairs) + 9) // 10
    return Figure(
        id=id_,
        name=name,
        form="minutes",
        num=pairs[rank - 1][1] if pairs else 0,
        den=MINUTE if pairs else 0,
        ids=tuple(sorted(name for name, _ in pairs)),
    )


def tenths(num: int | None, den: int | None, times: int) -> str | None:
    """Return num / den * times with one decimal, half up, from integers; None without a den."""
    whole = in_tenths(num, den, times)
    return None if whole is None else f"{whole // 10:,}.{whole % 10}"


def in_tenths(num: int | None, den: int | None, times: int) -> int | None:
    """Return num / den * times in tenths, half up; None without a den."""
    if num is None or not den:
        return None
    return (2 * 10 * times * num + den) // (2 * den)


def signed(num: int | None, den: int | None) -> str | None:
    """Return num / den in percent with its sign, half up from nought; None without a den."""
    if num is None or not den:
        return None
    text = tenths(abs(num), den, 100)
    return text if text == "0.0" else f"{'+' if num > 0 else '−'}{text}"


def span_text(millis: int) -> str:
    """Return a length of time as the console writes it: 05分, 1时06分, 2天4时."""
    if millis < HOUR:
        return f"{millis // MINUTE}分"
    if millis < DAY:
        return f"{millis // HOUR}时{millis % HOUR // MINUTE:02d}分"
    return f"{millis // DAY}天{millis % DAY // HOUR}时"


def left_text(millis: int) -> str:
    """Return what is left of a limit, or how far it is over."""
    return f"剩 {span_text(millis)}" if millis >= 0 else f"超时 {span_text(-millis)}"
