"""The desktop: settings, window, and behind it store, desk, exchange; the reverse order down."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEventLoop, QObject, QSettings, QTimer, Slot
from PySide6.QtWidgets import QApplication

from console import settings
from console.clock import clock
from console.opening import LateDesk, Opening
from console.settings import Settings
from dispatch.acts.ids import new_id
from ui import tongue
from ui.alarms.sound import AlarmSound, find_sink
from ui.garbage import Garbage
from ui.look.theme import Theme
from ui.seat_window import Given, SeatWindow

if TYPE_CHECKING:
    from dispatch.desk.desk import Desk
    from dispatch.store.upkeep import Upkeep
    from dispatch.sync.loop import SyncLoop

REPORTS: Final = "reports"
SETTLE_MS: Final = 3000


@dataclass(frozen=True, slots=True)
class Opened:
    """A window that stands; `opening` brings its desk."""

    app: QApplication
    desk: LateDesk
    seat: SeatWindow
    opening: Opening

    def begin(self) -> None:
        """Open the desk, and let the window live as soon as it is open."""
        self.opening.ended.connect(self.seat.start)
        self.opening.begin()


class Running(QObject):
    """What follows the opening in a window that is run: the exchange, or the end."""

    def __init__(self, opened: Opened, known: Settings) -> None:
        super().__init__()
        self._opened = opened
        self._known = known
        self._loop: SyncLoop | None = None
        self._upkeep: Upkeep | None = None
        self._thread = threading.Thread(target=self._exchange, name="exchange-begins")
        opened.opening.ended.connect(self._on_ended)
        opened.seat.live.rows_reset.connect(self._on_rows)

    def close(self) -> None:
        """End the exchange."""
        if self._thread.ident is not None:
            self._thread.join()
        if self._upkeep is not None:
            self._upkeep.close()
        if self._loop is not None:
            self._loop.close()

    @Slot()
    def _on_ended(self) -> None:
        if self._opened.desk.opened.exception() is not None:
            self._opened.app.quit()

    @Slot(object)
    def _on_rows(self, _rows: object) -> None:
        # The exchange begins when the window stands, and what it brings is its own thread's.
        if self._thread.ident is None:
            self._thread.start()

    def _exchange(self) -> None:
        from console.sites import link_of, relay_of
        from console.thumbnail import small
        from dispatch.store.upkeep import Upkeep
        from dispatch.sync.loop import SyncLoop

        desk = self._opened.desk.opened.result()
        desk.site.photos.shrink = small
        self._loop = SyncLoop(desk.site, link_of(self._known), relay_of(self._known))
        desk.subscribe(self._loop.changed)
        self._loop.exchange.claiming.heard = desk.claims.hear
        desk.claims.tell(self._loop.claim)
        desk.receipts.tell(self._loop.want_receipt)
        self._loop.start()
        self._upkeep = Upkeep(desk.site, desk.now, desk.shift_now)
        self._upkeep.start()


def run(folder: Path, name: str | None = None) -> int:
    """Open the window over a site's folder; returns when it is closed, or killed by a plain kill.

    `name` takes up that person's open session.
    """
    known = settings.read(folder)
    memory = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    with window(folder, Theme(), name) as opened:
        for ending in (signal.SIGINT, signal.SIGTERM):
            # Python looks at signals between two ticks of the window's clock.
            signal.signal(ending, lambda *_: opened.app.quit())
        shell = opened.seat.window
        shell.restore(memory)
        shell.showMaximized()
        opened.app.processEvents()
        if name is None:
            # A seat of its own; one that plays a demonstration is watched, not worked at.
            opened.seat.idle.begin(_lock_minutes(memory))
        running = Running(opened, known)
        opened.begin()
        try:
            code = opened.app.exec()
        finally:
            shell.save(memory)
            running.close()
        opened.opening.wait()
        error = opened.desk.opened.exception()
        if error is not None:
            raise error
        return code


def _lock_minutes(memory: QSettings) -> int:
    """After how many idle minutes the seat is locked; what is no number is the usual."""
    text = str(memory.value("lock_minutes", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


@contextmanager
def window(folder: Path, theme: Theme, name: str | None = None) -> Iterator[Opened]:
    """Make the window, not yet shown, over a desk that `begin` opens; close both afterwards.

    `name` takes up that person's open session.
    """
    known = settings.read(folder)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("zhiwang")
    tongue.install(app)
    theme.apply(app)
    # Before another thread makes rubbish.
    garbage = Garbage()
    garbage.start()
    desk = LateDesk(clock())
    opening = Opening(lambda: _desk(folder, known, name), desk)
    try:
        given = Given(
            desk,
            reporting_of(desk),
            desk.now,
            new_id,
            AlarmSound(find_sink()),
            folder / REPORTS,
            town_of(desk),
        )
        seat = SeatWindow(given, theme)
        try:
            yield Opened(app, desk, seat, opening)
        finally:
            # Before the store that it asks, also when something went wrong.
            seat.window.close()
    finally:
        made = opening.wait()
        if made is not None:
            made.site.close()
        garbage.stop()


def _desk(folder: Path, known: Settings, name: str | None) -> Desk:
    # What store and desk bring takes longer than the window that is waited for.
    from dispatch.desk.desk import Desk
    from dispatch.store.mending import open_mended

    with ExitStack() as undone:
        store = open_mended(folder, known.identity)
        undone.callback(store.close)
        desk = Desk(store, clock())
        if name is not None:
            desk.resume(name)
        undone.pop_all()
    return desk


def reporting_of(desk: LateDesk) -> Callable[[], object]:
    """Return what makes the shift's part of a desk when it is first asked for."""

    @cache
    def make() -> object:
        # Reports bring pinyin and typst: after the first window.
        from dispatch.desk.reporting import Reporting

        return Reporting(desk.opened.result())

    return make


def town_of(desk: LateDesk) -> Callable[[], object]:
    """Return what makes the town's part of a desk when it is first asked for."""

    @cache
    def make() -> object:
        from dispatch.desk.town import TownDesk

        return TownDesk(desk.opened.result())

    return make


def picture(folder: Path, out: Path, *, size: tuple[int, int], night: bool, name: str) -> Path:
    """Draw the window of a site as it stands into a PNG, without showing it; return the file."""
    theme = Theme("night" if night else "day")
    with window(folder, theme, name) as opened:
        shell = opened.seat.window
        shell.resize(*size)
        shell.show()
        opened.begin()
        waited = QEventLoop()
        opened.opening.ended.connect(waited.quit)
        waited.exec()
        opened.desk.opened.result()
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
