"""Ten thousand names to be found: real places and items, made-up workers; and how people ask."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dispatch.advice.called import called
from dispatch.advice.items import Entry
from dispatch.advice.readings import LOCAL, initials, usual_readings
from dispatch.drill.people import wordlist
from dispatch.files.tables import read_catalogue
from resources import path
from tests.unit.towns import official

NAMES = 10_000
GRIDS = 6
"""So many grids has each village of a list of places."""
CLEAR = 3
"""More names than these that one query names equally well: nobody could tell who is meant."""


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, and whom they mean by it; `mode` is how it is typed."""

    mode: str
    text: str
    wanted: Entry


@cache
def entries() -> tuple[Entry, ...]:
    """Return divisions, items and workers; each worker's other word is the grid."""
    chance = random.Random(20261122)
    places = official().divisions
    found = [Entry(each.code, called(each.name), (each.name,)) for each in places]
    catalogue = read_catalogue(path("catalogue/catalogue_v1.csv"), "v1")
    found += [Entry(each.code, each.name, (each.klass, each.department)) for each in catalogue]
    villages = [each.short for each in places if len(each.code) == 12]
    for number, name in enumerate(_people(chance, NAMES - len(found))):
        grid = f"{chance.choice(villages)} {chance.randrange(1, 19):02d}"
        found.append(Entry(f"W{number:05d}", name, (grid,)))
    return tuple(found)


def _people(chance: random.Random, count: int) -> list[str]:
    """Return names of two and three characters, none of them twice."""
    given = sorted(set("".join(wordlist("given"))))
    made: set[str] = set()
    while len(made) < count:
        end = "".join(chance.sample(given, chance.choice((1, 2, 2, 2))))
        made.add(chance.choice(wordlist("surnames")) + end)
    return sorted(made, key=lambda _: chance.random())


def short(name: str) -> str:
    """Return what people call a place or item: without the tail of its office, before a mark."""
    name = called(name)
    for mark in "、(（，":
        name = name.partition(mark)[0]
    return name


def _full(name: str, *, local: bool) -> str:
    return "".join(_reading(each, local=local) for each in name)


def _initials(name: str, *, local: bool) -> str:
    return "".join(_reading(each, local=local)[0] for each in name)


def _reading(char: str, *, local: bool) -> str:
    if local and char in LOCAL:
        return LOCAL[char][0]
    usual = usual_readings(char)
    return usual[0] if usual else char.lower()


def queries(count: int) -> Iterator[Query]:
    """Yield queries for names drawn evenly by kind, each way of typing in turn.

    One that names more than three entries equally well gets a second word, as a person gives it
    who sees too many: the grid of a worker, or the hanzi of the name.
    """
    chance = random.Random(7)
    every = entries()
    kinds = [[e for e in every if e.code.startswith("W")], [e for e in every if len(e.code) == 4]]
    kinds.append([e for e in every if not e.code.startswith("W") and len(e.code) > 4])
    with_local = [e for e in kinds[2] if any(each in LOCAL for each in short(e.name))]
    shared = Counter(text for e in every for text in _every_way(e))
    for number in range(count):
        mode = MODES[number % len(MODES)]
        kind = with_local if mode.startswith("local") else chance.choice(kinds)
        wanted = chance.choice(kind)
        text = _typed(mode, wanted)
        if max(shared[text], holding(text)) > CLEAR:
            text = f"{text} {_more(wanted)}"
        yield Query(mode, text, wanted)


def places() -> Iterator[tuple[Entry, ...]]:
    """Yield the places of each town in one list, as the palette has them: villages, grids."""
    every = official().divisions
    for town in (each for each in every if len(each.code) == 9):
        villages = [each for each in every if each.parent == town.code]
        grids = [
            Entry(f"{each.code}{number:03d}", f"{each.short}{number:02d}")
            for each in villages
            for number in range(1, GRIDS + 1)
        ]
        yield (*(Entry(each.code, called(each.name), (each.name,)) for each in villages), *grids)


def place_queries(listed: tuple[Entry, ...]) -> Iterator[Query]:
    """Yield a query for every place of one list, each way of typing in turn."""
    modes = [mode for mode in MODES if mode != "piece"]
    for number, wanted in enumerate(listed):
        mode = modes[number % len(modes)]
        yield Query(mode, _typed(mode, wanted), wanted)


def holding(piece: str) -> int:
    """Return how many names hold these hanzi; none hold pinyin."""
    return 0 if piece.isascii() else sum(piece in each.name for each in entries())


MODES = ("hanzi", "piece", "pinyin", "initials", "local pinyin", "local initials")


def _typed(mode: str, entry: Entry) -> str:
    name = short(entry.name)
    match mode:
        case "hanzi":
            return name
        case "piece":
            return name[-2:]
        case "pinyin" | "local pinyin":
            return _full(name, local=mode.startswith("local"))
        case _:
            return _initials(name, local=mode.startswith("local"))


def _every_way(entry: Entry) -> set[str]:
    """Return all that names an entry wholly; zh, ch, sh may be typed as one letter or two."""
    name = short(entry.name)
    long = "".join(initials(usual_readings(each)[:1])[0] for each in name if usual_readings(each))
    return {*(_typed(mode, entry) for mode in MODES), long}


def _more(entry: Entry) -> str:
    if entry.code.startswith("W"):
        return entry.also[0].replace(" ", "")
    return entry.name if len(entry.code) > 4 else entry.code
