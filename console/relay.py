"""The relay's process: an enrolled site's folder, a socket, the server over its book."""

from __future__ import annotations

import json
import socket
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import uvicorn
from fastapi import FastAPI

from console import settings
from console.clock import clock
from console.hub import DRAIN_S, Tls
from console.hub_socket import listening
from console.printing import put_now
from dispatch.domain.errors import BadInput
from dispatch.hub.relay import Room, end_polls, make_relay
from dispatch.hub.relay_book import RelayBook
from dispatch.store import meta
from dispatch.store.engine import in_words, open_engine
from dispatch.store.site import DATABASE
from dispatch.store.writers import WITNESS
from dispatch.wire.protocol import Table, decode

BOOK: Final = "relay.db"


class RelayServer(uvicorn.Server):
    """A server that lets long polls go before it waits for open requests."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the polls, let go of who asks nothing, then close as usual.

        A TLS connection that is closed in form waits for its peer, who may never answer.
        """
        end_polls(self._app)
        for each in list(self.server_state.connections):
            asking: Any = each  # Any: uvicorn has a protocol for each of two parsers
            if asking.cycle is None or asking.cycle.response_complete:
                asking.transport.abort()
        await super().shutdown(sockets)


def make_server(room: Room, tls: Tls) -> RelayServer:
    """Return a server over a room, always behind TLS; run it with a bound socket."""
    app = make_relay(room)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        ssl_certfile=str(tls.cert),
        ssl_keyfile=str(tls.key),
        timeout_keep_alive=75,
        timeout_graceful_shutdown=DRAIN_S,
        limit_concurrency=200,
    )
    return RelayServer(config, app)


def serve(folder: Path, listen: str, tls: Tls) -> None:
    """Serve until a signal to end; prints one line when the address is bound.

    The site's own store is only read, so its window may be open or shut.
    """
    known = settings.read(folder)
    identity = known.identity
    if identity.scope != identity.town:
        raise BadInput("--site", f"{identity.scope} 不是镇中心的席位")
    if _witness(folder) is None:
        raise BadInput("--site", "还没有市平台签的写者表，先联网同步一次")
    with closing(RelayBook(folder / BOOK)) as book, closing(listening(listen)) as bound:
        room = Room(identity.town, known.hub_key, book, lambda: _witness(folder), clock())
        room.learn(_witness(folder))
        host, port = bound.getsockname()[:2]
        put_now(json.dumps({"serving": f"https://{host}:{port}"}))
        make_server(room, tls).run(sockets=[bound])


def _witness(folder: Path) -> Table | None:
    """Return the writers' table as the site keeps it now."""
    file = folder / DATABASE
    if not file.is_file():
        return None
    engine = open_engine(file, query_only=True)
    try:
        with in_words(file), engine.begin() as connection:
            kept = meta.get(connection, WITNESS)
    finally:
        engine.dispose()
    return decode(kept.encode(), Table, WITNESS) if kept else None
