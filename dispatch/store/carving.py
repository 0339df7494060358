"""Own events out of a file that SQLite can no longer read, found by their bytes.

An event lies in one piece in a page with its signature right behind it, in the database and in
its write-ahead log alike, and what verifies is what was written. Those too long for one page
are taken by SQL, as far as it goes.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Final

from dispatch.domain.errors import BadInput
from dispatch.wire.header import Header, read_header, sealing_key
from dispatch.wire.keys import secret_id, signed_by
from dispatch.wire.protocol import Secret

log = logging.getLogger(__name__)

START: Final = b'{"v":'
LONGEST: Final = 8192
"""Two of the database's pages: no event lies in one piece beyond one."""
SIG: Final = 64
KEY: Final = 32
NAME: Final = 16
BLOCK: Final = 1 << 20
PAGE: Final = 4096
_DOUBTS: Final = 500
"""So many events of a writer are all looked at: some 70 ms of one core for a foreign one."""
_ONE_IN: Final = 16
"""Of a writer who is doubted, such a share is looked at on; one that verifies and it is ours."""


@dataclass(frozen=True, slots=True)
class Carved:
    """An event whose bytes and signature are proven. `sent` as the file said, if it could."""

    header: Header
    raw: bytes = field(repr=False)
    sig: bytes = field(repr=False)
    hash: str
    sent: bool = False


class Carver:
    """Finds the events that this key has signed in the files of one set-aside store."""

    def __init__(self, folder: Path, name: str, public: bytes) -> None:
        self._database = folder / name
        self._files = [each for each in (folder / name, folder / f"{name}-wal") if each.is_file()]
        self._public = public
        self._doubts: Counter[str] = Counter()
        self._wrong: set[bytes] = set()
        self._ours: set[str] = set()
        self._passed_over: set[str] = set()
        self.found: dict[str, Carved] = {}

    def run(self) -> tuple[Carved, ...]:
        """Return every own event, each writer's in order.

        A second time over the files where a writer proved to be us after events of it were
        passed over: its first ones may all lie on ruined pages.
        """
        self._look()
        if self._passed_over & self._ours:
            self._look()
        order = sorted(self.found.values(), key=lambda each: (each.header.inc, each.header.sseq))
        return tuple(order)

    def _look(self) -> None:
        for raw, sig, sent in self._by_sql():
            self._take(raw, sig, sent=sent)
        for file in self._files:
            for raw, sig in _pieces(file):
                self._take(raw, sig, sent=False)

    def keys(self) -> tuple[Secret, ...]:
        """Return the keys of the sealed text in what was found: each proves itself by its name."""
        wanted = {
            (each.header.subject.id, name)
            for each in self.found.values()
            if (name := sealing_key(each.raw))
        }
        found = {each: None for file in self._files for each in _secrets(file, wanted)}
        return tuple(found)

    def tables(self) -> list[tuple[str, str, str, str, bytes]]:
        """Return the reference tables that can still be read whole: the row as it is stored."""
        rows: list[tuple[str, str, str, str, bytes]] = []
        with suppress(sqlite3.Error), closing(self._open()) as database:
            rows += database.execute("SELECT name, version, etag, body, sig FROM reference")
        return rows

    def _take(self, raw: bytes, sig: bytes, *, sent: bool) -> None:
        digest = hashlib.sha256(raw)
        name = digest.hexdigest()
        if name in self.found:
            return
        try:
            header = read_header(raw)
        except BadInput:
            return
        if not self._is_looked_at(header.inc, digest.digest(), sig):
            return
        if signed_by(self._public, digest.digest(), sig):
            self._ours.add(header.inc)
            self.found[name] = Carved(header, raw, sig, name, sent)
        else:
            self._doubts[header.inc] += 1
            self._wrong.add(digest.digest() + sig)

    def _is_looked_at(self, inc: str, digest: bytes, sig: bytes) -> bool:
        """Whether an event may be ours: by its writer, never by where it lies in the file."""
        if digest + sig in self._wrong:
            return False
        if inc in self._ours or self._doubts[inc] < _DOUBTS or digest[0] % _ONE_IN == 0:
            return True
        self._passed_over.add(inc)
        return False

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._database.absolute().as_uri()}?mode=ro", uri=True)

    def _by_sql(self) -> Iterator[tuple[bytes, bytes, bool]]:
        """Read what SQLite still reads; a page that it cannot is passed over, row by row."""
        try:
            with closing(self._open()) as database:
                last = database.execute("SELECT max(pos) FROM event").fetchone()[0] or 0
                place = 0
                while place < last:
                    place += 1
                    with suppress(sqlite3.Error):
                        row = database.execute(
                            "SELECT raw, sig, sent FROM event WHERE pos = ?", (place,)
                        ).fetchone()
                        if row and isinstance(row[0], bytes) and isinstance(row[1], bytes):
                            yield row[0], row[1], bool(row[2])
        except sqlite3.Error as error:
            log.info("set-aside store is not readable by SQL: %s", error)


