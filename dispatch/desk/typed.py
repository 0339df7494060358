"""Reads a line of the command palette against what is here. Inside one read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dispatch.advice.items import Entry, How, Match
from dispatch.advice.line import Act, Grammar, Holds, Line, Word, parse
from dispatch.advice.slots import Filled, fill
from dispatch.desk import looking
from dispatch.desk.modes import Moment
from dispatch.desk.name_index import NameIndex
from dispatch.desk.reference import Reference
from dispatch.desk.rows import queue_row
from dispatch.desk.views import QueueRow
from dispatch.desk.views_palette import Named, Typed, Typing
from dispatch.domain.command import Verb
from dispatch.domain.may import NEW, writable
from dispatch.store.reader import Reader
from dispatch.store.rows import IncidentRow

SEVERAL: Final = 6
"""As many incidents of one number are asked about."""
_SEARCHED: Final = (Holds.WORKER, Holds.ITEM, Holds.PLACE, Holds.UNIT)
_EACH: Final = 4


def typed(at: Moment, tables: Reference, grammar: Grammar, typing: Typing) -> Typed:
    """Return what a line means. One that says nothing is no error."""
    reader, now = at.reader, at.now
    line, names = parse(typing.text, grammar), tables.known_names
    rows = _meant(reader, line, typing.here)
    incidents = tuple(row for row in (queue_row(each, tables.names, at) for each in rows) if row)
    act = _act(line, typing)
    if act is not None:
        here = _Here(reader, tables)
        return _act_typed(Typed(typing, line, incidents), act, here, names, now)
    found = _found(at, tables, line)
    return Typed(typing, line, incidents, found=found, reports=_report(line, grammar, names, now))


class _Here:
    """Names of the tables, and incidents by their numbers."""

    def __init__(self, reader: Reader, tables: Reference) -> None:
        self._reader = reader
        self._tables = tables

    def find(self, holds: Holds, text: str, limit: int) -> tuple[Match, ...]:
        if holds is not Holds.INCIDENT:
            return self._tables.known_names.find(holds, text, limit)
        rows = self._reader.rows(self._reader.named(text)[:limit])
        return tuple(self._match(row) for row in rows)

    def _match(self, row: IncidentRow) -> Match:
        name = f"{row.number or row.temp} {self._tables.names.item(row.item or '', row.catalogue)}"
        return Match(Entry(row.id, name, (row.place,)), How.CODE)

    def shown(self, holds: Holds, match: Match) -> Named:
        """Return a match as it is shown."""
        if holds is Holds.INCIDENT:
            entry = match.entry
            return Named("incident", entry.code, entry.name, "", entry.also[0])
        return self._tables.known_names.shown(holds, match)


def _act_typed(read: Typed, act: Act, here: _Here, names: NameIndex, now: int) -> Typed:
    filled = fill(read.line, act, here, now, read.typing.picked)
    asked: tuple[Named, ...] = ()
    if filled.asked is not None:
        holds = filled.asked.holds
        asked = tuple(here.shown(holds, match) for match in filled.matches)
    unit = names.unit_of(filled.worker.entry.code) if filled.worker else ""
    return Typed(read.typing, read.line, read.incidents, filled, asked, worker_unit=unit)


def _act(line: Line, typing: Typing) -> Act | None:
    """Return which of several acts is meant: one that is offered, in that order."""
    by_verb = {each.verb: each for each in line.acts}
    offered = (by_verb[verb] for verb in typing.offered if verb in by_verb)
    return next(offered, line.acts[0] if line.acts else None)


def _meant(reader: Reader, line: Line, here: str) -> tuple[IncidentRow, ...]:
    if line.number is not None:
        return reader.rows(reader.named(line.number.text)[:SEVERAL])
    if line.acts and here and line.acts[0].verb not in NEW:
        return reader.rows((here,))
    return ()


def _found(at: Moment, tables: Reference, line: Line) -> tuple[Named, ...]:
    """Return what the words lead to together, or else each of them."""
    words = [each.text for each in (line.number, *line.words) if each is not None]
    if not words:
        return ()
    names = tables.known_names
    whole = tuple(_by_name(names, " ".join(words), at.now))
    if not whole and len(words) > 1:
        whole = tuple(each for word in words for each in _by_name(names, word, at.now))
    return (*whole, *_by_text(at, tables, words))


def _by_name(names: NameIndex, text: str, now: int) -> Iterable[Named]:
    """What is called so stands before what only belongs to something that is."""
    kinds = [
        tuple((match.how, names.shown(holds, match)) for match in names.find(holds, text, _EACH))
        for holds in _SEARCHED
    ]
    kinds.append(names.contacts(text, _EACH, now))
    kinds.sort(key=lambda each: min((how for how, _ in each), default=How.ALSO))
    for each in kinds:
        for _, named in each:
            yield named


def _by_text(at: Moment, tables: Reference, words: list[str]) -> Iterable[Named]:
    """Return incidents by the end of their number, else by their texts; letters are pinyin."""
    text = " ".join(words)
    if text.isascii() and not any(each.isdigit() for each in text):
        return
    if not writable(text) or len(text) > looking.SEARCH_PAGE:
        return
    for row in looking.search(at.reader, text, _EACH, None):
        shown = queue_row(row, tables.names, at)
        if shown is not None:
            yield named_incident(shown)


def named_incident(row: QueueRow) -> Named:
    """Return an incident as something that was found."""
    return Named("incident", row.id, f"{row.number[-4:]} {row.item_name}", "", row.place)


def _report(line: Line, grammar: Grammar, names: NameIndex, now: int) -> Filled | None:
    """Return what a line without a verb gives a report: an item and a place, in any order."""
    act = grammar.act(Verb.REPORT)
    if act is None or line.acts:
        return None
    words: tuple[Word, ...] = tuple(each for each in (line.number, *line.words) if each)
    filled = fill(Line(line.text, (act,), None, None, words, line.closed), act, names, now)
    kinds = {each.slot.holds for each in filled.given}
    return filled if {Holds.ITEM, Holds.PLACE} <= kinds else None
