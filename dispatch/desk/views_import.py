"""What the import door shows: what a file holds, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Final, Literal

PREVIEW_ROWS: Final = 20
KEPT_REJECTS: Final = 10_000
"""Rejected rows that a result holds; the count is of all."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person picks instead of a mapping file; empty is none, or found out.

    `zone` is a name like Asia/Shanghai; `format` strptime's or iso. `crs` as `geo.crs` names it.
    """

    text: tuple[str, ...] = ()
    lon: str = ""
    lat: str = ""
    crs: str = "cgcs2000"
    time: str = ""
    format: str = "%Y-%m-%d %H:%M:%S"
    zone: str = "Asia/Shanghai"
    key: str = ""
    item: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    encoding: str = ""
    separator: str = ""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """A file's first rows as they would be read; `unit` is what a row is called."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    encoding: str
    separator: str
    unit: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that is not taken: its line in the file, why, and its texts."""

    line: int
    reason: str
    cells: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is: `part` 0 to 1 of the stage."""

    stage: Literal["check", "store"]
    part: float
    taken: int
    known: int
    rejected: int


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of it: stored now, known from before, refused; all there is when cancelled.

    `taken` of a dry run is what would be stored. `rejects` are the first KEPT_REJECTS.
    """

    taken: int
    known: int
    rejected: int
    header: tuple[str, ...]
    rejects: tuple[RejectedRow, ...] = field(default=(), repr=False)
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """A person's wish to end a running import after the rows in hand; any thread may set it."""

    wished: Event = field(default_factory=Event)


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What to import and whom to tell; the callbacks run in the importing thread.

    `rejects`: where a CSV of the rows that are not taken goes, beside the callback. `dry`: every
    batch is decided and stored as ever, and then undone.
    """

    path: Path
    dry: bool = False
    rejects: Path | None = None
    stop: Stop = field(default_factory=Stop)
    on_reject: Callable[[RejectedRow], None] = lambda _: None
    on_progress: Callable[[ImportProgress], None] = lambda _: None
