"""Room on the site's disk: what stops when it runs out, and a reserve that keeps acts possible."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path
from typing import Final, Literal

from dispatch.domain.errors import StoreError

log = logging.getLogger(__name__)

MIB: Final = 1024**2
PHOTOS_STOP: Final = 500 * MIB
PULLING_STOPS: Final = 200 * MIB
RED: Final = 64 * MIB
"""Below this the reserve is let go."""
RESERVE: Final = 32 * MIB
NAME: Final = "reserve"

Room = Literal["ok", "low", "scarce", "full"]
"""All goes on; no photos; no photos and no pulling; the reserve is let go too."""


class NoRoom(StoreError):
    """Something that is not a report stops because the disk is nearly full."""


def free_bytes(folder: Path) -> int:
    """Return how many bytes may still be written beside the folder."""
    return shutil.disk_usage(folder).free


class Disk:
    """The disk that a site's folder lies on. Safe from any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reserve = folder / NAME

    def free(self) -> int:
        """Return the free bytes; those of the reserve are not among them."""
        return free_bytes(self._folder)

    def room(self) -> Room:
        """Return what may go on with the room that is left."""
        free = self.free()
        if free < RED:
            return "full"
        if free < PULLING_STOPS:
            return "scarce"
        return "low" if free < PHOTOS_STOP else "ok"

    def check_photo(self, where: str) -> None:
        """Raise NoRoom when a photo may not be stored now."""
        free = self.free()
        if free < PHOTOS_STOP:
            left = free // MIB
            raise NoRoom(f"{where}: 磁盘只余 {left} MB，照片暂不存；不带照片的上报照常")

    def check_pulling(self) -> None:
        """Raise NoRoom when nothing more may be pulled now."""
        free = self.free()
        if free < PULLING_STOPS:
            raise NoRoom(f"磁盘只余 {free // MIB} MB，暂不接收市平台的新件；本机上报照常送出")

    def look(self) -> None:
        """Let the reserve go at the red line, and put it back when there is room again."""
        free = self.free()
        if free < RED:
            self.release()
        elif free > RED + 2 * RESERVE and not self._reserve.exists():
            self._put_back()

    def release(self) -> bool:
        """Give the reserve's room to the next acts; False when it was gone already."""
        try:
            self._reserve.unlink()
        except FileNotFoundError:
            return False
        log.warning("disk nearly full: reserve let go, %d MB left", self.free() // MIB)
        return True

    def _put_back(self) -> None:
        """Written out in full: an empty file of that length would hold no room."""
        draft = self._reserve.with_name(f"{NAME}.new")
        try:
            with draft.open("wb") as file:
                block = os.urandom(MIB)  # a disk that compresses would hold no room for zeros
                for _ in range(RESERVE // MIB):
                    file.write(block)
            draft.replace(self._reserve)
        except OSError as error:
            log.warning("no reserve could be put back: %s", error.strerror)
            draft.unlink(missing_ok=True)
