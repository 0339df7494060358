"""The keys of a file's rows so far, on disk: a file of ten million rows fills no memory."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import Self

from dispatch.files.mapping import Key
from dispatch.files.rows import Cells


class SeenKeys:
    """Tells whether a key has come before in the same file, and where. For one thread."""

    def __init__(self) -> None:
        # An empty name is a temporary file of SQLite's own, which goes when it is closed.
        self._database = sqlite3.connect("")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA cache_size = -8192")
        self._database.execute(
            "CREATE TABLE seen (key BLOB PRIMARY KEY, line INTEGER, content BLOB) WITHOUT ROWID"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_ended: object) -> None:
        self._database.close()

    def earlier(self, key: bytes, line: int, content: bytes) -> tuple[int, bool] | None:
        """Note a key; return the line it came at before, and whether with the same content."""
        put = "INSERT OR IGNORE INTO seen VALUES (?, ?, ?)"
        if self._database.execute(put, (key, line, content)).rowcount:
            return None
        asked = self._database.execute("SELECT line, content FROM seen WHERE key = ?", (key,))
        earlier, before = asked.fetchone()
        return int(earlier), bytes(before) == content


def content_of(row: Cells) -> bytes:
    """Return a digest of everything in a row."""
    return _digest(each for pair in row.items() for each in pair)


def key_of(row: Cells, key: Key) -> bytes | None:
    """Return the digest by which a row is known again; None when its key is empty."""
    if not key.columns:
        return _digest((key.system, *(each for pair in row.items() for each in pair)))
    values = [row[each] for each in key.columns]
    if not any(values):
        return None
    return _digest((key.system, *key.columns, *values))


def _digest(texts: Iterable[str]) -> bytes:
    total = hashlib.sha256()
    for each in texts:
        total.update(each.encode(errors="surrogatepass"))
        total.update(b"\x1f")
    return total.digest()[:16]
