"""A long run that is waited for at a command line: it says how far it is, Ctrl-C stops it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from threading import Event
from typing import Final, TypeVar

T = TypeVar("T")
_EVERY_S: Final = 2.0
"""Between two lines of progress."""


def waited(running: Future[T], stop: Event, progress: Callable[[], None]) -> T:
    """Return what the run ends with; Ctrl-C sets `stop`, and the end is waited for all the same."""
    while True:
        try:
            return running.result(timeout=_EVERY_S)
        except NotYet:
            progress()
        except KeyboardInterrupt:
            stop.set()
