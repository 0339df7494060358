"""The hub's own doors without a socket: each request is a call of the door's function."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Callable, Collection, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeVar, cast
from urllib.parse import parse_qsl, unquote

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match
from starlette.types import Message, Scope

from dispatch.domain.errors import BadInput, Refused
from dispatch.hub import blob_doors, sync_doors
from dispatch.hub.counter import Counter, answer_problems
from dispatch.hub.hub import Hub
from dispatch.hub.limits import limit_of
from dispatch.hub.pool import Busy, Pool
from dispatch.hub.wake import Wake
from dispatch.sync.ops import Answer, Ask
from dispatch.wire import protocol as wire
from dispatch.wire.protocol import decode, encode

T = TypeVar("T")

_RAISED: Final = (BadInput, Refused, Busy, HTTPException, ClientDisconnect, OperationalError)


class _Inline(Pool):
    """Database jobs done at once: nothing of the run waits for a thread."""

    def __init__(self) -> None:
        """Hold no threads."""

    async def run(self, job: Callable[[], T]) -> T:
        """Do it."""
        return job()


class _Still:
    """The loop that a door finds running: it has a time, and nothing is ever arranged in it."""

    def time(self) -> float:
        """Stand still."""
        return 0.0


class _Bell(Wake):
    """Rings at the run instead of in an event loop."""

    def __init__(self, rung: Callable[[str], None]) -> None:
        self._rung = rung
        self.ended = False

    @contextmanager
    def watch(self, towns: Collection[str]) -> Iterator[asyncio.Event]:
        """Nobody waits here: the waiting is the run's."""
        del towns
        yield asyncio.Event()

    def ring(self, town: str) -> None:
        """Tell the run that a town has news."""
        self._rung(town)


@dataclass(frozen=True, slots=True)
class TornAsk(Ask):
    """A request of whose body only the beginning comes; then the line is dead."""

    came: int = 0


class Doors:
    """One hub process as its doors answer; `rung` is told of towns with news."""

    def __init__(self, hub: Hub, rung: Callable[[str], None]) -> None:
        self.hub = hub
        self._app = FastAPI()
        answer_problems(self._app)
        self._app.state.counter = Counter(hub, _Inline(), _Bell(rung))

    def answer(self, ask: Ask, token: str) -> Answer:
        """Answer a request now; a long poll as if its wait were over."""
        if len(ask.body) > limit_of(ask.path):
            return Answer(413, b"", {}, 0, 0)
        path, _, query = ask.path.partition("?")
        path = unquote(path)  # as a server hands it on
        ask = _unwaiting(ask) if path == "/v1/pull" else ask
        request = self._request(ask, path, query, token)
        for route in _ROUTES:
            match, found = route.matches(request.scope)
            if match is Match.FULL:
                given = {name: int(value) for name, value in parse_qsl(query)}
                endpoint = cast("Any", route).endpoint  # Any: the door's own function
                coroutine = endpoint(request, **found["path_params"], **given)
                done = _in_a_loop if path.startswith(_FILES) else _done
                return self._called(request, coroutine, done)
        return Answer(404, b"", {}, 0, 0)

    def _called(
        self, request: Request, coroutine: Coroutine[Any, Any, Response], done: _Doing
    ) -> Answer:
        try:
            response = done(coroutine)
            if isinstance(response, FileResponse):
                return cast("Answer", done(_sent(request, response)))
        except _RAISED as error:
            handlers = cast("Any", self._app.exception_handlers)  # Any: by class or status
            kind = next(each for each in type(error).__mro__ if each in handlers)
            response = done(handlers[kind](request, error))
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, bytes(response.body), headers, 0, 0)

    def _request(self, ask: Ask, path: str, query: str, token: str) -> Request:
        headers = [(name.lower().encode(), value.encode()) for name, value in ask.headers]
        headers.append((b"authorization", f"Bearer {token}".encode()))
        scope: Scope = {
            "type": "http",
            "asgi": {"spec_version": "2.4"},
            "method": ask.method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": headers,
            "server": ("hub", 443),
            "scheme": "https",
            "client": ("site", 1),
            "root_path": "",
            "app": self._app,
        }

        torn = isinstance(ask, TornAsk)
        body = ask.body[: ask.came] if isinstance(ask, TornAsk) else ask.body
        coming: list[Message] = [{"type": "http.request", "body": body, "more_body": torn}]

        async def receive() -> Message:
            return coming.pop() if coming else {"type": "http.disconnect"}

        return Request(scope, receive)


_Doing = Callable[[Coroutine[Any, Any, Any]], Any]  # Any: what each coroutine returns
_FILES: Final = ("/v1/blobs", "/v1/snapshots")
"""Doors that read files, which a loop of its own does: for them one is run to its rest."""
_ROUTES: Final = (*sync_doors.router.routes, *blob_doors.router.routes)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    atexit.register(loop.close)
    return loop


def _in_a_loop(coroutine: Coroutine[Any, Any, Any]) -> Any:  # Any: what the coroutine returns
    return _loop().run_until_complete(coroutine)


async def _sent(request: Request, response: FileResponse) -> Answer:
    """Gather what a file's answer sends."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await response(request.scope, request.receive, send)
    headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    body = b"".join(each.get("body", b"") for each in sent[1:])
    return Answer(sent[0]["status"], body, headers, 0, 0)


_STILL: Final = cast("asyncio.AbstractEventLoop", _Still())


def _done(coroutine: Coroutine[Any, Any, Response]) -> Response:
    """Run a coroutine that has nothing to wait for."""
    asyncio._set_running_loop(_STILL)  # noqa: SLF001 - what a loop's own maker is to call
    try:
        coroutine.send(None)
    except StopIteration as end:
        return cast("Response", end.value)
    finally:
        asyncio._set_running_loop(None)  # noqa: SLF001 - as above
        coroutine.close()
    raise asyncio.InvalidStateError("a door waits, where time stands still")


def _unwaiting(ask: Ask) -> Ask:
    """Return a pull that does not wait; the waiting is the run's."""
    packed = dict(ask.headers).get("Content-Encoding") == "zstd"
    try:
        pull = decode(ask.body, wire.Pull, "pull", packed=packed)
    except BadInput:
        return ask
    body = encode(wire.Pull(pull.cursors, 0, pull.limit, pull.digest), packed=False)
    headers = tuple((name, value) for name, value in ask.headers if name != "Content-Encoding")
    return Ask(ask.method, ask.path, body, headers, 0.0)
