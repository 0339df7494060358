"""What every answer about a photo carries, so that clients of the tus protocol understand it."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dispatch.hub.counter import problem
from dispatch.wire.protocol import BLOB_BYTES

VERSION: Final = "1.0.0"
DOOR: Final = "/v1/blobs"
EXTENSIONS: Final = "creation,expiration"


def can() -> Response:
    """Answer what of it is spoken here."""
    told = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(BLOB_BYTES)}
    return Response(status_code=204, headers=told)


class Tus:
    """Names the version on each answer of the photos' doors, and refuses another one unread."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http" or not scope["path"].startswith(DOOR):
            await self._app(scope, receive, send)
            return

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Tus-Resumable"] = VERSION
            await send(message)

        asked = Headers(scope=scope).get("tus-resumable", VERSION)
        if asked != VERSION and scope["method"] != "OPTIONS":
            answer = problem(412, "tus_version", f"只支持 tus {VERSION}")
            answer.headers["Tus-Version"] = VERSION
            await answer(scope, receive, named)
            return
        await self._app(scope, receive, named)
