"""A list on its way out: its columns, its rows, and what is said of the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

Cell = str | int | float | datetime | None
"""A time carries its zone; None is an empty cell."""
Ring = tuple[tuple[float, float], ...]
Polygons = tuple[tuple[Ring, ...], ...]
"""Exterior ring, then holes, a polygon; CGCS2000 degrees, longitude first."""

_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r", "'")


class CellKind(StrEnum):
    """What a column holds, so that each format writes it as that."""

    TEXT = "text"
    NUMBER = "number"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is the English name (GeoJSON), `word` the Chinese one (CSV, XLSX)."""

    key: str
    word: str
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list; `point` and `polygons` are where it is, None and empty when nowhere."""

    cells: tuple[Cell, ...] = field(repr=False)
    point: tuple[float, float] | None = None
    polygons: Polygons = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a list: its title, its columns, and who took it out when.

    `watermark` is one line, `notes` the same in (English key, Chinese word, value).
    """

    title: str
    columns: tuple[Column, ...]
    watermark: str
    notes: tuple[tuple[str, str, str], ...]


class Writing(Protocol):
    """Writes a list's file from its beginning to its end; returns how many rows."""

    def __call__(self, head: Head, lines: Iterable[Line], draft: str) -> int:
        """Raise OSError when the disk does not take it."""
        ...


def writable(text: str) -> str:
    """Return the text with what no file can hold (half a surrogate pair) as a question mark."""
    return text.encode(errors="replace").decode()


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: an apostrophe before what begins one.

    Taking one leading apostrophe away gives the text back.
    """
    told = writable(text)
    return f"'{told}" if told.startswith(_ACTIVE) else told
