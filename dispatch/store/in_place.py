"""A file that was written whole gets its name so that a power cut cannot take the name back."""

from __future__ import annotations

import os
from pathlib import Path


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
