"""Exchange by file: what waits here goes out on a stick, what the hub numbered comes in from one.

The same frames, keys and pages as over the line, so the two ways mix in any order: an event is
known by its bytes, a page by where the cursor stands. Nothing but the hub's number, or its
refusal, marks an event; that a file was written marks nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput, Damage
from dispatch.store import carrying, checkpoints
from dispatch.store.carrying import NOTHING, Taken
from dispatch.store.page import cut
from dispatch.store.paths import BUNDLE_IN
from dispatch.store.reader import Reader
from dispatch.store.site import SiteStore
from dispatch.store.site_log import SiteLog
from dispatch.store.writers import WITNESS
from dispatch.sync.comparing import compare
from dispatch.sync.driver import Line
from dispatch.sync.hands import Hands
from dispatch.sync.link import HubLink
from dispatch.sync.once import VERSION
from dispatch.sync.ops import Apply, CheckRoom, Op, Read, Steps, Write
from dispatch.sync.settling import subjects_of
from dispatch.sync.witnessing import witness
from dispatch.sync.writers import witness as writers_table
from dispatch.wire import protocol as wire
from dispatch.wire.bundle import (
    FULL,
    Asking,
    Bundle,
    BundleHead,
    Giving,
    each_of,
    pack,
    records,
    unpack,
)
from dispatch.wire.keys import signed_by
from dispatch.wire.writers import NAME, Registered, parse_register

T = TypeVar("T")
Made = Generator[Op, Any, T]  # Any: each op's own answer


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle for the hub: the file, its head, whether more waits than went into it."""

    raw: bytes
    head: BundleHead
    more: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a bundle. `taken` of another site's; `seq` the cursor before and after.

    `differs`: the hub's digest at that number is another. `more`: the hub has more.
    """

    head: BundleHead
    taken: Taken = NOTHING
    seq: tuple[int, int] = (0, 0)
    refused: int = 0
    more: bool = False
    differs: bool = False


def export_bundle(store: SiteStore, link: HubLink) -> Written:
    """Return everything that waits here, for the hub and the town centre's own sites."""
    return _driven(store, link, _export(store, link))


def import_bundle(store: SiteStore, link: HubLink, raw: bytes, where: str) -> Brought:
    """Take in a file: the hub's answer to this site, or what waits at another site of the town.

    Anything wrong with it is a BadInput at `where`, before the first write.
    """
    bundle = unpack(raw, where)
    head, identity = bundle.head, store.identity
    if head.hub_key != link.hub_key:
        raise BadInput(where, "是另一个市平台的")
    if head.town != identity.town:
        raise BadInput(where, f"是 {head.town[:32]} 的，本机是 {identity.town}")
    if head.kind == "to_site":
        if head.by != link.hub_key:
            raise BadInput(where, "不是市平台签的")
        if head.site != identity.site:
            raise BadInput(where, f"是给站点 {head.site[:36]} 的，不是给本机的")
        steps = _take_answer(store, link, bundle, where)
    elif head.site == identity.site:
        raise BadInput(where, "是本机自己导出的，要送到市平台或镇中心的席位去")
    else:
        steps = _take_pending(store, bundle, where)
    return _driven(store, link, steps)


def _driven(store: SiteStore, link: HubLink, steps: Made[T]) -> T:
    found: list[T] = []

    def whole() -> Steps:
        found.append((yield from steps))

    line = Line(link)
    try:
        Hands(store, line).run(whole())
    finally:
        line.close()
    return found[0]


# Out.


@dataclass(frozen=True, slots=True)
class _Waiting:
    """All that goes into a file, of one moment."""

    asking: Asking
    pushes: tuple[wire.Push, ...]
    more: bool
    centre: tuple[bytes, ...]


def _export(store: SiteStore, link: HubLink) -> Made[Written]:
    town = store.identity.town
    found: _Waiting = yield Read(lambda reader: _waiting(reader, store))
    session = found.asking.session
    head = BundleHead(
        kind="to_hub",
        site=store.identity.site,
        town=town,
        hub_key=link.hub_key,
        timeline=session.timeline or "",
        by=b"",
        at=link.now(),
        seq=session.cursors[town].seq,
        events=sum(len(each.frames) for each in found.pushes),
        size=0,
        sha256="",
        boxes=(),
    )
    receivers = (link.hub_key, *found.centre)
    raw = pack(head, (found.asking, *found.pushes), store.identity.signer, receivers)
    return Written(raw, head, found.more)


def _waiting(reader: Reader, store: SiteStore) -> _Waiting:
    town = store.identity.town
    cursor = reader.cursor(town)
    offset = reader.fact("clock_offset_ms")
    session = wire.SessionAsk(
        wire.PROTOCOL,
        reader.writers(),
        {town: cursor},
        0,
        VERSION,
        reader.fact("timeline"),
        {},
        int(offset) if offset else None,
    )
    last = checkpoints.last(reader.connection, town)
    pull = wire.Pull(
        {town: cursor.seq}, wait=0, digest=True, witnessed=last, sight=reader.fact("sight") or ""
    )
    pushes: list[wire.Push] = []
    size, more = 0, False
    for frames in carrying.waiting(reader.connection, wire.PUSH_EVENTS, wire.PUSH_BYTES):
        size += sum(len(each.event) for each in frames)
        if pushes and size > FULL:
            more = True
            break
        pushes.append(wire.Push(frames, reader.keys(subjects_of(frames))))
    if pushes:
        pushes[0] = msgspec.structs.replace(pushes[0], witness=writers_table(reader))
    centre = tuple(
        each.pubkey
        for each in _register(reader, town)
        if each.level == Level.TOWN and each.site != store.identity.site
    )
    return _Waiting(Asking(session, pull), tuple(pushes), more, centre)


