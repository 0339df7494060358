"""The harness: no screen, no thread left running, no log warning that nobody expected."""

from __future__ import annotations

import gc
import logging
import os
import re
import threading
import time
from collections.abc import Generator, Iterator

import pytest

# Before anything imports Qt; an end-to-end test that brings a screen says so itself.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

THREAD_GRACE_S = 3.0


class _Kept(logging.Handler):
    """Keeps every record from warning upwards."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def log_is_quiet(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a warning in the log that the test's ``expects_log`` marks do not name."""
    expected = [re.compile(m.args[0]) for m in request.node.iter_markers("expects_log")]
    kept = _Kept()
    root = logging.getLogger()
    root.addHandler(kept)
    yield
    root.removeHandler(kept)
    surprises = [line for line in kept.lines if not any(p.search(line) for p in expected)]
    missing = [p.pattern for p in expected if not any(p.search(line) for line in kept.lines)]
    if surprises:
        pytest.fail("log warnings nobody expected:\n" + "\n".join(surprises), pytrace=False)
    if missing:
        pytest.fail(f"expected in the log, but not there: {missing}", pytrace=False)


@pytest.fixture(autouse=True)
def threads_end() -> Iterator[None]:
    """Fail when a thread that the test started still runs a moment after its end."""
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + THREAD_GRACE_S
    while left := [t for t in threading.enumerate() if t not in before and t.is_alive()]:
        if time.monotonic() > until:
            names = sorted(t.name for t in left)
            pytest.fail(f"threads left running: {names}", pytrace=False)
        left[0].join(0.05)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Collect the cycles of a test's widgets on this thread, as the product does (`ui.garbage`).

    The collector runs in whatever thread allocates, and a store's thread would destroy a widget
    under Qt's hands. The runner lets go of a test's fixtures after the last of them has ended, so
    that none of them could do this. What lives on, the modules above all, is not looked at
    again: one whole look costs as much as a test. A timer that still runs by then is stopped:
    it would ask a closed store in the middle of another test.
    """
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        _still_timers()
        gc.freeze()
        gc.enable()


def _still_timers() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import isValid

    timers = [each for each in gc.get_objects() if isinstance(each, QTimer)]
    for window in QApplication.topLevelWidgets():
        timers += window.findChildren(QTimer)
    for timer in timers:
        if isValid(timer):
            timer.stop()
