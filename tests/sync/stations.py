"""Real sites for tests of the exchange: enrolled at a hub on loopback, with stores on disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dispatch.acts.perform import new_id, perform
from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import Source
from dispatch.domain.command import Command, Verb
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident
from dispatch.domain.rules import Actor
from dispatch.hub.hub import Hub
from dispatch.store.identity import SiteIdentity
from dispatch.store.site import SiteStore
from dispatch.sync.enrol import enrol
from dispatch.sync.link import HubLink
from dispatch.sync.loop import SyncLoop
from dispatch.sync.once import Outcome, sync_once
from dispatch.sync.status import SyncStatus, status
from tests.given import CLERK, FIRE_ITEM, GRID, LAT, LON, START, TOWN, WHO

PNG = b"\x89PNG\r\n\x1a\n a made-up picture"


@dataclass(slots=True)
class Station:
    """A site: its store, its way to the hub, a clock that goes on with each act."""

    store: SiteStore
    link: HubLink
    now: int = START

    def act(self, verb: Verb, incident: str, by: Actor | None = None, /, **options: Any) -> Event:
        """Do one act at this site; return its first event."""
        self.now += MINUTE
        command = Command(verb=verb, incident=incident, **options)
        actor, now = by or WHO[verb], self.now
        return self.store.write(lambda log: perform(log, command, actor, now)).result()[0]

    def report(self, by: Actor = CLERK, **options: Any) -> str:
        """Report something; return its id."""
        said = {"item": FIRE_ITEM, "source": Source.HOTLINE, "lon": LON, "lat": LAT}
        said |= {"grid": GRID, "text": "档口阁楼有人住宿", "reporter": "演示甲"}
        id_ = new_id()
        self.act(Verb.REPORT, id_, by, **(said | options))
        return id_

    def filed(self) -> str:
        """Report and file something; return its id."""
        id_ = self.report()
        self.act(Verb.FILE, id_)
        return id_

    def sync(self) -> Outcome:
        """Exchange everything once."""
        return sync_once(self.store, self.link)

    def status(self) -> SyncStatus:
        """Return how it stands with the hub."""
        return self.store.read(lambda reader: status(reader, TOWN)).result()

    def incident(self, id_: str) -> Incident | None:
        """Return the folded incident, or None."""
        return self.store.read(lambda reader: reader.incident(id_)).result()

    def seen(self, id_: str) -> Incident:
        """Return the folded incident, which must be here."""
        found = self.incident(id_)
        assert found is not None
        return found


def given_station(
    hub: Hub, url: str, folder: Path, scope: str = TOWN, ca: Path | None = None
) -> Station:
    """Enrol a site and open its store."""
    done = enrol(url, hub.sites.code(scope, folder.name), "", ca)
    of = done.certificate
    identity = SiteIdentity(of.site, of.town, of.scope, of.letter, done.inc, done.signer)
    return Station(SiteStore.open(folder, identity), done.link)


@contextmanager
def kept_going(station: Station, relay: HubLink | None = None) -> Iterator[SyncLoop]:
    """A station with its exchange going, as the window has it."""
    loop = SyncLoop(station.store, station.link, relay)
    station.store.subscribe(loop.changed)
    loop.start()
    try:
        yield loop
    finally:
        loop.close()
