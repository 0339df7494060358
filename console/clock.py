"""What time it is: the system's clock, or in a drill the clock that the drill moves."""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from dispatch.domain.errors import BadInput

VARIABLE: Final = "ZHIWANG_DRILL_CLOCK"
"""Names a file of eight bytes (big-endian UTC milliseconds); everything then says 演练."""

LAST_MS: Final = 7_258_118_400_000
"""2200-01-01 UTC: beyond it there is no calendar, and far beyond it no date at all."""

Clock = Callable[[], int]


def system() -> int:
    """Return now in UTC milliseconds by the system's clock."""
    return time.time_ns() // 1_000_000


def drill(path: Path) -> Clock:
    """Return a clock that reads the drill's file at every call."""

    def read() -> int:
        try:
            with path.open("rb") as file:
                raw = file.read(9)
        except OSError as error:
            raise BadInput(str(path), f"读不了演练时钟：{error.strerror}") from None
        if len(raw) != 8:
            raise BadInput(str(path), "演练时钟文件不是 8 字节")
        now = int(struct.unpack(">q", raw)[0])
        if not 0 <= now < LAST_MS:
            raise BadInput(str(path), f"演练时钟 {now} 不在 1970 年至 2200 年之间")
        return now

    return read


def set_drill(path: Path, now: int) -> None:
    """Move the drill's clock; readers see the old or the new time, never half of each."""
    new = path.with_suffix(".new")
    new.write_bytes(struct.pack(">q", now))
    new.replace(path)


def clock() -> Clock:
    """Return the clock of this process."""
    path = os.environ.get(VARIABLE)
    return drill(Path(path)) if path else system
