"""Files that come in pieces: each grows to its end, whatever cuts its way, and is then proved."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Final

from dispatch.domain.errors import StoreError
from dispatch.store.file_lock import lock

KEPT_S: Final = 7 * 86_400
"""A part that has not grown for so long is of something nobody wants any more."""


def append_at(path: Path, offset: int, piece: bytes) -> int:
    """Append to a file that must be `offset` bytes long now; return how long it is in the end.

    A result other than `offset + len(piece)` is the length it had: nothing was written then.
    Safe from several processes. A write that fails leaves the file as it was, and is an OSError.
    """
    with path.open("r+b") as file:
        lock(file.fileno(), wait=True)
        here = file.seek(0, os.SEEK_END)
        if here != offset or not piece:
            return here
        try:
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            os.ftruncate(file.fileno(), here)
            raise
    return offset + len(piece)


class Parts:
    """What is on its way to this machine, by the SHA-256 it is to have. Safe from any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Return where the part lies while it grows."""
        return self._folder / sha256

    def size(self, sha256: str) -> int:
        """Return how many bytes are here, 0 when nothing is."""
        try:
            return self.path(sha256).stat().st_size
        except FileNotFoundError:
            return 0

    def add(self, sha256: str, offset: int, piece: bytes) -> int:
        """Append a piece; return the bytes that are here now (`append_at`)."""
        path = self.path(sha256)
        try:
            if not path.exists():
                self._folder.mkdir(parents=True, exist_ok=True)
                self._tidy()
                path.touch(0o600)
            return append_at(path, offset, piece)
        except OSError as error:
            raise StoreError(f"{sha256[:12]}: {error.strerror or error}") from error

    def proved(self, sha256: str) -> bool:
        """Return whether the part is all of what its name says; one that is not goes."""
        try:
            with self.path(sha256).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return False
        if found != sha256:
            self.drop(sha256)
        return found == sha256

    def drop(self, sha256: str) -> None:
        """Take a part away."""
        self.path(sha256).unlink(missing_ok=True)

    def _tidy(self) -> None:
        old = time.time() - KEPT_S
        for each in self._folder.iterdir():
            if each.stat().st_mtime < old:
                each.unlink(missing_ok=True)
