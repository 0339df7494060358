"""The store's housekeeping beside an open window: disk, signatures, backups. One thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from dispatch.domain.calendar import DAY, HOUR
from dispatch.domain.errors import BadInput, StoreError
from dispatch.store import backups, signatures
from dispatch.store.changes import Changes
from dispatch.store.site import SiteStore

log = logging.getLogger(__name__)

REST_S: Final = 5.0
BATCHES: Final = 5
"""Of signatures a round: 200 each, some 130 ms of one core in five seconds."""
PATIENCE_MS: Final = HOUR // 6
"""A backup waits so long for a quiet moment, then it is made anyway: it holds nobody up."""


class Upkeep:
    """Looks after a store until it is closed. `period` names the running shift.

    A backup is made when the last one is a day old and when a shift has ended, at the first
    round in which nobody wrote anything.
    """

    def __init__(self, store: SiteStore, now: Callable[[], int], period: Callable[[], str]) -> None:
        self._store = store
        self._now = now
        self._period = period
        self._busy = threading.Event()
        self._ended = threading.Event()
        self._shift = period()
        self._due_since: int | None = None
        self._again_at = 0
        self._thread = threading.Thread(target=self._run, name="store-upkeep", daemon=True)
        store.subscribe(self._on_changes)

    def start(self) -> None:
        """Begin; the first round comes after a rest."""
        self._thread.start()

    def close(self) -> None:
        """End; a backup under way is finished first."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def round(self) -> None:
        """Do what is due once. What fails is told and tried again; nothing stops for it."""
        for work in (self._store.disk.look, self._check, self._back_up):
            try:
                work()
            except (StoreError, BadInput, OSError) as error:
                log.warning("upkeep: %s", error)
        self._busy.clear()

    def _run(self) -> None:
        while not self._ended.wait(REST_S):
            self.round()

    def _on_changes(self, changes: Changes) -> None:
        if changes.incidents:
            self._busy.set()

    def _check(self) -> None:
        signatures.check(self._store, self._now(), BATCHES)

    def _back_up(self) -> None:
        now = self._now()
        if not self._due(now) or now < self._again_at:
            return
        self._due_since = self._due_since or now
        if self._busy.is_set() and now - self._due_since < PATIENCE_MS:
            return
        # A disk that is full is not tried every five seconds.
        self._again_at = now + HOUR
        shift = self._period()
        backups.make(self._store.folder, self._store.identity, now)
        self._shift, self._due_since, self._again_at = shift, None, 0

    def _due(self, now: int) -> bool:
        last = backups.newest_at(self._store.folder)
        # A clock that was set back must not put backups off until it has caught up.
        return last is None or not 0 <= now - last < DAY or self._shift != self._period()
