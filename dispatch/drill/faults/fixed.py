"""One seed, one run: every source of chance and of time is the run's own while it lasts."""

from __future__ import annotations

import os
import random
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Final

import uuid_utils

from dispatch.drill.faults.inline import InlineReaders, InlineWriter
from dispatch.store import disk, page, readers, site
from dispatch.store.engine import open_engine
from dispatch.store.reader import Reader
from dispatch.sync import exchange
from dispatch.wire.protocol import Frame

ROOM: Final = 1 << 40
"""Free bytes of a disk that is not full."""

FULL: dict[str, int] = {}
"""Free bytes of the disks that have less, by the name of the site's folder."""


class Chance:
    """What `secrets`, `uuid7` and `urandom` give, drawn from one seed."""

    def __init__(self, seed: str, now: Callable[[], int]) -> None:
        self._random = random.Random(seed)
        self._now = now

    def some(self, size: int | None = None) -> bytes:
        """Return so many bytes."""
        return self._random.randbytes(32 if size is None else size)

    def hexed(self, size: int | None = None) -> str:
        """Return so many bytes as hex."""
        return self.some(size).hex()

    def uuid7(self) -> str:
        """Return a UUIDv7 of the run's time."""
        free = self._random.getrandbits(74)
        value = (self._now() & ((1 << 48) - 1)) << 80 | 7 << 76 | (free >> 62) << 64
        value |= 2 << 62 | free & ((1 << 62) - 1)
        text = f"{value:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _put(owner: object, name: str, value: object) -> Callable[[], None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    return lambda: setattr(owner, name, before)


@contextmanager
def fixed(seed: str, now: Callable[[], int]) -> Iterator[None]:
    """Let names, keys and the machine's time be the run's own. For a process of its own: global."""
    chance = Chance(seed, now)
    own: list[tuple[object, str, object]] = [
        (os, "urandom", chance.some),
        (secrets, "token_bytes", chance.some),
        (secrets, "token_hex", chance.hexed),
        (secrets, "token_urlsafe", chance.hexed),
        (uuid_utils, "uuid7", chance.uuid7),
        (time, "time", lambda: now() / 1000),
        (time, "time_ns", lambda: now() * 1_000_000),
        (disk, "free_bytes", lambda folder: FULL.get(folder.name, ROOM)),
    ]
    with ExitStack() as stack:
        for owner, name, value in own:
            stack.callback(_put(owner, name, value))
        stack.callback(FULL.clear)
        yield


_known_engine = cache(open_engine)


def forget_engines() -> None:
    """Open every file with a new engine again."""
    _known_engine.cache_clear()


@contextmanager
def quick(*, threads: bool = False) -> Iterator[None]:
    """Open a database file that was open before with its engine of then, and start no thread.

    `threads`: the store has its own, as in the product.

    SQLAlchemy compiles every statement anew for a new engine, which would be most of a run.
    """
    own: list[tuple[object, str, object]] = [
        (site, "open_engine", _known_engine),
        (readers, "open_engine", _known_engine),
    ]
    if not threads:
        own += [(site, "Writer", InlineWriter), (site, "Readers", InlineReaders)]
    with ExitStack() as stack:
        for owner, name, value in own:
            stack.callback(_put(owner, name, value))
        yield


@contextmanager
def sized(push: int, pull: int) -> Iterator[None]:
    """Let pushes and pages be small, so that a short run crosses their seams.

    `push`: events in one push; `pull`: events in one page and in one transaction of it.
    """
    whole = Reader.pending

    def pending(reader: Reader, limit: int, size: int) -> tuple[Frame, ...]:
        return whole(reader, min(limit, push), size)

    own: list[tuple[object, str, object]] = [
        (Reader, "pending", pending),
        (exchange, "PAGE", pull),
        (page, "CHUNK", pull),
    ]
    with ExitStack() as stack:
        for owner, name, value in own:
            stack.callback(_put(owner, name, value))
        yield
