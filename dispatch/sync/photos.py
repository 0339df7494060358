"""Photos on their way: those that wait here, then those that events here speak of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator
from typing import Any, Literal

from dispatch.domain.errors import StoreError
from dispatch.store.disk import NoRoom
from dispatch.store.reader import Reader
from dispatch.store.site_log import SiteLog
from dispatch.sync.answers import refusal
from dispatch.sync.ops import (
    Answer,
    Ask,
    CheckRoom,
    KeepPhoto,
    LoadPhoto,
    Op,
    Read,
    Steps,
    Trouble,
    Write,
)

Moved = Generator[Op, Any, Trouble | StoreError | None]  # Any: each op's own answer


def move_photos() -> Steps:
    """Send every photo that is queued and fetch every one that is wanted.

    One that is damaged here or there does not hold up the others; it is raised at the end.
    None is fetched while the disk has no room: they stay wanted.
    """
    wrong: list[Trouble | StoreError] = []
    for state, move in (("queued", _send), ("wanted", _fetch)):
        if state == "wanted" and not (yield from has_room("photos")):
            break
        last = ""
        while names := (yield Read(_after(state, last))):
            for sha256, _ in names:
                failed = yield from move(sha256)
                wrong += [failed] if failed else []
            last = names[-1][0]
    if wrong:
        raise wrong[0]


def has_room(what: Literal["pages", "photos"]) -> Generator[Op, Any, bool]:
    """Return whether the site's disk has room for more of this."""
    try:
        yield CheckRoom(what)
    except NoRoom:
        return False
    return True


def _send(sha256: str) -> Moved:
    try:
        content: bytes = yield LoadPhoto(sha256)
    except StoreError as error:
        return error
    answer: Answer = yield Ask("PUT", f"/v1/blobs/{sha256}", content)
    if answer.status != 204:
        raise refusal(answer)
    yield Write(_keeper(sha256))
    return None


def _fetch(sha256: str) -> Moved:
    answer: Answer = yield Ask("GET", f"/v1/blobs/{sha256}")
    if answer.status == 404:
        return None
    if answer.status != 200:
        raise refusal(answer)
    if hashlib.sha256(answer.body).hexdigest() != sha256:
        return Trouble("wrong_photo", sha256[:12])
    yield KeepPhoto(sha256, answer.body)
    yield Write(_keeper(sha256))
    return None


def _after(state: str, last: str) -> Callable[[Reader], tuple[tuple[str, str], ...]]:
    return lambda reader: reader.blobs(state, after=last)


def _keeper(sha256: str) -> Callable[[SiteLog], None]:
    return lambda log: log.blob_is(sha256, "kept")
