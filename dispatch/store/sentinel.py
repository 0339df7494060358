"""A note beside the database: a store that was put back or copied is found out by it."""

from __future__ import annotations

import json
import logging
import os
import uuid
from pathlib import Path
from typing import Final, Literal

log = logging.getLogger(__name__)

NAME: Final = "sentinel.json"
NAMES: Final = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_WIDTH: Final = 256

Waking = Literal["as before", "first", "rewound", "cloned", "put back"]


def machine_id() -> str:
    """Return a name of this machine that a copied folder does not bring along."""
    for path in NAMES:
        if path.is_file():
            name = path.read_text(encoding="ascii", errors="replace").strip()
            if name:
                return name
    return f"{uuid.getnode():012x}"


class Sentinel:
    """Holds incarnation, its last own sequence and the machine; written after each commit.

    The database is on the disk before the note is written, so a note that is ahead means an
    older database. Not synced itself: losing the last notes loses nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._file: int | None = None
        self._machine = machine_id()

    def waking(self, inc: str, sseq: int) -> Waking:
        """Compare the note with what the database says of itself."""
        try:
            with self._path.open("rb") as file:
                note = json.loads(file.read(_WIDTH))
            known, last, machine = str(note["inc"]), int(note["sseq"]), str(note["machine"])
        except FileNotFoundError:
            return "first"
        except (OSError, ValueError, KeyError, TypeError, OverflowError) as error:
            log.warning("sentinel cannot be read: %s", type(error).__name__)
            return "first"
        if not known:
            return "put back"
        if machine != self._machine:
            return "cloned"
        return "rewound" if known != inc or last > sseq else "as before"

    def write(self, inc: str, sseq: int) -> None:
        """Put the note in place of the one before; it tells of a commit, so failing is no error."""
        try:
            self._put(inc, sseq)
        except OSError as error:
            log.warning("sentinel cannot be written: %s", error.strerror)

    def spoil(self) -> None:
        """Have the store wake as one that was put back, whatever it says of itself."""
        self._put("", 0)
        self.close()

    def _put(self, inc: str, sseq: int) -> None:
        """One write of fixed length."""
        if self._file is None:
            flags = os.O_CREAT | os.O_WRONLY | getattr(os, "O_BINARY", 0)
            self._file = os.open(self._path, flags, 0o600)
        note = json.dumps({"inc": inc, "sseq": sseq, "machine": self._machine})
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, note.ljust(_WIDTH - 1).encode() + b"\n")

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
