"""The bridge: desk futures and Changes become signals on the GUI thread.

The only place of the window that takes a future's result, and only of a finished one.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance, Slot
from shiboken6 import isValid

from dispatch.desk.views import Changes, QueueRow
from dispatch.domain.codes import ENDED
from dispatch.domain.command import Command
from dispatch.domain.errors import StoreError, ZhiwangError
from ui import refusals
from ui.door import Done, Door, Promise
from ui.takers import ErrorTaker, Newest, Taker, alive

log = logging.getLogger(__name__)

GATHER_MS: Final = 80
"""So long Changes are gathered before the window asks for the new rows (design: 66 to 100)."""
RETRY_MS: Final = 2000
BEAT_MS: Final = 10_000
"""So often strip, tray and workers are asked for without a change: silence is one."""


@dataclass(frozen=True, slots=True)
class RowsChanged:
    """New rows of the queue; `gone` are ended and uncontested, `by_others` not this seat's acts."""

    rows: tuple[QueueRow, ...]
    gone: frozenset[str]
    by_others: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Waiting:
    promise: Promise[Any]
    on_ok: Taker
    on_error: ErrorTaker | None


def merged(one: Changes, two: Changes) -> Changes:
    """Return what two commits touched together."""
    return Changes(
        incidents=one.incidents | two.incidents,
        workers=one.workers or two.workers,
        sync=one.sync or two.sync,
        shift=one.shift or two.shift,
        tables=one.tables or two.tables,
        everything=one.everything or two.everything,
        town=one.town or two.town,
        tasks=one.tasks or two.tasks,
    )


