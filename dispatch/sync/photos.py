"""Photos on their way: those that wait here, then those that events here speak of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Generator
from functools import partial
from typing import Any, Final, Literal

from dispatch.domain.errors import BadInput, StoreError
from dispatch.store.disk import NoRoom
from dispatch.store.reader import Reader
from dispatch.store.site_log import SiteLog
from dispatch.sync.answers import refusal
from dispatch.sync.ops import (
    AddPart,
    Answer,
    Ask,
    CheckRoom,
    HasSmall,
    KeepPart,
    KeepPhoto,
    KeepSmall,
    LoadPhoto,
    LoadSmall,
    Op,
    PartSize,
    Read,
    Steps,
    Trouble,
    Write,
)
from dispatch.wire.protocol import BLOB_BYTES

PIECE: Final = 256 * 1024
"""Bytes of one request at most, so that other requests of this lane's line wait little."""
SMALL: Final = 64 * 1024
"""A photo up to here goes in one request."""
PIECE_TYPE: Final = "application/offset+octet-stream"
_NONE_THERE: Final = frozenset({404, 405})
"""No small picture has come, or the hub knows of none."""
_TUS: Final = (("Tus-Resumable", "1.0.0"),)
_PIECE_OF: Final = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15})")

Moved = Generator[Op, Any, Trouble | StoreError | None]  # Any: each op's own answer


def move_photos(ahead: set[str] | None = None) -> Steps:
    """Send every photo that is queued and fetch every one that is wanted.

    Of each the small picture first, of all before any whole one: the other seats see something
    at once, however slow the line. `ahead` are those whose small picture has gone already.

    One that is damaged here or there does not hold up the others; it is raised at the end.
    None is fetched while the disk has no room: they stay wanted.
    """
    wrong: list[Trouble | StoreError] = []
    gone = set() if ahead is None else ahead
    moves = (
        ("queued", partial(_send_small, gone)),
        ("queued", _send),
        ("wanted", _fetch_small),
        ("wanted", _fetch),
    )
    for state, move in moves:
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


def _send_small(gone: set[str], sha256: str) -> Moved:
    if sha256 in gone:
        return None
    try:
        content: bytes | None = yield LoadSmall(sha256)
    except StoreError:
        return None  # told when the photo itself is to go
    if content is not None:
        answer: Answer = yield Ask("PUT", f"/v1/blobs/{sha256}/thumbnail", content)
        if answer.status not in _NONE_THERE | {204}:
            raise refusal(answer)
    gone.add(sha256)
    return None


def _fetch_small(sha256: str) -> Moved:
    if (yield HasSmall(sha256)):
        return None
    answer: Answer = yield Ask("GET", f"/v1/blobs/{sha256}/thumbnail")
    if answer.status in _NONE_THERE:
        return None
    if answer.status != 200:
        raise refusal(answer)
    try:
        yield KeepSmall(sha256, answer.body)
    except BadInput:
        return Trouble("wrong_thumbnail", sha256[:12])
    yield Write(_shower(sha256))
    return None


def _send(sha256: str) -> Moved:
    try:
        content: bytes = yield LoadPhoto(sha256)
    except StoreError as error:
        return error
    path = f"/v1/blobs/{sha256}"
    if len(content) <= SMALL:
        answer: Answer = yield Ask("PUT", path, content)
        if answer.status != 204:
            raise refusal(answer)
    else:
        yield from _send_pieces(path, content)
    yield Write(_keeper(sha256))
    return None


def _send_pieces(path: str, content: bytes) -> Steps:
    """Send what the hub has not yet; it keeps of a piece what came before a cut."""
    answer: Answer = yield Ask("HEAD", path, headers=_TUS)
    if answer.status == 404:
        length = ("Upload-Length", str(len(content)))
        answer = yield Ask("POST", path, headers=(*_TUS, length))
    while (offset := _offset(answer, len(content))) < len(content):
        told = (*_TUS, ("Content-Type", PIECE_TYPE), ("Upload-Offset", str(offset)))
        answer = yield Ask("PATCH", path, content[offset : offset + PIECE], told)
        if answer.status == 204 and _offset(answer, len(content)) <= offset:
            raise Trouble("stuck", path)


def _offset(answer: Answer, length: int) -> int:
    """Return how far the hub says it is."""
    if answer.status not in {200, 201, 204}:
        raise refusal(answer)
    told = answer.headers.get("upload-offset", "")
    if not (told.isascii() and told.isdigit() and int(told) <= length):
        raise Trouble("not_the_hub", "没有 Upload-Offset")
    return int(told)


def _fetch(sha256: str) -> Moved:
    """Fetch what is not here yet, piece by piece, each on the disk before the next is asked for."""
    path = f"/v1/blobs/{sha256}"
    more = True
    while more:
        here: int = yield PartSize(sha256)
        wanted = ("Range", f"bytes={here}-{here + PIECE - 1}"), ("If-Range", f'"{sha256}"')
        answer: Answer = yield Ask("GET", path, headers=wanted, cut=True)
        match answer.status:
            case 404:
                return None
            case 200:  # not in pieces
                if hashlib.sha256(answer.body).hexdigest() != sha256:
                    return Trouble("wrong_photo", sha256[:12])
                yield KeepPhoto(sha256, answer.body)
                yield Write(_keeper(sha256))
                return None
            case 206:
                size = total_of(answer, here)
                if size > BLOB_BYTES:
                    return Trouble("wrong_photo", sha256[:12])
                yield AddPart(sha256, here, answer.body)
                more = here + len(answer.body) < size
            case 416 if here:
                more = False
            case _:
                raise refusal(answer)
    if not (yield KeepPart(sha256)):
        return Trouble("wrong_photo", sha256[:12])
    yield Write(_keeper(sha256))
    return None


def total_of(answer: Answer, here: int) -> int:
    """Return how long the whole is of which a piece came; a piece of another place is Trouble."""
    found = _PIECE_OF.fullmatch(answer.headers.get("content-range", ""))
    if found is None or int(found[1]) != here or not answer.body:
        raise Trouble("not_the_hub", "没有 Content-Range")
    return int(found[2])


def _after(state: str, last: str) -> Callable[[Reader], tuple[tuple[str, str], ...]]:
    return lambda reader: reader.blobs(state, after=last)


def _shower(sha256: str) -> Callable[[SiteLog], None]:
    return lambda log: log.show_photo(sha256)


def _keeper(sha256: str) -> Callable[[SiteLog], None]:
    return lambda log: log.blob_is(sha256, "kept")
