"""Marks of the processes that have a site's folder open: an orphaned one is an unclean stop."""

from __future__ import annotations

import logging
import os
import secrets
from pathlib import Path
from typing import Final, Self

from dispatch.store.file_lock import lock

log = logging.getLogger(__name__)

FOLDER: Final = "open"
_DOOR: Final = "door"


class Running:
    """One process's hold on a folder, and what it found of others when it came.

    A mark is a file that is locked as long as its process lives; the system lets go of the
    lock however the process ends, the file goes only with a clean end. Entering waits for
    whoever is entering, so that two that start at once do not both mend.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._door: int | None = None
        self._mark: int | None = None
        self._path = self._folder / f"{os.getpid()}-{secrets.token_hex(4)}"
        self.unclean = False
        self.others = False

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._door = os.open(self._folder / _DOOR, os.O_CREAT | os.O_RDWR, 0o600)
            lock(self._door, wait=True)
            self._look()
        except OSError as error:
            # A disk without a byte left must not keep the seat from working.
            log.warning("no look at open marks: %s", error.strerror)
        return self

    def __exit__(self, *_ended: object) -> None:
        if self._door is not None:
            os.close(self._door)
            self._door = None

    def stay(self) -> None:
        """Leave this process's mark, on the disk; those of the dead have been seen to."""
        try:
            for path in self._dead():
                path.unlink(missing_ok=True)
            self._mark = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
            lock(self._mark, wait=False)
            os.fsync(self._mark)
        except OSError as error:
            log.warning("no open mark: %s", error.strerror)

    def leave(self, *, clean: bool = True) -> None:
        """Take the mark away; one that is left behind has the next start look closely."""
        if self._mark is None:
            return
        if clean and os.name != "nt":
            self._path.unlink(missing_ok=True)
        os.close(self._mark)
        self._mark = None
        if clean:  # Windows keeps a file that is open
            self._path.unlink(missing_ok=True)

    def _look(self) -> None:
        dead = self._dead()
        self.unclean = bool(dead)
        self.others = len(dead) < len(self._marks())

    def _marks(self) -> list[Path]:
        return [each for each in self._folder.iterdir() if each.name != _DOOR]

    def _dead(self) -> list[Path]:
        return [each for each in self._marks() if not _held(each)]


def _held(path: Path) -> bool:
    """Whether a living process holds this mark."""
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return True  # gone this moment: it ended cleanly
    try:
        return not lock(handle, wait=False)
    finally:
        os.close(handle)
