"""A relay on loopback behind real TLS, in a thread of this process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from console.hub_socket import listening
from console.relay import make_server
from dispatch.hub.relay import Room
from dispatch.hub.relay_book import RelayBook
from dispatch.sync.link import HubLink
from dispatch.sync.writers import witness
from dispatch.wire.protocol import Table
from tests.given import TOWN
from tests.hub.serving import run_whole
from tests.sync.own_ca import own_ca
from tests.sync.stations import Station


@dataclass(frozen=True, slots=True)
class Relay:
    """A relay that is open: its room, and the way there."""

    room: Room
    link: HubLink


@contextmanager
def relayed(host: Station, folder: Path, now: Callable[[], int]) -> Iterator[Relay]:
    """Serve a relay over a station's witness until the block ends; the same folder, same book."""
    folder.mkdir(exist_ok=True)
    ca, tls = own_ca(folder)

    def table() -> Table | None:
        return host.store.read(witness).result()

    with closing(RelayBook(folder / "relay.db")) as book, closing(listening("127.0.0.1:0")) as at:
        room = Room(TOWN, host.link.hub_key, book, table, now)
        server = make_server(room, tls)
        thread = threading.Thread(target=run_whole, args=(server, at))
        thread.start()
        try:
            url = f"https://127.0.0.1:{at.getsockname()[1]}"
            yield Relay(room, HubLink(url, "", host.link.hub_key, ca))
        finally:
            server.should_exit = True
            thread.join()
