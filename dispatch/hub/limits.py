"""How much of a body is read at all, before anybody parses it."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dispatch.hub.counter import problem
from dispatch.wire.protocol import BLOB_BYTES, THUMBNAIL_BYTES

SMALL: Final = 64 * 1024
_LIMITS: Final = (
    ("/v1/events", 4 * 1024 * 1024),
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
    """Answers 413 to a body that says or turns out to be too large."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

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
        total = 0

        async def counted() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > most:
                raise HTTPException(413, f"请求正文最多 {most} 字节")
            return message

        await self._app(scope, counted, send)
