"""Rows of a foreign table as calls: time, place in CGCS2000, codes and texts of one incident."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Final

import numpy as np

from dispatch.files.mapping import TEMPLATE, IncidentMapping, Times
from dispatch.files.rows import Cells, Reject, Row
from dispatch.geo.area import Point
from dispatch.geo.crs import KNOWN, Convert

_LON, _LAT = 180.0, 90.0
_FARTHEST: Final = 1e9
"""Metres; no projected coordinate is larger."""
_PLAIN: Final = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}", re.ASCII)
BATCH: Final = 200
"""Calls that are converted, and stored, together."""


@dataclass(frozen=True, slots=True)
class Call:
    """One row that can be used. `at` has a zone; None where the file tells no time.

    `point` is None where the row's grid or village stands for it. `fields` as in the mapping.
    """

    line: int
    point: Point | None
    source: str
    item: str
    text: str = field(repr=False)
    at: datetime | None = None
    fields: Cells = field(default_factory=dict, repr=False)
    row: Cells = field(default_factory=dict, repr=False)


def batches(
    rows: Iterable[Row | Reject], mapping: IncidentMapping, convert: Convert, size: int = BATCH
) -> Iterator[tuple[list[Call], list[Reject]]]:
    """Yield calls and rejects of `size` rows at a time, places converted to CGCS2000."""
    there = iter(rows)
    degrees = mapping.spots.crs.lower() in KNOWN
    while some := list(islice(there, size)):
        calls: list[Call] = []
        rejects: list[Reject] = []
        for row in some:
            if isinstance(row, Reject):
                rejects.append(row)
                continue
            try:
                calls.append(call_of(row, mapping, degrees=degrees))
            except ValueError as error:
                rejects.append(Reject(row.line, str(error), tuple(row.cells.values())))
        yield _converted(calls, rejects, convert), rejects


def call_of(row: Row, mapping: IncidentMapping, *, degrees: bool = True) -> Call:
    """Return one row as a call, its place as it stands. Raises ValueError with the reason."""
    cells, spots = row.cells, mapping.spots
    point = None
    if spots.lon and (cells[spots.lon] or cells[spots.lat] or not mapping.fields):
        point = (
            _number(cells, spots.lon, _LON if degrees else _FARTHEST),
            _number(cells, spots.lat, _LAT if degrees else _FARTHEST),
        )
    texts = [shown(cells[each]) for each in mapping.text]
    text = "；".join(each for each in texts if each)
    if not text:
        raise ValueError(f"{'、'.join(mapping.text)} 是空的")
    source, item = mapping.source, mapping.item
    return Call(
        line=row.line,
        point=point,
        source=source.of(cells[source.column] if source.column else ""),
        item=item.of(cells[item.column] if item.column else ""),
        text=text,
        at=_time(cells, mapping.times) if mapping.times else None,
        fields={name: shown(cells[column]) for name, column in mapping.fields.items()},
        row=cells,
    )


def shown(text: str) -> str:
    """Return a text without what only steers a screen; ends of line and tabs stay."""
    if text.isprintable():
        return text.strip()
    kept = (each if each.isprintable() or each in "\n\t" else " " for each in text)
    return "".join(kept).strip()


def _converted(calls: list[Call], rejects: list[Reject], convert: Convert) -> list[Call]:
    """Convert all places at once; whose place comes out beyond the earth joins the rejects."""
    placed = [each for each in calls if each.point is not None]
    if not placed:
        return calls
    xy = np.array([each.point for each in placed], dtype=np.float64)
    lon, lat = convert(xy[:, 0], xy[:, 1])
    there = {call.line: (float(x), float(y)) for call, x, y in zip(placed, lon, lat, strict=True)}
    found = []
    for call in calls:
        point = there.get(call.line)
        if point is None:
            found.append(call)
        elif abs(point[0]) <= _LON and abs(point[1]) <= _LAT:  # not so for inf and nan
            found.append(replace(call, point=point))
        else:
            told = "换算后不在地球上，坐标系可能有误"
            rejects.append(Reject(call.line, told, tuple(call.row.values())))
    return found


def _number(cells: Cells, column: str, largest: float) -> float:
    try:
        value = float(cells[column])
    except ValueError as error:
        raise ValueError(f"{column}“{cells[column][:30]}”不是数字") from error
    if not abs(value) <= largest:  # also true for not-a-number
        raise ValueError(f"{column} {value:g} 超出范围")
    return value


def _time(cells: Cells, times: Times) -> datetime:
    text, column = cells[times.column], times.column
    try:
        if times.format == "iso" or (times.format == TEMPLATE and _PLAIN.fullmatch(text)):
            # What is written in full is read by either alike, and so ten times as fast.
            at = datetime.fromisoformat(text)
        else:
            at = datetime.strptime(text, times.format)  # noqa: DTZ007 - zone follows
    except ValueError as error:
        raise ValueError(f"{column}“{text[:30]}”不是 {times.format} 的时间") from error
    try:
        if at.tzinfo is not None:
            return at.astimezone(times.zone)
        at = at.replace(tzinfo=times.zone)
        back = at.astimezone(UTC).astimezone(times.zone)
    except OverflowError as error:
        raise ValueError(f"{column}“{text[:30]}”超出范围") from error
    if back.replace(tzinfo=None) != at.replace(tzinfo=None):
        raise ValueError(f"{column}“{text}”在 {times.zone} 不存在（夏令时跳过）")
    return at
