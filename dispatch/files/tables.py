"""Reference tables from their CSV files: divisions, centres, catalogue, limits, calendar."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from dispatch.domain.calendar import DayKind, DayRow, WorkingCalendar
from dispatch.domain.catalogue import Catalogue, Item
from dispatch.domain.codes import Level, Priority, Stage
from dispatch.domain.errors import BadInput
from dispatch.domain.sla import Profile, Span
from dispatch.files.opening import open_table
from dispatch.files.rows import BadRows, Cells, Form, Meter, Reject
from dispatch.files.toml_table import read_document, tables_of

Made = TypeVar("Made")
LONGEST_CELL: Final = 200
LONGEST_UNIT: Final = 64
_NUMBER: Final = re.compile(r"[\d*+\-() 转]{3,40}", re.ASCII)
MOST_ROWS: Final = 200_000
"""No reference table is longer (a city has 10,392 workers); it is taken whole, so held whole."""

DIVISION: Final = ("level", "code", "name", "short_name", "parent_code")
CATALOGUE: Final = ("item", "class", "department", "name", "priority", "sla_profile")
STAGES: Final[tuple[Stage, ...]] = tuple(
    stage for stage in Stage if stage not in {Stage.REVIEW, Stage.CITY}
)
PROFILE: Final = ("profile", "clock", *STAGES)
DAYS: Final = ("date", "kind", "name")
"""The columns of each table."""
PHONE: Final = ("phone",)
"""A column that a file of divisions may have: the phone of a department, squad or station."""


@dataclass(frozen=True, slots=True)
class Division:
    """One row of the official code table; `short` is the name without its committee.

    `phone` is None where the file has no such column: nothing is said of it.
    """

    level: Level
    code: str
    name: str
    short: str
    parent: str
    phone: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Centre:
    """Centroid (CGCS2000 degrees) and area of one town dispatch area."""

    code: str
    name: str
    lon: float
    lat: float
    square_km: float


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table's file is laid out: its form, and our name of a column to the file's.

    A column that is not named is called as we call it.
    """

    form: Form = field(default_factory=Form)
    columns: Mapping[str, str] = field(default_factory=dict)


PLAIN: Final = Layout()
"""Our own column names, everything else found out."""


def read_layout(path: Path, columns: Collection[str]) -> Layout:
    """Read a mapping file for a reference table: [file], and [columns] ours = "theirs"."""
    known = {"file": {"encoding", "separator", "sheet"}, "columns": set(columns)}
    found = tables_of(read_document(path), path.name, known)
    named = found["columns"]
    return Layout(found["file"].form(), {each: named.text(each) for each in named.values})


def read_each(
    path: Path,
    columns: tuple[str, ...],
    make: Callable[[Cells, str], Made],
    layout: Layout = PLAIN,
    optional: tuple[str, ...] = (),
) -> tuple[Made, ...]:
    """Make one thing of each row; any bad rows are raised together, as BadRows.

    A file may lack the columns that are `optional`, unless its layout names them.

    `make` gets our columns' texts and the row's place; what is wrong is its BadInput or
    ValueError. A file without a row is a BadInput.
    """
    table = open_table(path, layout.form)
    more = [each for each in optional if each in layout.columns or each in table.header]
    named = {each: layout.columns.get(each, each) for each in (*columns, *more)}
    table.demand(named.values())
    found: list[Made] = []
    rejects: list[Reject] = []
    for number, row in enumerate(table.read(Meter()), 1):
        if number > MOST_ROWS:
            raise BadInput(path.name, f"超过 {MOST_ROWS} {table.unit}，不是这样的表")
        if isinstance(row, Reject):
            rejects.append(row)
            continue
        try:
            cells = {ours: row.cells[theirs] for ours, theirs in named.items()}
            plain(cells, table.where(row.line))
            found.append(make(cells, table.where(row.line)))
        except BadInput as error:
            rejects.append(Reject(row.line, error.what, tuple(row.cells.values())))
        except ValueError as error:
            rejects.append(Reject(row.line, str(error), tuple(row.cells.values())))
    if rejects:
        raise BadRows(table, tuple(rejects))
    if not found:
        raise BadInput(path.name, "只有表头，没有数据")
    return tuple(found)


def plain(cells: Cells, where: str) -> None:
    """Refuse what would play with a screen or break a line wherever the table is shown."""
    for name, cell in cells.items():
        if len(cell) > LONGEST_CELL:
            raise BadInput(where, f"列 {name} 有 {len(cell)} 个字符，超过 {LONGEST_CELL}")
        if any(unicodedata.category(each) in {"Cc", "Zl", "Zp"} for each in cell):
            raise BadInput(where, f"列 {name} 里有控制字符")


