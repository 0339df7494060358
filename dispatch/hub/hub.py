"""One hub process without its network: the parts joined over one database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from dispatch.acts.perform import new_id
from dispatch.hub.claims import Claims
from dispatch.hub.database import Database
from dispatch.hub.fieldwork import Fieldwork
from dispatch.hub.folding import Folding
from dispatch.hub.ingest import Ingest
from dispatch.hub.keyring import Keyring
from dispatch.hub.people import People
from dispatch.hub.photos import Photos
from dispatch.hub.places import Clock, Office, Site, system_clock
from dispatch.hub.pulling import Pulling
from dispatch.hub.reference import Reference
from dispatch.hub.schema import FACT
from dispatch.hub.sites import Sites
from dispatch.hub.telemetry import Telemetry
from dispatch.wire.protocol import Claim

KEY_FILE = "hub.key"


@dataclass(frozen=True, slots=True)
class HubPlace:
    """Where a hub lives: its database's address, and the folder of its key and photos."""

    url: str
    folder: Path


class Hub:
    """What the doors open to. Every method of its parts may be called from any thread."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.reference = Reference(office)
        self.folding = Folding(office, self.reference)
        self.ingest = Ingest(office)
        self.pulling = Pulling(office, self.reference, self.folding)
        self.sites = Sites(office, self.reference)
        self.people = People(office, self.reference)
        self.fieldwork = Fieldwork(office, self.reference)
        self.telemetry = Telemetry(office, self.reference)
        self.photos = Photos(office)
        self.claims = Claims(office)

    def close(self) -> None:
        """Give the database back."""
        self.office.database.close()

    def beside(self, site: Site) -> tuple[tuple[Claim, ...], dict[str, str]]:
        """Return what rides on every pull: the others' claims and the tables' ETags."""

        def job(connection: Connection) -> tuple[tuple[Claim, ...], dict[str, str]]:
            every = self.claims.of_others(connection, site)
            seen = self.pulling.sees(connection, site, {each.incident for each in every})
            claims = tuple(each for each in every if each.incident in seen)
            return claims, self.reference.etags(connection, site)

        return self.office.database.read(job)


def create(place: HubPlace, clock: Clock = system_clock) -> Hub:
    """Make a hub's database and key where there is none yet, and open it."""
    database = Database(place.url)
    database.upgrade()
    keys = Keyring.made(place.folder / KEY_FILE)
    hub = Hub(Office(database, keys, clock, place.folder / "photos"))

    def first(connection: Connection) -> None:
        database.insert_missing(connection, FACT, [{"name": "timeline", "value": new_id()}])

    database.write(first)
    return hub


def open_hub(place: HubPlace, clock: Clock = system_clock) -> Hub:
    """Open a hub that was made before; another schema than ours is a StoreError."""
    database = Database(place.url)
    database.check()
    keys = Keyring(place.folder / KEY_FILE)
    return Hub(Office(database, keys, clock, place.folder / "photos"))
