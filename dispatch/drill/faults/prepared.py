"""What every run begins with, made once a process: a hub with two towns, sites that know it."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from dispatch.drill.faults.doors import Doors
from dispatch.drill.faults.fixed import fixed
from dispatch.drill.faults.places import PLACES, START, Place, bodies
from dispatch.hub.hub import KEY_FILE, Hub, HubPlace, create
from dispatch.hub.keyring import Keyring
from dispatch.store.identity import SiteIdentity
from dispatch.store.site import DATABASE, SiteStore
from dispatch.sync.driver import Line
from dispatch.sync.exchange import Exchange
from dispatch.sync.hands import Hands
from dispatch.sync.link import HubLink
from dispatch.sync.once import VERSION
from dispatch.sync.ops import Answer, Ask
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import Certificate, Enrol, decode

HUB_FILE: Final = "hub.db"
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a disk in memory: thousands of small files


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A site that may take part, with the bytes of its store after its first exchange."""

    place: Place
    identity: SiteIdentity
    token: str
    image: bytes


@dataclass(frozen=True, slots=True)
class Prepared:
    """The hub's database and keys, and the sites in order of `PLACES`."""

    hub: bytes
    keys: Keyring
    sites: tuple[Enrolled, ...]


class _Straight(Line):
    """A line that is never cut."""

    def __init__(self, doors: Doors, link: HubLink) -> None:
        super().__init__(link)
        self._doors = doors
        self._token = link.token

    def ask(self, ask: Ask) -> Answer:
        """Ask the hub at once."""
        found = self._doors.answer(ask, self._token)
        return Answer(found.status, found.body, found.headers, START, 0)


def scratch() -> str | None:
    """Return where the files of runs go: memory where there is such a place, else anywhere."""
    return str(_MEMORY) if _MEMORY.is_dir() else None


@cache
def folder_of_runs(*, files: bool = False) -> Path:
    """Return this process's one folder, in which each run makes its own place anew.

    `files`: on the machine's disk, where every flush is one.
    """
    name = tempfile.mkdtemp(dir=None if files else scratch(), prefix="zhiwang-")
    atexit.register(shutil.rmtree, name, ignore_errors=True)
    return Path(name) / "run"


@cache
def prepared() -> Prepared:
    """Make it; takes about two seconds."""
    with tempfile.TemporaryDirectory(dir=scratch(), prefix="zhiwang-") as name:
        folder = Path(name)
        with fixed("prepared", lambda: START):
            hub = create(HubPlace(f"sqlite:///{folder / HUB_FILE}", folder), lambda: START)
            hub.office.database.write(_publisher(hub))
            sites = tuple(_enrolled(hub, each, folder / each.name) for each in PLACES)
            hub.close()
        return Prepared((folder / HUB_FILE).read_bytes(), Keyring(folder / KEY_FILE), sites)


def _publisher(hub: Hub) -> Callable[[Connection], None]:
    def publish(connection: Connection) -> None:
        for table, body in bodies().items():
            hub.reference.publish(connection, table, body)

    return publish


def _enrolled(hub: Hub, place: Place, folder: Path) -> Enrolled:
    mark = hashlib.sha256(place.name.encode())
    signer, inc = Signer.of(mark.digest()), mark.hexdigest()[:32]
    code = hub.sites.code(place.scope, place.name)
    done = hub.sites.enrol(Enrol(code, signer.public, inc, signer.public, place.name))
    of = decode(done.certificate.encode(), Certificate, "certificate")
    identity = SiteIdentity(of.site, of.town, of.scope, of.letter, inc, signer)
    link = HubLink("https://hub", done.token, done.hub_key)
    store = SiteStore.open(folder, identity)
    exchange = Exchange(of.town, done.hub_key, VERSION, lambda: 0.5)
    line = _Straight(Doors(hub, lambda _town: None), link)
    Hands(store, line).run(exchange.once())
    line.close()
    store.close()
    return Enrolled(place, identity, done.token, (folder / DATABASE).read_bytes())
