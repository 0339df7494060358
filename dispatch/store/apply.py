"""Take in a piece of a page: events, gaps, cursor and rows, all in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from dispatch.domain.codes import Kind
from dispatch.domain.errors import Damage, StoreError
from dispatch.domain.event import Event
from dispatch.store import events, folding, writers
from dispatch.store.kept import Folded, Plain
from dispatch.store.leaving import purge
from dispatch.store.log import ActLog
from dispatch.store.page import Arrival, Chunk, Earlier, Passed
from dispatch.store.prepared import Prepared
from dispatch.store.projection import shown
from dispatch.store.schema import ABSENT, BLOB, CURSOR, GAP, SECRET, WRITER
from dispatch.wire.chain import START
from dispatch.wire.header import read_header
from dispatch.wire.keys import secret_id
from dispatch.wire.protocol import CursorMark, Secret

_INSERT_CURSOR: Final = insert(CURSOR)
_MOVE_CURSOR: Final = Prepared(
    _INSERT_CURSOR.on_conflict_do_update(
        index_elements=["town"],
        set_={"seq": _INSERT_CURSOR.excluded.seq, "chain": _INSERT_CURSOR.excluded.chain},
    ),
    CURSOR.columns.keys(),
)
_CURSOR: Final = Prepared(
    select(CURSOR.c.seq, CURSOR.c.chain).where(CURSOR.c.town == bindparam("name"))
)
_PUT_BLOB: Final = Prepared(insert(BLOB).on_conflict_do_nothing(), BLOB.columns.keys())
_PUT_KEY: Final = Prepared(insert(SECRET).on_conflict_do_nothing(), SECRET.columns.keys())
_PUT_ABSENT: Final = Prepared(insert(ABSENT).on_conflict_do_nothing(), ABSENT.columns.keys())


def apply(log: ActLog, chunk: Chunk) -> None:
    """Store a chunk and fold the subjects it touches; the cursor moves with it.

    A chunk that does not start where the cursor stands is a StoreError; one that stands at
    its end already has been applied and is nothing.
    """
    here = cursor(log.connection, chunk.town)
    if here != chunk.before:
        if here == chunk.after:
            return
        raise StoreError(f"{chunk.town}: 游标在 {here.seq} 号，来的一段从 {chunk.before.seq} 号起")
    keyed = put_keys(log, chunk.keys)
    for subject in chunk.left:
        purge(log, subject)
    whole, partial = _take_earlier(log, chunk)
    come, passed = _take_entries(log, chunk)
    writers.note(log, chunk.town, {each.header.inc for each in (*come, *_backfilled(chunk))})
    for subject in passed:
        # The hub does not count it to this scope, though an own event speaks of it.
        purge(log, subject)
    _refold(log, come, keyed | whole, partial)
    if chunk.after != chunk.before:
        row = {"town": chunk.town, "seq": chunk.after.seq, "chain": chunk.after.chain}
        _MOVE_CURSOR.run(log.connection, row)
        log.flags.add("sync")


def _backfilled(chunk: Chunk) -> Iterator[Arrival]:
    return (each for part in chunk.earlier for each in part.arrivals)


def cursor(connection: Connection, town: str) -> CursorMark:
    """Return how far the town has been read."""
    row = _CURSOR.run(connection, {"name": town}).fetchone()
    return CursorMark(row[0], row[1]) if row else CursorMark(0, START)


def put_keys(log: ActLog, keys: Iterable[Secret]) -> set[str]:
    """Keep subjects' keys; return the subjects for which one is new."""
    new: set[str] = set()
    for each in keys:
        row = {"subject": each.subject, "name": secret_id(each.key), "key": each.key}
        if _PUT_KEY.run(log.connection, row).rowcount:
            new.add(each.subject)
            log.memory.secrets.drop(each.subject)
    return new


def refold(log: ActLog, ids: Iterable[str]) -> None:
    """Fold incidents anew from the log; those out of scope or incomplete stay out of sight."""
    wanted = set(ids)
    _refold(log, (), wanted, set())


