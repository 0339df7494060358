"""Reference tables for the hub: from the files that ship, from imports, from a made-up town."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from dispatch.domain.catalogue import Catalogue
from dispatch.domain.codes import Level
from dispatch.domain.organisation import Node
from dispatch.drill.people import made_roster
from dispatch.drill.town import MadeTown, Official, make_town
from dispatch.files.bulletins import read_bulletins
from dispatch.files.guides import read_guides
from dispatch.files.measures import read_measures
from dispatch.files.tables import (
    PLAIN,
    Division,
    Layout,
    read_calendar,
    read_catalogue,
    read_centres,
    read_divisions,
    read_profiles,
)
from dispatch.wire import tables
from dispatch.wire.tables import Feature, RosterEntry
from resources import path

NO_PHONES: Final[Mapping[str, str]] = MappingProxyType({})


def _version(*files: Path) -> str:
    """Return a version that names the files' content."""
    total = hashlib.sha256()
    for each in files:
        total.update(each.read_bytes())
    return total.hexdigest()[:12]


def catalogue_table(file: Path, version: str | None = None, layout: Layout = PLAIN) -> str:
    """Return the catalogue's table; its version is the file's name unless one is given."""
    return tables.write_catalogue(read_catalogue(file, version or file.stem, layout))


def sla_table(file: Path, version: str | None = None, layout: Layout = PLAIN) -> str:
    """Return the table of the SLA profiles."""
    return tables.write_sla(read_profiles(file, layout).values(), version or file.stem)


def bulletins_table(file: Path, catalogue: Catalogue, layout: Layout = PLAIN) -> str:
    """Return the table of the information reports that are owed; its version is the file's name."""
    return tables.write_bulletins(read_bulletins(file, catalogue, file.stem, layout))


def kpi_table(file: Path, version: str | None = None, layout: Layout = PLAIN) -> str:
    """Return the table of the report's definitions."""
    return tables.write_measures(read_measures(file, layout), version or file.stem)


def guides_table(file: Path, catalogue: Catalogue, layout: Layout = PLAIN) -> str:
    """Return the table of the item guides; its version is the file's name."""
    return tables.write_guides(read_guides(file, catalogue, file.stem, layout))


def calendar_table(folder: Path) -> str:
    """Return the calendar's table from a folder of `YYYY.csv`, which are checked first."""
    found = read_calendar(folder)
    files = [folder / f"{year}.csv" for year in sorted(found.years)]
    return tables.write_calendar(found.rows, found.years, _version(*files))


def official_nodes(divisions: Iterable[Division]) -> list[Node]:
    """Return the official part of the tree: city, towns, villages."""
    found = list(divisions)
    codes = {each.code for each in found}
    return [
        Node(
            each.code,
            (each.short if each.level is Level.VILLAGE else "") or each.name,
            each.level,
            each.parent if each.parent in codes else None,
        )
        for each in found
    ]


def organisation_table(
    divisions: Path, more: Iterable[Node] = (), phones: Mapping[str, str] = NO_PHONES
) -> str:
    """Return the tree's table: the official codes and whatever hangs below them.

    `phones` by the code of an official node: a station's.
    """
    extra = list(more)
    version = _version(divisions)
    if extra:
        told = "\n".join(f"{node.code} {node.name} {node.parent} {node.phone}" for node in extra)
        version += "-" + hashlib.sha256(told.encode()).hexdigest()[:8]
    official = [
        replace(each, phone=phones.get(each.code, ""))
        for each in official_nodes(read_divisions(divisions))
    ]
    return tables.write_organisation([*official, *extra], version)


def free_tables() -> dict[str, str]:
    """Return the tables that ship: codes, catalogue, guides, limits, calendar, the definitions."""
    catalogue = read_catalogue(path("catalogue/catalogue_v1.csv"), "catalogue_v1")
    return {
        "organisation": organisation_table(path("organisation/dongguan_divisions.csv")),
        "catalogue": tables.write_catalogue(catalogue),
        "sla": sla_table(path("catalogue/sla_profiles_v1.csv")),
        "calendar": calendar_table(path("calendar")),
        "guides": guides_table(path("catalogue/guides_v1.csv"), catalogue),
        "bulletins": bulletins_table(path("catalogue/bulletins_v1.csv"), catalogue),
        "kpi": kpi_table(path("catalogue/kpi_v1.csv")),
    }


def made_town(code: str, seed: int) -> MadeTown:
    """Return the made-up inside of a town."""
    divisions = read_divisions(path("organisation/dongguan_divisions.csv"))
    centres = read_centres(path("organisation/dongguan_town_centres.csv"))
    return make_town(code, seed, Official(divisions, centres))


def town_tables(code: str, seed: int, town: MadeTown | None = None) -> dict[str, str]:
    """Return all tables for one town whose inside is made up (演示数据)."""
    made = town or made_town(code, seed)
    below = [Node(each.code, each.name, Level.GRID, each.parent) for each in made.grids]
    below += [
        Node(
            f"{code}/{unit.code}" if unit.level is Level.DEPARTMENT else unit.code,
            unit.name,
            unit.level,
            code,
            phone=unit.phone,
        )
        for unit in made.units
        if unit.level in {Level.DEPARTMENT, Level.SQUAD}
    ]
    divisions = path("organisation/dongguan_divisions.csv")
    phones = {unit.code: unit.phone for unit in made.units if unit.level is Level.VILLAGE}
    return {
        **free_tables(),
        "organisation": organisation_table(divisions, below, phones),
        "geometry": geometry_table(made),
        "roster": roster_table(made),
    }


def geometry_table(town: MadeTown) -> str:
    """Return outlines of town, villages, grids, and the points of units and posts."""
    outline = town.area.outline
    lon, lat = outline[0][0][0]
    made = not town.real_outline
    features = [Feature(town.code, Level.TOWN, lon, lat, outline, town.name, made)]
    for places, level in ((town.villages, Level.VILLAGE), (town.grids, Level.GRID)):
        features += [
            Feature(each.code, level, each.lon, each.lat, each.area.outline, each.name, True)  # noqa: FBT003 - all of them are
            for each in places
        ]
    for unit in town.units:
        code = f"{town.code}/{unit.code}" if unit.level is Level.DEPARTMENT else unit.code
        features.append(Feature(code, unit.post, unit.lon, unit.lat, (), unit.name, True))  # noqa: FBT003 - as above
    return tables.write_geometry(features, f"{town.code}-{town.seed}")


def roster_table(town: MadeTown) -> str:
    """Return the made-up workers of a town."""
    workers = [
        RosterEntry(each.login, each.name, each.node, each.phone)
        for each in made_roster(town).workers
    ]
    return tables.write_roster(workers, f"{town.code}-{town.seed}")
