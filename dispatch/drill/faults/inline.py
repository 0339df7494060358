"""The store's writer and readers without threads: a run does one thing after the other anyway."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from dispatch.domain.errors import StoreError
from dispatch.store.reader import Reader
from dispatch.store.readers import Readers
from dispatch.store.writer import Outcome, Priority, Writer

T = TypeVar("T")


class InlineWriter(Writer):
    """Does each job where it is asked for; handing it to a thread would be a third of a run."""

    def __init__(self, idle: Callable[[], None]) -> None:
        del idle  # it comes after a second of the machine's time, of which a run has none
        self._closing = False
        self._urgent = 0

    def submit(self, job: Callable[[], Any], priority: Priority) -> Future[Any]:  # Any: as there
        """Do a job now; after `close` it is a StoreError."""
        del priority
        if self._closing:
            raise StoreError("数据库已关闭")
        return _done(job)

    def close(self) -> None:
        """Take no more jobs."""
        self._closing = True


class InlineReaders(Readers):
    """Reads where it is asked for, over a connection that cannot write."""

    _closing = False

    def submit(self, job: Callable[[Reader], T]) -> Future[T]:
        """Do a job now; after `close` it is a StoreError."""
        if self._closing:
            raise StoreError("数据库已关闭")
        return _done(lambda: self._run(job))

    def close(self) -> None:
        """Give the connection back."""
        self._closing = True
        super().close()


def _done(job: Callable[[], T]) -> Future[T]:
    future: Future[T] = Future()
    with Outcome(future) as outcome:
        outcome.value = job()
    return future
