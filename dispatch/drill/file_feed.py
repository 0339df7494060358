"""A feed from somebody's file: real times and texts, foreign places laid onto the town."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from dispatch.domain.calendar import HOUR, ZONE, instant, local
from dispatch.domain.codes import Source
from dispatch.domain.errors import BadInput
from dispatch.drill.feed import FeedIncident, Setting
from dispatch.drill.profile import Span
from dispatch.files.calls import Call, batches
from dispatch.files.mapping import IncidentMapping
from dispatch.files.opening import open_table
from dispatch.files.rows import Meter, Reject
from dispatch.geo.affine import Affine, Fit, laid
from dispatch.geo.crs import to_cgcs2000

_LONGEST_TEXT: Final = 500


@dataclass(frozen=True, slots=True)
class FileFeed:
    """What a file gave for a span: reports in order, bad rows, how many places were moved."""

    incidents: tuple[FeedIncident, ...]
    rejects: tuple[Reject, ...]
    day: date

    @property
    def moved(self) -> int:
        """How many places fell outside the town and were put on its edge."""
        return sum(each.moved for each in self.incidents)


def read_feed(path: Path, mapping: IncidentMapping, setting: Setting, span: Span) -> FileFeed:
    """Read the calls of one foreign day onward into the town and the span's clock.

    A call at a clock time there comes at the same clock time here, counted from midnight of the
    span's first day; the mapping's `day`, or the file's second one (the first is seldom whole), is
    laid on it. Service times are drawn. Raises BadInput for a file that is no such table.
    """
    calls, rejects = _calls(path, mapping)
    if not calls:
        raise BadInput(path.name, "没有一行可用")
    day = _first_day(mapping, calls)
    points = [call.point for call in calls if call.point is not None]
    affine = laid(points, mapping.spots.fit or Fit(), setting.ground.box)
    rng = random.Random(f"file:{setting.ground.town.code}:{span.seed}")
    cast = _Casting(setting, affine, rng)
    here = local(span.start_ms).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=ZONE)
    midnight = instant(here)
    found: list[tuple[int, Call]] = []
    for call in calls:
        assert call.at is not None  # the mapping has a time
        since = call.at.replace(tzinfo=None) - datetime.combine(day, datetime.min.time())
        at = midnight + round(since / timedelta(milliseconds=1))
        if span.start_ms <= at < span.start_ms + span.hours * HOUR:
            found.append((at, call))
    found.sort(key=lambda each: (each[0], each[1].line))
    incidents = tuple(cast.incident(number, at, call) for number, (at, call) in enumerate(found, 1))
    return FileFeed(incidents, rejects, day)


@dataclass(frozen=True, slots=True)
class _Casting:
    """Turns foreign calls into reports of the town."""

    setting: Setting
    affine: Affine
    rng: random.Random

    def incident(self, number: int, at: int, call: Call) -> FeedIncident:
        item = self.setting.catalogue.get(call.item)
        if item is None:
            raise BadInput(f"第 {call.line} 行", f"事项 {call.item} 不在清单中")
        assert call.point is not None  # the mapping has its columns
        return FeedIncident(
            number=number,
            at_ms=at,
            source=Source(call.source),
            item=item.code,
            spot=self.setting.ground.at(self.affine(call.point), self.rng),
            text=call.text[:_LONGEST_TEXT],
            priority_hint=item.priority,
            service=self.setting.service.plan(item.profile, self.rng),
        )


def _first_day(mapping: IncidentMapping, calls: list[Call]) -> date:
    if mapping.day:
        try:
            return date.fromisoformat(mapping.day)
        except ValueError as error:
            raise BadInput(f"{mapping.name} [time]", f"day “{mapping.day}”不是日期") from error
    days = sorted({call.at.date() for call in calls if call.at is not None})
    return days[min(1, len(days) - 1)]


def _calls(path: Path, mapping: IncidentMapping) -> tuple[list[Call], tuple[Reject, ...]]:
    if mapping.times is None or not mapping.spots.lon:
        raise BadInput(mapping.name, "事件流要有 [time] 与 [place] 的 lon、lat")
    table = open_table(path, mapping.form)
    table.demand(sorted(mapping.columns))
    calls: list[Call] = []
    rejects: list[Reject] = []
    convert = to_cgcs2000(mapping.spots.crs)
    for good, bad in batches(table.read(Meter()), mapping, convert):
        calls += good
        rejects += bad
    return calls, tuple(rejects)
