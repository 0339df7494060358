"""Who takes an answer: somebody that may be gone by then, or that only wants the newest."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject
from shiboken6 import isValid

from ui.door import Promise

# Any: the answer's type is the caller's; the pair (promise, taker) was checked when given.
Taker = Callable[[Any], None]
ErrorTaker = Callable[[BaseException], None]


class Run(Protocol):
    """`Live.run`."""

    def __call__(
        self, promise: Promise[Any], on_ok: Taker, on_error: ErrorTaker | None = None
    ) -> None:
        """Have the answer brought on the GUI thread, never before this call returns."""
        ...


class Newest:
    """One question that is asked again and again: what a later answer has overtaken is dropped.

    Two threads read: the answer to the former question may come last, and would show what is no
    longer so. Every commit makes a new question, so that the newest one's answer is enough.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._asked = 0
        self._come = 0

    def run(self, promise: Promise[Any], on_ok: Taker, on_error: ErrorTaker | None = None) -> None:
        """As `Live.run`."""
        self._asked += 1
        failed = _Numbered(self, self._asked, on_error).take if on_error is not None else None
        self._run(promise, _Numbered(self, self._asked, on_ok).take, failed)

    def comes(self, number: int) -> bool:
        """Note that this question is answered; tell whether no later one was answered before."""
        overtaken = number < self._come
        self._come = max(number, self._come)
        return not overtaken


class _Numbered:
    """A taker with the number of its question."""

    def __init__(self, newest: Newest, number: int, taker: Taker) -> None:
        self._newest = newest
        self._number = number
        self._taker = taker

    # Any: as `Taker`.
    def take(self, answer: Any) -> None:
        if self._newest.comes(self._number) and alive(self._taker):
            self._taker(answer)


def alive(taker: Callable[..., None]) -> bool:
    """Tell whether the widget that a bound method belongs to is still there."""
    owner = getattr(taker, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
