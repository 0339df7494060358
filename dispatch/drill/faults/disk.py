"""A site's store on a modelled disk: what was not synced when the power fails is gone."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Final, TypeVar

from dispatch.drill.faults.fixed import FULL
from dispatch.drill.faults.points import Points
from dispatch.store.identity import SiteIdentity
from dispatch.store.sentinel import NAME as SENTINEL
from dispatch.store.site import DATABASE, SiteStore
from dispatch.store.site_log import SiteLog
from dispatch.store.writer import Priority

T = TypeVar("T")

_FULL: Final = 2
_LOG: Final = f"{DATABASE}-wal"
_ANY_PAGES: Final = 1 << 30
_NOTES: Final = 3
"""The sentinel is not synced: so many of its last notes may be lost."""


class ModelStore(SiteStore):
    """The real store; each of its transactions passes points at which the power may fail."""

    points = Points()
    """The site's own, put there when it is opened."""
    synced = 0
    """Bytes of the write-ahead log that were on the disk when this transaction began."""
    committed: Callable[[], None] = staticmethod(lambda: None)
    """Called after each commit of the exchange: its state is one to which a crash may fall back."""

    def write(self, job: Callable[[SiteLog], T], priority: Priority = 0) -> Future[T]:
        """As the store does, with a point before it, before its commit and after it."""
        self.synced = _size(self.folder)
        self.points.reach("写入之前")

        def whole(log: SiteLog) -> T:
            found = job(log)
            self.points.reach("提交之前")
            return found

        done = super().write(whole, priority)
        if done.exception() is None:
            if priority:
                self.committed()
            self.points.reach("提交之后")
        return done


class Disk:
    """One site's disk: its folder, what of it would outlive a power cut, and copies of it."""

    def __init__(self, folder: Path, image: bytes, points: Points, random_: random.Random) -> None:
        self.folder = folder
        self._points = points
        self._random = random_
        self._notes: deque[bytes] = deque(maxlen=_NOTES)
        self._copy: dict[str, bytes] = {}
        self._synced = True
        folder.mkdir(parents=True)
        (folder / DATABASE).write_bytes(image)

    def open(self, identity: SiteIdentity) -> ModelStore:
        """Open the store as any start does."""
        store = ModelStore.open(self.folder, identity)
        assert isinstance(store, ModelStore)
        self._synced = SiteStore.write(store, _synchronous).result() >= _FULL
        store.points = self._points
        if self.full():
            self.fill(store, 0)
        self.note()
        return store

    def fill(self, store: SiteStore, free: int) -> None:
        """Leave so many bytes free; with none the database cannot grow by a page."""
        FULL[self.folder.name] = free
        if free == 0:
            SiteStore.write(store, _shut).exception()

    def clear(self, store: SiteStore | None) -> None:
        """Make room again; a store that is open learns it, any other finds it so."""
        FULL.pop(self.folder.name, None)
        if store is not None:
            SiteStore.write(store, _opened).exception()

    def full(self) -> bool:
        """Whether the database can grow no more."""
        return FULL.get(self.folder.name) == 0

    def note(self) -> None:
        """Remember the sentinel as it stands: a power cut may bring it back."""
        path = self.folder / SENTINEL
        note = path.read_bytes() if path.exists() else b""
        if note and note not in self._notes:
            self._notes.append(note)

    def lose_power(self, store: ModelStore) -> None:
        """Let go of the store and leave on the disk what was synced.

        What was committed with `synchronous=FULL` before this transaction is on the disk; of the
        write-ahead log behind it any number of bytes is, and zeros may stand for the rest.
        Without FULL the whole log is lost.
        """
        kept = {DATABASE: (self.folder / DATABASE).read_bytes()}
        if self._synced and (log := self._torn(store.synced)):
            kept[_LOG] = log
        store.close()  # which would bring the whole log into the database
        self._put(kept)
        if self._notes:
            note = self._random.choice(list(self._notes))
            (self.folder / SENTINEL).write_bytes(note)
            self._notes.clear()

    def _torn(self, synced: int) -> bytes:
        """Return the write-ahead log cut at any byte behind what was on the disk before."""
        path = self.folder / _LOG
        log = path.read_bytes() if path.exists() else b""
        cut = self._random.randint(min(synced, len(log)), len(log))
        rest = self._random.choice((b"", bytes(len(log) - cut)))
        return log[:cut] + rest

    def keep_copy(self, store: SiteStore) -> None:
        """Copy the folder as a backup program would, the store being at rest."""
        store.close()
        self._copy = {DATABASE: (self.folder / DATABASE).read_bytes()}

    def put_back(self) -> bool:
        """Put the copy in place; False when there is none. The sentinel stays: it lies apart."""
        if not self._copy:
            return False
        self._put(self._copy)
        return True

    def _put(self, files: dict[str, bytes]) -> None:
        for name in (_LOG, f"{DATABASE}-shm"):
            (self.folder / name).unlink(missing_ok=True)
        for name, content in files.items():
            (self.folder / name).write_bytes(content)


def _size(folder: Path) -> int:
    try:
        return (folder / _LOG).stat().st_size
    except FileNotFoundError:
        return 0


def _shut(log: SiteLog) -> None:
    here = log.connection.exec_driver_sql("PRAGMA page_count").scalar()
    log.connection.exec_driver_sql(f"PRAGMA max_page_count = {here}")


def _opened(log: SiteLog) -> None:
    log.connection.exec_driver_sql(f"PRAGMA max_page_count = {_ANY_PAGES}")


def _synchronous(log: SiteLog) -> int:
    found = log.connection.exec_driver_sql("PRAGMA synchronous").scalar()
    return int(found or 0)
