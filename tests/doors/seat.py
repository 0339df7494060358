"""A seat's folder as `site init` leaves it, without a hub: for the doors of the command line."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from pathlib import Path

from console import settings
from console.settings import Settings
from dispatch.store.identity import SiteIdentity
from dispatch.store.site import SiteStore
from dispatch.wire.keys import Signer
from tests.desk.offices import PASSWORD, put_tables
from tests.e2e.town import Ran, zhiwang
from tests.unit.towns import HENGLI, hengli

NOW = 1_795_231_200_000
NOBODY = "http://127.0.0.1:9"
"""Where no hub answers: the port of a service that nobody runs any more."""


def make_seat(folder: Path, hub: str = NOBODY) -> Path:
    """Make the folder of an enrolled town seat with the made-up town's tables in its store."""
    signer = Signer.of(b"\x07" * 32)
    identity = SiteIdentity("s1", HENGLI, HENGLI, "A", "11" * 16, signer)
    settings.write(Settings(folder, identity, "town", hub, signer.public, "a-token"))
    store = SiteStore.open(folder, identity)
    store.write(put_tables).result()
    store.close()
    return folder


def set_clock(file: Path, now: int = NOW) -> Path:
    """Write the drill's clock."""
    file.write_bytes(struct.pack(">q", now))
    return file


def log_in(folder: Path, *names: str) -> None:
    """Log made-up people in; each must succeed."""
    for name in names:
        done = zhiwang("login", "--site", folder, "--as", name, stdin=PASSWORD + "\n")
        assert 0 == done.code, done.err


def events(folder: Path) -> int:
    """Return how many events the site's log holds."""
    with closing(sqlite3.connect(folder / "site.db")) as database:
        return int(database.execute("SELECT count(*) FROM event").fetchone()[0])


def point() -> str:
    """Return LON,LAT inside the first grid."""
    grid = hengli().grids[0]
    return f"{grid.lon},{grid.lat}"


def reported(folder: Path, *options: str, by: str = "clerk1", item: str = "0605") -> Ran:
    """Report through the command line."""
    return zhiwang(
        *("incident", "report", "--site", folder, "--as", by, "--item", item),
        *("--at", point(), "--json", *options),
    )
