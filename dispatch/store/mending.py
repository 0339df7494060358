"""A damaged store put right: set aside, the newest backup in its place, what was written saved.

Nothing is ever deleted. What the hub has comes back with the next exchange; what only the
damaged file had is carved out of it and sent as it was signed.
"""

from __future__ import annotations

import errno
import json
import logging
import secrets
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from dispatch.domain.codes import Kind
from dispatch.domain.errors import BadInput, Damage, StoreError
from dispatch.domain.event import Event
from dispatch.store import apply, events
from dispatch.store.backup import DATABASE, opened
from dispatch.store.backups import newest_first
from dispatch.store.carving import Carved, Carver
from dispatch.store.disk import Disk
from dispatch.store.engine import DiskFull, in_words, open_engine, shape_of
from dispatch.store.identity import SiteIdentity
from dispatch.store.in_place import put_in_place, sync_folder
from dispatch.store.restore import TooNew, check_shape, new_draft, put_back, sweep
from dispatch.store.running import Running
from dispatch.store.schema import BLOB, REFERENCE, WRITER
from dispatch.store.search_mending import put_search_right
from dispatch.store.sentinel import Sentinel
from dispatch.store.site import SiteStore
from dispatch.store.site_log import SiteLog
from dispatch.wire.chain import START
from dispatch.wire.envelope import read
from dispatch.wire.protocol import Table, table_digest

log = logging.getLogger(__name__)

FOLDER: Final = "damaged"
DONE: Final = "saved.json"
_FILES: Final = (f"{DATABASE}-wal", f"{DATABASE}-shm", DATABASE)
"""The log first: without it the database is an older one, beside another one it would be poison."""
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_PIECE: Final = 200


@dataclass(frozen=True, slots=True)
class SetAside:
    """A damaged store that was set aside: its folder, when (UTC ms), how many events were saved.

    `events` None: not saved yet, the next start tries again.
    """

    folder: Path
    at: int
    events: int | None


