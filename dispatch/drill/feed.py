"""The default feed: a made-up town's reports for a stretch of time, all from a seed."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from dispatch.domain.calendar import MINUTE
from dispatch.domain.catalogue import UNCLASSIFIED, Catalogue, Item
from dispatch.domain.codes import PUBLIC, Priority, Source
from dispatch.drill.ground import Ground, Spot
from dispatch.drill.profile import Fitted, Span, arrivals
from dispatch.drill.service import Service, ServicePlan
from resources import path

SOURCES: Final = {
    Source.WORKER: 66,
    Source.PATROL: 5,
    Source.STATION: 8,
    Source.CITIZEN: 8,
    Source.HOTLINE: 8,
    Source.POLICE: 3,
    Source.RESIDENCY: 2,
}
"""For whom reports come, per cent (illustrative); the city's come by an act of their own."""

WEIGHT: Final = {Priority.P1: 0.5, Priority.P2: 1.0, Priority.P3: 1.6}
"""How often an item of a priority comes up beside the others (illustrative)."""

_UNCLASSIFIED_WEIGHT: Final = 0.8
REPEAT: Final = 0.04
"""Share of reports that somebody of the public makes a second time (illustrative)."""
REPEAT_WITHIN_M: Final = 40.0
REPEAT_AFTER_MS: Final = (2 * MINUTE, 25 * MINUTE)


@dataclass(frozen=True, slots=True)
class FeedIncident:
    """One report as the drill will make it.

    `at_ms` is UTC. `priority_hint` is the item's. `repeats` is the number (in the feed, from 1) of
    the report it repeats, for merging. `moved`: its foreign place fell outside the town.
    """

    number: int
    at_ms: int
    source: Source
    item: str
    spot: Spot
    text: str
    priority_hint: Priority
    service: ServicePlan
    repeats: int | None = None
    synthetic: bool = field(default=True, init=False)

    @property
    def lon(self) -> float:
        """Longitude in CGCS2000 degrees."""
        return self.spot.lon

    @property
    def lat(self) -> float:
        """Latitude in CGCS2000 degrees."""
        return self.spot.lat

    @property
    def grid(self) -> str:
        """The 15 digits of the grid it lies in."""
        return self.spot.grid

    @property
    def place(self) -> str:
        """The place in made-up words."""
        return self.spot.words

    @property
    def moved(self) -> bool:
        """Whether its foreign place fell outside the town and was put on the edge."""
        return self.spot.moved


@dataclass(frozen=True, slots=True)
class Setting:
    """What a feed plays on: the ground, the list of matters, the day's figures, service times."""

    ground: Ground
    catalogue: Catalogue
    fitted: Fitted
    service: Service


@cache
def _sentences() -> Mapping[str, list[str]]:
    with path("feeds/sentences.toml").open("rb") as file:
        return tomllib.load(file)


def sentence(item: Item, place: str, rng: random.Random) -> str:
    """Return made-up words for a report; an item without any is reported by its name."""
    known = _sentences().get(item.code) or [f"{{place}}发现：{item.name}。"]
    return rng.choice(known).format(place=place)


def made_feed(setting: Setting, span: Span) -> tuple[FeedIncident, ...]:
    """Make up all reports of a span in order of time, the same for the same arguments."""
    rng = random.Random(f"feed:{setting.ground.town.code}:{span.seed}")
    items = list(setting.catalogue)
    weights = [
        _UNCLASSIFIED_WEIGHT if item.code == UNCLASSIFIED else WEIGHT[item.priority]
        for item in items
    ]
    # First reports only: repeats come on top and make the load whole.
    alone = Span(span.start_ms, span.hours, span.per_day / (1 + REPEAT), span.seed)
    drafts: list[_Draft] = []
    for at in arrivals(setting.fitted, alone, rng):
        item = rng.choices(items, weights)[0]
        first = _Draft(at, _source(rng), item, setting.ground.anywhere(rng), None)
        drafts.append(first)
        if rng.random() < REPEAT:
            drafts.append(_repeat(first, len(drafts) - 1, setting.ground, rng))
    return _numbered(drafts, setting, rng)


@dataclass(frozen=True, slots=True)
class _Draft:
    at_ms: int
    source: Source
    item: Item
    spot: Spot
    repeats: int | None


def _source(rng: random.Random) -> Source:
    return rng.choices(list(SOURCES), list(SOURCES.values()))[0]


def _repeat(first: _Draft, index: int, ground: Ground, rng: random.Random) -> _Draft:
    spot = ground.near(first.spot, REPEAT_WITHIN_M, rng)
    source = rng.choice(sorted(PUBLIC))
    return _Draft(first.at_ms + rng.randint(*REPEAT_AFTER_MS), source, first.item, spot, index)


def _numbered(
    drafts: list[_Draft], setting: Setting, rng: random.Random
) -> tuple[FeedIncident, ...]:
    order = sorted(range(len(drafts)), key=lambda index: (drafts[index].at_ms, index))
    number = {index: place for place, index in enumerate(order, 1)}
    found = []
    for index in order:
        draft = drafts[index]
        found.append(
            FeedIncident(
                number=number[index],
                at_ms=draft.at_ms,
                source=draft.source,
                item=draft.item.code,
                spot=draft.spot,
                text=sentence(draft.item, draft.spot.words, rng),
                priority_hint=draft.item.priority,
                service=setting.service.plan(draft.item.profile, rng),
                repeats=None if draft.repeats is None else number[draft.repeats],
            )
        )
    return tuple(found)
