"""Virtual time: what happens next, in order of time, then of arrangement."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count
from typing import Final

from dispatch.drill.faults.places import START

Job = Callable[[], None]
LONGEST_MS: Final = 1 << 50


class Timeline:
    """A clock that goes on only by doing what was arranged. UTC milliseconds."""

    def __init__(self) -> None:
        self.now = START
        self._order = count()
        self._due: list[tuple[int, int, Job]] = []

    def after(self, ms: int, job: Job) -> None:
        """Arrange a job in so many milliseconds."""
        heapq.heappush(self._due, (self.now + max(0, ms), next(self._order), job))

    def until(self, moment: int) -> None:
        """Do everything that is due up to a moment, and stand there."""
        while self._due and self._due[0][0] <= moment:
            at, _, job = heapq.heappop(self._due)
            self.now = max(self.now, at)
            job()
        self.now = max(self.now, moment)
