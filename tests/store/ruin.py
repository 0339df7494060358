"""Ways to ruin a database's file, as disks do."""

from __future__ import annotations

import random
from pathlib import Path

PAGE = 4096


def with_garbage(path: Path, *, seed: int = 1) -> None:
    """Write garbage over all of it."""
    path.write_bytes(random.Random(seed).randbytes(path.stat().st_size))


def with_a_bad_head(path: Path, *, seed: int = 1) -> None:
    """Write garbage over the first page: no SQLite opens it any more."""
    with path.open("r+b") as file:
        file.write(random.Random(seed).randbytes(PAGE))


def with_bad_pages(path: Path, share: float = 0.2, *, seed: int = 1) -> int:
    """Write garbage over a share of the pages, never the first; return how many."""
    rng = random.Random(seed)
    pages = range(1, path.stat().st_size // PAGE)
    chosen = rng.sample(pages, max(1, int(len(pages) * share)))
    with path.open("r+b") as file:
        for page in chosen:
            file.seek(page * PAGE)
            file.write(rng.randbytes(PAGE))
    return len(chosen)


def page_of(path: Path, piece: bytes) -> list[int]:
    """Return the pages on which these bytes stand."""
    raw = path.read_bytes()
    found: list[int] = []
    place = raw.find(piece)
    while place >= 0:
        found.append(place // PAGE)
        place = raw.find(piece, place + 1)
    return found


def wipe(path: Path, page: int) -> None:
    """Write garbage over one page."""
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(random.Random(page).randbytes(PAGE))
