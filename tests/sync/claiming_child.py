"""A seat in a process of its own that works on one incident: for a test that kills it.

Run as `python -m tests.sync.claiming_child FOLDER SITE INC PRIVATE URL TOKEN HUB_KEY INCIDENT`
(keys in hex). Says `open` when the exchange goes on.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from dispatch.desk.desk import Desk
from dispatch.store.identity import SiteIdentity
from dispatch.store.site import SiteStore
from dispatch.sync.link import HubLink
from dispatch.sync.loop import SyncLoop
from dispatch.wire.keys import Signer
from tests.given import START, TOWN


def main(*given: str) -> None:
    """Work on the incident until somebody ends the process."""
    folder, site, inc, private, url, token, hub_key, incident = given
    identity = SiteIdentity(site, TOWN, TOWN, "A", inc, Signer.of(bytes.fromhex(private)))
    store = SiteStore.open(Path(folder), identity)
    loop = SyncLoop(store, HubLink(url, token, bytes.fromhex(hub_key)))
    desk = Desk(store, lambda: START)
    desk.claims.tell(loop.claim)
    desk.claims.open_here("li", (incident,))
    loop.start()
    print("open", flush=True)
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main(*sys.argv[1:])
