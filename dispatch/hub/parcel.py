"""A push before the database: bytes parsed, signatures checked, units counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput
from dispatch.hub.numbering import Entry
from dispatch.wire.envelope import read
from dispatch.wire.header import Header, read_header
from dispatch.wire.keys import signed_by
from dispatch.wire.protocol import PUSH_EVENTS, Frame

_TOWN_ONLY: Final = frozenset(
    {
        "filing_confirmed",
        "refusal_asked",
        "refusal_granted",
        "refusal_denied",
        "restored",
        "hold_granted",
        "hold_denied",
        "resumed",
        "inspected_pass",
        "inspected_fail",
        "rechecked",
        "call_tried",
        "called_back",
        "dissatisfaction_accepted",
        "redone",
        "closed",
        "reopened",
        "merged",
        "absorbed",
        "split",
        "released",
        "void_asked",
        "void_granted",
        "void_denied",
        "resolved",
        "unit_told_off",
        "signal_set",
        "response_set",
        "campaign_issued",
        "campaign_ended",
        "task_issued",
        "notice_issued",
        "self_handling_refused",
        "extension_endorsed",
        "extension_granted",
        "extension_denied",
        "supervised",
        "supervision_cancelled",
        "instructed",
        "informed",
        "reporter_told",
        "reward_decided",
        "recorded_only",
        "joint_ordered",
        "sub_excused",
        "escalation_asked",
        "escalation_granted",
        "escalation_denied",
        "city_assigned",
        "city_returned",
        "city_done",
    }
)
"""Types that only a town centre's sites may write: a station never closes, voids, evaluates."""

_MOST_EVENTS: Final = 1 << 53

_UNIT_ALSO: Final = frozenset(
    {"filed", "unfiled", "verify_asked", "dispatched", "stood_down", "radio_checked"}
)
"""Types that a station may write, but no department or squad."""


@dataclass(frozen=True, slots=True)
class Author:
    """A writer as the hub knows it; `level` is that of its site's certificate."""

    town: str
    inc: str
    pubkey: bytes
    active: bool
    level: Level
    site: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One frame taken apart. `header` is None for bytes that nobody can be asked about."""

    raw: bytes
    sig: bytes
    hash: str
    header: Header | None
    quarantined: str = ""

    def entry(self) -> Entry:
        """Return the event to be numbered."""
        header = self.header
        if header is None:
            raise BadInput(f"事件 {self.hash[:12]}", "没有信封")
        return Entry(
            inc=header.inc,
            sseq=header.sseq,
            kind=header.subject.kind,
            subject=header.subject.id,
            type=header.type,
            raw=self.raw,
            sig=self.sig,
            hash=self.hash,
            quarantined=self.quarantined,
        )


def may_write(level: Level, type_: str) -> bool:
    """Return whether sites of this level may write a type; unknown types pass."""
    if level in {Level.TOWN, Level.CITY}:
        return True
    return type_ not in _TOWN_ONLY and (level is Level.VILLAGE or type_ not in _UNIT_ALSO)


def open_frame(frame: Frame) -> Piece:
    """Take a frame apart; an unreadable body marks it for quarantine."""
    raw = frame.event.encode("utf-8", "surrogatepass")
    hash_ = hashlib.sha256(raw).hexdigest()
    try:
        header = read_header(raw)
    except BadInput:
        return Piece(raw, frame.sig, hash_, None)
    if not _plain(header):
        return Piece(raw, frame.sig, hash_, None)
    reason = ""
    try:
        read(raw)
    except BadInput as error:
        reason = f"unreadable: {error.what}"
    return Piece(raw, frame.sig, hash_, header, reason)


def _plain(header: Header) -> bool:
    """Whether the names in a header are such as any writer of ours makes."""
    names = (
        (header.id, 80),
        (header.inc, 36),
        (header.town, 32),
        (header.subject.kind, 24),
        (header.subject.id, 80),
        (header.type, 48),
    )
    return 0 < header.sseq < _MOST_EVENTS and all(
        0 < len(name) <= most and name.isprintable() for name, most in names
    )


def refusal(piece: Piece, authors: Mapping[str, Author]) -> str:
    """Return why a frame is refused before the database is asked, or nothing."""
    if piece.header is None:
        return "signature"
    author = authors.get(piece.header.inc)
    if author is None or author.town != piece.header.town:
        return "writer"
    if not author.active:
        return "writer: revoked"
    if not signed_by(author.pubkey, bytes.fromhex(piece.hash), piece.sig):
        return "signature"
    return ""


def judged(piece: Piece, authors: Mapping[str, Author]) -> Piece:
    """Mark an event of a type that its writer's level may not write."""
    header = piece.header
    if header is None or piece.quarantined or may_write(authors[header.inc].level, header.type):
        return piece
    return replace(piece, quarantined=f"level: {authors[header.inc].level} {header.type}")


def whole_units(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], int | None]:
    """Return one writer's pieces up to a unit that is not complete yet, and where that begins.

    Pieces follow each other by own sequence. Events of one unit share a quarantine. A unit that
    can never become complete (out of order, too long) is quarantined, event by event.
    """
    taken: list[Piece] = []
    at = 0
    while at < len(pieces):
        run = _run(pieces, at)
        mark = _mark(run[0])
        broken = mark is not None and not _in_order(run)
        if mark is not None and not broken and len(run) < mark[2]:
            header = run[0].header
            return tuple(taken), header.sseq if header else None
        taken.extend(_shared("unit: incomplete" if broken else "", run))
        at += len(run)
    return tuple(taken), None


def _mark(piece: Piece) -> tuple[str, int, int] | None:
    unit = piece.header.unit if piece.header else None
    return (unit.id, unit.i, unit.n) if unit else None


def _run(pieces: Sequence[Piece], start: int) -> Sequence[Piece]:
    """Return the longest run of pieces of one unit; a piece without unit is a run of its own."""
    first = _mark(pieces[start])
    end = start + 1
    while first is not None and end < len(pieces):
        mark = _mark(pieces[end])
        if mark is None or mark[0] != first[0] or end - start == first[2]:
            break
        end += 1
    return pieces[start:end]


def _in_order(run: Sequence[Piece]) -> bool:
    marks = [mark for each in run if (mark := _mark(each))]
    n = marks[0][2]
    return 0 < n <= PUSH_EVENTS and [(mark[1], mark[2]) for mark in marks] == [
        (i, n) for i in range(1, len(marks) + 1)
    ]


def _shared(reason: str, run: Iterable[Piece]) -> list[Piece]:
    pieces = list(run)
    reason = reason or next((each.quarantined for each in pieces if each.quarantined), "")
    return [replace(each, quarantined=each.quarantined or reason) for each in pieces]
