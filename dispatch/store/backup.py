"""A backup in one file: the database as of one moment, photos, and a list that proves them.

A ZIP whose first entry names it ours and whose last one is the manifest. No private key and no
token is in it: what is lost with a stick must not be able to write in the site's name.
"""

from __future__ import annotations

import errno
import hashlib
import lzma
import os
import secrets
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from dispatch.domain.errors import BadInput, Damage, StoreError
from dispatch.store.backup_room import check_sizes
from dispatch.store.engine import DiskFull, in_words, open_engine
from dispatch.store.identity import SiteIdentity
from dispatch.store.in_place import put_in_place
from dispatch.store.photos import Photos
from dispatch.wire.ready import ready

FORMAT: Final = "zhiwang-backup"
VERSION: Final = 1
DATABASE: Final = "site.db"
MANIFEST: Final = "manifest.json"
BLOCK: Final = 1 << 20
_MANIFEST_BYTES: Final = 64 << 20
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, KeyError, ValueError, RuntimeError, OverflowError, lzma.LZMAError),
)
"""What an altered ZIP makes its reader raise: a flipped flag says encrypted, or a foreign way."""


class Part(msgspec.Struct, frozen=True):
    """One file of a backup."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds. `left_out` names photos that are spoken of but are not in it.

    `made_at` is UTC milliseconds, `shape` the database's revision.
    """

    format: str
    version: int
    made_at: int
    site: str
    town: str
    scope: str
    shape: str
    events: int
    parts: tuple[Part, ...]
    left_out: tuple[str, ...] = ()

    @property
    def photos(self) -> int:
        """How many photos are in it."""
        return sum(part.name.startswith("photos/") for part in self.parts)


ready(Manifest)


@dataclass(frozen=True, slots=True)
class _Copied:
    """The database's copy and what it says."""

    path: Path
    shape: str
    events: int
    photos: tuple[str, ...]


def back_up(
    folder: Path, target: Path, identity: SiteIdentity, now: int, *, photos: bool = True
) -> Manifest:
    """Back a site's folder up into a new file, beside whoever writes there; return what it holds.

    Written under another name, read back and checked, then renamed. A database that is damaged
    is a Damage and makes no backup. Without `photos` they are only named.
    """
    if target.exists():
        raise BadInput(str(target), "已有这个文件，不覆盖")
    if not target.parent.is_dir():
        raise BadInput(str(target.parent), "没有这个目录")
    mark = secrets.token_hex(4)
    draft = target.with_name(f".{target.name}.{mark}.part")
    copy = target.with_name(f".{target.name}.{mark}.db")
    try:
        with _disk_in_words(target):
            copied = _copy(folder / DATABASE, copy)
            manifest = _pack(draft, copied, Photos(folder / "photos"), (identity, now, photos))
            check(draft)
            put_in_place(draft, target)
    finally:
        draft.unlink(missing_ok=True)
        copy.unlink(missing_ok=True)
    return manifest


def check(file: Path) -> Manifest:
    """Read a backup whole and compare every part with the manifest; anything wrong is told.

    BadInput: this is no backup of ours. Damage: it is one, and it is cut or altered.
    """
    with opened(file) as (archive, manifest):
        for part in manifest.parts:
            for _ in parts_of(archive, part, file.name):
                pass
    return manifest


@contextmanager
def opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a backup and read its manifest; Damage where the archive cannot hold what it names."""
    _ours(file)
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(file))
            manifest = _manifest(archive, file.name)
            check_sizes(archive, manifest.parts, file.name)
        except _BROKEN as error:
            raise Damage(file.name, f"备份不完整或已损坏：{error}") from None
        except OSError as error:
            raise StoreError(f"{file}: {error.strerror or error}") from error
        yield archive, manifest


def parts_of(archive: zipfile.ZipFile, part: Part, where: str) -> Iterator[bytes]:
    """Yield a part's bytes; Damage, after the last of them, when they are not those written."""
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(part.name) as source:
            while size <= part.size and (block := source.read(BLOCK)):
                digest.update(block)
                size += len(block)
                yield block
    except _BROKEN as error:
        raise Damage(where, f"{part.name[:80]} 读不出：{error}") from None
    except OSError as error:
        # bz2 says so of bytes that are not its own; so does a stick that is pulled out.
        raise Damage(where, f"{part.name[:80]} 读不出：{error.strerror or error}") from None
    if (size, digest.hexdigest()) != (part.size, part.sha256):
        raise Damage(where, f"{part.name[:80]} 与清单不符")


