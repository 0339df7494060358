"""The words after a verb and a number, put into the act's options."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from dispatch.advice.items import Entry, How, ItemSearch, Match
from dispatch.advice.line import Act, Holds, Line, Slot, Word
from dispatch.advice.moments import moment
from dispatch.domain.errors import BadInput

NAMES: Final = (Holds.ITEM, Holds.UNIT, Holds.UNITS, Holds.WORKER, Holds.PLACE, Holds.INCIDENT)
"""What a slot takes by name; a name that several could mean is asked about while it is typed."""
SHOWN: Final = 6
_WHOLE: Final = re.compile(r"\d{1,9}")
_SHORT: Final = re.compile(r"\d{1,3}")
_PHONE: Final = re.compile(r"[\d*+\- ]{3,20}")


class Names(Protocol):
    """Where names are looked up."""

    def find(self, holds: Holds, text: str, limit: int) -> tuple[Match, ...]:
        """Return what a text means among the names of that kind, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """One slot that the line fills: its value for the command, and how it is said."""

    slot: Slot
    value: object
    said: str
    word: Word


@dataclass(frozen=True, slots=True)
class Filled:
    """What a line gives an act.

    `asked` is the slot that the last word is for and `matches` what it may mean; the first is
    taken. `unread` are words that no slot takes. `worker` is one who was named where a unit is
    asked for.
    """

    act: Act
    given: tuple[Given, ...] = ()
    unread: tuple[Word, ...] = ()
    asked: Slot | None = None
    matches: tuple[Match, ...] = ()
    worker: Match | None = None

    def missing(self) -> tuple[Slot, ...]:
        """Return what the act needs and the line does not give."""
        known = {each.slot.name for each in self.given}
        return tuple(each for each in self.act.slots if each.needed and each.name not in known)


@dataclass(slots=True)
class _Filling:
    """A line on its way into the slots of an act. `picked`: the code chosen for the last word."""

    line: Line
    act: Act
    names: Names
    now: int
    picked: str
    given: list[Given] = field(default_factory=list)
    unread: list[Word] = field(default_factory=list)
    asked: Slot | None = None
    matches: tuple[Match, ...] = ()
    worker: Match | None = None

    def run(self) -> None:
        """Give each word to the first free slot that takes it; the rest is free text."""
        for word in self._joined():
            last = word.end == self.line.words[-1].end
            if not (self._by_kind(word) or self._by_name(word, last=last) or self._as_text(word)):
                self.unread.append(word)

    def _joined(self) -> Iterable[Word]:
        """Give the words; a village and the number after it are one word, the grid's."""
        words = deque(self.line.words)
        while words:
            word = words.popleft()
            if words and _SHORT.fullmatch(words[0].text) and self._free(Holds.PLACE):
                name = word.text + words[0].text
                found = self.names.find(Holds.PLACE, name, 1)
                if found and found[0].end == len(found[0].entry.name) and not found[0].start:
                    word = Word(name, word.start, words.popleft().end)
            yield word

    def _free(self, *holds: Holds) -> list[Slot]:
        taken = {each.slot.name for each in self.given if each.slot.holds is not Holds.UNITS}
        return [each for each in self.act.slots if each.holds in holds and each.name not in taken]

    def _put(self, slot: Slot, value: object, said: str, word: Word) -> bool:
        self.given.append(Given(slot, value, said, word))
        return True

    def _by_kind(self, word: Word) -> bool:
        """What a slot knows by its form: a choice, a time, a whole number."""
        for slot in self._free(Holds.CHOICE):
            match = _choice(slot, word.text)
            if match is not None:
                value, said = slot.choices[int(match.entry.code)]
                return self._put(slot, value, said, word)
        for slot in self._free(Holds.TIME):
            try:
                return self._put(slot, moment(word.text, slot.name, self.now), word.text, word)
            except BadInput:
                continue
        for slot in self._free(Holds.WHOLE):
            if _WHOLE.fullmatch(word.text):
                return self._put(slot, int(word.text), word.text, word)
        return False

    def _by_name(self, word: Word, *, last: bool) -> bool:
        slots = self._free(*NAMES)
        wordy = bool(self._free(Holds.WORDS))
        for slot in slots:
            found = self.names.find(slot.holds, word.text, SHOWN)
            sure = [each for each in found if not wordy or _is_meant(each, word.text)]
            known = {each.value for each in self.given}
            sure = [each for each in sure if each.entry.code not in known]
            if not sure:
                continue
            chosen = sure[0]
            if last:
                self.asked, self.matches = slot, tuple(sure)
                chosen = next((each for each in sure if each.entry.code == self.picked), chosen)
            return self._put(slot, chosen.entry.code, chosen.entry.name, word)
        return self._names_a_worker(word, slots, last=last)

    def _names_a_worker(self, word: Word, slots: list[Slot], *, last: bool) -> bool:
        """Somebody named where a unit is asked for: the person goes with the station's unit."""
        slot = next((each for each in slots if each.holds is Holds.UNIT), None)
        if slot is None or self.worker is not None:
            return False
        found = [
            e for e in self.names.find(Holds.WORKER, word.text, SHOWN) if _is_meant(e, word.text)
        ]
        if not found:
            return False
        self.worker = found[0]
        if last:
            self.asked, self.matches = replace(slot, holds=Holds.WORKER), tuple(found)
            self.worker = next((e for e in found if e.entry.code == self.picked), found[0])
        return True

    def _as_text(self, word: Word) -> bool:
        for slot in self._free(Holds.WORD):
            if slot.name != "phone" or _PHONE.fullmatch(word.text):
                return self._put(slot, word.text, word.text, word)
        begun = next((e for e in self.given if e.slot.holds is Holds.WORDS), None)
        if begun is not None:
            # What lies between two words is theirs, unless a word there went to another slot.
            between = self.line.text[begun.word.end : word.start]
            joined = begun.said + (between if not between.strip() else " ") + word.text
            self.given.remove(begun)
            whole = Word(joined, begun.word.start, word.end)
            return self._put(begun.slot, joined, joined, whole)
        for slot in self._free(Holds.WORDS):
            return self._put(slot, word.text, word.text, word)
        return False


def fill(line: Line, act: Act, names: Names, now: int, picked: str = "") -> Filled:
    """Return what the words after verb and number give the act; `now` in UTC milliseconds.

    `picked` is the code that was chosen among the matches of the last word.
    """
    filling = _Filling(line, act, names, now, picked)
    filling.run()
    return Filled(
        act,
        tuple(filling.given),
        tuple(filling.unread),
        filling.asked,
        filling.matches,
        filling.worker,
    )


def _choice(slot: Slot, text: str) -> Match | None:
    """Return the choice that a word names from its beginning; free text is never one."""
    words = (Entry(str(at), word) for at, (_, word) in enumerate(slot.choices))
    found = ItemSearch(words).find(text, 1)
    by_code = next((at for at, (code, _) in enumerate(slot.choices) if str(code) == text), None)
    if by_code is not None:
        return Match(Entry(str(by_code), ""), How.CODE)
    return (
        found[0] if found and found[0].how is not How.ALSO and _is_meant(found[0], text) else None
    )


def _is_meant(match: Match, text: str) -> bool:
    """Whether a word that could also be free text is this name: in hanzi, or by sound.

    Free text is typed in hanzi, so letters that lead to another word of a name mean that name.
    """
    if match.how is How.ALSO:
        return text.isascii()
    return match.how not in {How.CODE_START, How.SOUND_RARE}
