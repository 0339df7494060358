"""A backup put back into a site's folder that holds no store yet."""

from __future__ import annotations

import errno
import os
import secrets
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from dispatch.domain.errors import BadInput, Damage, StoreError
from dispatch.store.backup import DATABASE, Manifest, Part, opened, parts_of
from dispatch.store.backup_room import check_room
from dispatch.store.engine import DiskFull, in_words, open_engine, shape_of
from dispatch.store.identity import SiteIdentity
from dispatch.store.in_place import put_in_place
from dispatch.store.photos import Photos
from dispatch.store.running import Running
from dispatch.store.schema import EVENT, SHAPE
from dispatch.store.sentinel import Sentinel
from dispatch.store.site import SiteStore
from dispatch.wire.protocol import BLOB_BYTES

_DRAFT: Final = ".restore."
_BESIDE: Final = ("-wal", "-shm", "-journal")


class TooNew(StoreError):
    """A backup of a later program."""


def restore(file: Path, folder: Path, identity: SiteIdentity) -> Manifest:
    """Put a backup into the folder of an enrolled site; it goes on under a new incarnation.

    Refuses (BadInput) a folder whose store is not empty, one that a window has open, another
    town's or station's backup. Every part is checked before the database gets its name, so a
    half restored folder is one without a store.
    """
    with Running(folder) as running:
        if running.others:
            raise BadInput(str(folder), "窗口或同步程序正开着这个目录，先关掉")
        with opened(file) as (archive, manifest):
            _fits(manifest, identity, file)
            _is_empty(folder)
            check_room(folder, sum(part.size for part in manifest.parts), file.name)
            draft = new_draft(folder)
            try:
                _lay_out(archive, manifest, folder, draft)
            except OSError as error:
                raise StoreError(f"{folder}: {error.strerror or error}") from error
            finally:
                draft.unlink(missing_ok=True)
    SiteStore.open(folder, identity).close()
    return manifest


def put_back(archive: zipfile.ZipFile, part: Part, target: Path, where: str) -> None:
    """Write a backup's database to a new file; it must be whole and open."""
    check_room(target.parent, part.size, where)
    try:
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            for block in parts_of(archive, part, where):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(f"{where}: 磁盘已满，备份没能放回；清出空间后再来") from None
        raise
    engine = open_engine(target, query_only=True)
    with in_words(target), closing(engine.raw_connection()) as raw:
        found = raw.cursor().execute("PRAGMA quick_check(1)").fetchone()[0]
    engine.dispose()
    drop_beside(target)
    if found != "ok":
        raise Damage(where, str(found))


def new_draft(folder: Path) -> Path:
    """Return a name for a database that is not whole yet; those of a crash are taken away.

    Only for who holds the folder's door (`Running`): nobody else has a draft there then.
    """
    sweep(folder)
    return folder / f"{_DRAFT}{secrets.token_hex(4)}.db"


def sweep(folder: Path) -> None:
    """Take away what a restore or a mending left that was cut off in the middle."""
    for each in folder.glob(f"{_DRAFT}*"):
        each.unlink(missing_ok=True)


def check_shape(manifest: Manifest, where: str) -> None:
    """Refuse (TooNew) a backup whose database only a later program knows."""
    if manifest.shape > SHAPE:
        words = f"数据库版本 {manifest.shape} 比本程序新，请先升级程序"
        raise TooNew(f"{where}: {words}")


def drop_beside(database: Path) -> None:
    """Take away what SQLite keeps beside a database that is there no more."""
    for ending in _BESIDE:
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _lay_out(archive: zipfile.ZipFile, manifest: Manifest, folder: Path, draft: Path) -> None:
    where = Path(str(archive.filename)).name
    for part in manifest.parts:
        if part.name == DATABASE:
            put_back(archive, part, draft, where)
    if not draft.is_file():
        raise Damage(where, f"备份里没有 {DATABASE}")
    photos = Photos(folder / "photos")
    for part in manifest.parts:
        if part.name.startswith("photos/"):
            if part.size > BLOB_BYTES:
                raise Damage(where, f"{part.name[:19]} 有 {part.size} 字节，超过 {BLOB_BYTES}")
            photos.add(b"".join(parts_of(archive, part, where)), f"{where} {part.name[:19]}")
    # Before the database: whoever wakes with it finds that it was put back.
    Sentinel(folder).spoil()
    (folder / DATABASE).unlink(missing_ok=True)
    drop_beside(folder / DATABASE)
    put_in_place(draft, folder / DATABASE)


def _fits(manifest: Manifest, identity: SiteIdentity, file: Path) -> None:
    if (manifest.town, manifest.scope) != (identity.town, identity.scope):
        here = f"本目录是 {identity.scope} 的"
        raise BadInput(str(file), f"是 {manifest.scope} 的备份，{here}")
    check_shape(manifest, file.name)


def _is_empty(folder: Path) -> None:
    path = folder / DATABASE
    if not path.exists():
        return
    engine = open_engine(path, query_only=True)
    try:
        with in_words(path):
            if shape_of(engine) is None:
                return
            with engine.connect() as connection:
                count = connection.execute(select(func.count()).select_from(EVENT)).scalar_one()
    except StoreError as error:
        raise BadInput(str(folder), f"已有数据库且读不出（{error}），先用 run 修复或移开") from None
    finally:
        engine.dispose()
    if count:
        raise BadInput(str(folder), f"已有 {count} 条事件，不覆盖；先把整个目录移开")
