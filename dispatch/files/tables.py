"""Reference tables from their CSV files: divisions, centres, catalogue, limits, calendar."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from dispatch.domain.calendar import DayKind, DayRow, WorkingCalendar
from dispatch.domain.catalogue import Catalogue, Item
from dispatch.domain.codes import Level, Priority, Stage
from dispatch.domain.errors import BadInput
from dispatch.domain.sla import Profile, Span

_Row = dict[str, str]
_Made = TypeVar("_Made")
LONGEST_CELL: Final = 200


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
            _plain(row, where)
            yield where, row
    except csv.Error as error:
        raise BadInput(f"{path.name} 第 {reader.line_num} 行", f"不是 CSV：{error}") from error


def _plain(row: _Row, where: str) -> None:
    """Refuse what would play with a screen or break a line wherever the table is shown."""
    for name, cell in row.items():
        if len(cell) > LONGEST_CELL:
            raise BadInput(where, f"列 {name} 有 {len(cell)} 个字符，超过 {LONGEST_CELL}")
        if any(unicodedata.category(each) in {"Cc", "Zl", "Zp"} for each in cell):
            raise BadInput(where, f"列 {name} 里有控制字符")


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
        parent, name = row["parent_code"], row["name"].strip()
        if not name:
            raise BadInput(where, "名称是空的")
        if level != "city" and parent != code[:-3]:
            raise BadInput(where, f"上级代码“{parent}”应为 {code[:-3]}")
        once(code, where)
        return Division(Level(level), code, name, row["short_name"].strip(), parent)

    once = _Once()
    columns = ("level", "code", "name", "short_name", "parent_code")
    return _some(path, tuple(_read(path, columns, make)))


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
        once(row["item"], where)
        code, klass, department, name, priority, profile = (row[each] for each in columns)
        return Item(code, klass, department, name, Priority(priority), profile)

    once = _Once()
    return Catalogue(version, _some(path, tuple(_read(path, columns, make))))


def read_profiles(path: Path) -> dict[str, Profile]:
    """Read the time limits, by profile code. An empty cell is no limit for that stage."""
    stages: list[Stage] = [stage for stage in Stage if stage is not Stage.REVIEW]

    def make(row: _Row, where: str) -> Profile:
        if row["clock"] not in ("natural", "working"):
            raise BadInput(where, f"时钟“{row['clock']}”不是 natural 或 working")
        once(row["profile"], where)
        spans = {each: Span.parse(row[each], where) for each in stages if row[each]}
        return Profile(row["profile"], row["clock"] == "working", spans)

    once = _Once()
    found = _some(path, tuple(_read(path, ("profile", "clock", *stages), make)))
    return {each.code: each for each in found}


def read_calendar(folder: Path, version: str = "") -> WorkingCalendar:
    """Read every `YYYY.csv` of the folder; the years found are the years that are known."""

    def make(row: _Row, where: str) -> DayRow:
        if row["kind"] not in set(DayKind):
            raise BadInput(where, f"“{row['kind']}”不是 holiday 或 makeup")
        day = date.fromisoformat(row["date"])
        if day.year != year:
            raise BadInput(where, f"{day} 不在 {year} 年")
        once(row["date"], where)
        return DayRow(day, DayKind(row["kind"]), row["name"])

    days: list[DayRow] = []
    years: list[int] = []
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9].csv")):
        year, once = int(path.stem), _Once()
        days.extend(_read(path, ("date", "kind", "name"), make))
        years.append(year)
    return WorkingCalendar(days, years, version)


class _Once:
    """Refuses a key that has come before in the same file."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}

    def __call__(self, key: str, where: str) -> None:
        """Note a key at its place."""
        if not key or key in self._seen:
            raise BadInput(where, f"“{key}”出现两次" if key else "代码是空的")
        self._seen[key] = where


def _some(path: Path, rows: tuple[_Made, ...]) -> tuple[_Made, ...]:
    """Refuse a table without a row: it would take everything away."""
    if not rows:
        raise BadInput(path.name, "只有表头，没有数据")
    return rows
