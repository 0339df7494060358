"""Reference tables from their CSV files: divisions, centres, catalogue, limits, calendar."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from dispatch.domain.calendar import DayKind, DayRow, WorkingCalendar
from dispatch.domain.catalogue import Catalogue, Item
from dispatch.domain.codes import Level, Priority, Stage
from dispatch.domain.errors import BadInput
from dispatch.domain.sla import Profile, Span

_Row = dict[str, str]
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Division:
    """One row of the official code table; `short` is the name without its committee."""

    level: Level
    code: str
    name: str
    short: str
    parent: str


@dataclass(frozen=True, slots=True)
class Centre:
    """Centroid (CGCS2000 degrees) and area of one town dispatch area."""

    code: str
    name: str
    lon: float
    lat: float
    square_km: float


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, _Row]]:
    """Yield each row with its place in the file. Raises BadInput for whatever is no such table."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(path.name, f"第 {error.start + 1} 个字节起不是 UTF-8 文本") from error
    except OSError as error:
        raise BadInput(str(path), f"读不了文件：{error.strerror}") from error
    reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
    try:
        missing = [each for each in columns if each not in (reader.fieldnames or ())]
        if missing:
            raise BadInput(f"{path.name} 第 1 行", f"缺少列 {'、'.join(missing)}")
        for row in reader:
            where = f"{path.name} 第 {reader.line_num} 行"
            if None in row or None in row.values():
                raise BadInput(where, "列数与表头不同")
            yield where, row
    except csv.Error as error:
        raise BadInput(f"{path.name} 第 {reader.line_num} 行", f"不是 CSV：{error}") from error


def _read(
    path: Path, columns: tuple[str, ...], make: Callable[[_Row, str], _Made]
) -> Iterator[_Made]:
    for where, row in read_rows(path, columns):
        try:
            yield make(row, where)
        except ValueError as error:
            raise BadInput(where, str(error)) from error


def read_divisions(path: Path) -> tuple[Division, ...]:
    """Read the official codes of city, towns and villages."""

    def make(row: _Row, where: str) -> Division:
        code, level = row["code"], row["level"]
        digits = {"city": 6, "town": 9, "village": 12}.get(level)
        if digits is None:
            raise BadInput(where, f"级别“{level}”不是 city、town、village")
        if not (code.isascii() and code.isdigit() and len(code) == digits):
            raise BadInput(where, f"代码“{code}”不是 {digits} 位数字")
        return Division(Level(level), code, row["name"], row["short_name"], row["parent_code"])

    found = tuple(_read(path, ("level", "code", "name", "short_name", "parent_code"), make))
    _no_twice(path, [each.code for each in found])
    return found


def read_centres(path: Path) -> tuple[Centre, ...]:
    """Read centre and area of each town."""

    def make(row: _Row, _: str) -> Centre:
        place = float(row["lon"]), float(row["lat"])
        return Centre(row["code"], row["name"], *place, float(row["area_km2"]))

    return tuple(_read(path, ("code", "name", "lon", "lat", "area_km2"), make))


def read_catalogue(path: Path, version: str) -> Catalogue:
    """Read one version of the list of matters."""
    columns = ("item", "class", "department", "name", "priority", "sla_profile")

    def make(row: _Row, where: str) -> Item:
        empty = [each for each in columns if not row[each]]
        if empty:
            raise BadInput(where, f"列 {empty[0]} 是空的")
        if row["priority"] not in set(Priority):
            raise BadInput(where, f"优先级“{row['priority']}”不是 P1、P2、P3")
        code, klass, department, name, priority, profile = (row[each] for each in columns)
        return Item(code, klass, department, name, Priority(priority), profile)

    return Catalogue(version, _read(path, columns, make))


def read_profiles(path: Path) -> dict[str, Profile]:
    """Read the time limits, by profile code. An empty cell is no limit for that stage."""
    stages: list[Stage] = [stage for stage in Stage if stage is not Stage.REVIEW]

    def make(row: _Row, where: str) -> Profile:
        if row["clock"] not in ("natural", "working"):
            raise BadInput(where, f"时钟“{row['clock']}”不是 natural 或 working")
        spans = {each: Span.parse(row[each], where) for each in stages if row[each]}
        return Profile(row["profile"], row["clock"] == "working", spans)

    found = list(_read(path, ("profile", "clock", *stages), make))
    _no_twice(path, [each.code for each in found])
    return {each.code: each for each in found}


def read_calendar(folder: Path, version: str = "") -> WorkingCalendar:
    """Read every `YYYY.csv` of the folder; the years found are the years that are known."""

    def make(row: _Row, where: str) -> DayRow:
        if row["kind"] not in set(DayKind):
            raise BadInput(where, f"“{row['kind']}”不是 holiday 或 makeup")
        return DayRow(date.fromisoformat(row["date"]), DayKind(row["kind"]), row["name"])

    days: list[DayRow] = []
    years: list[int] = []
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9].csv")):
        year = int(path.stem)
        found = list(_read(path, ("date", "kind", "name"), make))
        for each in found:
            if each.day.year != year:
                raise BadInput(path.name, f"{each.day} 不在 {year} 年")
        _no_twice(path, [each.day.isoformat() for each in found])
        days.extend(found)
        years.append(year)
    return WorkingCalendar(days, years, version)


def _no_twice(path: Path, keys: list[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise BadInput(path.name, f"{key} 出现两次")
        seen.add(key)
