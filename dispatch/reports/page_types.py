"""What a page is made of: plain values, the same for every kind of file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from dispatch.reports.figure import Figure


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed text; `figure` is the id of the number it shows, empty for words.

    `shade`: 0 to 3, how dark a cell of a heat table is. `brief` stands for the text where there
    is no room for it.
    """

    text: str
    figure: str = ""
    shade: int = 0
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a number is printed: `page` from 1; the rest in parts of the page's width and height.

    `figure` is the number's id, `x` and `y` the upper left corner.
    """

    figure: str
    page: int
    x: float
    y: float
    wide: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its title; `note` stands beside the title, `missing` where there is no row.

    The first `words` columns are read (left), the others are numbers (right).
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    missing: str = "无。"
    words: int = 1


def cells(table: Table) -> list[list[dict[str, object]]]:
    """Return a table's rows as the template takes them: texts with the numbers they show."""
    return [[asdict(cell) for cell in row] for row in table.rows]


def is_counted(table: Table, at: int) -> bool:
    """Return whether a column holds numbers, which stand at its right edge."""
    cells = (row[at] for row in table.rows if at < len(row))
    return at >= table.words and any(cell.figure for cell in cells)


def number(figure: Figure) -> Cell:
    """Return a cell that shows a number."""
    return Cell(figure.text, figure.id)


def ratio(figure: Figure) -> Cell:
    """Return a cell that shows a rate's numerator and denominator."""
    return Cell(figure.ratio, figure.id)


def words(texts: Iterable[str]) -> tuple[Cell, ...]:
    """Return cells of words."""
    return tuple(Cell(each) for each in texts)
