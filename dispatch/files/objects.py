"""Managed objects from a table: houses, shops, firms, each under its own code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from dispatch.domain.codes import Level
from dispatch.domain.cycle import LONGEST_CYCLE
from dispatch.domain.errors import BadInput
from dispatch.domain.organisation import Organisation
from dispatch.files.opening import open_table
from dispatch.files.rows import Cells, Meter, Reject, Row, RowFile
from dispatch.files.tables import PLAIN, Layout, plain
from dispatch.geo.crs import KNOWN, to_cgcs2000
from dispatch.wire.objects import ManagedObject

NEEDED: Final = ("code", "kind", "name")
CYCLE: Final = ("every_days", "due_on")
COLUMNS: Final = (*NEEDED, "grid", "address", "person", "phone", "lon", "lat", *CYCLE)
LONGEST_CODE: Final = 64
_LON, _LAT, _FARTHEST = 180.0, 90.0, 1e9
_DIGITS: Final = 9
"""Of a whole number: a database holds none of twenty."""

GridAt = Callable[[float, float], str | None]
"""The grid at a point in CGCS2000 degrees, None where none is."""


class ObjectFile:
    """A file of objects, read row by row; what is no object is told with its line."""

    def __init__(
        self, path: Path, organisation: Organisation, grid_at: GridAt, layout: Layout = PLAIN
    ) -> None:
        """A column that the file does not have is empty; code, kind, name and a place must be."""
        self.table: RowFile = open_table(path, layout.form)
        named = {each: layout.columns.get(each, each) for each in COLUMNS}
        self._named = {
            ours: theirs
            for ours, theirs in named.items()
            if ours in NEEDED or ours in layout.columns or theirs in self.table.header
        }
        self.table.demand(self._named.values())
        if "grid" not in self._named and not {"lon", "lat"} <= set(self._named):
            raise BadInput(f"{self.table.name} 第 1 行", "缺少列 grid，或 lon 与 lat")
        self._organisation = organisation
        self._grid_at = grid_at
        self.codes: set[str] = set()

    def read(self, crs: str) -> Iterator[ManagedObject | Reject]:
        """Yield each object or reject; places are converted from `crs` (`geo.crs`)."""
        convert, degrees = to_cgcs2000(crs), crs.lower() in KNOWN
        for row in self.table.read(Meter()):
            if isinstance(row, Reject):
                yield row
                continue
            try:
                found = self._object(row, degrees=degrees)
                if found.lon is not None and found.lat is not None:
                    lon, lat = convert(np.array([found.lon]), np.array([found.lat]))
                    found = self._placed(found, float(lon[0]), float(lat[0]))
                yield self._in_grid(found)
            except BadInput as error:
                yield Reject(row.line, error.what, tuple(row.cells.values()))

    def _object(self, row: Row, *, degrees: bool) -> ManagedObject:
        where = self.table.where(row.line)
        cells: Cells = {ours: row.cells[theirs] for ours, theirs in self._named.items()}
        plain(cells, where)
        for each in NEEDED:
            if not cells[each]:
                raise BadInput(where, f"列 {each} 是空的")
        code = cells["code"]
        if len(code) > LONGEST_CODE:
            raise BadInput(where, f"代码有 {len(code)} 个字符，超过 {LONGEST_CODE}")
        if code in self.codes:
            raise BadInput(where, f"代码“{code}”在前面已出现")
        lon, lat = cells.pop("lon", ""), cells.pop("lat", "")
        every_days, due_on = _cycle(cells, where)
        found = ManagedObject(
            code=code,
            kind=cells["kind"],
            name=cells["name"],
            grid=cells.get("grid", ""),
            address=cells.get("address", ""),
            person=cells.get("person", ""),
            phone=cells.get("phone", ""),
            every_days=every_days,
            due_on=due_on,
        )
        self.codes.add(code)
        if not lon and not lat:
            return found
        largest = (_LON, _LAT) if degrees else (_FARTHEST, _FARTHEST)
        return replace(
            found, lon=_number(lon, largest[0], where), lat=_number(lat, largest[1], where)
        )

    def _placed(self, found: ManagedObject, lon: float, lat: float) -> ManagedObject:
        if not (abs(lon) <= _LON and abs(lat) <= _LAT):  # not so for inf and nan
            raise BadInput("crs", "换算后不在地球上，坐标系可能有误")
        return replace(found, lon=round(lon, 7), lat=round(lat, 7))

    def _in_grid(self, found: ManagedObject) -> ManagedObject:
        grid: str | None = found.grid
        if not grid and found.lon is not None and found.lat is not None:
            grid = self._grid_at(found.lon, found.lat)
            if grid is None:
                raise BadInput("grid", f"点 {found.lon},{found.lat} 不在任何网格内")
        node = self._organisation.get(grid or "")
        if node is None or node.level is not Level.GRID:
            raise BadInput("grid", f"组织表中没有网格 {grid}")
        return replace(found, grid=node.code)


def _cycle(cells: Cells, where: str) -> tuple[int | None, str]:
    """Read how often and from which day on an object is to be looked at."""
    every, first = cells.get("every_days", ""), cells.get("due_on", "")
    if not first:
        if every:
            raise BadInput(where, "写了 every_days 须写 due_on（某一个应查日）")
        return None, ""
    try:
        day = date.fromisoformat(first)
    except ValueError as error:
        raise BadInput(where, f"due_on“{first[:30]}”不是 YYYY-MM-DD 的日期") from error
    if not every:
        return None, day.isoformat()
    number = int(every) if every.isascii() and every.isdigit() and len(every) <= _DIGITS else 0
    if not 0 < number <= LONGEST_CYCLE:
        raise BadInput(where, f"every_days“{every[:30]}”须为 1 至 {LONGEST_CYCLE} 的整数天")
    return number, day.isoformat()


def _number(text: str, largest: float, where: str) -> float:
    try:
        value = float(text)
    except ValueError as error:
        raise BadInput(where, f"坐标“{text[:30]}”不是数字") from error
    if not abs(value) <= largest:  # also true for not-a-number
        raise BadInput(where, f"坐标 {value:g} 超出范围")
    return value