def read_divisions(path: Path, layout: Layout = PLAIN) -> tuple[Division, ...]:
    """Read the organisation: official codes of city, towns, villages; departments and squads.

    A department's code is that of its town, a stroke and its short name.
    """

    def make(row: Cells, where: str) -> Division:
        code, level, parent = row["code"], row["level"], row["parent_code"]
        digits = {"city": 6, "town": 9, "village": 12}.get(level)
        if digits is None and level not in {"department", "squad"}:
            told = f"级别“{level}”不是 city、town、village、department、squad"
            raise BadInput(where, told)
        if digits is None and not (0 < len(code) <= LONGEST_UNIT and parent):
            raise BadInput(where, f"代码应为 1 至 {LONGEST_UNIT} 个字，并写明上级代码")
        if digits and not (code.isascii() and code.isdigit() and len(code) == digits):
            raise BadInput(where, f"代码“{code}”不是 {digits} 位数字")
        if level == "department" and not (
            code.startswith(f"{parent}/") and code[len(parent) + 1 :]
        ):
            raise BadInput(where, f"代码“{code}”应为 {parent}/简称")
        name = row["name"].strip()
        if not name:
            raise BadInput(where, "名称是空的")
        if level in {"town", "village"} and parent != code[:-3]:
            raise BadInput(where, f"上级代码“{parent}”应为 {code[:-3]}")
        once(code, where)
        phone = row["phone"].strip() if "phone" in row else None
        if phone and not _NUMBER.fullmatch(phone):
            raise BadInput(where, f"电话“{phone[:40]}”不是号码")
        return Division(Level(level), code, name, row["short_name"].strip(), parent, phone)

    once = _Once()
    return read_each(path, DIVISION, make, layout, PHONE)


def read_centres(path: Path) -> tuple[Centre, ...]:
    """Read centre and area of each town."""

    def make(row: Cells, _: str) -> Centre:
        place = float(row["lon"]), float(row["lat"])
        return Centre(row["code"], row["name"], *place, float(row["area_km2"]))

    return read_each(path, ("code", "name", "lon", "lat", "area_km2"), make)


def read_catalogue(path: Path, version: str, layout: Layout = PLAIN) -> Catalogue:
    """Read one version of the list of matters."""

    def make(row: Cells, where: str) -> Item:
        empty = [each for each in CATALOGUE if not row[each]]
        if empty:
            raise BadInput(where, f"列 {empty[0]} 是空的")
        if row["priority"] not in set(Priority):
            raise BadInput(where, f"优先级“{row['priority']}”不是 P1、P2、P3")
        once(row["item"], where)
        code, klass, department, name, priority, profile = (row[each] for each in CATALOGUE)
        return Item(code, klass, department, name, Priority(priority), profile)

    once = _Once()
    return Catalogue(version, read_each(path, CATALOGUE, make, layout))


def read_profiles(path: Path, layout: Layout = PLAIN) -> dict[str, Profile]:
    """Read the time limits, by profile code. An empty cell is no limit for that stage."""

    def make(row: Cells, where: str) -> Profile:
        if row["clock"] not in ("natural", "working"):
            raise BadInput(where, f"时钟“{row['clock']}”不是 natural 或 working")
        once(row["profile"], where)
        spans: dict[Stage, Span] = {
            each: Span.parse(row[each], where) for each in STAGES if row[each]
        }
        return Profile(row["profile"], row["clock"] == "working", spans)

    once = _Once()
    found = read_each(path, PROFILE, make, layout)
    return {each.code: each for each in found}


def read_days(path: Path, layout: Layout = PLAIN, year: int | None = None) -> tuple[DayRow, ...]:
    """Read the days that are not what their weekday says; of one year only when given."""

    def make(row: Cells, where: str) -> DayRow:
        if row["kind"] not in set(DayKind):
            raise BadInput(where, f"“{row['kind']}”不是 holiday 或 makeup")
        day = date.fromisoformat(row["date"][:10])
        if year is not None and day.year != year:
            raise BadInput(where, f"{day} 不在 {year} 年")
        once(row["date"], where)
        return DayRow(day, DayKind(row["kind"]), row["name"])

    once = _Once()
    return read_each(path, DAYS, make, layout)


def read_calendar(folder: Path, version: str = "") -> WorkingCalendar:
    """Read every `YYYY.csv` of the folder; the years found are the years that are known."""
    files = {int(each.stem): each for each in folder.glob("[0-9][0-9][0-9][0-9].csv")}
    days = [row for year in sorted(files) for row in read_days(files[year], year=year)]
    return WorkingCalendar(days, sorted(files), version)


class _Once:
    """Refuses a key that has come before in the same file."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}

    def __call__(self, key: str, where: str) -> None:
        """Note a key at its place."""
        if not key or key in self._seen:
            raise BadInput(where, f"“{key}”出现两次" if key else "代码是空的")
        self._seen[key] = where
