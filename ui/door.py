"""What the window asks of the desk, as a protocol: the real desk and a test's small one fit it."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from dispatch.desk.views import (
    Changes,
    ItemChoice,
    QueueRow,
    Strip,
    WorkerRow,
)
from dispatch.desk.views_tray import Exceptional
from dispatch.domain.command import Command

T_co = TypeVar("T_co", covariant=True)


class Promise(Protocol[T_co]):
    """A `concurrent.futures.Future` as far as the window uses one."""

    def exception(self) -> BaseException | None:
        """Return what went wrong; asked of a finished one only."""
        ...

    def result(self) -> T_co:
        """Return the answer; asked of a finished one only."""
        ...

    # Any: a Future gives itself to the callback, which a covariant protocol cannot say.
    def add_done_callback(self, fn: Callable[[Any], object], /) -> None:
        """Call back in the thread that finishes it, at once when it is finished."""
        ...


class Done(Protocol):
    """What an act that went through answers."""

    @property
    def incident(self) -> str:
        """The id of the incident."""
        ...

    @property
    def version(self) -> str:
        """The version it has now."""
        ...


class Door(Protocol):
    """The part of the desk that shell, queue, strips and alarms use."""

    def rows(self, ids: frozenset[str] | None = None) -> Promise[tuple[QueueRow, ...]]:
        """Ask for everything open, or for these incidents, ended ones included."""
        ...

    def search(self, text: str, limit: int = 50) -> Promise[tuple[QueueRow, ...]]:
        """Ask for the incidents whose texts hold these words."""
        ...

    def items(self, text: str) -> Promise[tuple[ItemChoice, ...]]:
        """Ask for the items that match hanzi, pinyin or initials."""
        ...

    def find(self, text: str) -> Promise[str]:
        """Ask for the one incident with that number."""
        ...

    def act(self, command: Command) -> Promise[Done]:
        """Do an act."""
        ...

    def strip(self) -> Promise[Strip]:
        """Ask for what stands in the top strip."""
        ...

    def exceptions(self) -> Promise[tuple[Exceptional, ...]]:
        """Ask for the lines of the exceptions tray."""
        ...

    def workers(self) -> Promise[tuple[WorkerRow, ...]]:
        """Ask for the workers of the town."""
        ...

    def subscribe(self, callback: Callable[[Changes], None]) -> None:
        """Have every commit's changes called back from the writer's thread."""
        ...
