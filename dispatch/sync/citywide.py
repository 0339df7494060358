"""The pull of a city site: all towns in one poll, each from its floor on."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlencode

from dispatch.store import checkpoints, floors
from dispatch.store.floor import floor_of
from dispatch.store.reader import Reader
from dispatch.store.site_log import SiteLog
from dispatch.sync.answers import ask, parsed
from dispatch.sync.ops import Answer, Apply, Ask, Op, Read, Rest, Steps, Trouble, Write
from dispatch.sync.witnessing import witness
from dispatch.wire import protocol as wire
from dispatch.wire.keys import signed_by

T = TypeVar("T")
Made = Generator[Op, Any, T]  # Any: each op's own answer

STANDING: Final = "/v1/older/standing"
COMPARED: Final = 4
"""Towns whose digests are asked for at once: each costs both ends a walk."""
DIFFERING: Final = "differing_towns"
"""Fact: the towns whose digest was another than the hub's when last compared."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a town stands here."""

    cursor: wire.CursorMark
    floor: int


class Citywide:
    """All towns of a city's site, for one exchange."""

    def __init__(self, hub_key: bytes) -> None:
        self._hub_key = hub_key
        self._towns: tuple[str, ...] = ()
        self._due: set[str] = set()
        self._higher: dict[str, wire.Checkpoint] = {}
        self._differing: set[str] = set()

    @property
    def on(self) -> bool:
        """Whether this is a city's site: the hub has named more than one town."""
        return len(self._towns) > 1

    @property
    def differs(self) -> bool:
        """Whether any town's digest was another than the hub's."""
        return bool(self._differing)

    @property
    def due(self) -> bool:
        """Whether a digest is to be compared."""
        return bool(self._due)

    def begin(self, session: wire.SessionAnswer) -> Steps:
        """Take up the towns that the hub names; begin a new one at its floor."""
        towns = tuple(sorted(session.heads))
        if towns != self._towns:
            self._towns, self._due = towns, set(towns)
        if not self.on:
            return
        for town, at in sorted(session.floors.items()):
            digest = wire.checkpoint_digest(at.town, at.seq, at.chain, at.at)
            if at.town != town or not signed_by(self._hub_key, digest, at.sig):
                raise Trouble("bad_signature", f"起点 {town} {at.seq}")
            cursor: wire.CursorMark = yield Read(_cursor_reader(town))
            if cursor.seq == 0:
                yield from self._start(at)
            else:
                self._higher[town] = at

    def _lift(self) -> Steps:
        """Lift floors that the hub has signed since, between two polls.

        A page that was cut for the lower one would lack what has been let go.
        """
        while self._higher:
            town, at = self._higher.popitem()
            place: _Place = yield Read(_placer(town))
            if not place.floor < at.seq <= place.cursor.seq:
                continue
            if (yield Read(_chain_reader(town, at.seq))) != at.chain:
                raise Trouble("chain_differs", f"{town} {at.seq}: 起点的链值与市级中心不同")
            while (yield Write(_lifter(at))):
                yield Rest(0.0)

    def _start(self, at: wire.Checkpoint) -> Steps:
        """Fetch what has stood open since before the floor, then read on from there."""
        after, more = "", True
        while more:
            query = urlencode({"town": at.town, "floor": at.seq, "after": after})
            path = f"{STANDING}?{query}"
            answer: Answer = yield Ask("GET", path, headers=(("Accept-Encoding", "zstd"),))
            found = parsed(answer, wire.OlderPage, path)
            cursor: wire.CursorMark = yield Read(_cursor_reader(at.town))
            yield Apply(at.town, page_of(found, cursor))
            if found.more and found.next <= after:
                raise Trouble("unreadable", f"{at.town}: 更早的案件没有往下")
            after, more = found.next, found.more
        yield Write(_beginner(at))

    def question(self, wait_s: int, limit: int) -> Made[wire.Pull]:
        """Return what is asked for: whatever is new in any town."""
        yield from self._lift()
        places: dict[str, _Place] = yield Read(_places(self._towns))
        cursors = {town: place.cursor.seq for town, place in places.items()}
        lows = {town: place.floor for town, place in places.items() if place.floor}
        return wire.Pull(cursors, wait_s, limit, floors=lows)

    def take(self, asked: wire.Pull, pages: dict[str, wire.TownPage]) -> Made[int]:
        """Take in the towns' pages; return how many events came."""
        count = 0
        for town, page in sorted(pages.items()):
            cursor = asked.cursors.get(town)
            if cursor is None or page.next < cursor or (page.entries and page.next == cursor):
                raise Trouble("unreadable", f"{town} 的一页不是所问")
            if not page.entries and not page.backfill:
                here: wire.CursorMark = yield Read(_cursor_reader(town))
                if page.chain != here.chain:
                    raise Trouble("chain_differs", f"{town} {cursor}: 链值与市级中心不同")
                continue
            yield Apply(town, page)
            yield from witness(town, self._hub_key, page.checkpoints)
            self._due.add(town)
            count += len(page.entries)
        return count

    def compare(self, *, every: bool) -> Steps:
        """Compare some towns' digests with the hub's, or all that are due."""
        while self._due:
            towns = sorted(self._due)[:COMPARED]
            asked: wire.Pull = yield from self.question(0, 1)
            cursors = {town: asked.cursors[town] for town in towns}
            lows = {town: asked.floors[town] for town in towns if town in asked.floors}
            pull = wire.Pull(cursors, 0, asked.limit, digest=True, floors=lows)
            answer: Answer = yield ask("/v1/pull", pull)
            found = parsed(answer, wire.PullAnswer, "/v1/pull")
            yield from self.take(pull, found.towns)
            for town in towns:
                page = found.towns.get(town)
                if page is not None and page.digest is not None:
                    yield from self._judge(town, page)
            if not every:
                break

    def _judge(self, town: str, page: wire.TownPage) -> Steps:
        ours, here = yield Read(_figure(town))
        if here != page.digest_seq:
            return
        self._due.discard(town)
        if ours == page.digest:
            self._differing.discard(town)
        else:
            self._differing.add(town)
        told = " ".join(sorted(self._differing))
        yield Write(lambda log: log.set_fact(DIFFERING, told))


