"""The one thread that writes: jobs by priority, each with a future for its end."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Final, Literal, Self

from dispatch.domain.errors import StoreError

Priority = Literal[0, 5, 9]
"""An operator's act, sync, housekeeping."""

IDLE_S: Final = 1.0
_LAST: Final = 99
CLOSED: Final = "数据库已关闭"


def never() -> Future[Any]:  # Any: whatever the job would have brought
    """Return the answer of a store that is closed: whoever asks hears of it like of any error.

    A window's timer may still go once while everything ends; raised where it asks, the error
    would have no taker.
    """
    future: Future[Any] = Future()
    future.set_exception(StoreError(CLOSED))
    return future


class Outcome:
    """What a block ends with goes to the future, be it a value or any error."""

    def __init__(self, future: Future[Any]) -> None:  # Any: each job has its own type
        self._future = future
        self.value: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if error is None:
            self._future.set_result(self.value)
        else:
            self._future.set_exception(error)
        return True


class Writer:
    """Runs jobs one after the other, the most urgent first, equal ones in order.

    `idle` is called in the same thread after a second without a job.
    """

    def __init__(self, idle: Callable[[], None]) -> None:
        self._idle = idle
        self._queue: queue.PriorityQueue[tuple[int, int, Callable[[], Any], Future[Any]]]
        self._queue = queue.PriorityQueue()
        self._count = itertools.count()
        self._closing = False
        self._urgent = 0
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[], Any], priority: Priority) -> Future[Any]:
        """Queue a job; after `close` the future ends with a StoreError."""
        future: Future[Any] = Future()
        with self._lock:
            if self._closing:
                return never()
            self._urgent += priority == 0
            self._queue.put((priority, next(self._count), job, future))
        return future

    @property
    def urgent(self) -> bool:
        """Whether an operator's act waits: a long job may end early for it."""
        return self._urgent > 0

    def close(self) -> None:
        """Finish what is queued, then end the thread."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
            self._queue.put((_LAST, next(self._count), _nothing, Future()))
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                priority, _, job, future = self._queue.get(timeout=IDLE_S)
            except queue.Empty:
                self._idle()
                continue
            if priority == _LAST:
                return
            if priority == 0:
                with self._lock:
                    self._urgent -= 1
            if future.set_running_or_notify_cancel():
                with Outcome(future) as outcome:
                    outcome.value = job()


def _nothing() -> None:
    """Stand for the end of the queue."""
