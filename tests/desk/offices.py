"""A town's desk over a real store, with the made-up town's tables and people who may log in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher

from console.hub_tables import bulletins_table, guides_table
from dispatch.desk.desk import Desk
from dispatch.domain.codes import Level, Role
from dispatch.domain.organisation import Node
from dispatch.domain.rules import Account
from dispatch.drill.people import made_roster
from dispatch.files.tables import read_calendar, read_profiles
from dispatch.store.identity import SiteIdentity
from dispatch.store.site import SiteStore
from dispatch.store.site_log import SiteLog
from dispatch.wire import tables
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import Table
from resources import path
from tests.unit.towns import HENGLI, hengli, official, setting

PASSWORD = "correct-horse-9"
FIRE = "消防"
SAFETY = "安监"
STATION = "441900106201"

STAFF = {
    "clerk1": (HENGLI, Role.CLERK),
    "clerk2": (HENGLI, Role.CLERK),
    "dispatcher1": (HENGLI, Role.DISPATCHER),
    "chief1": (HENGLI, Role.CHIEF),
    "chief2": (HENGLI, Role.CHIEF),
    "leader1": (HENGLI, Role.LEADER),
    "city1": (HENGLI[:6], Role.CHIEF),
    "inspector1": (HENGLI, Role.INSPECTOR),
    "supervisor1": (HENGLI, Role.SUPERVISOR),
    "fire1": (f"{HENGLI}/{FIRE}", Role.UNIT),
    "safety1": (f"{HENGLI}/{SAFETY}", Role.UNIT),
    "station1": (STATION, Role.STATION),
}

CALLED = {"chief1": "演示长", "clerk1": "演示受"}
"""Who has a name beside the account; the others are called as they log in."""


@dataclass
class Hand:
    """A clock that a test moves by hand, UTC milliseconds."""

    now: int = 1_795_231_200_000  # 2026-11-21 10:00 +08:00

    def __call__(self) -> int:
        """Return what time it is."""
        return self.now

    def forward(self, millis: int) -> None:
        """Move on."""
        self.now += millis


@cache
def cheap_verifier(password: str = PASSWORD) -> str:
    """An argon2id verifier that costs little: others take 0.3 s at each of thousands of log-ins."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)


def nodes() -> tuple[Node, ...]:
    """The organisation with departments under the town."""
    found = []
    city = next(each for each in official().divisions if each.level is Level.CITY)
    for node in hengli().nodes(city):
        local = node.level is Level.DEPARTMENT and "/" not in node.code
        code = f"{HENGLI}/{node.code}" if local else node.code
        found.append(replace(node, code=code))
    return tuple(found)


@cache
def bodies() -> dict[str, str]:
    """Every reference table of the made-up town as JSON text."""
    town, kind = hengli(), setting()
    calendar = read_calendar(path("calendar"))
    accounts = [
        Account(name, (role,), node, cheap_verifier(), person=CALLED.get(name, ""))
        for name, (node, role) in STAFF.items()
    ]
    roster = [
        tables.RosterEntry(each.login, each.name, each.node, each.phone)
        for each in made_roster(town).workers
    ]
    features = [
        tables.Feature(p.code, level, p.lon, p.lat, p.area.outline, p.name, synthetic=True)
        for places, level in ((town.villages, "village"), (town.grids, "grid"))
        for p in places
    ]
    return {
        "organisation": tables.write_organisation(nodes(), "made-up"),
        "catalogue": tables.write_catalogue(kind.catalogue),
        "sla": tables.write_sla(
            read_profiles(path("catalogue/sla_profiles_v1.csv")).values(), "v1"
        ),
        "calendar": tables.write_calendar(calendar.rows, calendar.years, "made-up"),
        "guides": guides_table(path("catalogue/guides_v1.csv"), kind.catalogue),
        "bulletins": bulletins_table(path("catalogue/bulletins_v1.csv"), kind.catalogue),
        "accounts": tables.write_accounts(accounts, "1"),
        "roster": tables.write_roster(roster, "1"),
        "geometry": tables.write_geometry(features, "1"),
    }


def put_tables(log: SiteLog) -> None:
    """Keep the tables as if the hub had signed them."""
    for name, body in bodies().items():
        log.set_table(Table(name, "1", body, b""), f"{name}-1")


def open_desk(folder: Path, now: Hand, scope: str = HENGLI, signer: Signer | None = None) -> Desk:
    """Open a desk over a store in `folder`; `signer`: of one that is opened again."""
    identity = SiteIdentity("s1", HENGLI, scope, "A", "11" * 16, signer or Signer.new())
    site = SiteStore.open(folder, identity)
    site.write(put_tables).result()
    return Desk(site, now)
