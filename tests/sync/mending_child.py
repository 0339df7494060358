"""The process that is killed: reports for ever and prints each id once it is stored.

Run as `python -m tests.sync.mending_child FOLDER SITE INC PRIVATE` (the key in hex).
"""

from __future__ import annotations

import sys
from pathlib import Path

from dispatch.store.identity import SiteIdentity
from dispatch.store.mending import open_mended
from dispatch.sync.link import HubLink
from dispatch.wire.keys import Signer
from tests.given import TOWN
from tests.sync.stations import Station


def main(folder: str, site: str, inc: str, private: str) -> None:
    """Report until somebody ends the process."""
    identity = SiteIdentity(site, TOWN, TOWN, "A", inc, Signer.of(bytes.fromhex(private)))
    station = Station(open_mended(Path(folder), identity), HubLink("http://127.0.0.1:9", "", b""))
    while True:
        print(station.report(), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