class Live(QObject):
    """Asks the desk off-thread and tells the window on its own thread.

    rows_reset(tuple of QueueRow), rows_changed(RowsChanged), incidents_touched(frozenset of ids),
    strip_changed(Strip), exceptions_changed(tuple), workers_changed(tuple), shift_changed(),
    tables_changed(), town_changed() for modes, checks and notices,
    act_begun(incident id), acted(Command, Done), failed(words) for an error
    that nobody else shows, store_failed(words).
    """

    rows_reset = Signal(object)
    rows_changed = Signal(object)
    incidents_touched = Signal(object)
    strip_changed = Signal(object)
    exceptions_changed = Signal(object)
    workers_changed = Signal(object)
    shift_changed = Signal()
    tables_changed = Signal()
    town_changed = Signal()
    act_begun = Signal(str)
    acted = Signal(object, object)
    failed = Signal(str)
    store_failed = Signal(str)
    _finished = Signal(object)
    _touched = Signal()

    def __init__(self, desk: Door, parent: QObject | None = None) -> None:
        """Nothing is asked before `start`."""
        super().__init__(parent)
        self.desk = desk
        self._waiting: dict[int, _Waiting] = {}
        self._ticket = 0
        self._pending = Changes()
        self._lock = threading.Lock()
        self._bell = threading.Lock()
        self._asked: frozenset[str] | None = None
        self._busy = False
        self._own: dict[str, str] = {}
        self._acting: Counter[str] = Counter()
        self._known: dict[str, str] = {}
        self._closed = False
        self._strips, self._exceptions, self._workers = (Newest(self.run) for _ in range(3))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_gathered)
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._on_beat)
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._touched.connect(self._on_touched, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Listen for changes and load everything once."""
        self.desk.subscribe(self._take)
        self._take(Changes(everything=True))
        self._beat.start()

    def close(self) -> None:
        """Ask and take no more; the desk may finish what it has in hand."""
        with self._bell:
            self._closed = True
        self._timer.stop()
        self._beat.stop()
        self._waiting.clear()

    def run(self, promise: Promise[Any], on_ok: Taker, on_error: ErrorTaker | None = None) -> None:
        """Have the answer brought to `on_ok` on this thread, never before this call returns.

        Both takers are bound methods; what they belong to may be gone by then. Without
        `on_error` the error is worded and told by `failed`. After `close` nobody is told.
        """
        if self._closed:
            return
        self._ticket += 1
        ticket = self._ticket
        self._waiting[ticket] = _Waiting(promise, on_ok, on_error)
        promise.add_done_callback(_Bell(self, ticket).ring)

    def act(
        self,
        command: Command,
        on_ok: Callable[[Done], None] | None = None,
        on_error: ErrorTaker | None = None,
    ) -> None:
        """Do an act; `acted` tells everyone when it went through."""
        act = _Act(self, command, on_ok, on_error)
        self.act_begun.emit(command.incident)
        try:
            promise = self.desk.act(command)
        except ZhiwangError as error:  # nobody logged in: refused before there is a future
            self._tell(error, on_error)
            return
        self._acting[command.incident] += 1
        self.run(promise, act.take, act.fail)

    def refresh(self, changes: Changes) -> None:
        """Ask again for these, as if a commit had touched them."""
        self._take(changes)

    def done(self, command: Command, done: Done) -> None:
        """Remember whose change the coming row is."""
        self.ended(command)
        self._own[done.incident] = done.version
        self.acted.emit(command, done)

    def ended(self, command: Command) -> None:
        """Note that an act is answered, whatever the answer."""
        self._acting[command.incident] -= 1

    def ring(self, ticket: int) -> None:
        """Tell the GUI thread that an answer is there; called from any thread."""
        self._emit(self._finished, ticket)

    def _take(self, changes: Changes) -> None:
        with self._lock:
            self._pending = merged(self._pending, changes)
        self._emit(self._touched)

    def _emit(self, signal: SignalInstance, *given: int) -> None:
        # The lock is held over look and emission: when `close` has returned, no other thread is
        # inside this object any more, and none comes in before Qt destroys it.
        with self._bell:
            if not self._closed and isValid(self):
                signal.emit(*given)

    @Slot()
    def _on_touched(self) -> None:
        if not self._timer.isActive() and not self._busy:
            self._timer.start(0 if not self._known else GATHER_MS)

    @Slot()
    def _on_gathered(self) -> None:
        with self._lock:
            changes, self._pending = self._pending, Changes()
        if changes == Changes() or self._closed:
            return
        self._ask_rows(changes)
        desk = self.desk
        modes = changes.town or changes.everything
        if modes or changes.sync or changes.shift or changes.tables:
            self._strips.run(desk.strip(), self._on_strip)
        due = changes.sync or changes.incidents or changes.workers or changes.tasks
        if changes.everything or due:
            self._exceptions.run(desk.exceptions(), self._on_exceptions)
        if changes.everything or changes.workers or changes.tables:
            self._workers.run(desk.workers(), self._on_workers)
        if changes.everything or changes.shift:
            self.shift_changed.emit()
        if changes.everything or changes.tables:
            self.tables_changed.emit()
        if modes or changes.tasks:
            self.town_changed.emit()

    @Slot()
    def _on_beat(self) -> None:
        self._take(Changes(sync=True, workers=True))

    def _ask_rows(self, changes: Changes) -> None:
        if changes.everything or changes.tables or changes.town:
            self._busy, self._asked = True, None
            self.run(self.desk.rows(), self._on_all_rows, self._on_rows_failed)
        elif changes.incidents:
            self._busy, self._asked = True, changes.incidents
            self.run(self.desk.rows(changes.incidents), self._on_some_rows, self._on_rows_failed)

    @Slot(object)
    def _on_finished(self, ticket: int) -> None:
        waiting = self._waiting.pop(ticket, None)
        if waiting is None or self._closed:
            return
        error = waiting.promise.exception()
        if error is None:
            if alive(waiting.on_ok):
                waiting.on_ok(waiting.promise.result())
            return
        self._tell(error, waiting.on_error)

    def _tell(self, error: BaseException, on_error: ErrorTaker | None) -> None:
        if not isinstance(error, ZhiwangError):
            log.error("desk failed: %s", type(error).__name__, exc_info=error)
        if isinstance(error, StoreError):
            self.store_failed.emit(refusals.words(error))
        self.hand(error, on_error)

    def hand(self, error: BaseException, on_error: ErrorTaker | None) -> None:
        """Hand an error to who takes it, else word it for everybody."""
        if on_error is None:
            self.failed.emit(refusals.words(error))
        elif alive(on_error):
            on_error(error)

    @Slot(object)
    def _on_all_rows(self, rows: tuple[QueueRow, ...]) -> None:
        self._known = {row.id: row.version for row in rows}
        self._rested()
        self.rows_reset.emit(rows)
        self.incidents_touched.emit(frozenset(self._known))

    @Slot(object)
    def _on_some_rows(self, rows: tuple[QueueRow, ...]) -> None:
        asked = self._asked or frozenset()
        shown = tuple(row for row in rows if row.state not in ENDED or row.contested)
        gone = asked - {row.id for row in shown}
        others = frozenset(row.id for row in shown if self._is_others(row))
        for row in shown:
            self._known[row.id] = row.version
        for each in gone:
            self._known.pop(each, None)
            self._own.pop(each, None)
        self._rested()
        self.rows_changed.emit(RowsChanged(shown, gone, others))
        self.incidents_touched.emit(asked)

    def _is_others(self, row: QueueRow) -> bool:
        """Whether somebody else changed it: not a mere sync answer, not this seat's own act.

        The row may come before the answer to the act that changed it.
        """
        return not self._acting[row.id] and self._known.get(row.id) != row.version != self._own.get(
            row.id
        )

    @Slot(object)
    def _on_rows_failed(self, error: BaseException) -> None:
        asked = self._asked
        again = Changes(everything=True) if asked is None else Changes(incidents=asked)
        with self._lock:
            self._pending = merged(again, self._pending)
        self._busy = False
        self._timer.start(RETRY_MS)
        self.failed.emit(refusals.words(error))

    def _rested(self) -> None:
        self._busy = False
        with self._lock:
            waiting = self._pending != Changes()
        if waiting:
            self._timer.start(GATHER_MS)

    @Slot(object)
    def _on_strip(self, strip: object) -> None:
        self.strip_changed.emit(strip)

    @Slot(object)
    def _on_exceptions(self, lines: object) -> None:
        self.exceptions_changed.emit(lines)

    @Slot(object)
    def _on_workers(self, rows: object) -> None:
        self.workers_changed.emit(rows)


class _Bell:
    """Rings for one ticket; a bound method, so that no lambda crosses a thread."""

    def __init__(self, live: Live, ticket: int) -> None:
        self._live = live
        self._ticket = ticket

    def ring(self, _promise: object) -> None:
        self._live.ring(self._ticket)


class _Act:
    """One act on its way: tells its starter and the window when it went through."""

    def __init__(
        self,
        live: Live,
        command: Command,
        on_ok: Callable[[Done], None] | None,
        on_error: ErrorTaker | None,
    ) -> None:
        self._live = live
        self._command = command
        self._on_ok = on_ok
        self._on_error = on_error

    def take(self, done: Done) -> None:
        self._live.done(self._command, done)
        if self._on_ok is not None and alive(self._on_ok):
            self._on_ok(done)

    def fail(self, error: BaseException) -> None:
        self._live.ended(self._command)
        self._live.hand(error, self._on_error)