def _pieces(file: Path) -> Iterator[tuple[bytes, bytes]]:
    """Yield everything in a file that begins like an event, with the bytes behind it."""
    decoder = json.JSONDecoder()
    for raw in _found(file, START, LONGEST + SIG):
        text = raw.decode("utf-8", "surrogateescape")
        try:
            _, end = decoder.raw_decode(text)
        except (ValueError, RecursionError):
            continue
        size = len(text[:end].encode("utf-8", "surrogateescape"))
        yield raw[:size], raw[size : size + SIG]


def _secrets(file: Path, wanted: set[tuple[str, str]]) -> Iterator[Secret]:
    """Yield the wanted keys that a file still holds, in one pass over it."""
    for length in sorted({len(subject.encode()) for subject, _ in wanted}):
        mark = _row_mark(length)
        for row in _found(file, mark, len(mark) + length + NAME + KEY):
            told, key = row[len(mark) : -KEY].decode("utf-8", "replace"), row[-KEY:]
            subject, name = told[:-NAME], told[-NAME:]
            if (subject, name) in wanted and secret_id(key) == name:
                yield Secret(subject, key)


def _row_mark(length: int) -> bytes:
    """Return what SQLite puts before a row of `secret` whose subject has so many bytes.

    The record's header: its own length, then each column's type and length in one number.
    """
    text, name, key = 13 + 2 * length, 13 + 2 * NAME, 12 + 2 * KEY
    first = bytes([text]) if text < 0x80 else bytes([0x80 | text >> 7, text & 0x7F])
    return bytes([len(first) + 3]) + first + bytes([name, key])


def _found(file: Path, mark: bytes, size: int) -> Iterator[bytes]:
    """Yield `size` bytes (fewer at the end) from every place where the mark stands."""
    kept = b""
    with file.open("rb", buffering=0) as source:
        for block in _blocks(source):
            window = kept + block
            last = len(window) - size
            yield from _marked(window, mark, size, last)
            kept = window[max(0, last + 1) :]
    yield from _marked(kept, mark, size, len(kept))


def _marked(window: bytes, mark: bytes, size: int, last: int) -> Iterator[bytes]:
    place = window.find(mark)
    while 0 <= place <= last:
        yield window[place : place + size]
        place = window.find(mark, place + 1)


def _blocks(source: FileIO) -> Iterator[bytes]:
    """Yield a file's bytes, zeros for what the disk cannot read.

    Read, not mapped: a page of a mapping that cannot be read kills the process.
    """
    size, place = os.fstat(source.fileno()).st_size, 0
    while place < size:
        block = _bytes_at(source, place, BLOCK) or _bytes_at(source, place, PAGE) or bytes(PAGE)
        yield block
        place += len(block)


def _bytes_at(source: FileIO, place: int, size: int) -> bytes:
    """Return what is read at a place, possibly less; empty when the disk gives an error."""
    try:
        source.seek(place)
        return source.read(size)
    except OSError as error:
        log.info("set-aside file not readable at %d: %s", place, error.strerror)
        return b""
