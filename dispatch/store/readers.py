"""Two threads that read, each in one short transaction at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection

from dispatch.domain.errors import StoreError
from dispatch.store.engine import in_words, open_engine
from dispatch.store.reader import Reader, Remembered
from dispatch.store.writer import CLOSED, never

T = TypeVar("T")

THREADS: Final = 2


class Readers:
    """Connections that cannot write; each job sees one state of the database."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine = open_engine(path, query_only=True)
        self._remembered = Remembered()
        self._own = threading.local()
        self._connections: list[Connection] = []
        self._closing = False
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="store-reader")

    def submit(self, job: Callable[[Reader], T]) -> Future[T]:
        """Run a job in a reader's thread; after `close` the future ends with a StoreError."""
        try:
            return self._pool.submit(self._run, job)
        except RuntimeError:
            return never()

    def close(self) -> None:
        """Wait for running jobs, refuse the waiting ones and give the connections back."""
        self._closing = True
        self._pool.shutdown(wait=True)
        for connection in self._connections:
            connection.close()
        self._connections.clear()

    def _run(self, job: Callable[[Reader], T]) -> T:
        if self._closing:
            raise StoreError(CLOSED)
        with in_words(self._path):
            connection: Connection | None = getattr(self._own, "connection", None)
            if connection is None:
                connection = self._engine.connect()
                self._own.connection = connection
                self._connections.append(connection)
            with connection.begin():
                return job(Reader(connection, self._remembered))
