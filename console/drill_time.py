"""The two ways a drill's clock goes: it jumps to the next thing, or runs at a speed."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Final

from console.clock import set_drill

_TICK_S: Final = 0.1


class Jumping:
    """A clock that is where the play wants it at once."""

    def __init__(self, path: Path, start: int, stop: threading.Event) -> None:
        self._path = path
        self._now = start
        self._stop = stop
        set_drill(path, start)

    def now(self) -> int:
        """Return the drill's time, UTC milliseconds."""
        return self._now

    def reach(self, at: int) -> bool:
        """Jump there; False when the play is to stop."""
        if at > self._now:
            self._now = at
            set_drill(self._path, at)
        return not self._stop.is_set()


class Running:
    """A clock that runs `speed` times as fast as the wall's, whatever the play does.

    Up to `warm_until` it jumps, so that the window opens on a town at work; then `warm` is set.
    """

    def __init__(self, path: Path, warm_until: int, speed: float, stop: threading.Event) -> None:
        self._path = path
        self._warm_until = warm_until
        self._speed = speed
        self._stop = stop
        self._began = 0.0
        self._reached = 0
        self.warm = threading.Event()

    def now(self) -> int:
        """Return the drill's time, UTC milliseconds."""
        if not self.warm.is_set():
            return self._reached
        passed = (time.monotonic() - self._began) * self._speed
        now = self._warm_until + int(passed * 1000)
        set_drill(self._path, now)
        return now

    def reach(self, at: int) -> bool:
        """Wait until then; False when the play is to stop."""
        if at < self._warm_until:
            self._reached = at
            set_drill(self._path, at)
            return not self._stop.is_set()
        if not self.warm.is_set():
            self._began = time.monotonic()
            self.warm.set()
        while not self._stop.is_set():
            left = (at - self.now()) / (1000 * self._speed)
            if left <= 0:
                return True
            self._stop.wait(min(left, _TICK_S))
        return False
