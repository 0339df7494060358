"""Who a request comes from, and what hangs together in one hub process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dispatch.domain.codes import Level
from dispatch.hub.database import Database
from dispatch.hub.keyring import Keyring

Clock = Callable[[], int]
"""UTC milliseconds."""


def system_clock() -> int:
    """Return the machine's time in UTC milliseconds."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Site:
    """An enrolled site as its certificate has it."""

    id: str
    town: str
    scope: str
    level: Level
    letter: str


@dataclass(frozen=True, slots=True)
class Office:
    """What every part of the hub stands on: database, keys, clock, folder of the photos."""

    database: Database
    keys: Keyring
    clock: Clock
    photos: Path
