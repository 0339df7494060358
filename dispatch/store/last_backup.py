"""When the site was last backed up: a note beside the database, for strip and tray."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

NAME: Final = "last-backup"


def remember(folder: Path, at: int) -> None:
    """Keep that a checked backup was made (UTC ms); failing to is no reason to fail."""
    draft = folder / f"{NAME}.new"
    try:
        draft.write_text(f"{at}\n", encoding="ascii")
        draft.replace(folder / NAME)
    except OSError as error:
        log.warning("last backup not noted: %s", error.strerror)


def last_backup(folder: Path) -> int | None:
    """Return when the last checked backup was made, None when there is none known."""
    try:
        return int((folder / NAME).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
