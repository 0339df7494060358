"""Made-up posts of a town: departments, squads, stations and duty points with their places."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from shapely.ops import unary_union

from dispatch.domain.codes import Level
from dispatch.drill.cells import random_point
from dispatch.geo.area import DECIMALS, Area, to_shape

DEPARTMENTS = {
    "公安": "公安分局",
    "消防": "消防大队",
    "安监": "安全生产监督管理分局",
    "工商": "工商行政管理分局",
    "食药监": "食品药品监督管理分局",
    "卫计": "卫生和计划生育局",
    "民政": "民政办公室",
}
"""The seven departments of the first catalogue by the short names that are their codes."""

SQUADS = 2
POLICE_POSTS = 6
FIRE_POSTS = 3


class Post(StrEnum):
    """What kind of post a made-up unit is."""

    DEPARTMENT = "department"
    SQUAD = "squad"
    STATION = "station"
    POLICE_POST = "police_post"
    FIRE_POST = "fire_post"


@dataclass(frozen=True, slots=True)
class MadeUnit:
    """Somebody an order can go to, or a post that stands ready, with its place.

    `level` is that of its node in the organisation, `None` for a post that takes no orders.
    """

    code: str
    name: str
    post: Post
    lon: float
    lat: float
    level: Level | None = None
    synthetic: bool = field(default=True, init=False)

    @property
    def phone(self) -> str:
        """An office's phone that is none: four digits are always masked. The same for a unit."""
        rng = random.Random(f"phone:{self.code}")
        return f"0769-8{rng.randrange(10)}****{rng.randrange(100):02d}"


def made_units(town: str, villages: Sequence[Area], rng: random.Random) -> tuple[MadeUnit, ...]:
    """Make the units of a town, each at a point inside it."""
    shapes = [to_shape(each.outline) for each in villages]
    whole = unary_union(shapes)

    def place(number: int | None = None) -> tuple[float, float]:
        lon, lat = random_point(whole if number is None else shapes[number], rng)
        return round(lon, DECIMALS), round(lat, DECIMALS)

    found = [
        MadeUnit(short, name, Post.DEPARTMENT, *place(), Level.DEPARTMENT)
        for short, name in DEPARTMENTS.items()
    ]
    for number in range(1, SQUADS + 1):
        name = f"机动巡查{number}队"
        found.append(MadeUnit(f"{town}J{number}", name, Post.SQUAD, *place(), Level.SQUAD))
    for number, village in enumerate(villages):
        name = f"{village.name}工作站"
        found.append(MadeUnit(village.code, name, Post.STATION, *place(number), Level.VILLAGE))
    found += [
        MadeUnit(f"{town}K{number}", f"快反{number}点", Post.POLICE_POST, *place())
        for number in range(1, POLICE_POSTS + 1)
    ]
    found += [
        MadeUnit(f"{town}X{number}", f"微型消防站{number}", Post.FIRE_POST, *place())
        for number in range(1, FIRE_POSTS + 1)
    ]
    return tuple(found)
