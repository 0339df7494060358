"""What is at hand around a place: the nearest workers, duty points, cameras and hydrants. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dispatch.geo.distance import metres

REACH_M: Final = 3_000
"""So far around a place is looked (illustrative)."""
ARRIVE_MIN: Final = (1, 3, 5)
"""The minutes of 1-3-5 快反, from the report on."""


class Help(StrEnum):
    """A kind of what can help."""

    WORKER = "worker"
    DUTY_POINT = "duty_point"
    CAMERA = "camera"
    HYDRANT = "hydrant"


SHOWN: Final = {Help.WORKER: 3, Help.DUTY_POINT: 2, Help.CAMERA: 5, Help.HYDRANT: 3}
"""How many of each are named."""

WORDS: Final = {
    Help.DUTY_POINT: ("联防点", "值守点", "执勤点"),
    Help.CAMERA: ("摄像头", "摄像机", "监控点"),
    Help.HYDRANT: ("消火栓", "消防栓"),
}
"""A managed object is one of these when its kind, a town's own word, holds such a word."""


@dataclass(frozen=True, slots=True)
class AtHand:
    """One that can help: CGCS2000 degrees, metres in a straight line; the phone is masked."""

    kind: Help
    code: str
    name: str
    lon: float
    lat: float
    phone: str = ""
    distance_m: int = 0


def kind_of(words: str) -> Help | None:
    """Return what an object of that kind is here, None for any other."""
    return next((kind for kind, some in WORDS.items() if any(each in words for each in some)), None)


def nearest(lon: float, lat: float, found: Iterable[AtHand]) -> tuple[AtHand, ...]:
    """Return the nearest of each kind within reach, kind by kind, the nearest first."""
    placed = [
        AtHand(*(each.kind, each.code, each.name, each.lon, each.lat, each.phone), far)
        for each in found
        if (far := round(metres(lon, lat, each.lon, each.lat))) <= REACH_M
    ]
    placed.sort(key=lambda each: (each.distance_m, each.code))
    return tuple(
        each
        for kind, most in SHOWN.items()
        for each in [one for one in placed if one.kind is kind][:most]
    )


def within(started: int, arrived: int) -> int | None:
    """Return the least of 1, 3, 5 minutes that an arrival kept, None when it was later."""
    return next((each for each in ARRIVE_MIN if arrived - started <= each * 60_000), None)
