"""Bugs put in on purpose, each for one test: what the simulator must not let pass.

Each is a context; within it, the product has the bug.
"""

# ruff: noqa: SLF001 - a bug is put where it would be, inside

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import msgspec
from sqlalchemy import Connection, delete, update

from dispatch.domain import fold as folds
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident
from dispatch.domain.types import NUMBERED, TYPES
from dispatch.drill.faults import checks
from dispatch.drill.faults.fixed import forget_engines
from dispatch.hub import folding as hub_folding
from dispatch.hub import ingest, numbering, pulling, verify
from dispatch.hub.schema import EVENT_KEY, WRITER
from dispatch.store import apply, engine, folding, outbox, page, projection, sentinel
from dispatch.store.page import Chunk
from dispatch.store.site import SiteStore
from dispatch.sync import exchange
from dispatch.sync.answers import ask, parsed
from dispatch.sync.ops import Read, Write
from dispatch.wire import digest
from dispatch.wire import protocol as wire
from dispatch.wire.chain import START
from dispatch.wire.header import read_header
from tests.sync.photo_bugs import photo_kept_without_proof, photo_marked_before_it_is_sent

Patching = AbstractContextManager[Any]  # Any: what mock.patch gives is not looked at
Bug = Callable[[], Patching]


def _all(*patches: Patching) -> Patching:
    stack = ExitStack()
    for each in patches:
        stack.enter_context(each)
    return stack


def cursor_first() -> Patching:
    """The cursor is committed before the rows it has passed."""

    def apply_page(store: SiteStore, town: str, given: Any, between: Any = lambda: None) -> int:
        cursor = store.read(lambda reader: reader.cursor(town)).result()
        for chunk in page.cut(town, cursor, given):
            bare = Chunk(town=town, before=chunk.before, after=chunk.after)
            rest = replace(chunk, before=chunk.after)
            store.write(lambda log, bare=bare: log.apply(bare), 5).result()  # type: ignore[misc]
            store.write(lambda log, rest=rest: log.apply(rest), 5).result()  # type: ignore[misc]
            between()
        return int(given.next)

    return patch.object(SiteStore, "apply_page", apply_page)


def page_in_two_transactions() -> Patching:
    """The rows are committed before the cursor that has passed them."""

    def apply_page(store: SiteStore, town: str, given: Any, between: Any = lambda: None) -> int:
        cursor = store.read(lambda reader: reader.cursor(town)).result()
        for chunk in page.cut(town, cursor, given):
            rows = replace(chunk, after=chunk.before)
            bare = Chunk(town=town, before=chunk.before, after=chunk.after)
            store.write(lambda log, rows=rows: log.apply(rows), 5).result()  # type: ignore[misc]
            store.write(lambda log, bare=bare: log.apply(bare), 5).result()  # type: ignore[misc]
            between()
        return int(given.next)

    return patch.object(SiteStore, "apply_page", apply_page)


def _pushing(verdicts: Callable[[tuple[wire.Frame, ...], Any], list[wire.Verdict]]) -> Patching:
    """Patch the push so that it takes its verdicts from frames and the answer as they say."""

    def push(_self: Any) -> Generator[Any, Any, bool]:
        frames = yield Read(lambda reader: reader.pending(wire.PUSH_EVENTS, wire.PUSH_BYTES))
        if not frames:
            return False  # as the exchange's own does
        names = {msgspec.json.decode(each.event)["subject"]["id"] for each in frames}
        keys = yield Read(lambda reader: reader.keys(names))
        answer = yield ask("/v1/events", wire.Push(frames, keys))
        found = tuple(verdicts(frames, answer))
        yield Write(lambda log: log.mark_answered(found))
        return True

    return patch.object(exchange.Exchange, "_push", push)


def ack_without_reading_the_body() -> Patching:
    """Whatever comes back is taken for a yes."""
    return _pushing(
        lambda frames, _: [wire.Verdict(wire.event_hash(each), "accepted") for each in frames]
    )


def verdict_for_what_was_not_sent() -> Patching:
    """Verdicts are counted and not compared: so many are answered for, so many are marked."""
    return _pushing(
        lambda frames, answer: [
            wire.Verdict(wire.event_hash(frame), "accepted")
            for frame, _ in zip(
                frames, parsed(answer, wire.PushAnswer, "push").verdicts, strict=False
            )
        ]
    )


def unit_parted() -> Patching:
    """A push ends in the middle of a command's events, and the hub numbers what has come."""

    def single(rows: Any) -> list[list[Any]]:  # Any: rows of the outbox
        return [[row] for row in rows]

    return _all(
        patch.object(outbox, "_units", single),
        patch.object(ingest, "whole_units", lambda fresh: (fresh, None)),
    )


