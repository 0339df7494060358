"""Find an item, a village or a person by code, hanzi, pinyin or initials, key by key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from dispatch.advice.pairs import Pairs
from dispatch.advice.readings import initials, plain, readings, usual_readings
from dispatch.domain.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: its code, its name, and other words that lead to it."""

    code: str
    name: str
    also: tuple[str, ...] = ()


class How(IntEnum):
    """By what a text led to an entry, best first."""

    CODE = 0
    CODE_START = 1
    NAME = 2
    NAME_START = 3
    INSIDE = 4
    SOUND_START = 5
    SOUND_INSIDE = 6
    SOUND_RARE = 7
    ALSO = 8


@dataclass(frozen=True, slots=True)
class Match:
    """One hit.

    `start` and `end` bound the matched characters of the name, for marking them; both are 0 where
    the code or another word matched. `loose`: how many characters were typed by their initial, or
    not to the end.
    """

    entry: Entry
    how: How
    start: int = 0
    end: int = 0
    loose: int = 0


LOOKED_AT: Final = 400
"""Of more names than these, only the ones that begin with the first letter, shortest first."""
_Rank = tuple[int, ...]
Run = tuple[int, int]
"""How many characters are typed loosely, and where the run ends."""


class ItemSearch:
    """An index over ten thousand entries or less; built once, asked at every key.

    Words apart by blanks must all match. A word is hanzi, a code's start, full pinyin, initials
    (zh, ch, sh may be typed as one letter or two), or a mixture; the last syllable may be
    unfinished. Blanks inside pinyin do no harm: every syllable is then a word of its own.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        known = enumerate(_Indexed.of(entry) for entry in entries)
        # The shorter name stands first, so that few of a great many need a closer look.
        self._entries = sorted(known, key=lambda each: (len(each[1].entry.name), each[0]))
        self._pairs = Pairs(entry.parts() for _, entry in self._entries)
        self._begins: dict[str, set[int]] = {}
        for place, (_, entry) in enumerate(self._entries):
            for head in entry.heads():
                self._begins.setdefault(head, set()).add(place)

    @classmethod
    def of_catalogue(cls, catalogue: Catalogue) -> ItemSearch:
        """Return a search over items; class and department lead to them too."""
        return cls(Entry(each.code, each.name, (each.klass, each.department)) for each in catalogue)

    def find(self, text: str, limit: int = 20) -> list[Match]:
        """Return the best matches first; of equal ones in the order of the entries."""
        words = [each.replace("'", "") for each in plain(text).split()]
        words = [each for each in words if each]
        if not words:
            return []
        could_be = set.intersection(*(self._pairs.could_be(_bare(each)) for each in words))
        if len(could_be) <= LOOKED_AT:
            found = self._ranked(could_be, words)
        else:
            ahead = could_be & self._begins.get(words[0][0], set())
            found = self._ranked(sorted(ahead)[:LOOKED_AT], words)
            if len(found) < limit:
                found += self._ranked(sorted(could_be - ahead)[:LOOKED_AT], words)
        found.sort(key=lambda each: each[0])
        return [match for _, match in found[:limit]]

    def _ranked(self, places: Iterable[int], words: list[str]) -> list[tuple[_Rank, Match]]:
        found: list[tuple[_Rank, Match]] = []
        for place in places:
            order, entry = self._entries[place]
            matches = entry.matches(words)
            if matches:
                worst = max(matches, key=lambda match: match.how)
                first = min(matches, key=lambda match: match.how)
                loose = sum(match.loose for match in matches)
                size = len(entry.entry.name)
                left = size - sum(match.end - match.start for match in matches)
                rank = (worst.how, first.how, first.start, left, loose, size, order)
                found.append((rank, worst))
        return found


def _bare(word: str) -> str:
    return "".join(each for each in word if each.isalnum())


@dataclass(frozen=True, slots=True)
class _Ways:
    """How one character can be typed: in full or by its initial, usually and at all."""

    heads: str
    usual: tuple[str, ...]
    usual_short: tuple[str, ...]
    full: tuple[str, ...]
    short: tuple[str, ...]

    @staticmethod
    @lru_cache(maxsize=8192)
    def of(char: str) -> _Ways:
        usual, full = usual_readings(char), readings(char)
        heads = "".join({char, *(each[0] for each in full)})
        return _Ways(heads, (char, *usual), initials(usual), (char, *full), initials(full))


@dataclass(frozen=True, slots=True)
class _Sounded:
    """A text's searchable characters, where each stands, and the ways to type each."""

    text: str
    places: tuple[int, ...]
    ways: tuple[_Ways, ...]

    @classmethod
    def of(cls, text: str) -> _Sounded:
        kept = [(at, each) for at, raw in enumerate(text) for each in plain(raw) if each.isalnum()]
        ways = tuple(_Ways.of(each) for _, each in kept)
        return cls("".join(each for _, each in kept), tuple(at for at, _ in kept), ways)

    def sound(self, word: str, *, rare: bool) -> tuple[int, Run] | None:
        """Return where the first run of characters begins that the word can be typed for."""
        for start, way in enumerate(self.ways):
            if word[0] in way.heads:
                run = self._run(word, start, rare=rare)
                if run is not None:
                    return start, run
        return None

    def _run(self, word: str, at: int, *, rare: bool) -> Run | None:
        """Return the run that spells the most characters out."""
        if at == len(self.ways):
            return None
        way = self.ways[at]
        best: Run | None = None
        for each in way.full if rare else way.usual:
            if each.startswith(word):  # the last one, perhaps unfinished
                best = _better(best, (int(each != word), at + 1))
            elif word.startswith(each):
                best = _better(best, self._run(word[len(each) :], at + 1, rare=rare))
        for each in way.short if rare else way.usual_short:
            if len(each) < len(word) and word.startswith(each):
                rest = self._run(word[len(each) :], at + 1, rare=rare)
                best = _better(best, rest and (rest[0] + 1, rest[1]))
        return best


