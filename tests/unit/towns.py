"""A made-up town and what a feed plays on, for the tests of the drill."""

from __future__ import annotations

from functools import cache

from dispatch.drill.feed import Setting
from dispatch.drill.ground import Ground
from dispatch.drill.profile import load
from dispatch.drill.service import Service
from dispatch.drill.town import MadeTown, Official, make_town
from dispatch.files.tables import (
    read_catalogue,
    read_centres,
    read_divisions,
    read_profiles,
)
from resources import path

HENGLI = "441900106"


@cache
def official() -> Official:
    divisions = read_divisions(path("organisation/dongguan_divisions.csv"))
    return Official(divisions, read_centres(path("organisation/dongguan_town_centres.csv")))


@cache
def hengli() -> MadeTown:
    return make_town(HENGLI, 1, official())


@cache
def setting() -> Setting:
    profiles = read_profiles(path("catalogue/sla_profiles_v1.csv"))
    catalogue = read_catalogue(path("catalogue/catalogue_v1.csv"), "v1")
    return Setting(Ground(hengli()), catalogue, load(), Service(profiles, load()))
