"""Which of many texts a word could be typed for, before any of them is looked at closely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from dispatch.advice.readings import initials, readings


class Pairs:
    """The texts by every two characters that can follow each other when one of them is typed.

    What it gives holds every text that the word leads to, and some that it does not: whoever
    asks compares those few. Texts are told by their place, counted from 0.
    """

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        """Each text is some parts (code, name, other words) of letters, digits and hanzi."""
        self._places: dict[str, list[int]] = {}
        self._count = 0
        for at, parts in enumerate(texts):
            keys = {key for part in parts for key in _keys(part)}
            for key in keys:
                self._places.setdefault(key, []).append(at)
            self._count = at + 1

    def could_be(self, word: str) -> set[int]:
        """Return the places of the texts that the word may be typed for; "" leaves out none."""
        if not word:
            return set(range(self._count))
        keys = {word[at : at + 2] for at in range(len(word) - 1)} or {word}
        listed = sorted((self._places.get(key, ()) for key in keys), key=len)
        found = set(listed[0])
        for each in listed[1:]:
            found.intersection_update(each)
        return found


def _keys(part: str) -> Iterable[str]:
    """What may stand in a word that is typed for this part: single beginnings, and pairs."""
    for at, char in enumerate(part):
        yield from _inside(char)
        if at + 1 < len(part):
            yield from _across(char, part[at + 1])


@lru_cache(maxsize=8192)
def _inside(char: str) -> tuple[str, ...]:
    """What begins here, and what stands side by side within one reading."""
    ways = readings(char)
    pairs = {each[at : at + 2] for each in ways for at in range(len(each) - 1)}
    return (*_heads(char), *pairs)


@lru_cache(maxsize=65536)
def _across(one: str, two: str) -> tuple[str, ...]:
    """What stands side by side where one character ends and the next begins."""
    return tuple(tail + head for tail in _tails(one) for head in _heads(two))


@lru_cache(maxsize=8192)
def _heads(char: str) -> tuple[str, ...]:
    return tuple({char, *(each[0] for each in readings(char))})


@lru_cache(maxsize=8192)
def _tails(char: str) -> tuple[str, ...]:
    every = readings(char)
    return tuple({char, *(each[-1] for each in (*every, *initials(every)))})
