"""The site's own backups: one a day and one at each shift's end, the newest seven kept.

They lie on the same disk and name the photos only, which lie beside them: for a damaged
database. A broken disk needs `zhiwang backup` to another one.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dispatch.store.backup import DATABASE, Manifest, back_up
from dispatch.store.disk import PHOTOS_STOP, NoRoom, free_bytes
from dispatch.store.identity import SiteIdentity
from dispatch.store.last_backup import remember

log = logging.getLogger(__name__)

FOLDER: Final = "backups"
KEPT: Final = 7
_STAMP: Final = "%Y%m%dT%H%M%SZ"


def newest_first(folder: Path) -> list[Path]:
    """Return the site's own backups, the newest first."""
    return sorted((folder / FOLDER).glob("site-*.zip"), reverse=True)


def newest_at(folder: Path) -> int | None:
    """Return when the newest of the site's own was made (UTC ms), None when there is none.

    By its name, to the second. A backup made by hand to another disk is none of these: what
    mends a damaged database takes only what lies here.
    """
    for file in newest_first(folder):
        stamp = file.stem.rpartition("-")[2]
        with suppress(ValueError):
            made = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
            return int(made.timestamp() * 1000)
    return None


def make(folder: Path, identity: SiteIdentity, now: int) -> Manifest:
    """Make the next one, check it, and drop those beyond the newest seven.

    NoRoom when the disk would come near its bounds; whatever fails, older ones stay.
    """
    size = (folder / DATABASE).stat().st_size
    if free_bytes(folder) < 2 * size + PHOTOS_STOP:
        raise NoRoom("磁盘空间不足，自动备份未做")
    (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
    _sweep(folder)
    target = folder / FOLDER / _next_name(folder, now)
    made = back_up(folder, target, identity, now, photos=False)
    remember(folder, now)
    for old in newest_first(folder)[KEPT:]:
        old.unlink(missing_ok=True)
    log.info("backup made: %d events", made.events)
    return made


def _next_name(folder: Path, now: int) -> str:
    """Numbered through: a clock that was ahead must not make every later one the oldest."""
    numbers = (each.name.split("-")[1] for each in newest_first(folder))
    last = max((int(each) for each in numbers if each.isdigit()), default=0)
    stamp = datetime.fromtimestamp(now / 1000, UTC)
    return f"site-{last + 1:06d}-{stamp:{_STAMP}}.zip"


def _sweep(folder: Path) -> None:
    """Take away what a backup left that was cut off in the middle."""
    for each in (folder / FOLDER).glob(".site-*"):
        each.unlink(missing_ok=True)
