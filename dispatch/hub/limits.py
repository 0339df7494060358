"""How much of a body is read at all, how long it may take, how much of all at once."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dispatch.hub.counter import problem
from dispatch.wire.protocol import BLOB_BYTES, THUMBNAIL_BYTES

SMALL: Final = 64 * 1024
ALL_BYTES: Final = 64 * 1024 * 1024
"""Of all bodies of a process together, photos and all else each."""
SILENT_S: Final = 20.0
"""A sender that says nothing for so long has gone."""
SMALL_S: Final = 120.0
LARGE_S: Final = 600.0
"""The whole of a body comes within so long; of one that may be a photo."""
_LIMITS: Final = (
    ("/v1/events", 4 * 1024 * 1024),
    ("/v1/relay/e", 4 * 1024 * 1024),  # events, and enter with the writers' table
    ("/v1/positions", 512 * 1024),
    ("/v1/blobs/", BLOB_BYTES),
    ("/v1/field/photos", BLOB_BYTES),
    ("/v1/field/incidents/", 256 * 1024),
    ("/v1/field/incidents", 3 * BLOB_BYTES + 256 * 1024),
    ("/v1/field/", 256 * 1024),
)


def limit_of(path: str) -> int:
    """Return how many bytes of a body a path takes."""
    if path.startswith("/v1/blobs/") and path.endswith("/thumbnail"):
        return THUMBNAIL_BYTES
    return next((most for start, most in _LIMITS if path.startswith(start)), SMALL)


class BodyLimit:
    """Answers 413 to a body that says or turns out to be too large, 408 to one that does not come.

    429 while all that are being read make too much together: photos apart from all else, for
    they come last. One event loop.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._held = {False: 0, True: 0}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a counted body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = limit_of(scope["path"])
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if not said.isdigit() or int(said) > most:
            answer = problem(413, "too_large", f"请求正文最多 {most} 字节")
            await answer(scope, receive, send)
            return
        body = _Body(receive, most)
        kind = most >= BLOB_BYTES

        async def counted() -> Message:
            before = body.total
            try:
                message = await body.next()
            finally:
                self._held[kind] += body.total - before
            if self._held[kind] > ALL_BYTES:
                raise HTTPException(429)
            return message

        try:
            await self._app(scope, counted, send)
        finally:
            self._held[kind] -= body.total


class _Body:
    """One request's body as it comes."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._loop = asyncio.get_running_loop()
        self._until = self._loop.time() + (LARGE_S if most >= BLOB_BYTES else SMALL_S)
        self._whole = False
        self.total = 0

    async def next(self) -> Message:
        """Return what comes next; after the last piece there is no hurry: it tells of the end."""
        if self._whole:
            return await self._receive()
        left = min(SILENT_S, self._until - self._loop.time())
        try:
            message = await asyncio.wait_for(self._receive(), left)
        except TimeoutError:
            raise HTTPException(408, "请求未发完", {"Connection": "close"}) from None
        self._whole = not message.get("more_body", False)
        self.total += len(message.get("body", b""))
        if self.total > self._most:
            raise HTTPException(413, f"请求正文最多 {self._most} 字节")
        return message
