"""A desk that is being opened behind a window that stands already."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from dispatch.store.writer import Outcome

if TYPE_CHECKING:
    from dispatch.desk.desk import Desk
    from dispatch.desk.people import Person
    from dispatch.store.changes import Changes


class LateDesk:
    """Takes what is asked of a desk from the first; answers come when the desk is there.

    Safe from any thread. `now` gives UTC milliseconds.
    """

    def __init__(self, now: Callable[[], int]) -> None:
        self.now = now
        self.opened: Future[Desk] = Future()
        self.opened.set_running_or_notify_cancel()

    @property
    def person(self) -> Person | None:
        """Who is at the desk; nobody before it is open."""
        return self._there.person if self._is_there() else None

    def subscribe(self, callback: Callable[[Changes], None]) -> None:
        """Tell `callback` of every commit from the opening on."""
        self._when_there(lambda desk: desk.subscribe(callback))

    def still_here(self) -> None:
        """Begin the session's 30 minutes anew."""
        if self._is_there():
            self._there.still_here()

    # Any: each of the desk's calls has its own arguments and its own answer.
    def __getattr__(self, name: str) -> Callable[..., Any]:
        if self._is_there():
            return getattr(self._there, name)  # type: ignore[no-any-return]

        def asked(*given: Any, **named: Any) -> Future[Any]:
            answer: Future[Any] = Future()
            answer.set_running_or_notify_cancel()
            self._when_there(
                lambda desk: _pass_on(lambda: getattr(desk, name)(*given, **named), answer),
                answer.set_exception,
            )
            return answer

        return asked

    def _is_there(self) -> bool:
        return self.opened.done() and self.opened.exception() is None

    @property
    def _there(self) -> Desk:
        return self.opened.result()

    def _when_there(
        self,
        job: Callable[[Desk], None],
        failed: Callable[[BaseException], None] = lambda _: None,
    ) -> None:
        def told(opened: Future[Desk]) -> None:
            error = opened.exception()
            if error is None:
                job(opened.result())
            else:
                failed(error)

        self.opened.add_done_callback(told)


# Any: as above, whatever the desk answers.
def _pass_on(ask: Callable[[], Future[Any]], answer: Future[Any]) -> None:
    """Ask now and hand the outcome on; a refusal before there is a future is one through it."""

    def ended(done: Future[Any]) -> None:
        with Outcome(answer) as outcome:
            outcome.value = done.result()

    asked: Future[Future[Any]] = Future()
    with Outcome(asked) as outcome:
        outcome.value = ask()
    refused = asked.exception()
    if refused is None:
        asked.result().add_done_callback(ended)
    else:
        answer.set_exception(refused)


class Opening(QObject):
    """Opens a desk in a thread of its own; `ended` comes on the GUI thread, failed or not."""

    ended = Signal()
    _done = Signal()

    def __init__(self, make: Callable[[], Desk], desk: LateDesk) -> None:
        super().__init__()
        self._make = make
        self._desk = desk
        self._thread = threading.Thread(target=self._open, name="opening")
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Begin to open."""
        self._thread.start()

    def wait(self) -> Desk | None:
        """Wait for the end; return the desk, None when it was not opened or not begun."""
        if self._thread.ident is None:
            return None
        self._thread.join()
        opened = self._desk.opened
        return opened.result() if opened.exception() is None else None

    def _open(self) -> None:
        with Outcome(self._desk.opened) as outcome:
            outcome.value = self._make()
        self._done.emit()

    @Slot()
    def _on_done(self) -> None:
        self.ended.emit()
