"""Photos: files named by their SHA-256 beside the database, on the disk before any event."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from dispatch.domain.errors import BadInput, StoreError
from dispatch.store.in_place import write_whole
from dispatch.wire.protocol import BLOB_BYTES, THUMBNAIL_BYTES

_NAME: Final = re.compile(r"[0-9a-f]{64}")


def kind_of(content: bytes) -> str | None:
    """Return `jpeg`, `png` or `webp` by the first bytes, None for anything else."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return None


class Photos:
    """The folder `photos/<first two>/<sha256>` of a site. Safe from any thread."""

    def __init__(self, folder: Path, check: Callable[[str], None] = lambda _: None) -> None:
        """`check` raises, with words that begin with the photo's name, when there is no room."""
        self._folder = folder
        self._check = check
        self._small = folder.with_name("thumbnails")
        self.shrink: Callable[[bytes], bytes | None] = lambda _: None
        """Makes the small picture that goes ahead; the composition root gives one that can."""

    def add(self, content: bytes, where: str = "照片") -> str:
        """Store a photo so that it survives a power cut, and return its SHA-256.

        More than 8 MiB or no JPEG, PNG or WebP is a BadInput at `where`. A photo that is here
        already is not written again.
        """
        if len(content) > BLOB_BYTES:
            raise BadInput(where, f"{len(content)} 字节，超过 {BLOB_BYTES // 1024 // 1024} MiB")
        if kind_of(content) is None:
            raise BadInput(where, "不是 JPEG、PNG 或 WebP 图片")
        sha256 = hashlib.sha256(content).hexdigest()
        if not self.has(sha256):
            self._check(where)
            try:
                write_whole(self.path(sha256), content)
            except OSError as error:
                raise StoreError(f"{where}: {error.strerror or error}") from error
            self._small_path(sha256).unlink(missing_ok=True)
        return sha256

    def add_file(self, path: Path) -> str:
        """Store a photo from a file; one that cannot be read is a BadInput."""
        try:
            with path.open("rb") as file:
                content = file.read(BLOB_BYTES + 1)
        except OSError as error:
            raise BadInput(str(path), error.strerror or str(error)) from None
        return self.add(content, str(path))

    def has(self, sha256: str) -> bool:
        """Return whether the photo is here."""
        return self.path(sha256).is_file()

    def path(self, sha256: str) -> Path:
        """Return where the photo is or will be; anything but a SHA-256 is a BadInput."""
        if _NAME.fullmatch(sha256) is None:
            raise BadInput(f"照片 {sha256[:80]}", "不是 SHA-256")
        return self._folder / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes:
        """Return a photo's bytes; one that is not here or was altered is a StoreError."""
        try:
            content = self.path(sha256).read_bytes()
        except OSError as error:
            raise StoreError(f"照片 {sha256[:12]}: {error.strerror or error}") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreError(f"照片 {sha256[:12]}: 内容与名称不符")
        return content

    def small(self, sha256: str) -> bytes | None:
        """Return the small picture of a photo that is here; None when none can be made."""
        return self.shrink(self.read(sha256))

    def add_small(self, sha256: str, content: bytes) -> None:
        """Keep what came ahead of a photo; more than 64 KiB or no picture is a BadInput."""
        where = f"缩略图 {sha256[:12]}"
        if len(content) > THUMBNAIL_BYTES or kind_of(content) is None:
            raise BadInput(where, "不是 64 KiB 以内的图片")
        self._check(where)
        try:
            write_whole(self._small_path(sha256), content)
        except OSError as error:
            raise StoreError(f"{where}: {error.strerror or error}") from error

    def small_path(self, sha256: str) -> Path | None:
        """Return the file of what came ahead of a photo, or None."""
        path = self._small_path(sha256)
        return path if path.is_file() else None

    def _small_path(self, sha256: str) -> Path:
        return self._small / self.path(sha256).name

    def remove(self, sha256: str) -> None:
        """Take a photo away that nothing here speaks of any more, and what came ahead of it."""
        self.path(sha256).unlink(missing_ok=True)
        self._small_path(sha256).unlink(missing_ok=True)
