"""One hub process without its network: the parts joined over one database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from dispatch.acts.perform import new_id
from dispatch.domain.codes import Level
from dispatch.hub.citywide import Citywide, behind, towns_of
from dispatch.hub.claims import ClaimBook
from dispatch.hub.database import Database
from dispatch.hub.evidence import Evidence, between
from dispatch.hub.fieldwork import Fieldwork
from dispatch.hub.folding import Folding
from dispatch.hub.ingest import Ingest
from dispatch.hub.keyring import Keyring
from dispatch.hub.objects import Objects
from dispatch.hub.people import People
from dispatch.hub.photos import Photos
from dispatch.hub.places import Clock, Office, Site, system_clock
from dispatch.hub.pulling import Pulling
from dispatch.hub.receipts import Receipts
from dispatch.hub.reference import Reference
from dispatch.hub.schema import FACT
from dispatch.hub.seen import Seen
from dispatch.hub.sites import Sites
from dispatch.hub.snapshots import Snapshots
from dispatch.hub.telemetry import Telemetry
from dispatch.hub.uploads import Uploads
from dispatch.wire.objects import NAME
from dispatch.wire.protocol import MOST, Claim, Pull, PullAnswer, TownPage

KEY_FILE = "hub.key"


@dataclass(frozen=True, slots=True)
class HubPlace:
    """Where a hub lives: its database's address, and the folder of its key and photos."""

    url: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Asked:
    """A pull as it came: the site, its question, and the answer if it could be given at once.

    `towns`: those that the site may ask about.
    """

    site: Site
    ask: Pull
    answer: PullAnswer | None
    towns: frozenset[str]


class Hub:
    """What the doors open to. Every method of its parts may be called from any thread."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.reference = Reference(office)
        self.folding = Folding(office, self.reference)
        self.ingest = Ingest(office)
        self.pulling = Pulling(office, self.reference, self.folding)
        self.citywide = Citywide(office, self.pulling)
        self.sites = Sites(office, self.reference, self.citywide)
        self.snapshots = Snapshots(office, self.pulling, self.folding)
        self.people = People(office, self.reference)
        self.fieldwork = Fieldwork(office, self.reference)
        self.telemetry = Telemetry(office, self.reference)
        self.photos = Photos(office)
        self.uploads = Uploads(office, self.photos)
        self.claims = ClaimBook(office)
        self.objects = Objects(office, self.reference)
        self.evidence = Evidence(office)
        self.seen = Seen(office)
        self.receipts = Receipts(office, self.pulling, self.folding)

    def close(self) -> None:
        """Give the database back."""
        self.office.database.close()

    def beside(self, site: Site) -> tuple[tuple[Claim, ...], dict[str, str]]:
        """Return what rides on every pull: the others' claims and the tables' ETags."""
        return self.office.database.read(lambda connection: self._beside(connection, site))

    def _beside(
        self, connection: Connection, site: Site
    ) -> tuple[tuple[Claim, ...], dict[str, str]]:
        every = self.claims.of_others(connection, site)
        seen = self.pulling.sees(connection, site, {each.incident for each in every})
        claims = tuple(each for each in every if each.incident in seen)
        tables = self.reference.etags(connection, site)
        objects = self.objects.mark(connection, site.town)
        if objects is not None:
            tables[NAME] = objects
        return claims, tables

    def object_grid(self, town: str, code: str) -> str | None:
        """Return the grid of a managed object; None where the town has none such."""
        return self.office.database.read(
            lambda connection: self.objects.grid_of(connection, town, code)
        )

    def pulled(self, site: Site, ask: Pull) -> PullAnswer:
        """Answer a pull from one state of the database; what is numbered is folded first."""
        read = self.office.database.read
        found = read(lambda connection: self._if_level(connection, site, ask))
        if found is None:
            for town in read(lambda connection: behind(connection, {site.town, *ask.cursors})):
                self.folding.catch_up(town)
            return read(lambda connection: self._pulled(connection, site, ask))
        return found

    def towns(self, connection: Connection, site: Site) -> frozenset[str]:
        """Return the towns that a site may ask about and write to."""
        if site.level is not Level.CITY:
            return frozenset({site.town})
        return towns_of(self.reference.rules(connection).organisation, site)

    def fold_after(self, site: Site) -> list[str]:
        """Fold the towns that a push of this site may have added to; return them."""
        read = self.office.database.read
        towns = [site.town]
        if site.level is Level.CITY:
            towns = read(lambda connection: behind(connection, self.towns(connection, site)))
        for town in towns:
            self.folding.catch_up(town)
        return towns

    def towns_of(self, site: Site) -> frozenset[str]:
        """Return what `towns` does, in a transaction of its own."""
        if site.level is not Level.CITY:
            return frozenset({site.town})
        return self.office.database.read(lambda connection: self.towns(connection, site))

    def asked(self, token: str, parse: Callable[[], Pull]) -> Asked | None:
        """Return who asks, for what, and the answer where one transaction is enough for it.

        None when the token is nobody's; only a known site's question is parsed. No answer where
        the question is not one about the site's own town, or something has to be folded first.
        """

        def job(connection: Connection) -> Asked | None:
            site = self.sites.bearer(connection, token)
            if site is None:
                return None
            ask = parse()
            towns = self.towns(connection, site)
            named = (*ask.cursors.values(), *ask.floors.values(), ask.witnessed or 0)
            own = ask.cursors.keys() <= towns and all(0 <= each < MOST for each in named)
            answer = self._if_level(connection, site, ask) if own else None
            return Asked(site, ask, answer, towns)

        return self.office.database.read(job)

    def _if_level(self, connection: Connection, site: Site, ask: Pull) -> PullAnswer | None:
        """Answer where the fold stands at the head already, as it nearly always does."""
        if behind(connection, {site.town, *ask.cursors}):
            return None
        return self._pulled(connection, site, ask)

    def _pulled(self, connection: Connection, site: Site, ask: Pull) -> PullAnswer:
        cursor = ask.cursors.get(site.town)
        towns: dict[str, TownPage] = {}
        if site.level is Level.CITY:
            towns = self.citywide.pages(connection, site, ask)
        elif cursor is not None:
            page = self.pulling.page_of(connection, site, ask)
            if ask.witnessed is not None:
                signed = between(connection, site.town, ask.witnessed, page.next)
                page = msgspec.structs.replace(page, checkpoints=signed)
            towns[site.town] = page
        claims, tables = self._beside(connection, site)
        return PullAnswer(towns, self.office.clock(), claims, tables)


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