def _take_earlier(log: ActLog, chunk: Chunk) -> tuple[set[str], set[str]]:
    """Store backfilled events; return the subjects that are whole now and those that are not."""
    whole: set[str] = set()
    partial: set[str] = set()
    gone = set(chunk.left)
    for part in chunk.earlier:
        if part.subject in gone:
            continue
        _put_earlier(log, chunk.town, part)
        if part.last:
            whole.add(part.subject)
            partial.discard(part.subject)
            log.connection.execute(delete(ABSENT).where(ABSENT.c.subject == part.subject))
        else:
            partial.add(part.subject)
            row = {"subject": part.subject, "why": "partial"}
            _PUT_ABSENT.run(log.connection, row)
            log.forget(part.subject)
    return whole, partial


def _put_earlier(log: ActLog, town: str, part: Earlier) -> None:
    known = events.known(log.connection, [each.hash for each in part.arrivals])
    numbers = [each.seq for each in part.arrivals]
    clause = and_(GAP.c.town == town, GAP.c.seq.in_(numbers))
    gaps = {row.seq: row for row in log.connection.execute(select(GAP).where(clause))}
    new: list[dict[str, Any]] = []
    numbered: list[dict[str, Any]] = []
    for each in part.arrivals:
        gap = gaps.get(each.seq)
        if gap is not None and gap.entry != each.entry:
            raise Damage(f"{town} {each.seq}", "补来的事件与链中的记录不符")
        if each.hash not in known:
            new.append(_row(each, town, gap.chain if gap else None))
        elif known[each.hash] is None:
            numbered.append(_numbers(each, gap.chain if gap else None, each.held))
    if new:
        events.INSERT.run_many(log.connection, new)
    events.set_numbers(log.connection, numbered)
    if gaps:
        log.connection.execute(delete(GAP).where(clause))
    _note_blobs(log, part.arrivals)


def _take_entries(log: ActLog, chunk: Chunk) -> tuple[list[Arrival], set[str]]:
    """Store a page's entries; return the events, and the subjects of own ones that are gaps."""
    known = events.known(log.connection, [each.hash for each in chunk.entries])
    new: dict[str, dict[str, Any]] = {}
    numbered: list[dict[str, Any]] = []
    gaps: list[dict[str, Any]] = []
    for each in chunk.entries:
        if each.hash in known:
            held = each.held if isinstance(each, Arrival) else None
            numbered.append(_numbers(each, each.chain, held))
        elif isinstance(each, Arrival):
            if each.hash in new:
                raise Damage(f"{chunk.town} {each.seq}", "同一事件编了两个号")
            new[each.hash] = _row(each, chunk.town, each.chain)
        else:
            row = {"town": chunk.town, "seq": each.seq, "entry": each.entry, "chain": each.chain}
            gaps.append(row)
    if new:
        events.INSERT.run_many(log.connection, new.values())
        _own_back(log, new)
    if gaps:
        events.INSERT_GAP.run_many(log.connection, gaps)
    events.set_numbers(log.connection, numbered)
    come = [each for each in chunk.entries if isinstance(each, Arrival)]
    _note_blobs(log, come)
    return come, _own_passed(log, chunk, known)


def _own_back(log: ActLog, new: Mapping[str, dict[str, Any]]) -> None:
    """Follow an own incarnation whose events come back from the hub: an older copy was put back.

    Its next event goes on after them, where it would have been a fork.
    """
    own = select(WRITER.c.inc, WRITER.c.last_sseq, WRITER.c.last_hash).where(WRITER.c.own == 1)
    places = {row.inc: (row.last_sseq, row.last_hash) for row in log.connection.execute(own)}
    moved: set[str] = set()
    for hash_, row in new.items():
        inc = row["inc"]
        sseq, last = places.get(inc, (0, ""))
        if inc in places and (row["sseq"], read_header(row["raw"]).prev) == (sseq + 1, last):
            places[inc] = row["sseq"], hash_
            moved.add(inc)
    for inc in moved:
        sseq, last = places[inc]
        here = update(WRITER).where(WRITER.c.inc == inc)
        log.connection.execute(here.values(last_sseq=sseq, last_hash=last))
        log.memory.place = None


