"""A site's store: one folder, one writer, two readers."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.dialects.sqlite import insert

from dispatch.domain.errors import Damage, StoreError
from dispatch.store import meta
from dispatch.store.changes import Changes
from dispatch.store.disk import Disk
from dispatch.store.engine import DiskFull, in_words, open_engine, shape_of
from dispatch.store.identity import SiteIdentity
from dispatch.store.objects import Objects
from dispatch.store.page import cut
from dispatch.store.parts import Parts
from dispatch.store.photos import Photos
from dispatch.store.reader import Reader
from dispatch.store.readers import Readers
from dispatch.store.running import Running
from dispatch.store.schema import SHAPE, WRITER
from dispatch.store.sentinel import Sentinel
from dispatch.store.site_log import SiteLog
from dispatch.store.telemetry import Telemetry
from dispatch.store.transaction import Transactions
from dispatch.store.writer import Outcome, Priority, Writer
from dispatch.wire.chain import START
from dispatch.wire.protocol import TownPage

log = logging.getLogger(__name__)
T = TypeVar("T")

DATABASE: Final = "site.db"
SKIPPED: Final = 500
"""Temporary numbers passed over when a store goes on after an older copy."""


class SiteStore:
    """The store of one site; made by `open`. `identity` carries the incarnation in force."""

    def __init__(self, folder: Path, engine: Engine, identity: SiteIdentity) -> None:
        self.folder = folder
        self.identity = identity
        self.disk = Disk(folder)
        self.photos = Photos(folder / "photos", self.disk.check_photo)
        self.coming = Parts(folder / "coming")
        self._sentinel = Sentinel(folder)
        self._engine = engine
        self._transactions = Transactions(engine, folder / DATABASE, identity, self.photos)
        self.running: Running | None = None
        self._damaged = False
        self._listeners: list[Callable[[Changes], None]] = []
        self._readers = Readers(folder / DATABASE)
        self._writer = Writer(self._look_around)

    @classmethod
    def open(cls, folder: Path, identity: SiteIdentity) -> SiteStore:
        """Open or make the store in `folder`; its shape is brought up to date first.

        A store that was put back from an older copy, or copied to another machine, goes on
        under a new incarnation. StoreError: a newer shape, a file that is no database.
        """
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / DATABASE
        engine = open_engine(path)
        with in_words(path):
            if shape_of(engine) != SHAPE:
                # Alembic takes half a second to import and is needed once in a store's life.
                from dispatch.store.migrate import upgrade  # noqa: PLC0415

                upgrade(engine, path)
            sentinel = Sentinel(folder)
            with engine.begin() as connection:
                identity, renewed = _incarnation(connection, identity, sentinel)
                # Whoever was rebuilding is gone, or finds out at its next step.
                meta.put(connection, "rebuilding", "")
            if renewed:
                sentinel.write(identity.inc, 0)
            sentinel.close()
        return cls(folder, engine, identity)

    def write(self, job: Callable[[SiteLog], T], priority: Priority = 0) -> Future[T]:
        """Run a job in one transaction of the writer's thread; any error undoes all of it.

        The future is done after the commit and after the listeners have been told.
        """
        run = self._act if priority == 0 else self._run
        done = self._writer.submit(lambda: run(job), priority)
        done.add_done_callback(self._note_damage)
        return done

    def awaited(self) -> bool:
        """Return whether an operator's act waits for the writer: a long job may end for it."""
        return self._writer.urgent

    def read(self, job: Callable[[Reader], T]) -> Future[T]:
        """Run a job in a reader's thread, over one moment's state."""
        found = self._readers.submit(job)
        found.add_done_callback(self._note_damage)
        return found

    def apply_page(
        self, town: str, page: TownPage, between: Callable[[], None] = lambda: None
    ) -> int:
        """Take in a page from the hub, and return the cursor; waits, so not for the GUI's thread.

        Chunks of at most 200 events, each a transaction of its own behind operators' acts;
        `between` is called after each. Damage in the page leaves everything as it was.
        """
        cursor = self.read(lambda reader: reader.cursor(town)).result()
        for chunk in cut(town, cursor, page):
            self.write(lambda log, chunk=chunk: log.apply(chunk), 5).result()  # type: ignore[misc]
            between()
        if page.sight:
            # After all of it: whoever is cut off before asks for the same change again.
            self.write(lambda log: log.see_as(page.sight), 5).result()
        return page.next

    def keep_part(self, sha256: str) -> bool:
        """Keep a photo whose last piece has come; False, and it goes, when its bytes are wrong."""
        if not self.coming.proved(sha256):
            return False
        self.photos.add(self.coming.path(sha256).read_bytes(), sha256[:12])
        self.coming.drop(sha256)
        return True

    def subscribe(self, callback: Callable[[Changes], None]) -> None:
        """Call back after each commit that changed something, in the writer's thread."""
        self._listeners.append(callback)

    @cached_property
    def telemetry(self) -> Telemetry:
        """Positions of workers, in a file of their own; opened when first asked for."""
        return Telemetry(self.folder / "telemetry.db")

    @cached_property
    def objects(self) -> Objects:
        """Managed objects, in a file of their own; opened when first asked for."""
        return Objects(self.folder / "objects.db")

    def close(self) -> None:
        """Finish what is queued and let go of every file."""
        self._writer.close()
        self._readers.close()
        self._transactions.close()
        self._engine.dispose()
        self._sentinel.close()
        if "telemetry" in self.__dict__:
            self.telemetry.close()
        if "objects" in self.__dict__:
            self.objects.close()
        if self.running is not None:
            self.running.leave(clean=not self._damaged)

    def _note_damage(self, done: Future[T]) -> None:
        """What SQLite finds broken while it runs is looked at closely by the next start."""
        error = None if done.cancelled() else done.exception()
        self._damaged |= isinstance(error, Damage) and error.where == DATABASE

    def _act(self, job: Callable[[SiteLog], T]) -> T:
        """An operator's act never fails for want of room while the reserve is there."""
        try:
            return self._run(job)
        except DiskFull:
            if not self.disk.release():
                raise
            return self._run(job)

    def _run(self, job: Callable[[SiteLog], T]) -> T:
        result, changes = self._transactions.run(job)
        self.identity = self._transactions.identity
        place = self._transactions.place
        if place is not None:
            self._sentinel.write(self.identity.inc, place.sseq)
        self._tell(changes)
        return result

    def _look_around(self) -> None:
        """Another program may have written: the command line beside an open window."""
        try:
            noticed = self._transactions.noticed()
            self._transactions.rest()
        except StoreError as error:
            # The writer's thread must outlive it: an act that is queued later would wait for ever.
            log.warning("looking around failed: %s", error)
            return
        if noticed:
            self._tell(Changes(everything=True, sync=True))

    def _tell(self, changes: Changes) -> None:
        """Tell every listener. It is committed: whoever fails here must not undo that in words."""
        for callback in self._listeners if changes else ():
            told: Future[None] = Future()
            with Outcome(told):
                callback(changes)
            error = told.exception()
            if error is not None:
                # Its type alone: a message may quote what was typed.
                log.error("a listener failed: %s", type(error).__name__)


