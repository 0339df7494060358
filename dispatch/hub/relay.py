"""A room without a hub: a thin server that shows a town's sites each other's pending events.

It gives no number and no verdict and decides nothing: it keeps what a writer of the town has
signed, for every site of the town's centre that asks.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Final, TypeVar

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput
from dispatch.hub.counter import JSON, answer_problems, problem, token_of, unknown_token
from dispatch.hub.limits import BodyLimit
from dispatch.hub.parcel import Author, Piece, open_frame, refusal
from dispatch.hub.relay_book import RelayBook
from dispatch.wire import protocol as wire
from dispatch.wire import relay
from dispatch.wire.keys import signed_by
from dispatch.wire.protocol import decode, encode, table_digest
from dispatch.wire.writers import NAME, Registered, parse_register

LONGEST_WAIT_S: Final = 25
MOST_NONCES: Final = 1000
NONCE_S: Final = 60.0
MOST_CLAIMS: Final = 50
_M = TypeVar("_M", bound=wire.Message)
Witness = Callable[[], wire.Table | None]
"""Returns the writers' table as the relay's own site has it now."""


@dataclass(slots=True)
class Room:
    """One relay's state. `now` gives UTC milliseconds; `witness` may be asked from any thread."""

    town: str
    hub_key: bytes
    book: RelayBook
    witness: Witness
    now: Callable[[], int]
    writers: wire.Table | None = None
    register: dict[str, Registered] = field(default_factory=dict)
    nonces: dict[str, float] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    claims: dict[str, tuple[wire.Claim, ...]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def learn(self, table: wire.Table | None) -> None:
        """Take over the writers of a table that this hub has signed, if it names more."""
        if table is None or table.name != NAME:
            return
        if not signed_by(self.hub_key, table_digest(NAME, table.body), table.sig):
            raise BadInput("witness", "写者表不是本市平台签的")
        rows = parse_register(table.body, self.town)
        with self.lock:
            if len(rows) > len(self.register):
                self.register = {each.inc: each for each in rows}
                self.writers = table

    def known(self, inc: str) -> Registered | None:
        """Return a writer; the relay's own site is asked again for one that is new."""
        if inc not in self.register:
            self.learn(self.witness())
        return self.register.get(inc)

    def site(self, inc: str) -> Registered | None:
        """Return a writer that is a site's, unless its certificate is over."""
        found = self.known(inc)
        if found is None or not found.site or found.expires_at <= self.now():
            return None
        return found

    def judge(self, piece: Piece) -> str:
        """Return why the relay does not keep an event, or nothing."""
        inc = piece.header.inc if piece.header else ""
        known = self.known(inc) if inc else None
        if known is None:
            return "signature" if piece.header is None else "writer"
        author = Author(self.town, inc, known.pubkey, active=True, level=Level.TOWN)
        return refusal(piece, {inc: author})


@dataclass(slots=True)
class _Bell:
    """Wakes who waits for news; lives in the event loop. `ended`: nobody waits any more."""

    waiting: set[asyncio.Event] = field(default_factory=set)
    ended: bool = False

    def ring(self) -> None:
        for each in self.waiting:
            each.set()


router = APIRouter(include_in_schema=False)


def _room(request: Request) -> Room:
    found: Room = request.app.state.room
    return found


def _caller(request: Request) -> Registered:
    room = _room(request)
    found = room.site(room.tokens.get(token_of(request), ""))
    if found is None:
        raise unknown_token()
    return found


Caller = Annotated[Registered, Depends(_caller)]


async def _read(request: Request, kind: type[_M]) -> _M:
    packed = request.headers.get("content-encoding", "") == "zstd"
    return decode(await request.body(), kind, request.url.path, packed=packed)


def _answer(message: wire.Message) -> Response:
    return Response(encode(message, packed=False), media_type=JSON)


@router.post(relay.NONCE)
async def nonce(request: Request) -> Response:
    """Give something to sign."""
    room, now = _room(request), time.monotonic()
    for old in [each for each, until in room.nonces.items() if until < now]:
        del room.nonces[old]
    if len(room.nonces) >= MOST_NONCES:
        return problem(429, "busy", "稍后再试", 5)
    made = secrets.token_urlsafe(24)
    room.nonces[made] = now + NONCE_S
    return _answer(relay.Nonce(made, room.town))


@router.post(relay.ENTER)
async def enter(request: Request) -> Response:
    """Let in a site of the town that proves its key; the hub has signed whose key it is."""
    room, ask = _room(request), await _read(request, relay.Enter)
    until = room.nonces.pop(ask.nonce, 0.0)
    if until < time.monotonic():
        raise HTTPException(401, "nonce")

    def proved() -> bool:
        room.learn(ask.witness)
        site = room.site(ask.inc)
        digest = relay.entry_digest(room.town, ask.nonce)
        return site is not None and signed_by(site.pubkey, digest, ask.sig)

    if not await asyncio.to_thread(proved):
        raise unknown_token()
    token = secrets.token_urlsafe(32)
    room.tokens[token] = ask.inc
    return _answer(relay.Entered(token))


@router.post(relay.EVENTS)
async def events(request: Request, _: Caller) -> Response:
    """Keep what its writers have signed; name what they have not."""
    room, push = _room(request), await _read(request, wire.Push)
    if len(push.frames) > wire.PUSH_EVENTS:
        return problem(413, "too_large", f"一次最多 {wire.PUSH_EVENTS} 个事件")

    def job() -> relay.Kept:
        room.learn(push.witness)
        pieces = [open_frame(frame) for frame in push.frames]
        why = {piece.hash: room.judge(piece) for piece in pieces}
        good = [piece for piece in pieces if not why[piece.hash]]
        room.book.keep(good, push.keys)
        refused = tuple(relay.NotKept(hash_, told) for hash_, told in why.items() if told)
        return relay.Kept(len(good), refused)

    done = await asyncio.to_thread(job)
    request.app.state.bell.ring()
    return _answer(done)


@router.post(relay.CLAIMS)
async def claims(request: Request, caller: Caller) -> Response:
    """Hear what a site has open; it replaces what it had."""
    room, said = _room(request), await _read(request, wire.Claims)
    if len(said.claims) > MOST_CLAIMS:
        raise BadInput("claims", f"一个席位最多 {MOST_CLAIMS} 项")
    now = room.now()
    before = room.claims.get(caller.site, ())
    heard = tuple(
        wire.Claim(each.incident[:80], each.account[:80], caller.site, now) for each in said.claims
    )
    room.claims[caller.site] = heard
    for over in said.over:
        left = room.claims.get(over.site, ())
        dead = now - wire.CLAIM_GONE_MS
        room.claims[over.site] = tuple(
            each for each in left if each.incident != over.incident or each.at >= dead
        )
    if [each.incident for each in before] != [each.incident for each in heard]:
        request.app.state.bell.ring()
    return Response(status_code=204)


@router.post(relay.PULL)
async def pull(request: Request, caller: Caller) -> Response:
    """Long poll: what came after a place. Only the town centre's sites see the whole town."""
    room, ask = _room(request), await _read(request, relay.RelayPull)
    if not 0 <= ask.after < wire.MOST:
        raise BadInput("after", "应为 0 以上的整数")
    until = time.monotonic() + min(max(ask.wait, 0), LONGEST_WAIT_S)
    bell: _Bell = request.app.state.bell
    first: tuple[tuple[str, str, str], ...] | None = None
    event = asyncio.Event()
    bell.waiting.add(event)
    try:
        while True:
            event.clear()
            page = await asyncio.to_thread(_page, room, caller, ask)
            told = tuple((each.incident, each.account, each.site) for each in page.claims)
            first = told if first is None else first
            left = until - time.monotonic()
            if page.frames or told != first or left <= 0 or bell.ended:
                return _answer(page)
            try:
                await asyncio.wait_for(event.wait(), left)
            except TimeoutError:
                continue
    finally:
        bell.waiting.discard(event)


def _page(room: Room, caller: Registered, ask: relay.RelayPull) -> relay.RelayPage:
    others = tuple(
        each for site, every in list(room.claims.items()) if site != caller.site for each in every
    )
    place = ask.after if ask.life == room.book.life else 0
    if caller.level != Level.TOWN:
        return relay.RelayPage((), place, room.book.life, more=False, at=room.now())
    frames, keys, next_ = room.book.after(place)
    more = bool(frames)
    life, now = room.book.life, room.now()
    return relay.RelayPage(frames, next_, life, more, now, keys, others, room.writers)


def end_polls(app: FastAPI) -> None:
    """Answer every waiting long poll now; called in the event loop before the server closes."""
    app.state.bell.ended = True
    app.state.bell.ring()


def make_relay(room: Room) -> FastAPI:
    """Return the application over a room, whose book stays the caller's to close."""
    app = FastAPI(title="智网中继", version="1", redoc_url=None, docs_url=None, openapi_url=None)
    app.state.room = room
    app.state.bell = _Bell()
    app.add_middleware(BodyLimit)
    answer_problems(app)
    app.include_router(router)
    return app
