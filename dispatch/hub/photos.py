"""Photos: files named by their SHA-256, whole, checked before they are kept."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from dispatch.domain.errors import BadInput
from dispatch.hub.places import Office
from dispatch.hub.schema import BLOB
from dispatch.store import photos
from dispatch.store.in_place import write_whole
from dispatch.wire.protocol import BLOB_BYTES, THUMBNAIL_BYTES

_NAME: Final = re.compile(r"[0-9a-f]{64}")


def kind_of(content: bytes) -> str:
    """Return the media type of a photo by its first bytes; anything else is a BadInput."""
    kind = photos.kind_of(content)
    if kind is None:
        raise BadInput("photo", "不是 JPEG、PNG 或 WebP 图片")
    return f"image/{kind}"


def check_name(sha256: str) -> None:
    """Refuse what is no SHA-256 in lower-case hex."""
    if not _NAME.fullmatch(sha256):
        raise BadInput("sha256", "应为 64 位小写十六进制")


class Photos:
    """The hub's photos: files beside the database, a row for each town that has one."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def put(self, town: str, content: bytes, expected: str | None = None) -> str:
        """Keep a photo; return its name. Wrong, oversized or foreign bytes are a BadInput."""
        if len(content) > BLOB_BYTES:
            raise BadInput("photo", f"{len(content)} 字节，超过 {BLOB_BYTES} 字节")
        kind_of(content)
        name = hashlib.sha256(content).hexdigest()
        if expected is not None and expected != name:
            raise BadInput("sha256", f"内容的 SHA-256 是 {name}")
        path = self._path(name)
        if not path.exists():
            # The site forgets its duty to send once we answer.
            write_whole(path, content)
        row = {"town": town, "sha256": name, "size": len(content), "at": self._office.clock()}

        def job(connection: Connection) -> None:
            self._office.database.insert_missing(connection, BLOB, [row])

        self._office.database.write(job)
        return name

    def find(self, town: str, sha256: str) -> Path | None:
        """Return the file of a photo that the town has, or None."""
        check_name(sha256)

        def job(connection: Connection) -> bool:
            query = select(BLOB.c.size).where(BLOB.c.town == town, BLOB.c.sha256 == sha256)
            return connection.execute(query).first() is not None

        path = self._path(sha256)
        return path if self._office.database.read(job) and path.exists() else None

    def get(self, town: str, sha256: str) -> bytes | None:
        """Return a photo that the town has, or None."""
        path = self.find(town, sha256)
        return path.read_bytes() if path else None

    def put_thumbnail(self, town: str, sha256: str, content: bytes) -> None:
        """Keep the small picture that goes ahead of a photo; the first one of a town stays."""
        if len(content) > THUMBNAIL_BYTES:
            raise BadInput("thumbnail", f"{len(content)} 字节，超过 {THUMBNAIL_BYTES} 字节")
        kind_of(content)
        path = self._thumbnail(town, sha256)
        if not path.exists():
            write_whole(path, content)

    def thumbnail(self, town: str, sha256: str) -> bytes | None:
        """Return what went ahead of a photo in the town, or None."""
        path = self._thumbnail(town, sha256)
        return path.read_bytes() if path.exists() else None

    def _thumbnail(self, town: str, sha256: str) -> Path:
        check_name(sha256)
        return self._office.photos.with_name("thumbnails") / town / sha256

    def _path(self, name: str) -> Path:
        return self._office.photos / name[:2] / name