def _own_passed(log: ActLog, chunk: Chunk, known: dict[str, int | None]) -> set[str]:
    """Return the subjects of own events that came as gaps."""
    passed = [each.hash for each in chunk.entries if isinstance(each, Passed)]
    mine = [bytes.fromhex(each) for each in passed if each in known]
    if not mine:
        return set()
    table = events.E
    own = table.inc.in_(select(WRITER.c.inc).where(WRITER.c.own == 1))
    found = select(table.subject).where(
        table.hash.in_(mine), own, table.kind == Kind.INCIDENT.value
    )
    return set(log.connection.execute(found).scalars())


def _refold(log: ActLog, come: Iterable[Arrival], anew: set[str], partial: set[str]) -> None:
    """Write the rows of every incident that `come` touches or that is to be folded anew."""
    parsed: dict[str, Event] = {}
    raws: dict[str, list[Arrival]] = {}
    for each in come:
        event = each.event
        if event is None or each.held is not None:
            # Its author, who had not heard of this yet, has folded it so far.
            if each.header.subject.kind == Kind.INCIDENT:
                anew.add(each.header.subject.id)
            continue
        parsed[each.hash] = event
        if event.subject.kind is Kind.INCIDENT:
            raws.setdefault(event.subject.id, []).append(each)
        else:
            log.note(event)
            log.memory.heads.drop(event.subject)
    ids = (raws.keys() | anew) - partial
    absent = events.absent(log.connection, ids)
    for id_ in [id_ for id_ in raws if absent.get(id_) == "left"]:
        purge(log, id_)
    for id_ in anew:
        log.memory.folded.drop(id_)
    _fold_all(log, ids - absent.keys(), raws, parsed)


def _fold_all(
    log: ActLog, ids: set[str], raws: dict[str, list[Arrival]], parsed: dict[str, Event]
) -> None:
    kept = {id_: found for id_ in ids if (found := log.memory.folded.get(id_)) is not None}
    lacking = ids - kept.keys()
    if lacking:
        log.reload(lacking, parsed)
    keys = events.secrets(log.connection, kept)
    for id_, old in kept.items():
        folded = _merged(old, raws[id_], keys.get(id_, ()))
        log.replace(id_, folded, shown(old))


def _merged(old: Folded, come: list[Arrival], keys: events.Keys) -> Folded:
    plain: Plain = {}
    for each in come:
        assert each.event is not None
        if each.hash not in old.plain and (told := events.in_clear(each.event, each.raw, keys)):
            plain[each.hash] = told
    facts = [each.event for each in come if each.event is not None]
    return folding.merged(old, facts, plain, frozenset(each.hash for each in come))


def _row(
    each: Arrival, town: str, chain: bytes | None
) -> dict[str, Any]:  # Any: one value per column
    numbers = {"seq": each.seq, "received_at": each.received_at, "number": each.number}
    return events.of_header(each, town=town, chain=chain, sent=1, held=each.held, **numbers)


def _numbers(each: Arrival | Passed, chain: bytes | None, held: str | None) -> dict[str, Any]:
    return {
        "_hash": bytes.fromhex(each.hash),
        "_seq": each.seq,
        "_received_at": each.received_at,
        "_number": each.number,
        "_chain": chain,
        "_held": held,
    }


def _note_blobs(log: ActLog, come: Iterable[Arrival]) -> None:
    """Remember the photos that events speak of; those not here are to be fetched."""
    for each in come:
        for sha256 in each.event.blobs if each.event else ():
            state = "kept" if log.photos.has(sha256) else "wanted"
            row = {"sha256": sha256, "subject": each.header.subject.id, "state": state}
            _PUT_BLOB.run(log.connection, row)