def _better(one: Run | None, two: Run | None) -> Run | None:
    if one is None or two is None:
        return one or two
    return min(one, two)


@dataclass(frozen=True, slots=True)
class _Indexed:
    """An entry with its name and other words made ready."""

    entry: Entry
    code: str
    name: _Sounded
    also: tuple[_Sounded, ...]

    @classmethod
    def of(cls, entry: Entry) -> _Indexed:
        also = tuple(_Sounded.of(each) for each in entry.also)
        return cls(entry, plain(entry.code), _Sounded.of(entry.name), also)

    def heads(self) -> frozenset[str]:
        """Return what code and name can begin with."""
        ways = self.name.ways
        return frozenset((*self.code[:1], *(ways[0].heads if ways else ())))

    def parts(self) -> tuple[str, ...]:
        """Return everything that leads here, in letters, digits and hanzi alone."""
        return _bare(self.code), self.name.text, *(each.text for each in self.also)

    def matches(self, words: list[str]) -> list[Match] | None:
        """Return a match for each word, or None when one has none."""
        found = []
        for word in words:
            match = self._match(word)
            if match is None:
                return None
            found.append(match)
        return found

    def _match(self, word: str) -> Match | None:
        if self.code.startswith(word):
            return Match(self.entry, How.CODE if word == self.code else How.CODE_START)
        bare = _bare(word)
        if not bare:
            return None
        match = self._in_name(bare)
        if match is None and any(
            bare in each.text or each.sound(bare, rare=False) is not None for each in self.also
        ):
            match = Match(self.entry, How.ALSO)
        return match

    def _in_name(self, word: str) -> Match | None:
        at = self.name.text.find(word)
        if at >= 0:
            whole = How.NAME if word == self.name.text else How.NAME_START
            return self._marked(whole if at == 0 else How.INSIDE, at, at + len(word))
        for rare in (False, True):
            found = self.name.sound(word, rare=rare)
            if found is not None:
                start, (loose, end) = found
                usual = How.SOUND_INSIDE if start else How.SOUND_START
                return self._marked(How.SOUND_RARE if rare else usual, start, end, loose)
        return None

    def _marked(self, how: How, start: int, end: int, loose: int = 0) -> Match:
        places = self.name.places
        return Match(self.entry, how, places[start], places[end - 1] + 1, loose)
