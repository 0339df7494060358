"""What every door shares: who is calling, how much at once, how a refusal is answered."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import (
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from dispatch.domain.errors import BadInput, Refused
from dispatch.hub.hub import Hub
from dispatch.hub.metrics import Counted
from dispatch.hub.people import Bearer
from dispatch.hub.places import Site
from dispatch.hub.pool import Busy, Pool
from dispatch.hub.wake import Wake
from dispatch.wire.protocol import Problem

JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"
REQUESTS_A_SITE: Final = 2
TRIES_A_MINUTE: Final = 10
_FORBIDDEN: Final = frozenset(
    {
        "out_of_scope",
        "role_missing",
        "not_your_order",
        "city_only",
        "not_the_worker_named",
        "four_eyes",
        "writer",
        "bad_code",
    }
)

_SHUT_OUT: Final = {
    "site_revoked": "本站点已被市平台停用",
    "certificate_expired": "本站点的证书已到期",
}
"""Why a site is let in no more, in words."""


@dataclass(slots=True)
class Counter:
    """The state of one process's doors; lives as long as its event loop."""

    hub: Hub
    pool: Pool
    wake: Wake
    counted: Counted = field(default_factory=Counted)
    polls: dict[str, asyncio.Event] = field(default_factory=dict)
    open: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    tries: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    async def site(self, request: Request) -> Site:
        """Return the site that calls, or answer 401."""
        token = token_of(request)
        site = await self.pool.run(lambda: self.hub.sites.of_token(token)) if token else None
        if site is None:
            raise await self.no_entry(token)
        return site

    async def no_entry(self, token: str) -> Exception:
        """Return the answer to a site that is let in no more, or to whom nobody knows."""
        why = await self.pool.run(lambda: self.hub.sites.shut_out(token)) if token else None
        return why or unknown_token()

    async def person(self, request: Request) -> Bearer:
        """Return the person whose token it is, or answer 401."""
        token = token_of(request)
        person = await self.pool.run(lambda: self.hub.people.of_token(token)) if token else None
        if person is None:
            raise unknown_token()
        return person

    async def city_person(self, request: Request, town: str) -> Bearer:
        """Return the person whose token it is, for an act in a town of theirs, or answer 401."""
        token = token_of(request)
        job = partial(self.hub.people.of_token, token, town)
        person = await self.pool.run(job) if token else None
        if person is None:
            raise unknown_token()
        if person.town != town:
            raise Refused("out_of_scope", node=person.node, town=town)
        return person

    @contextmanager
    def place(self, who: str, most: int = REQUESTS_A_SITE) -> Iterator[None]:
        """Hold one of the few places a caller has; no place left is Busy."""
        if self.open[who] >= most:
            raise Busy(1)
        self.open[who] += 1
        try:
            yield
        finally:
            self.open[who] -= 1
            if not self.open[who]:
                del self.open[who]

    def try_once(self, address: str) -> None:
        """Count an attempt at guessing something; too many a minute are Busy."""
        now = time.monotonic()
        tries = self.tries[address]
        while tries and tries[0] < now - 60:
            tries.popleft()
        if len(tries) >= TRIES_A_MINUTE:
            raise Busy(60)
        tries.append(now)
        if len(self.tries) > 10_000:
            self.tries.pop(next(iter(self.tries)))


def counter(request: Request) -> Counter:
    """Return the doors' shared state of the application that serves a request."""
    found: Counter = request.app.state.counter
    return found


def unknown_token() -> HTTPException:
    """Return the answer to a caller whom nobody knows."""
    return HTTPException(401, "unknown_token")


def token_of(request: Request) -> str:
    """Return the bearer's token; empty when there is none."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and len(token) < 200 else ""


def problem(status: int, code: str, detail: str = "", again_s: int | None = None) -> Response:
    """Return a refusal: one line of JSON with a code and words."""
    headers = {"Retry-After": str(again_s)} if again_s is not None else {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    line = " ".join(detail.split())[:300]
    body = msgspec.json.encode(Problem(code, line))
    return Response(body, status, headers, media_type=PROBLEM)


async def _bad(_: Request, error: Exception) -> Response:
    assert isinstance(error, BadInput)
    return problem(400, "bad_input", f"{error.where}: {error.what}")


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    if error.code in _SHUT_OUT:
        return problem(401, error.code, _SHUT_OUT[error.code])
    status = 404 if error.code.startswith("unknown_") else 409
    return problem(403 if error.code in _FORBIDDEN else status, error.code, str(error))


async def _busy(_: Request, error: Exception) -> Response:
    assert isinstance(error, Busy)
    return problem(429, "busy", "稍后再试", error.again_s)


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(each) for each in first["loc"])
    return problem(422, "bad_input", f"{where}: {first['msg']}")


async def _status(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 429:
        return await _busy(_, Busy())
    answer = problem(error.status_code, _code(error.status_code), str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


async def _gone(_: Request, error: Exception) -> Response:
    del error  # nobody is there to read why
    return problem(400, "cut_off", "请求未发完")


async def _data(_: Request, error: Exception) -> Response:
    return problem(400, "bad_input", f"数据库不收这样的内容: {type(error).__name__}")


async def _database(_: Request, error: Exception) -> Response:
    return problem(503, "database", type(error).__name__, 5)


_ANSWERS: Final = (
    (BadInput, _bad),
    (Refused, _refused),
    (Busy, _busy),
    (RequestValidationError, _invalid),
    (HTTPException, _status),
    (ClientDisconnect, _gone),
    (DataError, _data),
    (OperationalError, _database),
    (InterfaceError, _database),  # the line to it was cut
    (InternalError, _database),  # it has become a standby, which takes no writing
    (IntegrityError, _database),  # another process was quicker; asked again it sees that
    (NoConnection, _database),
)


def answer_problems(app: FastAPI) -> None:
    """Answer every refusal in the one shape, whatever raised it."""
    for kind, handler in _ANSWERS:
        app.add_exception_handler(kind, handler)


def _code(status: int) -> str:
    return {401: "unauthorized", 404: "not_found", 405: "method", 413: "too_large"}.get(
        status, "refused"
    )
