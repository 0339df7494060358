"""Uploads that are under way: files in the hub's folder that grow until their hash is proved.

Nothing of them is in memory: another process, or this one after its end, goes on with them.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dispatch.domain.errors import BadInput, Refused
from dispatch.hub.photos import Photos
from dispatch.hub.places import Office, Site
from dispatch.store.in_place import sync_folder
from dispatch.store.parts import append_at
from dispatch.wire.protocol import BLOB_BYTES

KEPT_MS: Final = 24 * 3_600_000
MOST: Final = 20
"""Uploads under way of one site; with one more the oldest is given up."""
_NAME: Final = re.compile(r"[0-9a-f]{64}|[0-9a-f]{32}")
_UNNAMED: Final = 32


@dataclass(frozen=True, slots=True)
class Upload:
    """How far an upload is. `expires_at`: UTC milliseconds, None for a photo that is whole here.

    `sha256`: what it is kept under, empty while that is not known.
    """

    name: str
    offset: int
    length: int
    expires_at: int | None
    sha256: str


class Uploads:
    """The uploads of all sites, each site's its own. Safe from several threads and processes."""

    def __init__(self, office: Office, photos: Photos) -> None:
        self._clock = office.clock
        self._folder = office.photos.with_name("uploads")
        self._photos = photos

    def begin(self, site: Site, sha256: str, length: int) -> Upload:
        """Begin an upload, or go on with it; `sha256` is empty when nobody knows it yet."""
        if not 0 < length <= BLOB_BYTES:
            raise BadInput("Upload-Length", f"应为 1 至 {BLOB_BYTES} 字节")
        if sha256 and len(sha256) != 2 * _UNNAMED:
            raise BadInput("sha256", "应为 64 位小写十六进制")
        name = _checked(sha256) if sha256 else secrets.token_hex(_UNNAMED // 2)
        whole = self._whole(site, name)
        if whole is not None:
            return whole
        path = self._folder / site.id / f"{name}.{length}"
        known = self._path(site, name)
        if known != path:
            if known is not None:
                known.unlink(missing_ok=True)
            self._make(path)
        found = self.at(site, name)
        if found is None:
            raise Refused("unknown_blob", sha256=name)
        return found

    def at(self, site: Site, name: str) -> Upload | None:
        """Return how far an upload is, None when there is none or it has expired.

        One whose last byte came but whose process died before it was kept, is kept now.
        """
        whole = self._whole(site, _checked(name))
        return whole or self._half(site, name)

    def append(self, site: Site, name: str, offset: int, piece: bytes) -> Upload:
        """Append a piece at an offset; the last one brings the photo to its place.

        Refused: `unknown_upload`, `upload_offset` (nothing was written). Wrong bytes in the end
        are a BadInput, and nothing is kept. A full disk is an OSError and leaves it as it was.
        """
        path = self._path(site, _checked(name))
        if path is None:
            raise Refused("unknown_upload", name=name)
        length = _length(path)
        if offset + len(piece) > length:
            raise BadInput("Upload-Length", f"内容超过所报的 {length} 字节")
        try:
            here = append_at(path, offset, piece)
        except FileNotFoundError:
            raise Refused("unknown_upload", name=name) from None
        if here != offset + len(piece):
            raise Refused("upload_offset", offset=here)
        self._touch(path)
        found = self._half(site, name)
        if found is None:
            raise Refused("unknown_upload", name=name)
        return found

    def purge(self) -> None:
        """Give up what has not grown for a day."""
        for path in self._folder.glob("*/*"):
            if self._expired(path):
                path.unlink(missing_ok=True)

    def _whole(self, site: Site, name: str) -> Upload | None:
        found = self._photos.find(site.town, name) if len(name) > _UNNAMED else None
        if found is None:
            return None
        size = found.stat().st_size
        return Upload(name, size, size, None, name)

    def _half(self, site: Site, name: str) -> Upload | None:
        path = self._path(site, name)
        if path is None:
            return None
        size, touched = _size(path), _touched_ms(path)
        length = _length(path)
        if size >= length:
            return self._kept(site, name, path)
        return Upload(name, size, length, touched + KEPT_MS, "")

    def _kept(self, site: Site, name: str, path: Path) -> Upload | None:
        """Prove what came and keep it; wrong bytes go, and are a BadInput."""
        expected = name if len(name) > _UNNAMED else None
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return self._whole(site, name)  # another process was quicker
        try:
            sha256 = self._photos.put(site.town, content, expected)
        except BadInput:
            path.unlink(missing_ok=True)
            raise
        path.unlink(missing_ok=True)
        return Upload(name, len(content), len(content), None, sha256)

    def _path(self, site: Site, name: str) -> Path | None:
        for path in (self._folder / site.id).glob(f"{name}.*"):
            if not self._expired(path):
                return path
            path.unlink(missing_ok=True)
        return None

    def _make(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        others = sorted(path.parent.iterdir(), key=_touched_ms)
        for each in others[: max(0, len(others) - MOST + 1)]:
            each.unlink(missing_ok=True)
        path.touch(0o600)
        self._touch(path)
        sync_folder(path.parent)

    def _touch(self, path: Path) -> None:
        now = self._clock() * 1_000_000
        with suppress(FileNotFoundError):
            os.utime(path, ns=(now, now))

    def _expired(self, path: Path) -> bool:
        return _touched_ms(path) + KEPT_MS < self._clock()


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise BadInput("sha256", "应为 64 位小写十六进制")
    return name


def _length(path: Path) -> int:
    return int(path.suffix[1:])


def _size(path: Path) -> int:
    """Return its bytes; none where another process has just taken it away."""
    return path.stat().st_size if path.exists() else 0


def _touched_ms(path: Path) -> int:
    return path.stat().st_mtime_ns // 1_000_000 if path.exists() else 0
