"""Photos in a run: made-up ones, and what must have become of them when all is quiet."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Final

from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import StoreError, ZhiwangError
from dispatch.drill.faults.checks import Town, concerned
from dispatch.drill.faults.station import Station
from dispatch.hub.hub import Hub
from dispatch.store.reader import Reader
from dispatch.sync import photos, snapshots

_HEAD: Final = b"\xff\xd8\xff"
_PIECES: Final = (60, 300, 64 * 1024)
_WORTH: Final = (2, 5_000)
_TAKING: Final = frozenset({Verb.REPORT, Verb.SELF_HANDLED, Verb.FEEDBACK})


def photo(pick: int) -> bytes:
    """Return the bytes of a photo: a few kinds only, so that the same one comes twice."""
    rng = random.Random(f"photo {pick % 5}")
    return _HEAD + rng.randbytes(rng.choice((1, 40, 400, 1_500)))


def with_photo(station: Station, command: Command, pick: int) -> Command:
    """Take a photo and put it to an act that can bear one; without room the act goes without."""
    if not station.up or command.verb not in _TAKING or pick % 2:
        return command
    try:
        sha256 = station.store.photos.add(photo(pick))
    except StoreError:
        return command
    return replace(command, photos=(sha256,))


@contextmanager
def in_pieces(seed: int) -> Iterator[None]:
    """Let small photos and short logs go in pieces and as snapshots, in some runs."""
    rng = random.Random(f"pieces {seed}")
    size = rng.choice(_PIECES)
    before = photos.SMALL, photos.PIECE, snapshots.PIECE, snapshots.WORTH
    _put(size if rng.random() < 0.7 else photos.SMALL, size, 10 * size, rng.choice(_WORTH))
    try:
        yield
    finally:
        _put(*before)


def _put(small: int, piece: int, of_snapshot: int, worth: int) -> None:
    """Set the sizes: of a photo in one request, of pieces, and from how many events a snapshot."""
    vars(photos).update(SMALL=small, PIECE=piece)
    vars(snapshots).update(PIECE=of_snapshot, WORTH=worth)


def on_their_way(station: Station) -> Iterator[str]:
    """Tell of photos that are not where they belong yet."""

    def look(reader: Reader) -> tuple[int, int]:
        return len(reader.blobs("queued")), len(reader.blobs("wanted"))

    queued, wanted = station.store.read(look).result()
    if queued or wanted:
        yield f"{station.place.name} 有 {queued} 张照片未送、{wanted} 张未到"


def whole(hub: Hub, town: Town, stations: Iterable[Station]) -> Iterator[str]:
    """I1 and I2 of photos: each is on the hub and at every site that sees its incident, whole.

    Photos whose event no disk holds any more are left out.
    """
    here = [each for each in stations if each.place.town == town.code]
    ids = {each.id for each in town.log}
    for sha256, event in (shown for each in here for shown in each.memory.photos):
        if event.id not in ids:
            continue
        if _hash(partial(hub.photos.get, town.code, sha256)) != sha256:
            yield f"I1 照片 {sha256[:8]} 不在中心，或内容不对"
        incident = town.folds.get(event.subject.id)
        for station in here:
            if incident is None or not concerned(incident, station.place):
                continue
            if _hash(partial(station.store.photos.read, sha256)) != sha256:
                yield f"I2 {station.place.name} 没有照片 {sha256[:8]}"


def _hash(read: Callable[[], bytes | None]) -> str:
    try:
        content = read()
    except ZhiwangError:
        return ""
    return hashlib.sha256(content).hexdigest() if content is not None else ""
