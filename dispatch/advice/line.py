"""A typed line read as an act: its verb, the incident's number, and the words that come after."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from dispatch.advice.items import Entry, ItemSearch
from dispatch.advice.readings import plain
from dispatch.domain.command import Verb
from dispatch.domain.may import NEW

_WORD: Final = re.compile(r"\S+")
_NUMBER: Final = re.compile(r"[0-9A-Za-z\-]*[0-9][0-9A-Za-z\-]*")
_GLUED: Final = re.compile(r"([\u4e00-\u9fff]+)([0-9][0-9A-Za-z\-]*)")
LONGEST: Final = 200
"""A longer line is cut: nobody types one, and what is pasted belongs into a form."""


class Holds(StrEnum):
    """What a slot of an act takes from a line."""

    ITEM = "item"
    UNIT = "unit"
    UNITS = "units"
    WORKER = "worker"
    INCIDENT = "incident"
    PLACE = "place"
    TIME = "time"
    WHOLE = "whole"
    CHOICE = "choice"
    WORD = "word"
    WORDS = "words"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Slot:
    """One option of an act: `choices` are codes with their words, for CHOICE alone."""

    name: str
    holds: Holds
    label: str
    needed: bool = False
    choices: tuple[tuple[object, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """A verb with the words it goes by, the one on its button first, and its slots in order."""

    verb: Verb
    words: tuple[str, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the line and where it stands in it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was read.

    `acts`: what its first word may mean, likeliest first; empty when it is no verb. `number` names
    an incident. `words` are the rest; the last of them is still being typed unless `closed`.
    """

    text: str
    acts: tuple[Act, ...] = ()
    verb: Word | None = None
    number: Word | None = None
    words: tuple[Word, ...] = ()
    closed: bool = False


class Grammar:
    """Every act that a line can name. Made once; safe from any thread."""

    def __init__(self, acts: Iterable[Act]) -> None:
        self.acts = tuple(acts)
        self._by_word: dict[str, list[Act]] = {}
        for act in self.acts:
            for word in (*act.words, act.verb.value):
                self._by_word.setdefault(plain(word), []).append(act)

    def act(self, verb: Verb) -> Act | None:
        """Return the act of a verb, None when this grammar has none."""
        return next((each for each in self.acts if each.verb is verb), None)

    def named(self, word: str) -> tuple[Act, ...]:
        """Return the acts that a word means: by word, by its beginning in hanzi, by sound.

        By sound it has to be whole: initials of all of it, or its first syllables in full.
        """
        word = plain(word)
        found = {each.verb: each for each in self._by_word.get(word, ())}
        if not word.isascii():
            for act in self.acts:
                if act.words and act.words[0].startswith(word):
                    found.setdefault(act.verb, act)
        else:
            for match in self._sounds.find(word, len(self.acts)):
                if not match.start and (not match.loose or match.end == len(match.entry.name)):
                    known = self.act(Verb(match.entry.code))
                    if known is not None and match.end:
                        found.setdefault(known.verb, known)
        return tuple(found.values())

    @cached_property
    def _sounds(self) -> ItemSearch:
        return ItemSearch(Entry(each.verb.value, each.words[0]) for each in self.acts if each.words)


def parse(text: str, grammar: Grammar) -> Line:
    """Read a line; one that begins with no verb has only words, and perhaps a number alone."""
    text = text[:LONGEST]
    words = [Word(each.group(), *each.span()) for each in _WORD.finditer(text)]
    closed = bool(text) and text[-1].isspace()
    if not words:
        return Line(text, closed=closed)
    acts = grammar.named(words[0].text)
    if not acts and (glued := _GLUED.fullmatch(words[0].text)):
        acts = grammar.named(glued.group(1))
        if acts:
            start, middle = words[0].start, words[0].start + glued.end(1)
            first = Word(glued.group(1), start, middle)
            words = [first, Word(glued.group(2), middle, words[0].end), *words[1:]]
    verb = words.pop(0) if acts else None
    makes = bool(acts) and acts[0].verb in NEW
    takes = words and not makes and _NUMBER.fullmatch(words[0].text) and (acts or len(words) == 1)
    number = words.pop(0) if takes else None
    return Line(text, acts, verb, number, tuple(words), closed)
