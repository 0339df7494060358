"""The desktop: settings, store, desk, exchange, window; and the reverse order down."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from console import settings
from console.clock import clock
from console.sites import link_of
from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.store.mending import open_mended
from ui.alarms.sound import AlarmSound, find_sink
from ui.garbage import Garbage
from ui.look.theme import Theme
from ui.seat_window import Given, SeatWindow

REPORTS: Final = "reports"
SETTLE_MS: Final = 3000


@dataclass(frozen=True, slots=True)
class Opened:
    """A window that stands over an open desk."""

    app: QApplication
    desk: Desk
    seat: SeatWindow


def run(folder: Path, name: str | None = None) -> int:
    """Open the window over a site's folder; returns when it is closed, or killed by a plain kill.

    `name` takes up that person's open session.
    """
    from dispatch.store.upkeep import Upkeep
    from dispatch.sync.loop import SyncLoop

    known = settings.read(folder)
    memory = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    with window(folder, Theme(), name) as opened:
        for ending in (signal.SIGINT, signal.SIGTERM):
            # Python looks at signals between two ticks of the window's clock.
            signal.signal(ending, lambda *_: opened.app.quit())
        loop = SyncLoop(opened.desk.site, link_of(known))
        opened.desk.subscribe(loop.changed)
        shell = opened.seat.window
        shell.restore(memory)
        shell.showMaximized()
        opened.seat.start()
        upkeep = Upkeep(opened.desk.site, opened.desk.now, opened.desk.shift_now)
        # The exchange begins when the window stands.
        QTimer.singleShot(0, loop.start)
        QTimer.singleShot(0, upkeep.start)
        try:
            return opened.app.exec()
        finally:
            shell.save(memory)
            upkeep.close()
            loop.close()


@contextmanager
def window(folder: Path, theme: Theme, name: str | None = None) -> Iterator[Opened]:
    """Open store, desk and window, not yet shown; `name` takes up that person's open session."""
    known = settings.read(folder)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("zhiwang")
    theme.apply(app)
    store = open_mended(folder, known.identity)
    garbage = Garbage()
    garbage.start()
    try:
        desk = Desk(store, clock())
        if name is not None:
            desk.resume(name)
        given = Given(
            desk, reporting_of(desk), desk.now, new_id, AlarmSound(find_sink()), folder / REPORTS
        )
        seat = SeatWindow(given, theme)
        yield Opened(app, desk, seat)
        seat.window.close()
    finally:
        store.close()
        garbage.stop()


def reporting_of(desk: Desk) -> Callable[[], object]:
    """Return what makes the shift's part of a desk when it is first asked for."""

    def make() -> object:
        # Reports bring pinyin and typst: after the first window.
        from dispatch.desk.reporting import Reporting

        return Reporting(desk)

    return make


def picture(folder: Path, out: Path, *, size: tuple[int, int], night: bool, name: str) -> Path:
    """Draw the window of a site as it stands into a PNG, without showing it; return the file."""
    theme = Theme("night" if night else "day")
    with window(folder, theme, name) as opened:
        shell = opened.seat.window
        shell.resize(*size)
        shell.show()
        opened.seat.start()
        waited = QEventLoop()
        QTimer.singleShot(SETTLE_MS, waited.quit)
        waited.exec()
        first = shell.queue.model.index(0, 0)
        if first.isValid():
            shell.queue.list.setCurrentIndex(first)
        QTimer.singleShot(SETTLE_MS, waited.quit)
        waited.exec()
        out.parent.mkdir(parents=True, exist_ok=True)
        shell.grab().save(str(out))
    return out