def _incarnation(
    connection: Connection, identity: SiteIdentity, sentinel: Sentinel
) -> tuple[SiteIdentity, bool]:
    """Return the identity with the incarnation that may write now, and whether it is a new one."""
    # Another site's store, put back here: its events go out, nobody writes under its name.
    theirs = (WRITER.c.own == 1) & (WRITER.c.pubkey != identity.signer.public)
    moved = connection.execute(update(WRITER).where(theirs).values(own=0, state="known")).rowcount
    known = set(connection.execute(select(WRITER.c.inc).where(WRITER.c.own == 1)).scalars())
    present = meta.get(connection, "inc")
    if present is None or identity.inc not in known:
        present = identity.inc
        _register(connection, identity, present)
    found = select(WRITER.c.last_sseq).where(WRITER.c.inc == present)
    waking = sentinel.waking(present, connection.execute(found).scalar_one())
    enrolled = identity.inc not in known and moved > 0
    if waking != "put back" and (enrolled or waking not in {"rewound", "cloned"}):
        return replace(identity, inc=present), False
    log.warning("store was %s: it goes on under a new incarnation", waking)
    # Those of a city site for its towns may have been given on as well: others are made at need.
    elsewhere = (WRITER.c.own == 1) & (WRITER.c.town != identity.town)
    connection.execute(update(WRITER).where(elsewhere).values(state="closed"))
    present = secrets.token_hex(16)
    _register(connection, identity, present)
    # What was given out since that copy must not be given out again.
    temp = int(meta.get(connection, "temp_number") or 0)
    meta.put(connection, "temp_number", str(temp + SKIPPED))
    return replace(identity, inc=present), True


def _register(connection: Connection, identity: SiteIdentity, inc: str) -> None:
    row = {
        "inc": inc,
        "town": identity.town,
        "pubkey": identity.signer.public,
        "own": 1,
        "state": "active",
        "last_sseq": 0,
        "last_hash": START,
    }
    connection.execute(
        insert(WRITER).on_conflict_do_update(index_elements=["inc"], set_={"own": 1}), row
    )
    meta.put(connection, "inc", inc)
