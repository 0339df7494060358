"""The doors of sites: session, events, pull, tables, positions, claims, enrolment."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Annotated, Final, TypeVar

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dispatch.acts.perform import Author
from dispatch.hub.counter import JSON, Counter, counter, problem, token_of
from dispatch.hub.hub import Asked
from dispatch.hub.limits import SMALL, limit_of
from dispatch.hub.places import Site
from dispatch.hub.ranges import file_of
from dispatch.hub.receipts import Differs
from dispatch.hub.reference import etag
from dispatch.hub.witness import admit
from dispatch.wire import protocol as wire
from dispatch.wire.protocol import decode, encode
from dispatch.wire.receipt import ReceiptAsk
from dispatch.wire.writers import NAME as WRITERS

router = APIRouter(include_in_schema=False)

ZSTD: Final = "zstd"
LONGEST_WAIT_S: Final = 55
_M = TypeVar("_M", bound=wire.Message)


async def _read(request: Request, kind: type[_M]) -> _M:
    path, packed = request.url.path, request.headers.get("content-encoding", "") == ZSTD
    return decode(await request.body(), kind, path, packed=packed, most=limit_of(path))


def answered(request: Request, message: wire.Message, status: int = 200) -> Response:
    """Return a message, compressed where the site takes it so."""
    packed = ZSTD in request.headers.get("accept-encoding", "")
    headers = {"Content-Encoding": ZSTD} if packed else {}
    return Response(encode(message, packed=packed), status, headers, media_type=JSON)


@router.post("/v1/enrol")
async def enrol(request: Request) -> Response:
    """Bind a new site by its one-time code."""
    desk = counter(request)
    desk.try_once(request.client.host if request.client else "")
    ask = await _read(request, wire.Enrol)
    return answered(request, await desk.pool.run(lambda: desk.hub.sites.enrol(ask)))


@router.post("/v1/session")
async def session(request: Request) -> Response:
    """Get acquainted."""
    desk = counter(request)
    site = await desk.site(request)
    with desk.place(f"ask:{site.id}"):
        ask = await _read(request, wire.SessionAsk)
        named = {*ask.cursors, *ask.marks, *(mark.town or site.town for mark in ask.writers)}
        foreign = sorted(named - await desk.pool.run(lambda: desk.hub.towns_of(site)))
        if foreign:
            return await out_of_scope(desk, site, foreign[0])
        met = await desk.pool.run(lambda: desk.hub.sites.session(site, ask))
    desk.hub.seen.met(site, ask)
    return answered(request, met)


@router.post("/v1/events")
async def events(request: Request) -> Response:
    """Take in events; answered after the commit."""
    desk = counter(request)
    site = await desk.site(request)
    with desk.place(site.id):
        push = await _read(request, wire.Push)
        if len(push.frames) > wire.PUSH_EVENTS:
            return problem(413, "too_large", f"一次最多 {wire.PUSH_EVENTS} 个事件")

        def job() -> tuple[wire.PushAnswer, list[str]]:
            if push.witness is not None:
                admit(desk.hub.office, push.witness, site.town)
            done = desk.hub.ingest.push(push)
            towns = desk.hub.fold_after(site)
            desk.hub.evidence.after(push, done)
            return done, towns

        done, towns = await desk.pool.run(job)
    for town in towns:
        desk.wake.ring(town)
    desk.counted.judged(done.verdicts)
    return answered(request, done, 409 if done.expected else 200)


@router.post("/v1/pull")
async def pull(request: Request) -> Response:
    """Long poll: answers at once when there is something, else when there is or `wait` is over."""
    desk = counter(request)
    token = token_of(request)
    body = await request.body()
    packed = request.headers.get("content-encoding", "") == ZSTD
    # Who asks, and the first look, in one job and one transaction: most rounds end with it.

    def job() -> Asked | None:
        return desk.hub.asked(
            token, lambda: decode(body, wire.Pull, "/v1/pull", packed=packed, most=SMALL)
        )

    asked = await desk.pool.run(job) if token else None
    if asked is None:
        raise await desk.no_entry(token)
    site, ask = asked.site, asked.ask
    foreign = sorted({*ask.cursors, *ask.floors} - asked.towns)
    if foreign:
        return await out_of_scope(desk, site, foreign[0])
    if any(not 0 <= each < wire.MOST for each in (*ask.cursors.values(), *ask.floors.values())):
        return problem(400, "bad_input", "cursors: 应为 0 以上的整数")
    if ask.witnessed is not None and not 0 <= ask.witnessed < wire.MOST:
        return problem(400, "bad_input", "witnessed: 应为 0 以上的整数")
    desk.hub.seen.polled(site, ask.cursors.get(site.town))
    older = desk.polls.pop(site.id, None)
    if older is not None:
        older.set()
    if asked.answer is not None and (
        ask.wait <= 0 or ask.digest or is_news(asked.answer, asked.answer)
    ):
        return answered(request, asked.answer)
    return answered(request, await _waited(desk, asked))


async def _waited(desk: Counter, asked: Asked) -> wire.PullAnswer:
    """Wait for something to tell. A newer poll of the same site ends this one."""
    site, ask = asked.site, asked.ask
    loop = asyncio.get_running_loop()
    until = loop.time() + min(max(ask.wait, 0), LONGEST_WAIT_S)
    first: wire.PullAnswer | None = None
    with desk.wake.watch(asked.towns) as event:
        desk.polls[site.id] = event
        try:
            while True:
                event.clear()
                answer = await desk.pool.run(lambda: desk.hub.pulled(site, ask))
                first = first or answer
                left = until - loop.time()
                over = left <= 0 or desk.polls.get(site.id) is not event
                if over or desk.wake.ended or ask.digest or is_news(answer, first):
                    return answer
                try:
                    await asyncio.wait_for(event.wait(), left)
                except TimeoutError:
                    continue
        finally:
            if desk.polls.get(site.id) is event:
                del desk.polls[site.id]


def is_news(answer: wire.PullAnswer, first: wire.PullAnswer) -> bool:
    """Return whether an answer has something that the first look at a poll had not."""
    if any(page.entries or page.left or page.more for page in answer.towns.values()):
        return True
    return _named(answer) != _named(first) or answer.tables != first.tables


def _named(answer: wire.PullAnswer) -> list[tuple[str, str, str]]:
    """A heartbeat alone is no news: it rides on the next answer."""
    return [(each.incident, each.account, each.site) for each in answer.claims]


async def out_of_scope(desk: Counter, site: Site, town: str) -> Response:
    """Answer 403 to a site that asks beyond its scope, and leave an audit event."""
    author = Author(f"site:{site.id}", "", "")
    await desk.pool.run(
        lambda: desk.hub.fieldwork.audit(site.town, "site_out_of_scope", town[:80], author)
    )
    desk.wake.ring(site.town)
    return problem(403, "out_of_scope", f"{site.scope} 不能取 {town[:32]}")


@router.post("/v1/receipt")
async def receipt(request: Request) -> Response:
    """Sign what is held here of the site's own events."""
    desk = counter(request)
    site = await desk.site(request)
    with desk.place(site.id):
        ask = await _read(request, ReceiptAsk)
        if ask.town != site.town:
            return await out_of_scope(desk, site, ask.town)
        try:
            made = await desk.pool.run(lambda: desk.hub.receipts.countersign(site, ask))
        except Differs as error:
            return problem(409, "receipt_differs", str(error))
    return answered(request, made)


