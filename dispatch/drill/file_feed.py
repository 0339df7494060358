"""A feed from somebody's file: real times and texts, foreign places laid onto the town."""

from __future__ import annotations

import csv
import gzip
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from dispatch.domain.calendar import HOUR, ZONE, instant, local
from dispatch.domain.codes import Source
from dispatch.domain.errors import BadInput
from dispatch.drill.feed import FeedIncident, Setting
from dispatch.drill.mapping import FeedMapping
from dispatch.drill.profile import Span
from dispatch.geo.area import Point

_LON, _LAT = 180.0, 90.0
_LONGEST_TEXT: Final = 500


@dataclass(frozen=True, slots=True)
class FeedReject:
    """One row that could not be used: its line in the file and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class FileFeed:
    """What a file gave for a span: reports in order, bad rows, how many places were moved."""

    incidents: tuple[FeedIncident, ...]
    rejects: tuple[FeedReject, ...]
    day: date

    @property
    def moved(self) -> int:
        """How many places fell outside the town and were put on its edge."""
        return sum(each.moved for each in self.incidents)


@dataclass(frozen=True, slots=True)
class _Call:
    """One row that can be used; its texts are turned into codes only if it falls into the span."""

    line: int
    at: datetime
    point: Point
    source_text: str
    item_text: str
    text: str


@dataclass(frozen=True, slots=True)
class _Affine:
    """Foreign longitude and latitude to the town's: one stretch and shift on each axis."""

    stretch: tuple[float, float]
    shift: tuple[float, float]

    def __call__(self, point: Point) -> Point:
        x = point[0] * self.stretch[0] + self.shift[0]
        y = point[1] * self.stretch[1] + self.shift[1]
        return x, y


def read_feed(path: Path, mapping: FeedMapping, setting: Setting, span: Span) -> FileFeed:
    """Read the calls of one foreign day onward into the town and the span's clock.

    A call at a clock time there comes at the same clock time here, counted from midnight of the
    span's first day; the mapping's `day`, or the file's second one (the first is seldom whole), is
    laid on it. Service times are drawn. Raises BadInput for a file that is no such table.
    """
    rejects: list[FeedReject] = []
    calls = list(_calls(path, mapping, rejects))
    if not calls:
        raise BadInput(path.name, "没有一行可用")
    day = _first_day(mapping, calls)
    affine = _affine([call.point for call in calls], mapping, setting.ground.box)
    rng = random.Random(f"file:{setting.ground.town.code}:{span.seed}")
    cast = _Casting(mapping, setting, affine, rng)
    here = local(span.start_ms).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=ZONE)
    midnight = instant(here)
    found: list[tuple[int, _Call]] = []
    for call in calls:
        since = call.at.replace(tzinfo=None) - datetime.combine(day, datetime.min.time())
        at = midnight + round(since / timedelta(milliseconds=1))
        if span.start_ms <= at < span.start_ms + span.hours * HOUR:
            found.append((at, call))
    found.sort(key=lambda each: (each[0], each[1].line))
    incidents = tuple(cast.incident(number, at, call) for number, (at, call) in enumerate(found, 1))
    return FileFeed(incidents, tuple(rejects), day)


@dataclass(frozen=True, slots=True)
class _Casting:
    """Turns foreign calls into reports of the town."""

    mapping: FeedMapping
    setting: Setting
    affine: _Affine
    rng: random.Random

    def incident(self, number: int, at: int, call: _Call) -> FeedIncident:
        code = self.mapping.item.of(call.item_text)
        item = self.setting.catalogue.get(code)
        if item is None:
            raise BadInput(f"第 {call.line} 行", f"事项 {code} 不在清单中")
        shown = "".join(each if each.isprintable() else " " for each in call.text)
        return FeedIncident(
            number=number,
            at_ms=at,
            source=Source(self.mapping.source.of(call.source_text)),
            item=item.code,
            spot=self.setting.ground.at(self.affine(call.point), self.rng),
            text=shown[:_LONGEST_TEXT],
            priority_hint=item.priority,
            service=self.setting.service.plan(item.profile, self.rng),
        )


