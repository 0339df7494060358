"""What a backup's list says of sizes, before a byte is written: against its archive, the disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Protocol

from dispatch.domain.errors import Damage
from dispatch.store.disk import MIB, free_bytes
from dispatch.store.engine import DiskFull

_OURS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_RATIO: Final = 1032
"""How many bytes one packed byte can come to at most: deflate's own bound."""


class Sized(Protocol):
    """A part of a backup as its list has it."""

    @property
    def name(self) -> str:
        """Its name in the archive."""

    @property
    def size(self) -> int:
        """Its bytes, unpacked."""


def check_sizes(archive: zipfile.ZipFile, parts: Iterable[Sized], where: str) -> None:
    """Refuse (Damage) a list that names what the archive has not, or cannot have at that size."""
    left = Path(str(archive.filename)).stat().st_size
    seen: set[str] = set()
    for part in parts:
        name = part.name[:80]
        if part.name in seen:
            raise Damage(where, f"清单里 {name} 出现两次")
        seen.add(part.name)
        try:
            info = archive.getinfo(part.name)
        except KeyError:
            raise Damage(where, f"清单里的 {name} 不在备份里") from None
        if part.size != info.file_size:
            raise Damage(
                where, f"{name} 与清单不符：{info.file_size} 字节，清单说 {part.size} 字节"
            )
        most = info.compress_size * (1 if info.compress_type == zipfile.ZIP_STORED else _RATIO)
        left -= info.compress_size
        if info.compress_type not in _OURS or info.file_size > most or left < 0:
            raise Damage(where, f"{name} 的大小 {part.size} 字节在这个文件里放不下")


def check_room(folder: Path, size: int, where: str) -> None:
    """Raise DiskFull where the folder's disk has no room for so many bytes."""
    free = free_bytes(folder)
    if size > free:
        told = f"要 {-(-size // MIB)} MB，只有 {free // MIB} MB，清出空间后再来"
        raise DiskFull(f"{where}: 磁盘已满，备份没能放回；{told}")
