"""Waking those who wait on a long poll: in this process, and through the database in others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from dispatch.hub.database import Database
from dispatch.hub.dialect import EVERY_TOWN
from dispatch.hub.pool import Busy, Pool

log = logging.getLogger(__name__)

DEBOUNCE_S: Final = 0.05


class Wake:
    """Events of one event loop. Only `heard` may be called from another thread.

    One notifier a process: it tells the others of all towns at once, every 50 ms at most, for a
    NOTIFY locks the whole database while it commits.
    """

    def __init__(self, database: Database, pool: Pool) -> None:
        self._database = database
        self._pool = pool
        self._loop = asyncio.get_running_loop()
        self.ended = False
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._due: set[str] = set()
        self._told: set[str] = set()
        self._notifier: asyncio.Task[None] | None = None

    @contextmanager
    def watch(self, towns: Collection[str]) -> Iterator[asyncio.Event]:
        """Give an event that is set when one of the towns has news; begin before looking."""
        event = asyncio.Event()
        for town in towns:
            self._waiting.setdefault(town, set()).add(event)
        try:
            yield event
        finally:
            for town in towns:
                self._waiting[town].discard(event)

    def ring(self, town: str) -> None:
        """Wake the town's waiters after a commit here, and tell the other processes."""
        self._told.add(town)
        self._plan(town)

    def heard(self, town: str) -> None:
        """Wake the town's waiters after another process's commit. From any thread."""
        self._loop.call_soon_threadsafe(self._hear, town)

    def end(self) -> None:
        """Let everybody go who waits: the server is closing."""
        self.ended = True
        for events in self._waiting.values():
            for event in events:
                event.set()

    async def last_words(self) -> None:
        """Tell what was not told yet, before this process ends: else a poll waits its time out."""
        if self._notifier is not None:
            await self._notifier
        await self._tell()

    def _hear(self, town: str) -> None:
        for each in tuple(self._waiting) if town == EVERY_TOWN else (town,):
            self._plan(each)

    def _plan(self, town: str) -> None:
        if town not in self._due:
            self._due.add(town)
            self._loop.call_later(DEBOUNCE_S, self._fire, town)

    def _fire(self, town: str) -> None:
        self._due.discard(town)
        for event in self._waiting.get(town, ()):
            event.set()
        if self._told and (self._notifier is None or self._notifier.done()):
            self._notifier = self._loop.create_task(self._keep_telling())

    async def _keep_telling(self) -> None:
        while self._told and not self.ended:
            await self._tell()
            await asyncio.sleep(DEBOUNCE_S)

    async def _tell(self) -> None:
        database = self._database
        towns, self._told = frozenset(self._told), set()
        if not towns:
            return
        try:
            await self._pool.run(lambda: database.dialect.notify(database.engine, towns))
        except Busy:
            self._told |= towns
        except SQLAlchemyError as error:
            # Those who wait at another process lose one `wait`, no event.
            log.info("telling other hub processes failed: %s", type(error).__name__)