@router.get("/v1/tables/objects")
async def objects(
    request: Request, since: Annotated[int, Query(ge=0, lt=wire.MOST)] = 0
) -> Response:
    """Return what has changed of the managed objects after a revision, a signed page."""
    desk = counter(request)
    site = await desk.site(request)
    with desk.place(site.id):
        found = await desk.pool.run(
            lambda: desk.hub.office.database.read(
                lambda connection: desk.hub.objects.delta(connection, site, since)
            )
        )
    return answered(request, found)


@router.get("/v1/tables/{name}")
async def table(request: Request, name: str, town: str = "") -> Response:
    """Return a reference table, signed; 304 when it is the one the site has.

    `town`: whose writers a city site asks for; nothing: those of its own stream.
    """
    desk = counter(request)
    site = await desk.site(request)
    if town and town not in await desk.pool.run(lambda: desk.hub.towns_of(site)):
        return await out_of_scope(desk, site, town)
    at = replace(site, town=town) if town and name == WRITERS else site
    with desk.place(f"ask:{site.id}"):
        found = await desk.pool.run(
            lambda: desk.hub.office.database.read(
                lambda connection: desk.hub.reference.table(connection, name, at)
            )
        )
    mark = f'"{etag(found)}"'
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers={"ETag": mark})
    answer = answered(request, found)
    answer.headers["ETag"] = mark
    return answer


@router.get("/v1/snapshots/{scope:path}")
async def snapshot(request: Request, scope: str) -> Response:
    """Return all of the site's scope in one file, whole or from a place on.

    `If-Match` asks for one that was begun with; 412 when it is no longer there.
    """
    desk = counter(request)
    site = await desk.site(request)
    if scope != site.scope:
        return await out_of_scope(desk, site, scope)
    begun = request.headers.get("if-match", "").strip('"')
    with desk.place(f"snapshot:{site.id}", 1):
        snapshots = desk.hub.snapshots
        path = await desk.pool.run(
            lambda: snapshots.known(site, begun) if begun else snapshots.latest(site)
        )
    if path is None:
        return problem(412, "outdated", "这份快照已不在")
    return file_of(request, path, path.name)


@router.post("/v1/positions")
async def put_positions(request: Request) -> Response:
    """Keep a batch of fixes."""
    desk = counter(request)
    site = await desk.site(request)
    with desk.place(site.id):
        batch = await _read(request, wire.Fixes)
        last = await desk.pool.run(lambda: desk.hub.telemetry.put(site.town, batch.fixes))
    return answered(request, wire.Fixes((), last))


@router.get("/v1/positions")
async def get_positions(
    request: Request, since: Annotated[int, Query(ge=0, lt=wire.MOST)] = 0
) -> Response:
    """Return fixes after a number of the town's order of fixes."""
    desk = counter(request)
    site = await desk.site(request)
    with desk.place(site.id):
        found = await desk.pool.run(lambda: desk.hub.telemetry.since(site, since))
    return answered(request, found)


@router.post("/v1/claims")
async def claims(request: Request) -> Response:
    """Say what is open at this site now."""
    desk = counter(request)
    site = await desk.site(request)
    with desk.place(f"ask:{site.id}"):
        ask = await _read(request, wire.Claims)
        await desk.pool.run(lambda: desk.hub.claims.put(site, ask))
    desk.wake.ring(site.town)
    return Response(status_code=204)