def half_of_a_unit() -> Patching:
    """A site sends the first half of a unit for the whole; the rest is taken for sent."""
    real = outbox.pending

    def pending(connection: Connection, limit: int, size: int) -> Any:
        found = real(connection, limit, size)
        halves = [read_header(each.event.encode()).unit for each in found]
        return tuple(
            each for each, mark in zip(found, halves, strict=True) if not mark or mark.i == 1
        )

    return _all(
        patch.object(outbox, "pending", pending),
        patch.object(ingest, "whole_units", lambda fresh: (fresh, None)),
    )


def retry_without_timer() -> Patching:
    """After a failure nothing is tried until the next local act."""
    return patch.object(exchange.Exchange, "delay", lambda _self, _failed: 1e7)


def numbers_from_a_sequence() -> Patching:
    """Numbers come from a sequence: a transaction that is rolled back leaves a hole."""
    given: dict[tuple[int, str], int] = {}
    real = numbering.append

    def append(
        database: Any, connection: Connection, town: str, entries: Sequence[Any], now: int
    ) -> Any:
        seq, chain = numbering.lock_head(database, connection, town)
        place = (id(database.engine), town)
        first = max(given.get(place, 0) if seq else 0, seq)
        given[place] = first + len(entries)
        with patch.object(numbering, "lock_head", lambda *_: (first, chain)):
            return real(database, connection, town, entries, now)

    return _all(patch.object(numbering, "append", append), patch.object(ingest, "append", append))


def winner_by_clock() -> Patching:
    """Of colliding facts the one with the later clock wins, in silence, everywhere."""
    real = folds.fold

    def fold(facts: Any) -> Incident:
        found = real(facts)
        movers = [each for each in found.facts if TYPES[each.type].to is not None]
        last = max(movers, key=lambda each: each.at, default=None)
        state = TYPES[last.type].to if last else found.state
        return replace(found, state=state, contested=())

    def evolve(before: Incident | None, event: Event) -> Incident:
        return fold((*(before.facts if before else ()), event))

    return _everywhere(fold, evolve)


def evolve_reads_the_calendar() -> Patching:
    """The fold takes a value from the machine's clock."""
    real = folds.fold

    def fold(facts: Any) -> Incident:
        return replace(real(facts), order_no=str(int(time.time())))

    def evolve(before: Incident | None, event: Event) -> Incident:
        return fold((*(before.facts if before else ()), event))

    return _everywhere(fold, evolve)


def _everywhere(fold: Any, evolve: Any) -> Patching:
    return _all(
        *(patch.object(module, "fold", fold) for module in (folding, hub_folding, verify, checks)),
        patch.object(folding, "evolve", evolve),
    )


def incarnation_copied() -> Patching:
    """A store that was put back from an older copy goes on under its old name."""
    return patch.object(sentinel.Sentinel, "waking", lambda *_: "as before")


def filter_that_stops_the_cursor() -> Patching:
    """A page in which nothing is in scope does not move the cursor."""
    real = pulling.Pulling._page

    def of(self: Any, connection: Connection, site: Any, between: Any, how: Any) -> Any:
        found = real(self, connection, site, between, how)
        if any(isinstance(each, wire.Frame) for each in found.entries):
            return found
        chain = pulling.chain_at(connection, site.town, between[0])
        return wire.TownPage((), between[0], chain, more=False)

    return patch.object(pulling.Pulling, "_page", of)


def backfill_moves_the_cursor() -> Patching:
    """What comes as backfill is taken for the next of the order."""
    real = apply.apply

    def apply_(log: Any, chunk: Chunk) -> None:
        real(log, chunk)
        last = max((each.seq for part in chunk.earlier for each in part.arrivals), default=0)
        if last:
            here = apply.cursor(log.connection, chunk.town)
            row = {"town": chunk.town, "seq": last, "chain": here.chain}
            apply._MOVE_CURSOR.run(log.connection, row)

    return patch.object(apply, "apply", apply_)


def duplicate_numbered_again() -> Patching:
    """The hub does not know again what it has numbered."""
    real = ingest.Ingest._settle

    def settle(
        self: Any, connection: Connection, writer: tuple[str, str], queue: Any, sorting: Any
    ) -> None:
        first = queue[0].header
        here = (WRITER.c.town == writer[0]) & (WRITER.c.inc == writer[1])
        place = {"last_sseq": first.sseq - 1, "last_hash": first.prev}
        connection.execute(update(WRITER).where(here).values(**place))
        known = (EVENT_KEY.c.town == writer[0]) & (EVENT_KEY.c.inc == writer[1])
        connection.execute(delete(EVENT_KEY).where(known, EVENT_KEY.c.sseq >= first.sseq))
        real(self, connection, writer, queue, sorting)

    return patch.object(ingest.Ingest, "_settle", settle)


