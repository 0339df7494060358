"""A file that was written whole gets its name so that a power cut cannot take the name back."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the place, bring it to the disk, then give it its name; only the owner reads it.

    Its folder and the one above are made when they are missing, so that a power cut leaves both.
    """
    new = not path.parent.is_dir()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    if new:
        sync_folder(path.parent.parent)
        sync_folder(path.parent.parent.parent)


def put_in_place(draft: Path, target: Path) -> None:
    """Give a draft its name, over whatever bore it, and bring the name to the disk.

    The draft's own bytes are the caller's to bring there first.
    """
    draft.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut; Windows knows no such thing."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
