"""Find an item, a village or a person by code, hanzi, pinyin or initials, key by key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

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
    the code or another word matched.
    """

    entry: Entry
    how: How
    start: int = 0
    end: int = 0


class ItemSearch:
    """An index over some hundred or thousand entries; built once, asked at every key.

    Words apart by blanks must all match. A word is hanzi, a code's start, full pinyin, initials
    (zh, ch, sh may be typed as one letter or two), or a mixture; the last syllable may be
    unfinished. Blanks inside pinyin do no harm: every syllable is then a word of its own.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = [_Indexed.of(entry) for entry in entries]

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
        found = []
        for order, entry in enumerate(self._entries):
            matches = entry.matches(words)
            if matches:
                worst = max(matches, key=lambda match: match.how)
                first = min(matches, key=lambda match: match.how)
                rank = (worst.how, first.how, first.start, len(entry.entry.name), order)
                found.append((rank, worst))
        found.sort(key=lambda each: each[0])
        return [match for _, match in found[:limit]]


@dataclass(frozen=True, slots=True)
class _Ways:
    """How one character can be typed: in full or by its initial, usually and at all."""

    heads: str
    usual: tuple[str, ...]
    usual_short: tuple[str, ...]
    full: tuple[str, ...]
    short: tuple[str, ...]

    @classmethod
    def of(cls, char: str) -> _Ways:
        usual, full = usual_readings(char), readings(char)
        heads = "".join({char, *(each[0] for each in full)})
        return cls(heads, (char, *usual), initials(usual), (char, *full), initials(full))


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

    def sound(self, word: str, *, rare: bool) -> tuple[int, int] | None:
        """Return the first run of characters that the word can be typed for."""
        for start, way in enumerate(self.ways):
            if word[0] in way.heads:
                end = self._run(word, start, rare=rare)
                if end is not None:
                    return start, end
        return None

    def _run(self, word: str, at: int, *, rare: bool) -> int | None:
        if at == len(self.ways):
            return None
        way = self.ways[at]
        full = way.full if rare else way.usual
        if any(each.startswith(word) for each in full):  # the last one, perhaps unfinished
            return at + 1
        for each in (*full, *(way.short if rare else way.usual_short)):
            if word.startswith(each):
                end = self._run(word[len(each) :], at + 1, rare=rare)
                if end is not None:
                    return end
        return None


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
        bare = "".join(each for each in word if each.isalnum())
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
        run = self.name.sound(word, rare=False)
        if run is not None:
            return self._marked(How.SOUND_INSIDE if run[0] else How.SOUND_START, *run)
        run = self.name.sound(word, rare=True)
        return None if run is None else self._marked(How.SOUND_RARE, *run)

    def _marked(self, how: How, start: int, end: int) -> Match:
        places = self.name.places
        return Match(self.entry, how, places[start], places[end - 1] + 1)
