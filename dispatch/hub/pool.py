"""A bounded pool of threads for the database: more than it can hold is answered with 429."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from dispatch.domain.errors import HubError

T = TypeVar("T")

WORKERS: Final = 12
WAITING: Final = 400


class Busy(HubError):
    """The hub has more to do than it takes on; try again after `again_s` seconds."""

    def __init__(self, again_s: int = 2) -> None:
        self.again_s = again_s
        super().__init__("busy")


class Pool:
    """Runs database jobs beside the event loop."""

    def __init__(self, workers: int = WORKERS, waiting: int = WAITING) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="hub-db")
        self._room = workers + waiting
        self._came = 0
        self._queue: dict[int, float] = {}

    async def run(self, job: Callable[[], T]) -> T:
        """Run a job in a thread; raises Busy at once when too many wait."""
        if self._room <= 0:
            raise Busy
        self._room -= 1
        self._came += 1
        nth = self._came
        self._queue[nth] = time.monotonic()

        def begun() -> T:
            self._queue.pop(nth, None)
            return job()

        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, begun)
        finally:
            self._queue.pop(nth, None)
            self._room += 1

    def waiting(self) -> int:
        """Return how many jobs wait for a thread."""
        return len(self._queue)

    def oldest_s(self) -> float:
        """Return how long the oldest of them has waited, seconds; 0 when none waits."""
        first = min(tuple(self._queue.values()), default=None)
        return 0.0 if first is None else time.monotonic() - first

    def close(self) -> None:
        """End the threads after the jobs that run now."""
        self._threads.shutdown(wait=True, cancel_futures=True)