def fetch_older(town: str, number: str) -> Steps:
    """Fetch a town's incidents of a number that are not kept here."""
    cursor: wire.CursorMark = yield Read(_cursor_reader(town))
    query = urlencode({"town": town, "number": number, "upto": cursor.seq}, quote_via=quote)
    path = f"/v1/older/numbered?{query}"
    answer: Answer = yield Ask("GET", path, headers=(("Accept-Encoding", "zstd"),))
    found = parsed(answer, wire.OlderPage, path)
    yield Apply(town, page_of(found, cursor))


def page_of(older: wire.OlderPage, cursor: wire.CursorMark) -> wire.TownPage:
    """Return a page that moves no cursor, with these subjects whole."""
    return wire.TownPage(
        entries=(),
        next=cursor.seq,
        chain=cursor.chain,
        more=False,
        backfill=older.parts,
        keys=older.keys,
    )


def _place(reader: Reader, town: str) -> _Place:
    return _Place(reader.cursor(town), floor_of(reader.connection, town).seq)


def _placer(town: str) -> Callable[[Reader], _Place]:
    return lambda reader: _place(reader, town)


def _places(towns: tuple[str, ...]) -> Callable[[Reader], dict[str, _Place]]:
    return lambda reader: {town: _place(reader, town) for town in towns}


def _cursor_reader(town: str) -> Callable[[Reader], wire.CursorMark]:
    return lambda reader: reader.cursor(town)


def _chain_reader(town: str, seq: int) -> Callable[[Reader], str | None]:
    return lambda reader: checkpoints.chain_at(reader.connection, town, seq)


def _figure(town: str) -> Callable[[Reader], tuple[str, int]]:
    return lambda reader: (reader.digest(town), reader.cursor(town).seq)


def _beginner(at: wire.Checkpoint) -> Callable[[SiteLog], None]:
    return lambda log: floors.begin(log, at)


def _lifter(at: wire.Checkpoint) -> Callable[[SiteLog], bool]:
    return lambda log: floors.lift(log, at)
