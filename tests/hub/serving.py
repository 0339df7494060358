"""A hub on loopback: the real server in a thread, and a caller for its doors."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
import uvicorn

from console.hub import Tls, make_server
from console.hub_socket import listening
from dispatch.hub.hub import Hub


@contextmanager
def served(hub: Hub, tls: Tls | None = None, port: int = 0, watch_token: str = "") -> Iterator[str]:
    """Serve a hub until the block ends; gives its address."""
    bound = listening(f"127.0.0.1:{port}")
    server = make_server(hub, tls, watch_token)
    thread = threading.Thread(target=run_whole, args=(server, bound))
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        bound.close()


def run_whole(server: uvicorn.Server, bound: socket.socket) -> None:
    """Run a server in this thread until it is told to end; no connection outlives its loop.

    A process would end with them. Here one whose TLS is still being opened or closed would be
    found later, by the collector, in the middle of another test.
    """

    async def whole() -> None:
        await server.serve(sockets=[bound])
        loop: Any = asyncio.get_running_loop()  # Any: what it holds open is its own
        for each in list(loop._transports.values()):  # noqa: SLF001
            each.abort()
        await asyncio.sleep(0)

    asyncio.run(whole())


@dataclass(frozen=True, slots=True)
class Door:
    """Asks like any program of others would."""

    url: str

    def ask(self, method: str, path: str, content: bytes | None = None, **more: Any) -> Any:
        """Ask; `content` is a raw body."""
        if content is not None:
            more["data"] = content
        return requests.request(method, self.url + path, timeout=30, **more)

    def get(self, path: str, **more: Any) -> Any:
        """GET."""
        return self.ask("GET", path, **more)

    def post(self, path: str, **more: Any) -> Any:
        """POST."""
        return self.ask("POST", path, **more)

    def put(self, path: str, **more: Any) -> Any:
        """PUT."""
        return self.ask("PUT", path, **more)
