"""The beginning of a new site: a snapshot fetched in pieces, proved, then taken in page by page.

Whatever is wrong with one, the site goes on page by page from where it stands.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import quote

from dispatch.domain.errors import BadInput, Damage
from dispatch.store.site_log import SiteLog
from dispatch.sync.answers import ask, parsed, refusal
from dispatch.sync.ops import (
    AddPart,
    Answer,
    Apply,
    Ask,
    CheckRoom,
    DropPart,
    Op,
    PartSize,
    ProvePart,
    Read,
    ReadRecord,
    Rest,
    Steps,
    Trouble,
    Write,
)
from dispatch.sync.photos import total_of
from dispatch.wire import protocol as wire
from dispatch.wire.snapshot import FORMAT, SnapshotHead

log = logging.getLogger(__name__)
T = TypeVar("T")
Made = Generator[Op, Any, T]  # Any: each op's own answer

WORTH: Final = 5_000
"""A new site with more events than this before it begins with a snapshot."""
PIECE: Final = 1024 * 1024
_BEGUN: Final = "snapshot"
"""The fact that names the one whose download or taking in has begun."""
_NAME: Final = re.compile(r'"([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of what a snapshot is wanted: the scope, the hub's life, how the session is opened."""

    town: str
    scope: str
    timeline: str
    version: str


class _RefusedSnapshot(Exception):
    """It is damaged, of another place or outdated: it is not taken in."""


def take_snapshot(town: str, met: wire.SessionAnswer, version: str) -> Made[int]:
    """Begin with a snapshot where that is worth it; return how many events came with it."""
    wanted = Wanted(town, met.scope, met.timeline, version)
    begun: str = (yield Read(lambda reader: reader.fact(_BEGUN))) or ""
    before: wire.CursorMark = yield Read(lambda reader: reader.cursor(wanted.town))
    if not begun and (before.seq > 0 or met.heads.get(town, 0) <= WORTH):
        return 0
    try:
        name = yield from _fetch(wanted, begun)
    except Trouble as error:
        if error.again_s > 0:
            raise  # the hub is building it, or busy
        log.warning("no snapshot could be had: %s", error)
        return 0
    if not name:
        return 0
    try:
        yield from _take_in(wanted, name)
    except (_RefusedSnapshot, BadInput, Damage) as error:
        log.warning("snapshot %s refused: %s", name[:12], error)
    yield DropPart(name)
    yield Write(_keeper(""))
    after: wire.CursorMark = yield Read(lambda reader: reader.cursor(wanted.town))
    return after.seq - before.seq


def _fetch(wanted: Wanted, begun: str) -> Made[str]:
    """Fetch what is not here yet; return its name, nothing where the hub has none."""
    path = f"/v1/snapshots/{quote(wanted.scope, safe='')}"
    name, more = begun, True
    while more:
        yield CheckRoom("pages")
        here: int = (yield PartSize(name)) if name else 0
        piece = ("Range", f"bytes={here}-{here + PIECE - 1}")
        begun_with = (("If-Match", f'"{name}"'),) if name else ()
        answer: Answer = yield Ask("GET", path, headers=(piece, *begun_with), cut=True)
        match answer.status:
            case 404 | 405:
                yield Write(_keeper(""))
                return ""
            case 412:  # the hub has it no longer
                yield DropPart(name)
                name = ""
            case 416 if here:
                more = False
            case 206:
                size = total_of(answer, here)
                if not name:
                    name = _name_of(answer)
                    yield Write(_keeper(name))
                yield AddPart(name, here, answer.body)
                more = here + len(answer.body) < size
            case _:
                raise refusal(answer)
        yield Rest(0.0)
    return name


def _take_in(wanted: Wanted, name: str) -> Steps:
    if not (yield ProvePart(name)):
        raise _RefusedSnapshot("content")
    found: tuple[bytes, int] | None = yield ReadRecord(name, 0)
    if found is None:
        raise _RefusedSnapshot("empty")
    head = wire.decode(found[0], SnapshotHead, "snapshot", packed=True)
    yield from _check(wanted, head)
    cursor: wire.CursorMark = yield Read(lambda reader: reader.cursor(wanted.town))
    while (found := (yield ReadRecord(name, found[1]))) is not None:
        page = wire.decode(found[0], wire.TownPage, "snapshot", packed=True)
        if page.next > cursor.seq:
            yield Apply(wanted.town, page)
            yield Rest(0.0)


def _check(wanted: Wanted, head: SnapshotHead) -> Steps:
    """Refuse what is of another place, and what the hub's own chain does not know now."""
    expected = (FORMAT, wanted.town, wanted.scope, wanted.timeline)
    if (head.format, head.town, head.scope, head.timeline) != expected:
        raise _RefusedSnapshot("another place, life or format")
    mark = wire.CursorMark(head.seq, head.chain)
    question = wire.SessionAsk(wire.PROTOCOL, (), {wanted.town: mark}, 0, wanted.version, None)
    answer: Answer = yield ask("/v1/session", question)
    session = parsed(answer, wire.SessionAnswer, "/v1/session")
    if session.cursors.get(wanted.town) != "ok":
        raise _RefusedSnapshot("another chain")


def _name_of(answer: Answer) -> str:
    found = _NAME.fullmatch(answer.headers.get("etag", ""))
    if found is None:
        raise Trouble("not_the_hub", "快照没有 ETag")
    return found[1]


def _keeper(name: str) -> Callable[[SiteLog], None]:
    return lambda site: site.set_fact(_BEGUN, name)
