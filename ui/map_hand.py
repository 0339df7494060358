"""What is at hand for the chosen incident, on the map: marks, and the nearest workers numbered."""

from collections.abc import Iterable
from typing import Final

from dispatch.advice.at_hand import AtHand, Help
from ui.map.scene import MapCandidate, MapUnit
from ui.tongue import tr

CHARACTERS: Final = {
    Help.DUTY_POINT: tr("守"),
    Help.CAMERA: tr("摄"),
    Help.HYDRANT: tr("栓"),
}


def marks_of(found: Iterable[AtHand]) -> tuple[MapUnit, ...]:
    """Return the duty points, cameras and hydrants as squares with their character."""
    return tuple(
        MapUnit(each.code, CHARACTERS[each.kind], each.lon, each.lat, each.name, at_hand=True)
        for each in found
        if each.kind in CHARACTERS
    )


def numbered(found: Iterable[AtHand]) -> tuple[MapCandidate, ...]:
    """Return the workers, the nearest as number 1."""
    workers = [each for each in found if each.kind is Help.WORKER]
    return tuple(
        MapCandidate(rank, each.lon, each.lat, each.name) for rank, each in enumerate(workers, 1)
    )
