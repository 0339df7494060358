"""Two made-up towns: their tree, their tables, and the sites that may take part in a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dispatch.domain.catalogue import Catalogue
from dispatch.domain.codes import Level
from dispatch.domain.organisation import Node
from dispatch.files.tables import read_catalogue, read_profiles
from dispatch.wire import tables
from resources import path

CITY: Final = "441900"
ONE: Final = "441900106"
OTHER: Final = "441900107"
ITEMS: Final = ("0601", "0201", "0603")
UNITS: Final = ("消防", "公安")
START: Final = 1_772_586_000_000
"""A Wednesday morning, 2026-03-04 09:00 in China, UTC milliseconds."""


@dataclass(frozen=True, slots=True)
class Place:
    """A site that may take part. `scope` is its node."""

    name: str
    town: str
    scope: str

    @property
    def whole(self) -> bool:
        """Whether it sees all of its town."""
        return self.scope == self.town


PLACES: Final = (
    Place("一号席", ONE, ONE),
    Place("二号席", ONE, ONE),
    Place("一村站", ONE, f"{ONE}201"),
    Place("消防站", ONE, f"{ONE}/消防"),
    Place("邻镇席", OTHER, OTHER),
    Place("邻镇村站", OTHER, f"{OTHER}201"),
    Place("三号席", ONE, ONE),
    Place("二村站", ONE, f"{ONE}202"),
)
"""The first two are the seats of one room; a run takes the first so many."""


def nodes() -> list[Node]:
    """Return the tree: two towns of two villages with a grid each, and two departments."""
    found = [Node(CITY, "演示市", Level.CITY, None)]
    for town, name in ((ONE, "演示镇"), (OTHER, "邻镇")):
        found.append(Node(town, name, Level.TOWN, CITY))
        for number in (1, 2):
            village = f"{town}20{number}"
            found.append(Node(village, f"{name}{number}村", Level.VILLAGE, town))
            found.append(Node(f"{village}001", f"{name}{number}村01", Level.GRID, village))
        found += [Node(f"{town}/{unit}", unit, Level.DEPARTMENT, town) for unit in UNITS]
    return found


def bodies() -> dict[str, str]:
    """Return the tables' bodies by name: a few items only, they are read often."""
    whole = read_catalogue(path("catalogue/catalogue_v1.csv"), "v1")
    items = [each for each in whole if each.code in ITEMS]
    profiles = read_profiles(path("catalogue/sla_profiles_v1.csv"))
    wanted = {each.profile for each in items}
    return {
        "organisation": tables.write_organisation(nodes(), "org-1"),
        "catalogue": tables.write_catalogue(Catalogue("v1", items)),
        "sla": tables.write_sla([profiles[code] for code in sorted(wanted)], "sla-1"),
        "calendar": tables.write_calendar((), (2026,), "cal-1"),
    }
