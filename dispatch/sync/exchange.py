"""The sync core, sans IO: lanes of steps that ask for requests and store jobs and get answers.

Nothing here opens a socket, looks at a clock or starts a thread; a driver does (`driver`), or
a simulator. Each lane is a generator of `ops`; whoever drives it sends in each op's answer.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from dispatch.domain.errors import BadInput, Offline, StoreError
from dispatch.store.answers import UNKNOWN
from dispatch.store.reader import Reader
from dispatch.store.site_log import SiteLog
from dispatch.sync.answers import ask, parsed
from dispatch.sync.citywide import Citywide
from dispatch.sync.claiming import Claiming
from dispatch.sync.comparing import compare
from dispatch.sync.ops import (
    SHUT_OUT,
    Answer,
    Apply,
    CheckRoom,
    Nudge,
    Op,
    Read,
    Rest,
    Steps,
    Trouble,
    Write,
)
from dispatch.sync.photos import has_room, move_photos
from dispatch.sync.positions import fetch_fixes
from dispatch.sync.receipts import Receipting
from dispatch.sync.rewound import go_back, offer
from dispatch.sync.settling import settle, subjects_of
from dispatch.sync.sites import fetch_sites
from dispatch.sync.snapshots import take_snapshot
from dispatch.sync.tables import Tables
from dispatch.sync.witnessing import Place, place, witness
from dispatch.wire import protocol as wire

T = TypeVar("T")
Made = Generator[Op, Any, T]  # Any: each op's own answer

LEAST_S: Final = 1.0
MOST_S: Final = 30.0
IDLE_S: Final = 30.0
POSITIONS_S: Final = 3.0
DIGEST_EVERY_MS: Final = 30_000
CONTACT_EVERY_MS: Final = 5_000
"""How old the kept time of the last contact may be while the hub answers, milliseconds."""
PAGE: Final = 200
MEET_EVERY_MS: Final = 600_000
"""A session is opened anew after so long: what a hub lost beneath an open one is found then."""
MEETINGS: Final = 3


@dataclass(slots=True)
class Told:
    """What the exchange has seen since its start; for status and for the one who waits."""

    pushed: int = 0
    pulled: int = 0
    quarantined: int = 0
    refused: int = 0
    differs: bool = False
    trouble: str = ""
    trouble_lane: str = ""
    claims: tuple[wire.Claim, ...] = ()


class Exchange:
    """One site's acquaintance with its hub."""

    def __init__(
        self, town: str, hub_key: bytes, version: str, random: Callable[[], float]
    ) -> None:
        self.town = town
        self.told = Told()
        self.claiming = Claiming()
        self.receipting = Receipting(town, hub_key)
        self.tables = Tables(town, hub_key)
        self.citywide = Citywide(hub_key)
        self._hub_key = hub_key
        self._version = version
        self._random = random
        self._session: wire.SessionAnswer | None = None
        self._contact_at = 0
        self._met_at = 0
        self._digest_at = 0
        self._digest_due, self._begun = True, False
        self._ahead: set[str] = set()
        self._introduced: frozenset[str] = frozenset()

    @property
    def met(self) -> bool:
        """Whether the hub has been met since the last trouble."""
        return self._session is not None

    @property
    def gone(self) -> bool:
        """Whether the hub was tried and cannot be met."""
        return self._session is None and bool(self.told.trouble)

    # Lanes.

    def talking(self) -> Steps:
        """Session, push, tables, claims: at once when there is something, else every while."""
        yield from self._patiently("talk", self._talk)

    def polling(self) -> Steps:
        """The long poll, for ever."""
        yield from self._patiently("poll", self._poll)

    def positioning(self) -> Steps:
        """Workers' positions, every few seconds."""
        yield from self._patiently("positions", self._position)

    def photographing(self) -> Steps:
        """Photos to the hub and from it, one at a time, behind everything else."""
        yield from self._patiently("photos", self._photograph)

    def once(self) -> Steps:
        """One whole exchange; raises Offline, Trouble or NoRoom instead of trying again."""
        yield from self._meet()
        yield from self._push_all()
        yield CheckRoom("pages")
        more = True
        while more:
            more = yield from self._pull(wait_s=0, digest=False)
        yield from self.tables.fetch()
        yield from fetch_sites() if self.citywide.on else fetch_fixes()
        yield from move_photos()
        # What came meanwhile is pulled too: the figures are compared where both stand.
        more = True
        while more:
            more = yield from self._pull(wait_s=0, digest=True)

    def again(self) -> Steps:
        """One more exchange with a hub that was met: events only, no table, photo or figure."""
        if self._session is None:
            yield from self._meet()
        yield from self._push_all()
        yield CheckRoom("pages")
        more = True
        while more:
            more = yield from self._pull(wait_s=0, digest=False)

    # Patience.

    def _patiently(self, lane: str, work: Callable[[], Steps]) -> Steps:
        """Do `work` again and again; after trouble rest, longer each time, with full jitter."""
        failed = 0
        while True:
            try:
                yield from work()
            except (Offline, Trouble, BadInput, StoreError) as error:
                failed += 1
                again = error.again_s if isinstance(error, Trouble) else 0.0
                self._trouble(lane, error)
                if isinstance(error, Trouble) and error.code in SHUT_OUT:
                    yield Write(_fact_keeper("shut_out", error.code))
                yield Rest(max(self.delay(failed), again), deaf=again > 0)
                # The session is void now, and opening it anew is the talking lane's.
                yield Nudge("talk")
            else:
                failed = 0
                if self.told.trouble_lane == lane:
                    self.told.trouble, self.told.trouble_lane = "", ""

    def delay(self, failed: int) -> float:
        """Return how long to rest after so many failures in a row."""
        most: float = min(MOST_S, LEAST_S * 2.0 ** min(failed, 10))
        return LEAST_S + (most - LEAST_S) * self._random()

    def _trouble(self, lane: str, error: Exception) -> None:
        self.told.trouble, self.told.trouble_lane = str(error), lane
        self._session = None

    # Talk.

    def _talk(self) -> Steps:
        if self._session is None:
            yield from self._meet()
            yield Nudge("poll")
            yield Nudge("photos")
        elif self._contact_at - self._met_at > MEET_EVERY_MS:
            yield from self._meet()
            self.receipting.want()
        yield from self._push_all()
        yield from self.tables.fetch()
        yield from self.claiming.send()
        yield from self.receipting.send()
        yield Rest(IDLE_S)

    def _meet(self) -> Steps:
        """Open the session: who we are, what the hub knows of us, whether our chain is its own.

        A hub that lacks numbers which it gave out was put back to an earlier hour: they are
        taken back here, and it is met again.
        """
        for _ in range(MEETINGS):
            writers, cursors, timeline, offset_ms = yield Read(self._own_marks)
            mine = (wire.PROTOCOL, writers, cursors, 0, self._version)
            question = wire.SessionAsk(*mine, timeline, {}, offset_ms)
            session, answer = yield from self._greet(question)
            apart = [town for town in sorted(cursors) if session.cursors.get(town) != "ok"]
            if not apart:
                break
            for town in apart:
                yield from go_back(question, self._greet, town)
        else:
            raise Trouble("chain_differs", f"{apart[0]}: 链值与市级中心不同")
        offset = session.server_time - (answer.at_ms - answer.took_ms // 2)

        def keep(log: SiteLog) -> None:
            log.set_clock(offset, answer.at_ms // 1000)
            log.set_fact("last_contact", str(answer.at_ms))
            log.set_fact("timeline", session.timeline)
            log.set_fact("shut_out", "")
            for mark in writers:
                log.send_again(mark.inc, session.known.get(mark.inc, 0))

        yield Write(keep)
        self._introduced = frozenset(mark.inc for mark in writers)
        yield from self.citywide.begin(session)
        self._session, self._met_at = session, answer.at_ms
        self.told.trouble, self.told.trouble_lane = "", ""

    def _own_marks(self, reader: Reader) -> tuple[Any, ...]:  # Any: as the calls return
        offset = reader.fact("clock_offset_ms")
        measured = int(offset) if offset else None
        cursors = {**reader.cursors(), self.town: reader.cursor(self.town)}
        return reader.writers(), cursors, reader.fact("timeline"), measured

    def _greet(self, question: wire.SessionAsk) -> Made[tuple[wire.SessionAnswer, Answer]]:
        answer: Answer = yield ask("/v1/session", question)
        session = parsed(answer, wire.SessionAnswer, "/v1/session")
        if session.hub_key != self._hub_key:
            raise Trouble("hub_key", "市级中心的公钥与登记时不同")
        return session, answer

    # Push.

    def _push_all(self) -> Steps:
        """Send what waits, page by page, until the outbox is empty; then what others wrote."""
        while (yield from self._push()):
            yield Rest(0.0)
            if self._session is None:
                # An incarnation was refused: the hub must hear of the next one before its events.
                yield from self._meet()
        yield from offer()

    def _push(self) -> Made[bool]:
        """Send one page of the outbox; False when it is empty."""

        def waiting(reader: Reader) -> tuple[wire.Push, set[str]]:
            frames = reader.pending(wire.PUSH_EVENTS, wire.PUSH_BYTES)
            own = {mark.inc for mark in reader.writers()} if frames else set()
            return wire.Push(frames, reader.keys(subjects_of(frames))), own

        push, own = yield Read(waiting)
        if not push.frames:
            return False
        if own - self._introduced:
            # A city's site writes a town for the first time: the hub must hear of its name first.
            yield from self._meet()
        answer: Answer = yield ask("/v1/events", push)
        done = parsed(answer, wire.PushAnswer, "/v1/events", frozenset({409}))
        sent = {wire.event_hash(frame) for frame in push.frames}
        # Only a positive answer for an event that we sent marks it.
        verdicts = tuple(each for each in done.verdicts if each.hash in sent)
        again, anew = yield Write(lambda log: settle(log, verdicts, done.expected, answer.at_ms))
        self._count(verdicts)
        if anew:
            # They may be in an incarnation of which the hub has not heard.
            self._session = None
        if not again and any(each.reason == UNKNOWN for each in verdicts):
            raise Trouble("writer", "市平台不认识本机的写者，重新联系后再送")
        if not verdicts and not again and not anew:
            raise Trouble("stuck", f"市级中心等待 {done.expected}")
        return True

    def _count(self, verdicts: tuple[wire.Verdict, ...]) -> None:
        for each in verdicts:
            match each.status:
                case "accepted" | "duplicate":
                    self.told.pushed += 1
                case "quarantined":
                    self.told.quarantined += 1
                case "refused":
                    self.told.refused += 1
                    self._session = None
        self._digest_due = True

    # Pull.

    def _poll(self) -> Steps:
        if self._session is None or not (yield from has_room("pages")):
            # A disk that has no room is no trouble of the line: what is here still goes out.
            yield Rest(IDLE_S)
            return
        yield from self._pull(wait_s=wire.WAIT_S, digest=False)
        if self.tables.wanted:
            yield Nudge("talk")

    def _pull(self, *, wait_s: int, digest: bool) -> Made[bool]:
        """Ask for one page and take it in; True when there is more to be had at once."""
        if self.citywide.on:
            return (yield from self._pull_all(wait_s=wait_s, digest=digest))
        if self._session is not None and not self._begun:
            self.told.pulled += yield from take_snapshot(self.town, self._session, self._version)
            self._begun = True
        here: Place = yield Read(lambda reader: place(reader, self.town))
        cursor, witnessed, sight = here
        question = wire.Pull({self.town: cursor.seq}, wait_s, PAGE, digest, witnessed, sight)
        answer: Answer = yield ask("/v1/pull", question, float(wait_s))
        found = parsed(answer, wire.PullAnswer, "/v1/pull")
        page = found.towns.get(self.town)
        if page is None:
            raise Trouble("unreadable", f"没有 {self.town} 的一页")
        if page.next < cursor.seq or (page.entries and page.next == cursor.seq):
            raise Trouble("unreadable", "游标没有前进")
        if page.next == cursor.seq and page.chain != cursor.chain:
            raise Trouble("chain_differs", f"{self.town} {cursor.seq}: 链值与市级中心不同")
        if page.entries or page.left or page.backfill or page.keys or page.sight != sight:
            yield Apply(self.town, page)
            yield Nudge("photos")
            self.told.pulled += len(page.entries)
            self._digest_due = True
        yield from witness(self.town, self._hub_key, page.checkpoints)
        yield from self._heard(answer, found)
        if page.digest is not None and page.digest_seq is not None:
            yield from self._compare(page.digest, page.digest_seq, answer.at_ms)
        elif not page.more and not digest and self._compares_now(answer.at_ms) and wait_s:
            return (yield from self._pull(wait_s=0, digest=True))
        return page.more

    def _pull_all(self, *, wait_s: int, digest: bool) -> Made[bool]:
        """Do what `_pull` does for all towns of a city's site at once."""
        question: wire.Pull = yield from self.citywide.question(wait_s, PAGE)
        answer: Answer = yield ask("/v1/pull", question, float(wait_s))
        found = parsed(answer, wire.PullAnswer, "/v1/pull")
        count: int = yield from self.citywide.take(question, found.towns)
        if count:
            yield Nudge("photos")
        self.told.pulled += count
        yield from self._heard(answer, found)
        late = answer.at_ms - self._digest_at >= DIGEST_EVERY_MS
        if not count and (digest or (wait_s and late)):
            self._digest_at = answer.at_ms
            yield from self.citywide.compare(every=digest)
            self.told.differs = self.citywide.differs
        # One more look: a page's events are shared out among the towns.
        return count > 0

    def _heard(self, answer: Answer, found: wire.PullAnswer) -> Steps:
        """Take what rides on every answer: claims, the time of the contact, the tables' names."""
        self.told.claims = found.claims
        self.claiming.heard(found.claims, found.server_time)
        # A commit for each empty answer would be most of an idle round's work.
        if abs(answer.at_ms - self._contact_at) >= CONTACT_EVERY_MS:
            yield Write(_fact_keeper("last_contact", str(answer.at_ms)))
            self._contact_at = answer.at_ms
        yield from self.tables.note(found.tables)

    def _compares_now(self, at_ms: int) -> bool:
        return self._digest_due and at_ms - self._digest_at >= DIGEST_EVERY_MS

    def _compare(self, theirs: str, seq: int, at_ms: int) -> Steps:
        """Compare the digests where both stand at the same number; a difference is told."""
        equal = yield from compare(self.town, theirs, seq)
        if equal is not None:
            self._digest_at, self._digest_due = at_ms, False
            self.told.differs = not equal

    # Tables, claims, positions, photos.

    def _position(self) -> Steps:
        if self.citywide.on:
            # Its telemetry stays with the towns: of them it is told how their sites stand.
            yield from fetch_sites()
            yield Rest(IDLE_S, deaf=True)
            return
        if self._session is not None and (yield from has_room("pages")):
            yield from fetch_fixes()
        yield Rest(POSITIONS_S, deaf=True)

    def _photograph(self) -> Steps:
        if self._session is not None:
            yield from move_photos(self._ahead)
        yield Rest(IDLE_S)


def _fact_keeper(name: str, value: str) -> Callable[[SiteLog], None]:
    return lambda log: log.set_fact(name, value)
