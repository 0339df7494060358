"""Words of the report for the field's codes, and texts that fit their column."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from pypinyin import Style, lazy_pinyin

from dispatch.domain.calendar import local
from dispatch.domain.codes import Priority, Source, State, Supervision
from dispatch.domain.incident import Incident
from dispatch.reports.shift_input import Names, Scope, ShiftSpan, Variant

SOURCES: Final = {
    Source.WORKER: "网格员",
    Source.CITIZEN: "人人拍",
    Source.HOTLINE: "12345 热线",
    Source.PATROL: "机动队",
    Source.STATION: "村站",
    Source.POLICE: "110 转",
    Source.CITY: "市级下派",
    Source.RESIDENCY: "驻点",
    Source.DEPARTMENT: "部门",
}
PRIORITIES: Final = {Priority.P1: "P1 紧急", Priority.P2: "P2 重要", Priority.P3: "P3 一般"}
_NEXT: Final = {
    State.REPORTED: "受理立案",
    State.VERIFY: "催核实",
    State.FILED: "派遣",
    State.SENT: "催{unit}签收",
    State.WORK: "催{unit}反馈",
    State.DONE: "核查",
    State.VISIT: "回访",
    State.EVAL: "评价结案",
    State.HOLD: "到期复查",
    State.CITY: "跟进市级办理",
}
_OWNERS: Final = {
    State.REPORTED: "受理员",
    State.VERIFY: "核实网格员",
    State.FILED: "派遣员",
    State.DONE: "核查员",
    State.VISIT: "督办员",
    State.EVAL: "值班长",
    State.HOLD: "派遣员",
    State.CITY: "值班长",
}
REQUESTS: Final = {
    "refusal": "不予受理",
    "hold": "挂起",
    "void": "作废",
    "extension": "延期",
    "escalation": "上报市级",
}
CARDS: Final = {
    Supervision.NORMAL: "普通督办",
    Supervision.YELLOW: "黄牌督办",
    Supervision.RED: "红牌督办",
}
_SHIFT_LETTERS: Final = {"白班": "B", "夜班": "Y", "中班": "Z"}
_WEEKDAYS: Final = "一二三四五六日"
_STACKED: Final = 3
"""So many combining marks are printed over one character; more only climb over other lines."""
_RUN: Final = re.compile(r"([!-~]{8})(?=[!-~])")


def next_step(incident: Incident, names: Names) -> str:
    """Return what somebody has to do next."""
    if incident.contested:
        return "值班长裁定争议"
    words = _NEXT.get(incident.state) if incident.state else None
    return (words or "—").format(unit=unit(incident.unit, names))


def owner(incident: Incident, names: Names) -> str:
    """Return who has to do it: a role at the centre, or the unit."""
    if incident.contested:
        return "值班长"
    if incident.state in {State.SENT, State.WORK}:
        return unit(incident.unit, names)
    return _OWNERS.get(incident.state, "—") if incident.state else "—"


def unit(code: str | None, names: Names) -> str:
    """Return a unit's name."""
    return "—" if code is None else names.units.get(code, code)


def short_number(number: str, id_: str) -> str:
    """Return the number's last part, which is never elided; without one the id's beginning."""
    return clean(number).rpartition("-")[2][-10:] or id_[:8]


def where(incident: Incident, place: str, names: Names) -> str:
    """Return village and place as one line; a place that begins with the village says it once."""
    village = names.villages.get(incident.village or "", incident.village or "")
    if village and place.startswith(village):
        return place
    return " ".join(each for each in (village, place) if each) or "—"


_NUMBERS: Final = {
    Variant.DAY: "RB-%Y%m%d",
    Variant.WEEK: "ZB-%GW%V",
    Variant.MONTH: "YB-%Y%m",
    Variant.SPECIAL: "ZT-%Y%m%d-%H%M",
}


def report_no(scope: Scope, shift: ShiftSpan) -> str:
    """Return the report's number: HL-JB-20251121-B, HL-YB-202511."""
    short = scope.initials or _initials(scope.name.removesuffix("街道").removesuffix("镇"))
    at = local(shift.from_at)
    if shift.variant is not Variant.SHIFT:
        return f"{short}-{at.strftime(_NUMBERS[shift.variant])}"
    letter = _SHIFT_LETTERS.get(shift.name) or _initials(shift.name)[:1] or "X"
    return f"{short}-JB-{at:%Y%m%d}-{letter}"


def _initials(name: str) -> str:
    """First letters in capitals; what has none is left out. 涌 and 厦 are read as locals do."""
    read = name.replace("涌", "冲").replace("厦", "下")
    letters = lazy_pinyin(read, style=Style.FIRST_LETTER, errors="ignore")
    return "".join(letters).upper()


def day_line(shift: ShiftSpan) -> str:
    """Return the line under the title."""
    start, end = local(shift.from_at), local(shift.to_at)
    if shift.variant is not Variant.SHIFT:
        last = local(shift.to_at - 1)
        if shift.variant is Variant.SPECIAL:
            return f"{start:%Y-%m-%d %H:%M} 至 {end:%Y-%m-%d %H:%M}"
        day = f"{start.year} 年 {start.month} 月 {start.day} 日"
        return day if start.date() == last.date() else f"{day} 至 {last.month} 月 {last.day} 日"
    weekday = _WEEKDAYS[start.weekday()]
    until = f"{end:%H:%M}" if start.date() == end.date() else f"次日 {end:%H:%M}"
    if (end.date() - start.date()).days > 1:
        until = f"{end:%m-%d %H:%M}"
    day = f"{start.year} 年 {start.month} 月 {start.day} 日 星期{weekday}"
    return f"{day} {shift.name} {start:%H:%M}–{until}"


def clean(text: str) -> str:
    """Return a text as one printable line: no controls, no direction marks, no towers of marks."""
    kept: list[str] = []
    marks = 0
    for char in text:
        kind = unicodedata.category(char)
        if kind in {"Cc", "Zl", "Zp"}:
            char = " "  # noqa: PLW2901 - one character in, one out
        elif kind in {"Cf", "Cs", "Co", "Cn"} and char != "\u200d":
            continue
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        if marks <= _STACKED:
            kept.append(char)
    return " ".join("".join(kept).split())


def fit(text: str, cells: int) -> str:
    """Return a clean text of at most `cells` half-width cells, elided on the right.

    Long runs without a break get places where a line may break.
    """
    line = clean(text)
    if cells_wide(line) > cells:
        while line and (cells_wide(line) > cells - 2 or _joins(line[-1])):
            line = line[:-1]
        line = f"{line}…"
    return _RUN.sub("\\1\u200b", line)


def cells_wide(text: str) -> int:
    """Return how many half-width cells a text takes."""
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def _joins(char: str) -> bool:
    return char == "\u200d" or unicodedata.category(char) in {"Mn", "Me", "Sk"}
