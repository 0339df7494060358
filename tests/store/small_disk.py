"""A real small file system to fill up: tmpfs, where the tests may mount one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

MIB = 1024**2


@contextmanager
def mounted(folder: Path, size: int) -> Iterator[Path]:
    """Mount a tmpfs of so many MiB; skips, saying so, where that is not allowed."""
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("mounting a small disk needs root")
    folder.mkdir()
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={size}m", "none", folder],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"no tmpfs here: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def _pour(file: BinaryIO, block: bytes) -> None:
    """Write the block again and again until the disk refuses it."""
    while True:
        if file.write(block) < len(block):
            file.write(block)


def fill(folder: Path, leave: int = 0) -> Path:
    """Write a file until the disk has no byte left, then give `leave` bytes back."""
    ballast = folder / f"ballast{len(list(folder.glob('ballast*')))}"
    with ballast.open("wb", buffering=0) as file:
        for size in (MIB, 4096, 1):
            with pytest.raises(OSError, match="No space left"):
                _pour(file, b"\x55" * size)
    os.truncate(ballast, max(0, ballast.stat().st_size - leave))
    return ballast