def _first_day(mapping: FeedMapping, calls: list[_Call]) -> date:
    if mapping.day:
        try:
            return date.fromisoformat(mapping.day)
        except ValueError as error:
            raise BadInput(f"{mapping.name} [time]", f"day “{mapping.day}”不是日期") from error
    days = sorted({call.at.date() for call in calls})
    return days[min(1, len(days) - 1)]


def _affine(points: list[Point], mapping: FeedMapping, box: tuple[float, ...]) -> _Affine:
    """Lay the box of two percentiles of the foreign points on the box of the town."""
    low, high = np.quantile(np.asarray(points), mapping.fit, axis=0)
    stretch, shift = [], []
    for axis in (0, 1):
        width = float(high[axis] - low[axis])
        here = (box[axis + 2] - box[axis]) * mapping.shrink
        scale = here / width if width > 0 else 0.0
        stretch.append(scale)
        middle = float(high[axis] + low[axis]) / 2
        shift.append((box[axis] + box[axis + 2]) / 2 - middle * scale)
    return _Affine((stretch[0], stretch[1]), (shift[0], shift[1]))


def _calls(path: Path, mapping: FeedMapping, rejects: list[FeedReject]) -> Iterator[_Call]:
    line = 1
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as raw:
            lines = (each.decode("utf-8-sig" if n == 0 else "utf-8") for n, each in enumerate(raw))
            reader = csv.DictReader(lines, strict=True)
            missing = sorted(mapping.columns - set(reader.fieldnames or ()))
            if missing:
                raise BadInput(f"{path.name} 第 1 行", f"缺少列 {'、'.join(missing)}")
            for row in reader:
                line = reader.line_num
                try:
                    yield _call(row, line, mapping)
                except ValueError as error:
                    rejects.append(FeedReject(line, str(error)))
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} 第 {line + 1} 行", "不是 UTF-8 文本") from error
    except (OSError, EOFError, zlib.error) as error:
        raise BadInput(str(path), f"读不了文件：{error}") from error
    except csv.Error as error:
        raise BadInput(f"{path.name} 第 {line + 1} 行", f"不是 CSV：{error}") from error


def _call(row: dict[str, str], line: int, mapping: FeedMapping) -> _Call:
    """Return one row as a call. Raises ValueError with the reason."""
    if None in row or None in row.values():
        raise ValueError("列数与表头不同")
    point = _number(row, mapping.lon, _LON), _number(row, mapping.lat, _LAT)
    text = "；".join(row[each].strip() for each in mapping.text if row[each].strip())
    if not text:
        raise ValueError(f"{'、'.join(mapping.text)} 是空的")
    source = row[mapping.source.column] if mapping.source.column else ""
    item = row[mapping.item.column] if mapping.item.column else ""
    return _Call(line, _time(row, mapping), point, source, item, text)


def _number(row: dict[str, str], column: str, largest: float) -> float:
    try:
        value = float(row[column])
    except ValueError as error:
        raise ValueError(f"{column}“{row[column][:30]}”不是数字") from error
    if not abs(value) <= largest:  # also true for not-a-number
        raise ValueError(f"{column} {value:g} 超出范围")
    return value


def _time(row: dict[str, str], mapping: FeedMapping) -> datetime:
    text = row[mapping.time_column]
    try:
        at = datetime.strptime(text, mapping.time_format)  # noqa: DTZ007 - zone follows
    except ValueError as error:
        column = mapping.time_column
        raise ValueError(f"{column}“{text[:30]}”不是 {mapping.time_format} 的时间") from error
    if at.tzinfo is not None:
        return at.astimezone(mapping.zone)
    at = at.replace(tzinfo=mapping.zone)
    if at.astimezone(UTC).astimezone(mapping.zone).replace(tzinfo=None) != at.replace(tzinfo=None):
        raise ValueError(f"{mapping.time_column}“{text}”在 {mapping.zone} 不存在（夏令时跳过）")
    return at