def open_mended(folder: Path, identity: SiteIdentity) -> SiteStore:
    """Open a site's store for work; one that is damaged is put right first.

    After an unclean stop the database is checked, and the search within it. Damage, with
    words, while another process has the damaged store open: it cannot be taken from under it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with Running(folder) as running:
        sweep(folder)
        disk = Disk(folder)
        if disk.room() == "full":
            disk.release()  # without a byte left not even a damaged file could be set aside
        why = damage(folder, closely=running.unclean)
        if why:
            _put_right(folder, identity, why, running)
        try:
            store = SiteStore.open(folder, identity)
        except Damage as found:
            if found.where != DATABASE or why:
                raise
            _put_right(folder, identity, why := found.what, running)
            store = SiteStore.open(folder, identity)
        if running.unclean or why:
            put_search_right(folder / DATABASE)
        running.stay()
    store.running = running
    with ExitStack() as stack:
        stack.callback(store.close)
        for aside in _unsaved(folder):
            try:
                _save(store, aside)
            except (StoreError, BadInput, OSError) as error:
                # Whatever it is, the seat opens: the files lie there, the next start tries again.
                log.warning("%s is not saved yet: %s", aside.name, error)
        stack.pop_all()
    return store


def damage(folder: Path, *, closely: bool) -> str:
    """Return what is wrong with the database, empty when nothing is; `closely` reads all of it."""
    path = folder / DATABASE
    if not path.exists():
        return "数据库不见了" if (folder / f"{DATABASE}-wal").exists() or _wrote(folder) else ""
    engine = open_engine(path, query_only=True)
    try:
        with in_words(path):
            shape_of(engine)
            if closely:
                with engine.connect() as connection:
                    found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
                return "" if found == "ok" else found
    except Damage as found_:
        return found_.what
    finally:
        engine.dispose()
    return ""


def set_asides(folder: Path) -> tuple[SetAside, ...]:
    """Return what was set aside and still lies there, the oldest first."""
    return tuple(_told(each) or SetAside(each, _moved_at(each), None) for each in _folders(folder))


def _folders(folder: Path) -> list[Path]:
    return [each for each in sorted((folder / FOLDER).glob("*")) if each.is_dir()]


def _told(aside: Path) -> SetAside | None:
    """Return what was noted when its events had been saved; None when they have not."""
    try:
        told = json.loads((aside / DONE).read_text(encoding="ascii"))
        return SetAside(aside, int(told["at"]), int(told["events"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _moved_at(aside: Path) -> int:
    """Return when a store was set aside: its folder is named so."""
    try:
        at = datetime.strptime(aside.name.partition("-")[0], _STAMP).replace(tzinfo=UTC)
        return int(at.timestamp() * 1000)
    except ValueError:
        return int(aside.stat().st_mtime * 1000)


def _wrote(folder: Path) -> bool:
    """Whether the note beside the database says that there was one."""
    return Sentinel(folder).waking("", 0) != "first"


def _put_right(folder: Path, identity: SiteIdentity, why: str, running: Running) -> None:
    if running.others:
        raise Damage(DATABASE, f"{why}；本机还有程序开着这个目录，全部关掉后再开会自动修复")
    try:
        # First: whatever happens from here on, it wakes as one that was put back.
        Sentinel(folder).spoil()
        _set_aside(folder)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(f"{folder}: 磁盘已满，坏库还没修复；清出空间后重开") from None
        raise StoreError(f"{folder}: 坏库没能移开：{error.strerror or error}") from error
    for file in newest_first(folder):
        if _back(file, folder, identity):
            return
    log.warning("no backup to go on from: the store begins empty")


def _set_aside(folder: Path) -> None:
    here = [name for name in _FILES if (folder / name).exists()]
    if not here and _unsaved(folder):
        return  # set aside by a start that could not go on from there
    aside = folder / FOLDER / f"{datetime.now(UTC):{_STAMP}}-{secrets.token_hex(2)}"
    aside.mkdir(parents=True)
    for name in here:
        (folder / name).replace(aside / name)
    for each in (aside, aside.parent, folder):
        sync_folder(each)
    log.warning("store damaged: set aside as %s", aside.name)


def _back(file: Path, folder: Path, identity: SiteIdentity) -> bool:
    """Put a backup's database in place; False when it is of no use.

    A good one that only lacks room or a later program is not passed over: the next start
    finds the database missing and tries again.
    """
    draft = new_draft(folder)
    try:
        with opened(file) as (archive, manifest):
            if (manifest.town, manifest.scope) != (identity.town, identity.scope):
                return False
            check_shape(manifest, file.name)
            for part in manifest.parts:
                if part.name == DATABASE:
                    put_back(archive, part, draft, file.name)
        put_in_place(draft, folder / DATABASE)
    except (DiskFull, TooNew):
        raise
    except (StoreError, BadInput, OSError) as error:
        log.warning("backup %s is of no use: %s", file.name, error)
        return False
    finally:
        draft.unlink(missing_ok=True)
    log.warning("backup %s put in its place", file.name)
    return True


def _unsaved(folder: Path) -> list[Path]:
    """Return set-aside stores whose events have not been saved: a crash may have been between."""
    return [each for each in _folders(folder) if _told(each) is None]


def _save(store: SiteStore, aside: Path) -> None:
    """Bring what only the set-aside file has into the store."""
    carver = Carver(aside, DATABASE, store.identity.signer.public)
    found, rows = carver.run(), carver.tables()
    store.write(lambda site: _put_tables(site, rows)).result()
    keys = carver.keys()
    store.write(lambda site: site.set_keys(keys)).result()
    saved = 0
    for start in range(0, len(found), _PIECE):
        piece = found[start : start + _PIECE]
        saved += store.write(lambda site, piece=piece: _put_events(site, piece)).result()  # type: ignore[misc]
    told = {"at": int(datetime.now(UTC).timestamp() * 1000), "events": saved}
    (aside / DONE).write_text(json.dumps(told), encoding="ascii")
    log.warning("%d own events saved from %s", saved, aside.name)


def _put_tables(site: SiteLog, rows: list[tuple[str, str, str, str, bytes]]) -> None:
    """Reference tables, where the store has none: nobody could log in without the accounts."""
    have = set(site.connection.execute(select(REFERENCE.c.name)).scalars())
    for name, version, etag, body, sig in rows:
        if name not in have and table_digest(name, body).hex() == etag:
            site.set_table(Table(name, version, body, sig), etag)


def _put_events(site: SiteLog, piece: Iterable[Carved]) -> int:
    """Store own events that are not here, waiting for the hub's answer unless it was given."""
    given = list(piece)
    known = events.known(site.connection, [each.hash for each in given])
    new = [each for each in given if each.hash not in known]
    parsed = {each.hash: event for each in new if (event := _parsed(each)) is not None}
    events.INSERT.run_many(site.connection, [_row(each, each.hash in parsed) for each in new])
    for inc in sorted({each.header.inc for each in given}):
        _own(site, [each for each in given if each.header.inc == inc])
    for event in parsed.values():
        _note_blobs(site, event)
        if event.subject.kind is not Kind.INCIDENT:
            site.note(event)
            site.memory.heads.drop(event.subject)
    apply.refold(
        site, {each.subject.id for each in parsed.values() if each.subject.kind is Kind.INCIDENT}
    )
    site.flags.add("sync")
    return len(new)


def _parsed(each: Carved) -> Event | None:
    try:
        return read(each.raw)
    except BadInput:
        return None


def _row(each: Carved, readable: bool) -> dict[str, Any]:  # noqa: FBT001  # Any: one per column
    held = None if readable else "read: 无法读取"
    return events.of_header(each, sent=int(each.sent), held=held)


def _own(site: SiteLog, given: list[Carved]) -> None:
    """Register the incarnation as ours, with its last event as its place."""
    header, last = given[-1].header, given[-1].hash
    row = {
        "inc": header.inc,
        "town": header.town,
        "pubkey": site.identity.signer.public,
        "own": 1,
        "state": "active",
        "last_sseq": 0,
        "last_hash": START,
    }
    site.connection.execute(
        insert(WRITER).on_conflict_do_update(
            index_elements=["inc"], set_={"own": 1, "pubkey": row["pubkey"], "state": "active"}
        ),
        row,
    )
    here = (WRITER.c.inc == header.inc) & (WRITER.c.last_sseq < header.sseq)
    moved = WRITER.update().where(here).values(last_sseq=header.sseq, last_hash=last)
    site.connection.execute(moved)
    site.memory.place = None


def _note_blobs(site: SiteLog, event: Event) -> None:
    for sha256 in event.blobs:
        state = "queued" if site.photos.has(sha256) else "wanted"
        row = {"sha256": sha256, "subject": event.subject.id, "state": state}
        site.connection.execute(insert(BLOB).on_conflict_do_nothing(), row)
