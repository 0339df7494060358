"""One future after another, without waiting in between."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from dispatch.store.writer import Outcome

T = TypeVar("T")
U = TypeVar("U")


def then(first: Future[T], after: Callable[[T], U]) -> Future[U]:
    """Return a future of `after(value)`; it runs in the thread that ends the first one."""
    second: Future[U] = Future()
    second.set_running_or_notify_cancel()

    def ended(done: Future[T]) -> None:
        with Outcome(second) as outcome:
            outcome.value = after(done.result())

    first.add_done_callback(ended)
    return second


def failed(error: Exception) -> Future[T]:
    """Return a future that has ended with an error."""
    future: Future[T] = Future()
    future.set_exception(error)
    return future
