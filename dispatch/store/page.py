"""A page from the hub, checked and cut before the writer sees it: pure, in the caller's thread."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from dispatch.domain.errors import BadInput, Damage
from dispatch.domain.event import Event
from dispatch.wire.chain import chain_input, link
from dispatch.wire.envelope import Numbers, read
from dispatch.wire.header import Header, SubjectMark, read_header
from dispatch.wire.protocol import Backfill, CursorMark, Frame, Gap, Secret, TownPage

CHUNK: Final = 200
"""Events in one transaction at most, so that an operator's act never waits long."""

UNREADABLE: Final = Header(
    id="", inc="", sseq=0, prev="", town="", subject=SubjectMark("", ""), type=""
)
"""The place of an event whose envelope cannot be read."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event that came with its number; `event` is None when its body cannot be read.

    `held` says why it is kept but not folded. `chain` is None for a backfilled event, whose
    place in the chain is known from its gap.
    """

    hash: str
    raw: bytes = field(repr=False)
    sig: bytes = field(repr=False)
    header: Header = field(repr=False)
    event: Event | None = field(repr=False)
    seq: int
    received_at: int
    number: str | None
    chain: bytes | None
    held: str | None

    @property
    def entry(self) -> str:
        """What the town's chain takes in of it."""
        return chain_input(self.hash, self.seq, self.received_at, self.number)


@dataclass(frozen=True, slots=True)
class Passed:
    """An event outside the scope: its chain input, taken apart."""

    hash: str
    seq: int
    received_at: int
    number: str | None
    entry: str
    chain: bytes


@dataclass(frozen=True, slots=True)
class Earlier:
    """A piece of a subject's earlier events; it is shown when the `last` piece is in."""

    subject: str
    arrivals: tuple[Arrival, ...]
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """What one transaction takes in: it starts at cursor `before` and ends at `after`."""

    town: str
    before: CursorMark
    after: CursorMark
    keys: tuple[Secret, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    left: tuple[str, ...] = ()
    entries: tuple[Arrival | Passed, ...] = ()


def arrival(frame: Frame, before: str | None = None) -> Arrival:
    """Return a frame taken apart; one without number or received time is a BadInput.

    `before`: the chain's value before it, None for an event that comes outside the order.
    """
    raw = frame.event.encode()
    hash_ = hashlib.sha256(raw).hexdigest()
    if frame.seq is None or frame.received_at is None:
        raise BadInput(f"事件 {hash_[:12]}", "没有编号")
    chain = None
    if before is not None:
        entry = chain_input(hash_, frame.seq, frame.received_at, frame.number)
        chain = bytes.fromhex(link(before, entry))
    held = f"hub: {frame.quarantined}" if frame.quarantined else None
    event: Event | None = None
    try:
        event = read(raw, Numbers(frame.seq, frame.received_at, frame.number))
        header = _header_of(event)
    except BadInput as error:
        held = held or f"read: {error.what}"
        header = _best_header(raw)
    return Arrival(
        hash=hash_,
        raw=raw,
        sig=frame.sig,
        header=header,
        event=event,
        seq=frame.seq,
        received_at=frame.received_at,
        number=frame.number,
        chain=chain,
        held=held,
    )


def _header_of(event: Event) -> Header:
    return Header(
        id=event.id,
        inc=event.writer,
        sseq=event.sseq,
        prev=event.prev,
        town=event.town,
        subject=SubjectMark(event.subject.kind.value, event.subject.id),
        type=event.type,
        unit=event.unit,
    )


def _best_header(raw: bytes) -> Header:
    try:
        return read_header(raw)
    except BadInput:
        return UNREADABLE


def passed(gap: Gap, where: str, chain: bytes) -> Passed:
    """Return a gap taken apart; one that contradicts its own number is Damage."""
    parts = gap.entry.split(":", 3)
    if len(parts) != 4 or not parts[2].isdecimal() or parts[1] != str(gap.seq):
        raise Damage(f"{where} {gap.seq}", "缺口的链值无法读取")
    hash_, _, received_at, number = parts
    return Passed(hash_, gap.seq, int(received_at), number or None, gap.entry, chain)


def cut(town: str, cursor: CursorMark, page: TownPage) -> tuple[Chunk, ...]:
    """Check a page against the cursor and cut it into transactions of at most `CHUNK` events.

    A hole in the numbers, or a chain that does not end where the hub says, is Damage, and
    nothing of the page is applied. Entries at or before the cursor have been applied already.
    """
    entries, chain = _chained(town, cursor, page)
    last = entries[-1].seq if entries else cursor.seq
    if page.next != last:
        raise Damage(f"{town} {last}", f"市级中心说到 {page.next} 号，页内只到 {last} 号")
    if page.chain != chain:
        raise Damage(f"{town} {last}", "链值与市级中心不符")
    chunks = [*_earlier_chunks(town, cursor, page), *_entry_chunks(town, cursor, entries)]
    if not chunks and not page.keys and not page.left:
        return ()
    first = chunks[0] if chunks else Chunk(town=town, before=cursor, after=cursor)
    # Whoever left is taken out first: a crash between two chunks must not let him stay.
    return (replace(first, keys=page.keys, left=page.left), *chunks[1:])


def _chained(town: str, cursor: CursorMark, page: TownPage) -> tuple[list[Arrival | Passed], str]:
    chain, seq = cursor.chain, cursor.seq
    done: list[Arrival | Passed] = []
    for entry in page.entries:
        if entry.seq is not None and entry.seq <= cursor.seq:
            continue
        seq += 1
        if entry.seq != seq:
            raise Damage(f"{town} {seq}", f"缺少 {seq} 号，来的是 {entry.seq} 号")
        if isinstance(entry, Gap):
            chain = link(chain, entry.entry)
            done.append(passed(entry, town, bytes.fromhex(chain)))
        else:
            come = arrival(entry, chain)
            assert come.chain is not None
            chain = come.chain.hex()
            done.append(come)
    return done, chain


def _earlier_chunks(town: str, cursor: CursorMark, page: TownPage) -> Iterator[Chunk]:
    """Earlier events move no cursor. Small subjects share a transaction, large ones are cut."""
    gathered: list[Earlier] = []
    weight = 0
    for part in _earlier_pieces(page.backfill):
        if gathered and weight + len(part.arrivals) > CHUNK:
            yield Chunk(town=town, before=cursor, after=cursor, earlier=tuple(gathered))
            gathered, weight = [], 0
        gathered.append(part)
        weight += len(part.arrivals)
    if gathered:
        yield Chunk(town=town, before=cursor, after=cursor, earlier=tuple(gathered))


def _earlier_pieces(backfill: Iterable[Backfill]) -> Iterator[Earlier]:
    for each in backfill:
        pieces = list(_sliced(each.frames))
        for index, frames in enumerate(pieces, 1):
            come = tuple(arrival(frame) for frame in frames)
            yield Earlier(each.subject, come, last=index == len(pieces))


def _entry_chunks(
    town: str, cursor: CursorMark, entries: list[Arrival | Passed]
) -> Iterator[Chunk]:
    before = cursor
    for part in _sliced(entries) if entries else ():
        end = part[-1].chain
        assert end is not None  # every entry of a page has been linked
        after = CursorMark(part[-1].seq, end.hex())
        yield Chunk(town=town, before=before, after=after, entries=tuple(part))
        before = after


def _sliced(given: Sequence[Any]) -> Iterator[Sequence[Any]]:  # Any: frames or entries alike
    """Cut into pieces of at most `CHUNK`; nothing is one empty piece."""
    for start in range(0, max(len(given), 1), CHUNK):
        yield given[start : start + CHUNK]