def gap_accepted() -> Patching:
    """The newest goes out first, and the hub takes it as it comes."""
    real = outbox.pending
    settle = ingest.Ingest._settle

    def newest(connection: Connection, limit: int, size: int) -> Any:
        return real(connection, 10_000, size)[-limit:]

    def taking(
        self: Any, connection: Connection, writer: tuple[str, str], queue: Any, sorting: Any
    ) -> None:
        first = queue[0].header
        here = (WRITER.c.town == writer[0]) & (WRITER.c.inc == writer[1])
        place = {"last_sseq": first.sseq - 1, "last_hash": first.prev}
        connection.execute(update(WRITER).where(here).values(**place))
        settle(self, connection, writer, queue, sorting)

    return _all(
        patch.object(outbox, "pending", newest), patch.object(ingest.Ingest, "_settle", taking)
    )


def digest_of_fewer_fields() -> Patching:
    """The figure says nothing of the facts themselves."""

    def figure(incident: Incident) -> str:
        return digest.facts_hash({incident.id: 1, str(incident.state): 2})

    return _all(
        patch.object(projection, "incident_hash", figure),
        patch.object(hub_folding, "incident_hash", figure),
        patch.object(verify, "incident_hash", figure),
    )


@contextmanager
def normal_sync() -> Iterator[None]:
    """A commit does not wait until it is on the disk."""
    weak = [each.replace("synchronous=FULL", "synchronous=NORMAL") for each in engine.PRAGMAS]
    forget_engines()
    try:
        with patch.object(engine, "PRAGMAS", weak):
            yield
    finally:
        forget_engines()


def leaving_is_ignored() -> Patching:
    """What has gone out of the scope stays to be seen."""
    return patch.object(apply, "purge", lambda _log, _subject: None)


def no_backfill() -> Patching:
    """A subject that comes into the scope comes without its past."""
    return patch.object(pulling._Sight, "newcomers", lambda _self: ())


def human_number_in_memory() -> Patching:
    """The year's counter is kept by the process, which may die."""
    last: dict[tuple[int, str], int] = {}

    def numbers(
        database: Any, _connection: Connection, town: str, entries: Sequence[Any], _now: int
    ) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for each in entries:
            if each.type in NUMBERED and not each.quarantined:
                place = (id(database), town)
                last[place] = last.get(place, 0) + 1
                found[each.hash] = f"{town}-2026-{last[place]:06d}"
        return found

    return patch.object(numbering, "_numbers", numbers)


def chain_begins_anew() -> Patching:
    """Every fifth event begins the chain of its town anew."""
    real = numbering.lock_head

    def lock_head(database: Any, connection: Connection, town: str) -> tuple[int, str]:
        seq, chain = real(database, connection, town)
        return seq, chain if seq % 5 else START

    return patch.object(numbering, "lock_head", lock_head)


LINE = frozenset({"html", "busy", "swallowed", "short", "ask lost", "answer lost", "cut", "late"})
ANY: frozenset[str] = frozenset()

BUGS: dict[str, tuple[Bug, frozenset[str]]] = {
    "cursor first": (cursor_first, ANY),
    "page in two transactions": (page_in_two_transactions, ANY),
    "ack without reading the body": (ack_without_reading_the_body, frozenset({"html", "busy"})),
    "retry without timer": (retry_without_timer, LINE),
    "verdict for what was not sent": (verdict_for_what_was_not_sent, frozenset({"stale"})),
    "unit parted": (unit_parted, ANY),
    "half of a unit": (half_of_a_unit, ANY),
    "photo kept without proof": (photo_kept_without_proof, frozenset({"garbled"})),
    "photo marked before it is sent": (photo_marked_before_it_is_sent, LINE | {"torn"}),
    "numbers from a sequence": (numbers_from_a_sequence, frozenset({"hub power"})),
    "winner by clock": (winner_by_clock, ANY),
    "evolve reads the calendar": (evolve_reads_the_calendar, ANY),
    "incarnation copied": (incarnation_copied, frozenset({"copy"})),
    "filter that stops the cursor": (filter_that_stops_the_cursor, ANY),
    "backfill moves the cursor": (backfill_moves_the_cursor, ANY),
    "duplicate numbered again": (
        duplicate_numbered_again,
        frozenset({"answer lost", "twice", "html after"}),
    ),
    "gap accepted": (gap_accepted, LINE),
    "digest of fewer fields": (digest_of_fewer_fields, ANY),
    "synchronous NORMAL": (normal_sync, frozenset({"power"})),
    "leaving is ignored": (leaving_is_ignored, ANY),
    "no backfill": (no_backfill, ANY),
    "human number in memory": (human_number_in_memory, frozenset({"hub power"})),
    "chain begins anew": (chain_begins_anew, ANY),
}
"""Every bug by its name in the table, and the faults without which it does not show.

Seeds that draw none of these are counted as tried and passed over: without the fault the bug's
code does the same as the product's.
"""
