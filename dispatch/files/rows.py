"""A foreign table as rows of text, one after the other, whatever kind of file it came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from dispatch.domain.errors import BadInput

LONGEST_CELL: Final = 8_000
"""Characters; a longer text would not fit into an event."""
MOST_COLUMNS: Final = 500

Cells = dict[str, str]
"""A row's texts by the name of their column, blanks around them taken away."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is to be read where it is not to be found out: None means find out.

    `encoding`: utf-8 or gb18030. `separator`: one character. `sheet`: the name of an XLSX sheet,
    None for the first.
    """

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row that could be read. `line` is where it begins, or its feature's number."""

    line: int
    cells: Cells = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that is not taken, and why. `cells` are its texts as far as they could be read."""

    line: int
    reason: str
    cells: tuple[str, ...] = field(default=(), repr=False)


class BadRows(BadInput):
    """A table that is taken whole or not at all has bad rows; they are told together."""

    def __init__(self, file: RowFile, rejects: tuple[Reject, ...]) -> None:
        self.file = file
        self.rejects = rejects
        more = f"（另有 {len(rejects) - 1} {file.unit}有误）" if len(rejects) > 1 else ""
        super().__init__(file.where(rejects[0].line), rejects[0].reason + more)


@dataclass(slots=True)
class Meter:
    """How far a file has been read, in its own bytes; another thread may look at it."""

    done: int = 0
    total: int = 1

    @property
    def part(self) -> float:
        """Return 0 to 1."""
        return min(1.0, self.done / max(1, self.total))


@dataclass(frozen=True, slots=True)
class RowFile:
    """A file that has turned out to be a table; `read` begins at its first row each time.

    `encoding` and `separator` are what it was found to have, empty where it has none. `unit` is
    what one of its rows is called: 行 or 个要素.
    """

    name: str
    header: tuple[str, ...]
    read: Callable[[Meter], Iterator[Row | Reject]] = field(repr=False)
    encoding: str = ""
    separator: str = ""
    unit: str = "行"

    def demand(self, columns: Iterable[str]) -> None:
        """Refuse the file when it lacks any of the columns."""
        missing = [each for each in columns if each not in self.header]
        if missing:
            raise BadInput(f"{self.name} 第 1 行", f"缺少列 {'、'.join(missing)}")

    def where(self, line: int) -> str:
        """Return a row's place in words."""
        return f"{self.name} 第 {line} {self.unit}"


def headed(names: list[str], file: str) -> tuple[str, ...]:
    """Return the header's names; a nameless column is called by its place, twice one is refused."""
    where = f"{file} 第 1 行"
    while names and not names[-1].strip():
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise BadInput(where, f"有 {len(names)} 列，超过 {MOST_COLUMNS}")
    found: list[str] = []
    for number, each in enumerate(names, 1):
        name = each.strip() or f"第{number}列"
        if name in found:
            raise BadInput(where, f"列 {name[:40]} 出现两次")
        found.append(name)
    return tuple(found)


def joined(line: int, header: tuple[str, ...], texts: list[str]) -> Row | Reject:
    """Return the row that the texts make under the header."""
    if len(texts) != len(header):
        return Reject(line, "列数与表头不同", tuple(texts[:MOST_COLUMNS]))
    for name, text in zip(header, texts, strict=True):
        if len(text) > LONGEST_CELL:
            return Reject(line, f"列 {name} 有 {len(text)} 个字符，超过 {LONGEST_CELL}")
    return Row(line, dict(zip(header, texts, strict=True)))