def _ours(file: Path) -> None:
    """The first entry's name stands at a fixed place, in a file that was cut too."""
    try:
        with file.open("rb") as source:
            head = source.read(30 + len(FORMAT))
    except OSError as error:
        raise BadInput(str(file), error.strerror or str(error)) from None
    if not head.startswith(b"PK\x03\x04") or head[30:] != FORMAT.encode():
        raise BadInput(str(file), "不是智网调度台的备份")


def _manifest(archive: zipfile.ZipFile, where: str) -> Manifest:
    info = archive.getinfo(MANIFEST)
    if info.file_size > _MANIFEST_BYTES:
        raise Damage(where, f"{MANIFEST} 过大")
    try:
        found = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
    except msgspec.MsgspecError as error:
        raise Damage(where, f"{MANIFEST} 读不懂：{error}") from None
    if found.format != FORMAT or found.version != VERSION:
        raise StoreError(f"{where}: 备份格式 {found.version} 比本程序新，请先升级程序")
    return found


def _copy(path: Path, copy: Path) -> _Copied:
    """Copy the database by SQLite's own way: one moment's state, while others write."""
    if not path.is_file():
        raise StoreError(f"{path}: 没有数据库")
    engine = open_engine(path, query_only=True)
    with in_words(path), closing(engine.raw_connection()) as raw:
        source: Any = raw.driver_connection  # Any: SQLAlchemy's view of any driver
        with closing(_private(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            found = target.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise Damage(path.name, str(found))
            shape = target.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            events = target.execute("SELECT count(*) FROM event").fetchone()[0]
            names = target.execute("SELECT DISTINCT sha256 FROM blob ORDER BY sha256").fetchall()
    engine.dispose()
    return _Copied(copy, str(shape), int(events), tuple(name for (name,) in names))


def _private(path: Path) -> sqlite3.Connection:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return sqlite3.connect(path)


def _pack(
    draft: Path, copied: _Copied, photos: Photos, about: tuple[SiteIdentity, int, bool]
) -> Manifest:
    identity, now, with_photos = about
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    with os.fdopen(handle, "w+b") as file:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(FORMAT, f"{VERSION}\n")
            with copied.path.open("rb") as source:
                parts = [_put(archive, DATABASE, source, zipfile.ZIP_DEFLATED)]
            left_out: list[str] = []
            for sha256 in copied.photos:
                part = _put_photo(archive, photos, sha256) if with_photos else None
                parts += [part] if part else []
                left_out += [] if part else [sha256]
            manifest = Manifest(
                format=FORMAT,
                version=VERSION,
                made_at=now,
                site=identity.site,
                town=identity.town,
                scope=identity.scope,
                shape=copied.shape,
                events=copied.events,
                parts=tuple(parts),
                left_out=tuple(left_out),
            )
            archive.writestr(MANIFEST, msgspec.json.encode(manifest))
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _put_photo(archive: zipfile.ZipFile, photos: Photos, sha256: str) -> Part | None:
    """A photo that is not here, or is not what its name says, is left out and named."""
    try:
        photos.read(sha256)
    except StoreError:
        return None
    with photos.path(sha256).open("rb") as source:
        return _put(archive, f"photos/{sha256}", source, zipfile.ZIP_STORED)


def _put(archive: zipfile.ZipFile, name: str, source: IO[bytes], how: int) -> Part:
    info = zipfile.ZipInfo(name)
    info.compress_type = how
    info._compresslevel = 1  # type: ignore[attr-defined]  # noqa: SLF001 - public from 3.13 on
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as target:
        while block := source.read(BLOCK):
            digest.update(block)
            size += len(block)
            target.write(block)
    return Part(name, size, digest.hexdigest())


@contextmanager
def _disk_in_words(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(f"{target}: 磁盘已满，备份未做") from error
        raise StoreError(f"{target}: {error.strerror or error}") from error
