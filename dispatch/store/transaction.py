"""One job, one transaction: all of it is stored, or nothing; then it is told what changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine

from dispatch.domain.errors import StoreError
from dispatch.store.changes import Changes
from dispatch.store.engine import immediate, in_words
from dispatch.store.identity import SiteIdentity
from dispatch.store.memory import Memory, Place
from dispatch.store.photos import Photos
from dispatch.store.site_log import SiteLog

T = TypeVar("T")


class Transactions:
    """Runs jobs over one connection, in the writer's thread only."""

    def __init__(self, engine: Engine, path: Path, identity: SiteIdentity, photos: Photos) -> None:
        self._path = path
        self.identity = identity
        self._photos = photos
        self._connection: Connection = engine.connect()
        self._memory = Memory()
        self._version = self._data_version()
        self.place: Place | None = None
        self._unrested = False

    def run(self, job: Callable[[SiteLog], T]) -> tuple[T, Changes]:
        """Run a job in BEGIN IMMEDIATE … COMMIT; any error undoes all of it."""
        connection = self._connection
        log: SiteLog | None = None
        done = False
        try:
            with in_words(self._path), immediate(connection):
                # Within the transaction: nobody can write between this look and the job.
                self._notice_others()
                log = SiteLog(connection, self.identity, self._memory, self._photos)
                result = job(log)
                changes = log.finish()
                self._check_whole()
            done = True
        finally:
            if not done and log is not None:
                log.undo()
        self._unrested = True
        self.identity = log.home
        self.place = self._memory.place
        for sha256 in log.unwanted:
            # Committed already; a file that somebody holds open stays, nothing speaks of it.
            with suppress(OSError):
                self._photos.remove(sha256)
        return result, changes

    def noticed(self) -> bool:
        """Return whether another program has written since the last look."""
        with in_words(self._path):
            return self._notice_others()

    def rest(self) -> None:
        """Bring what was written back into the file, as far as no reader is in the way."""
        if self._unrested:
            self._unrested = False
            with in_words(self._path):
                dbapi = self._connection.connection.dbapi_connection
                assert dbapi is not None
                dbapi.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _notice_others(self) -> bool:
        version = self._data_version()
        if version == self._version:
            return False
        self._version = version
        self._memory.clear()
        return True

    def _data_version(self) -> int:
        dbapi = self._connection.connection.dbapi_connection
        assert dbapi is not None
        return int(dbapi.execute("PRAGMA data_version").fetchone()[0])

    def _check_whole(self) -> None:
        """Refuse to commit what SQLite has undone already, even if the job went on."""
        dbapi = self._connection.connection.dbapi_connection
        undone = not getattr(dbapi, "in_transaction", False)
        if undone or self._connection.info.get("failed"):
            raise StoreError(f"{self._path.name}: 写入中途失败，已全部撤销")
