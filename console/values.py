"""Values as people type them on the command line: times, points, spans, grades, fields.

Every function raises BadInput that names the option and says what would be right.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar

from dispatch.domain.calendar import ZONE, instant
from dispatch.domain.errors import BadInput
from dispatch.domain.sla import Span

E = TypeVar("E", bound=StrEnum)
LAST = datetime(2200, 1, 1, tzinfo=ZONE)
FIRST = datetime(1990, 1, 1, tzinfo=ZONE)
LONGEST: Final = 8_000
"""Characters of one value; a longer text would not fit into an event beside others."""
_DEGREES: Final = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{1,20})?")


def time(text: str, option: str) -> int:
    """Read an ISO 8601 time with a zone; return UTC milliseconds."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(
            option, f"“{text}”不是 ISO 8601 时间，如 2026-11-21T08:00:00+08:00"
        ) from None
    if moment.tzinfo is None:
        raise BadInput(option, f"“{text}”没有时区，如 2026-11-21T08:00:00+08:00")
    if not FIRST < moment < LAST:
        raise BadInput(option, f"“{text}”不在 1990 年至 2200 年之间")
    return instant(moment)


def day(text: str, option: str) -> int:
    """Read a date (the end of its working day) or a full time; return UTC milliseconds."""
    if len(text) == len("2026-11-21"):
        text = f"{text}T17:30:00+08:00"
    return time(text, option)


def iso(moment: int | None) -> str | None:
    """Return UTC milliseconds as ISO 8601 in China's time; None stays None."""
    if moment is None:
        return None
    return datetime.fromtimestamp(moment / 1000, ZONE).isoformat(timespec="milliseconds")


def point(text: str, option: str) -> tuple[float, float]:
    """Read LON,LAT in CGCS2000 degrees."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2 or not all(_DEGREES.fullmatch(part) for part in parts):
        raise BadInput(option, f"“{text}”不是 经度,纬度，如 113.96,23.04")
    lon, lat = float(parts[0]), float(parts[1])
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise BadInput(option, f"“{text}”不在经度 -180 至 180、纬度 -90 至 90 之内")
    return lon, lat


def until(text: str, option: str, now: int) -> int:
    """Read a time, or a span from now like 30m, 4h, 3d (natural); return UTC milliseconds."""
    if text and text[0].isdigit() and text[-1] in "mhd":
        return now + Span.parse(text, option).millis
    return time(text, option)


def code(text: str, kind: type[E], option: str) -> E:
    """Read one of a list of codes; an unknown one is told with the whole list."""
    try:
        return kind(text)
    except ValueError:
        raise BadInput(
            option, f"“{text}”不在 {'/'.join(each.value for each in kind)} 之中"
        ) from None


def grade(text: str, option: str) -> int | None:
    """Read 1..5 or none."""
    if text == "none":
        return None
    if text not in {"1", "2", "3", "4", "5"}:
        raise BadInput(option, f"“{text}”不是 1 至 5 或 none")
    return int(text)


def met(text: str, option: str) -> bool:
    """Read met or unmet."""
    if text not in {"met", "unmet"}:
        raise BadInput(option, f"“{text}”不是 met 或 unmet")
    return text == "met"


def whole(text: str, option: str) -> int:
    """Read a whole number without sign, at most nine digits."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise BadInput(option, f"“{text}”不是非负整数")
    return int(text)


def words(text: str, option: str) -> str:
    """Refuse text that no event could hold: NUL, a lone surrogate of a mangled argument."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInput(option, "文字不是有效的 UTF-8") from None
    if "\x00" in text:
        raise BadInput(option, "文字中有 NUL 字符")
    if len(text) > LONGEST:
        raise BadInput(option, f"{len(text)} 个字符，超过 {LONGEST}")
    return text


def usable(argv: Iterable[str]) -> list[str]:
    """Return the words of a command line when each can be kept, shown and used as a name."""
    found, option = [], "zhiwang"
    for word in argv:
        name, _, _ = word.partition("=")
        if name.startswith("--") and len(name) < 40:
            option = name
        found.append(words(word, option))
    return found


def reason(given: argparse.Namespace) -> str:
    """Return why personal data is wanted in clear, "" when it is not; nobody does it unnamed."""
    if given.reveal is None:
        return ""
    told: str = given.reveal
    if not told.strip():
        raise BadInput("--reveal", "查看明文必须说明理由")
    if given.name is None:
        raise BadInput("--reveal", "要写明是谁：--as NAME")
    return told
