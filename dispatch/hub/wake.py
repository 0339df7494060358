"""Waking those who wait on a long poll: in this process, and through the database in others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import OperationalError

from dispatch.hub.database import Database
from dispatch.hub.pool import Pool

log = logging.getLogger(__name__)

DEBOUNCE_S: Final = 0.05


class Wake:
    """Events of one event loop. Only `heard` may be called from another thread."""

    def __init__(self, database: Database, pool: Pool) -> None:
        self._database = database
        self._pool = pool
        self._loop = asyncio.get_running_loop()
        self.ended = False
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._due: set[str] = set()
        self._told: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @contextmanager
    def watch(self, town: str) -> Iterator[asyncio.Event]:
        """Give an event that is set when the town has news; begin before looking for them."""
        event = asyncio.Event()
        self._waiting.setdefault(town, set()).add(event)
        try:
            yield event
        finally:
            self._waiting[town].discard(event)

    def ring(self, town: str) -> None:
        """Wake the town's waiters after a commit here, and tell the other processes."""
        self._told.add(town)
        self._plan(town)

    def heard(self, town: str) -> None:
        """Wake the town's waiters after another process's commit. From any thread."""
        self._loop.call_soon_threadsafe(self._plan, town)

    def end(self) -> None:
        """Let everybody go who waits: the server is closing."""
        self.ended = True
        for events in self._waiting.values():
            for event in events:
                event.set()

    def _plan(self, town: str) -> None:
        if town not in self._due:
            self._due.add(town)
            self._loop.call_later(DEBOUNCE_S, self._fire, town)

    def _fire(self, town: str) -> None:
        self._due.discard(town)
        for event in self._waiting.get(town, ()):
            event.set()
        if town in self._told:
            self._told.discard(town)
            task = self._loop.create_task(self._tell(town))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _tell(self, town: str) -> None:
        database = self._database
        try:
            await self._pool.run(
                lambda: database.dialect.notify(database.engine, frozenset({town}))
            )
        except OperationalError as error:
            # Those who wait at another process lose one `wait`, no event.
            log.info("telling other hub processes failed: %s", type(error).__name__)
