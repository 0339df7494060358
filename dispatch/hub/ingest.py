"""Taking in what sites push: who wrote it, is it new, is anything missing, then its number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select, tuple_, update

from dispatch.domain.codes import Level
from dispatch.hub.life import WELCOME
from dispatch.hub.numbering import Placed, append
from dispatch.hub.parcel import Author, Piece, judged, open_frame, refusal, whole_units
from dispatch.hub.places import Office
from dispatch.hub.schema import EVENT, EVENT_KEY, SECRET, SITE, WRITER
from dispatch.hub.seen import note_forks
from dispatch.wire.chain import START
from dispatch.wire.keys import secret_id
from dispatch.wire.protocol import Push, PushAnswer, Secret, Verdict

_KEY_BYTES = 32
_Writer = tuple[str, str]


@dataclass(slots=True)
class _Sorting:
    """What becomes of one push: verdicts by hash, expected numbers, pieces to be numbered."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    expected: dict[str, int] = field(default_factory=dict)
    fresh: dict[str, list[Piece]] = field(default_factory=lambda: defaultdict(list))
    last: dict[_Writer, tuple[int, str]] = field(default_factory=dict)


class Ingest:
    """The door for events of sites. Accepting never depends on the state of an incident."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def push(self, push: Push) -> PushAnswer:
        """Take in a push in one transaction; the answer is given after the commit."""
        pieces = [open_frame(frame) for frame in push.frames]
        authors = self._authors(pieces)
        refused, queues = _sort_out(pieces, authors)
        now = self._office.clock()

        def commit(connection: Connection) -> _Sorting:
            sorting = _Sorting(dict(refused))
            for writer in sorted(queues):
                self._settle(connection, writer, queues[writer], sorting)
            for town in sorted(sorting.fresh):
                entries = [piece.entry() for piece in sorting.fresh[town]]
                placed = append(self._office.database, connection, town, entries, now)
                sorting.verdicts |= {each.hash: _accepted(each) for each in placed}
            self._move_writers(connection, sorting)
            self._keep_keys(connection, push.keys, _taken(pieces, sorting))
            for site, count in _forks(pieces, sorting, authors).items():
                note_forks(self._office.database, connection, site, count)
            return sorting

        sorting = self._office.database.write(commit)
        told = dict.fromkeys(piece.hash for piece in pieces)
        verdicts = tuple(sorting.verdicts[hash_] for hash_ in told if hash_ in sorting.verdicts)
        return PushAnswer(verdicts, sorting.expected)

    def _authors(self, pieces: Iterable[Piece]) -> dict[str, Author]:
        """Load the writers named in a push; the hub's own writer has a town's level."""
        incs = {piece.header.inc for piece in pieces if piece.header}
        query = (
            select(WRITER, SITE.c.level, SITE.c.revoked)
            .join(SITE, SITE.c.id == WRITER.c.site, isouter=True)
            .where(WRITER.c.inc.in_(incs))
        )
        rows = self._office.database.read(lambda connection: connection.execute(query).all())
        return {
            row.inc: Author(
                town=row.town,
                inc=row.inc,
                pubkey=row.pubkey,
                active=row.state in WELCOME and not row.revoked,
                level=Level(row.level) if row.level else Level.TOWN,
                site=row.site or "",
            )
            for row in rows
        }

    def _settle(
        self, connection: Connection, writer: _Writer, queue: Sequence[Piece], sorting: _Sorting
    ) -> None:
        """Lock one writer and tell its new events from known, forked and missing ones."""
        town, inc = writer
        query = select(WRITER.c.last_sseq, WRITER.c.last_hash).where(
            WRITER.c.town == town, WRITER.c.inc == inc
        )
        row = connection.execute(self._office.database.dialect.locked(query)).one()
        known = _known(connection, writer, queue)
        sseq, last = row.last_sseq, row.last_hash
        fresh: list[Piece] = []
        forked = False
        for piece in queue:
            header = piece.header
            if header is None or piece.hash in sorting.verdicts:
                continue
            if forked:
                sorting.verdicts[piece.hash] = _refused(piece, "fork")
            elif header.sseq <= row.last_sseq:
                sorting.verdicts[piece.hash] = _again(piece, known.get(header.sseq))
            elif header.sseq <= sseq:
                if piece.hash not in {each.hash for each in fresh}:
                    sorting.verdicts[piece.hash] = _refused(piece, "fork")
            elif header.sseq > sseq + 1:
                sorting.expected[inc] = sseq + 1
                break
            elif header.prev != last and not (sseq == 0 and header.prev in {"", START}):
                sorting.verdicts[piece.hash] = _refused(piece, "fork")
                forked = True
            else:
                fresh.append(piece)
                sseq, last = header.sseq, piece.hash
        whole, waits = whole_units(fresh)
        if waits is not None:
            sorting.expected[inc] = waits
        if whole:
            sorting.fresh[town].extend(whole)
            sorting.last[writer] = (row.last_sseq + len(whole), whole[-1].hash)

    def _move_writers(self, connection: Connection, sorting: _Sorting) -> None:
        for (town, inc), (sseq, hash_) in sorting.last.items():
            connection.execute(
                update(WRITER)
                .where(WRITER.c.town == town, WRITER.c.inc == inc)
                .values(last_sseq=sseq, last_hash=hash_)
            )

    def _keep_keys(
        self, connection: Connection, keys: Sequence[Secret], pieces: Iterable[Piece]
    ) -> None:
        """Keep keys of the subjects that this push is about, each under its own name."""
        towns = {piece.header.subject.id: piece.header.town for piece in pieces if piece.header}
        rows: list[dict[str, object]] = [
            {
                "town": towns[each.subject],
                "subject": each.subject,
                "key_id": secret_id(each.key),
                "key": each.key,
            }
            for each in keys
            if each.subject in towns and len(each.key) == _KEY_BYTES
        ]
        self._office.database.insert_missing(connection, SECRET, rows)


def _sort_out(
    pieces: Iterable[Piece], authors: Mapping[str, Author]
) -> tuple[dict[str, Verdict], dict[_Writer, list[Piece]]]:
    """Refuse what needs no database; what follows a refused event of its writer goes with it."""
    refused: dict[str, Verdict] = {}
    broken: dict[str, str] = {}
    queues: dict[_Writer, list[Piece]] = defaultdict(list)
    for piece in pieces:
        inc = piece.header.inc if piece.header else ""
        reason = broken.get(inc) or refusal(piece, authors)
        if reason or piece.header is None:
            refused[piece.hash] = _refused(piece, reason)
            if inc in authors:
                broken[inc] = reason
            continue
        queues[(piece.header.town, inc)].append(judged(piece, authors))
    return refused, queues


def _taken(pieces: Iterable[Piece], sorting: _Sorting) -> list[Piece]:
    """Return the pieces that the hub keeps: a refused frame brings no key, whatever it names."""
    verdicts = sorting.verdicts
    return [
        piece
        for piece in pieces
        if piece.hash in verdicts and verdicts[piece.hash].status != "refused"
    ]


def _forks(
    pieces: Iterable[Piece], sorting: _Sorting, authors: Mapping[str, Author]
) -> Counter[str]:
    """Count what was refused as a fork, by the site whose writer it is."""
    refused = {hash_ for hash_, each in sorting.verdicts.items() if each.reason == "fork"}
    sites = (
        authors[piece.header.inc].site
        for piece in pieces
        if piece.hash in refused and piece.header is not None
    )
    return Counter(site for site in sites if site)


def _known(connection: Connection, writer: _Writer, queue: Iterable[Piece]) -> dict[int, Placed]:
    """Return what is numbered already under these own sequences."""
    sseqs = [piece.header.sseq for piece in queue if piece.header]
    query = (
        select(
            EVENT_KEY.c.sseq,
            EVENT.c.hash,
            EVENT.c.seq,
            EVENT.c.received_at,
            EVENT.c.number,
            EVENT.c.quarantined,
        )
        .join(EVENT, tuple_(EVENT.c.town, EVENT.c.seq) == tuple_(EVENT_KEY.c.town, EVENT_KEY.c.seq))
        .where(EVENT_KEY.c.town == writer[0], EVENT_KEY.c.inc == writer[1])
        .where(EVENT_KEY.c.sseq.in_(sseqs))
    )
    return {
        row.sseq: Placed(row.hash, row.seq, row.received_at, row.number, row.quarantined)
        for row in connection.execute(query)
    }


def _accepted(placed: Placed) -> Verdict:
    return Verdict(
        placed.hash,
        "quarantined" if placed.quarantined else "accepted",
        placed.quarantined,
        placed.seq,
        placed.received_at,
        placed.number,
    )


def _again(piece: Piece, placed: Placed | None) -> Verdict:
    if placed is None or placed.hash != piece.hash:
        return _refused(piece, "fork")
    return Verdict(
        placed.hash,
        "quarantined" if placed.quarantined else "duplicate",
        placed.quarantined,
        placed.seq,
        placed.received_at,
        placed.number,
    )


def _refused(piece: Piece, reason: str) -> Verdict:
    return Verdict(piece.hash, "refused", reason)