def _register(reader: Reader, town: str) -> tuple[Registered, ...]:
    """Return the town's writers as the hub last signed them; none before that came."""
    table = writers_table(reader)
    return parse_register(table.body, town) if table else ()


# In: another site's.


def _take_pending(store: SiteStore, bundle: Bundle, where: str) -> Made[Brought]:
    head = bundle.head
    known: tuple[Registered, ...] = yield Read(lambda reader: _register(reader, head.town))
    if not any(each.site == head.site and each.pubkey == head.by for each in known):
        raise BadInput(where, f"不认识站点 {head.site[:36]}：本机的写者表中没有它，先联网取一次")
    first, *rest = records(bundle, store.identity.signer, where)
    # Read whole before the first write.
    deque(each_of((first,), Asking, where), 0)
    deque(each_of(rest, wire.Push, where), 0)
    keys = {each.inc: each.pubkey for each in known}
    yield CheckRoom("pages")
    taken = NOTHING
    for push in each_of(rest, wire.Push, where):
        taken += yield Write(_taker(push, keys))
    return Brought(head, taken)


def _taker(push: wire.Push, keys: Mapping[str, bytes]) -> Callable[[SiteLog], Taken]:
    return lambda log: carrying.take(log, push.frames, push.keys, keys)


# In: the hub's answer.


def _take_answer(store: SiteStore, link: HubLink, bundle: Bundle, where: str) -> Made[Brought]:
    head, town = bundle.head, store.identity.town
    first, *rest = records(bundle, store.identity.signer, where)
    (giving,) = each_of((first,), Giving, where)
    place: tuple[wire.CursorMark, str, str] = yield Read(lambda reader: _place(reader, town))
    cursor, sight, timeline = place
    if timeline and timeline != head.timeline:
        raise BadInput(where, "市平台已另起时间线，须先联网同步一次")
    if giving.since > cursor.seq:
        raise BadInput(
            where, f"从 {giving.since} 号接起，本机才到 {cursor.seq} 号：用本机新导出的去换"
        )
    moved = giving.sight != giving.sight_after
    if sight != giving.sight_after and (
        sight != giving.sight or (moved and giving.since != cursor.seq)
    ):
        raise BadInput(where, "导出之后本机的辖区已改划：用本机新导出的去换")
    changing = moved and sight == giving.sight

    def wanted() -> Iterator[wire.TownPage]:
        for page in each_of(rest, wire.TownPage, where):
            new = page.next > cursor.seq
            if new or (changing and page.next == giving.since and not page.entries):
                yield page

    _prove(town, cursor, wanted(), where)
    learn = _learner(giving.writers, link.hub_key, town, where)
    yield CheckRoom("pages")
    yield Write(learn)
    for page in wanted():
        yield Apply(town, page)
        yield from witness(town, link.hub_key, page.checkpoints)
    yield Write(_refuser(giving.refused, link.now()))
    differs = False
    for page in each_of(rest[-1:], wire.TownPage, where):
        if page.digest is not None and page.digest_seq is not None:
            differs = (yield from compare(town, page.digest, page.digest_seq)) is False
    after: wire.CursorMark = yield Read(lambda reader: reader.cursor(town))
    places = (cursor.seq, after.seq)
    return Brought(head, NOTHING, places, len(giving.refused), giving.more, differs)


def _place(reader: Reader, town: str) -> tuple[wire.CursorMark, str, str]:
    return reader.cursor(town), reader.fact("sight") or "", reader.fact("timeline") or ""


def _prove(town: str, cursor: wire.CursorMark, pages: Iterator[wire.TownPage], where: str) -> None:
    """Walk numbers and chain of all pages, so that nothing is written of a file that is wrong."""
    mark = cursor
    for page in pages:
        try:
            cut(town, mark, page)
        except Damage as damage:
            raise BadInput(where, f"{damage.where}: {damage.what}") from None
        mark = wire.CursorMark(page.next, page.chain)


def _learner(table: wire.Table, hub_key: bytes, town: str, where: str) -> Callable[[SiteLog], None]:
    digest = wire.table_digest(NAME, table.body)
    if table.name != NAME or not signed_by(hub_key, digest, table.sig):
        raise BadInput(where, "写者表不是市平台签的")
    keys = {each.inc: each.pubkey for each in parse_register(table.body, town)}
    text = wire.encode(table, packed=False).decode()

    def learn(log: SiteLog) -> None:
        log.learn_writers(town, keys)
        log.set_fact(WITNESS, text)

    return learn


def _refuser(verdicts: tuple[wire.Verdict, ...], now: int) -> Callable[[SiteLog], None]:
    """What still waits here and the hub has refused is dealt with as over the line."""

    def mark(log: SiteLog) -> None:
        here = carrying.unanswered(log.connection, [each.hash for each in verdicts])
        fresh = tuple(each for each in verdicts if each.hash in here and each.status == "refused")
        log.mark_answered(fresh)
        if fresh:
            log.set_broken_aside()
        log.set_fact(BUNDLE_IN, str(now))

    return mark
