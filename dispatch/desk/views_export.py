"""What the export door takes and shows: which list, as what, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from dispatch.desk.views_import import Stop
from dispatch.domain.codes import Role, State
from dispatch.domain.errors import BadInput

REVEALERS: Final = frozenset({Role.CHIEF, Role.LEADER})
"""Who may take out a whole list in clear (illustrative): it is many looks at once."""


class What(StrEnum):
    """The lists that can be taken out."""

    INCIDENTS = "incidents"
    WORKERS = "workers"
    GRIDS = "grids"
    UNITS = "units"
    OBJECTS = "objects"
    JOURNAL = "journal"
    HANDOVER = "handover"
    EXCEPTIONS = "exceptions"


class Format(StrEnum):
    """As what; each is also the ending of its files' names."""

    CSV = "csv"
    XLSX = "xlsx"
    GEOJSON = "geojson"


PERSONAL: Final = frozenset({What.INCIDENTS, What.WORKERS, What.OBJECTS})
"""The lists with columns that are masked."""


class FileThere(BadInput):
    """A file of that name is there, and nobody said that it may go."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Which part of a list; empty is all of it.

    `only` names its rows and their order: incidents' ids, workers' numbers. `from_at` (UTC ms)
    up to before `to_at`: when an incident was reported, a line of the journal written. `shift`,
    `account` and `kind` are the journal's and the hand-over's (`views_shift.Wanted`).
    """

    only: tuple[str, ...] | None = None
    state: State | None = None
    from_at: int | None = None
    to_at: int | None = None
    shift: str = ""
    account: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How far it is: `part` 0 to 1, `rows` written."""

    part: float
    rows: int


@dataclass(frozen=True, slots=True)
class ExportResult:
    """The file as it lies there. `cancelled`: there is none, and nothing is left behind."""

    path: Path
    rows: int
    masked: bool
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to take out and where to; `word(table, code)` gives the words for codes.

    `force`: over a file that is there. `make_folder`: its folder when it is not there. `reveal`:
    why personal data is to be in clear, empty where it stays masked. `on_progress` runs in the
    exporting thread.
    """

    what: What
    path: Path
    format: Format
    word: Callable[[str, str], str]
    cut: Cut = Cut()
    force: bool = False
    make_folder: bool = False
    reveal: str = ""
    stop: Stop = field(default_factory=Stop)
    on_progress: Callable[[ExportProgress], None] = lambda _: None
