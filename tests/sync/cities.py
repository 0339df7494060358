"""A city of three small towns for tests of its console: one hub, a site in each, one above them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from dispatch.desk.desk import Desk
from dispatch.desk.people import verifier
from dispatch.domain.codes import Level, Role
from dispatch.domain.organisation import Node
from dispatch.hub.hub import Hub
from dispatch.hub.people import NewAccount
from dispatch.wire import tables
from dispatch.wire.tables import Feature
from tests.given import CITY, CLERK, FIRE, LAT, LON, TOWN
from tests.hub.office import TestClock
from tests.sync.stations import Station

TOWNS = (TOWN, "441900101", "441900102")
NAMES = dict(zip(TOWNS, ("横沥镇", "甲镇", "乙镇"), strict=True))
PASSWORD = "a made-up word"


def nodes() -> list[Node]:
    """City, three towns, in each a village of one grid and the fire brigade."""
    made = [Node(CITY, "东莞市", Level.CITY, None)]
    for town in TOWNS:
        made += [
            Node(town, NAMES[town], Level.TOWN, CITY),
            Node(f"{town}201", f"{NAMES[town]}一村", Level.VILLAGE, town),
            Node(f"{town}201001", f"{NAMES[town]}一村 01", Level.GRID, f"{town}201"),
            Node(f"{town}/{FIRE}", FIRE, Level.DEPARTMENT, town),
        ]
    return made


def grid(town: str) -> str:
    """Return the town's one grid."""
    return f"{town}201001"


def square(town: str) -> tuple[tuple[float, float], ...]:
    """Return the ring of a town's grid, CGCS2000 degrees: the towns lie side by side."""
    west, south = LON - 0.01 + 0.03 * TOWNS.index(town), LAT - 0.01
    east, north = west + 0.02, south + 0.02
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


def middle(town: str) -> tuple[float, float]:
    """Return the point in the middle of a town's grid, longitude first."""
    return LON + 0.03 * TOWNS.index(town), LAT


def publish(hub: Hub) -> None:
    """Give the hub the three towns, their ground and the city's people."""
    ground = []
    for town in TOWNS:
        ring = square(town)
        lon, lat = middle(town)
        ground += [
            Feature(town, Level.TOWN, lon, lat, ((ring,),), NAMES[town], True),
            Feature(grid(town), Level.GRID, lon, lat, ((ring,),), f"{NAMES[town]}一村 01", True),
        ]

    def job(connection: Connection) -> None:
        organisation = tables.write_organisation(nodes(), "org-3")
        hub.reference.publish(connection, "organisation", organisation)
        hub.reference.publish(connection, "geometry", tables.write_geometry(ground, "geo-3"))

    hub.office.database.write(job)
    roles = (Role.LEADER, Role.CHIEF)
    people = [("shi", roles, CITY), *((f"zhen{i}", roles, t) for i, t in enumerate(TOWNS))]
    word = verifier(PASSWORD)
    hub.people.add_verified([(NewAccount(*each), word) for each in people])


@dataclass(slots=True)
class City:
    """The hub, its clock, the towns' sites by code, and the city's own."""

    hub: Hub
    clock: TestClock
    towns: dict[str, Station]
    site: Station

    def report(self, town: str, text: str = "档口阁楼有人住宿") -> str:
        """Report something in a town, at its own site, and send it."""
        there = self.towns[town]
        there.now = max(there.now, self.clock.now)
        id_ = there.report(
            replace(CLERK, node=town), grid=grid(town), text=text, lon=middle(town)[0]
        )
        there.sync()
        return id_

    def desk(self, station: Station, account: str) -> Desk:
        """Return the desk over a site with somebody logged in."""
        desk = Desk(station.store, self.clock)
        desk.login(account, PASSWORD).result()
        return desk


Making = Callable[..., Station]


def given_city(hub: Hub, clock: TestClock, station: Making, *, also: bool = True) -> City:
    """Make it; without `also` the city's own site is enrolled later, by the caller."""
    publish(hub)
    towns = {town: station(f"t{place}", town) for place, town in enumerate(TOWNS)}
    return City(hub, clock, towns, station("city", CITY) if also else towns[TOWN])


def joined(city: City, station: Making, folder: Path) -> City:
    """Return the city with its site enrolled now."""
    return replace(city, site=station(folder.name, CITY))
