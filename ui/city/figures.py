"""The towns in figures: what is open in each, and how many of its sites are in trouble."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dispatch.desk.views import QueueRow
from dispatch.desk.views_sites import SitesView, Trouble
from dispatch.domain.codes import Light

WELL: Final = frozenset({Trouble.NONE, Trouble.SHUT_OUT})
"""Nothing to be done about the site."""


@dataclass(frozen=True, slots=True)
class TownFigures:
    """One town. `sites` are those enrolled in it, `troubled` those of them in trouble."""

    code: str
    name: str
    open: int
    red: int
    yellow: int
    sites: int
    troubled: int


def figures(view: SitesView, rows: Iterable[tuple[QueueRow, Light]]) -> tuple[TownFigures, ...]:
    """Return a line a town: the most over their limit first, then the most open."""
    opened: Counter[str] = Counter()
    lights: Counter[tuple[str, Light]] = Counter()
    for row, light in rows:
        opened[row.town] += 1
        lights[row.town, light] += 1
    sites = Counter(each.town for each in view.sites)
    troubled = Counter(each.town for each in view.sites if each.trouble not in WELL)
    found = [
        TownFigures(
            *(code, name, opened[code], lights[code, Light.RED], lights[code, Light.YELLOW]),
            *(sites[code], troubled[code]),
        )
        for code, name in view.towns
    ]
    return tuple(sorted(found, key=lambda each: (-each.red, -each.yellow, -each.open, each.code)))
