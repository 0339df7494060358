"""What readers hand out: frozen values, never a database row."""

from __future__ import annotations

from dataclasses import dataclass, field

from dispatch.domain.codes import Priority, Source, State, Supervision
from dispatch.domain.event import Event
from dispatch.domain.sla import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """One folded incident as lists need it; `state` is None for a placeholder.

    `pos` orders rows by their arrival here and is the place to page on from. `limit` is the
    clock of the present state. `contested` counts conflict items, `unsent` the events without
    the hub's answer. `place` and `text` are plaintext, empty without the key. `waiting` names
    the kinds of unanswered requests. `tail` is the last four digits of the number.
    `catalogue`: the version the item is of. `supervision` is the card that stands, to be answered
    by `answer_by` (UTC ms), None without. `sent_up_at`: when it last went to the city; `informed`:
    by which channels an information report was made.
    """

    pos: int
    id: str
    town: str
    number: str | None
    temp: str
    tail: str | None
    state: State | None
    open: bool
    source: Source | None
    priority: Priority | None
    item: str | None
    klass: str | None
    department: str | None
    place: str = field(repr=False)
    text: str = field(repr=False)
    grid: str | None
    village: str | None
    unit: str | None
    assists: tuple[str, ...]
    lon: float | None
    lat: float | None
    reported_at: int | None
    entered_at: int
    closed_at: int | None
    limit: Limit | None
    contested: int
    unsent: int
    photos: int
    photos_missing: int
    merged: int
    rework: int
    waiting: tuple[str, ...]
    told_off: tuple[str, ...]
    suspect: int
    master: str | None
    version: str
    supervision: Supervision | None = None
    answer_by: int | None = None
    replied: bool = False
    catalogue: str | None = None
    sent_up_at: int | None = None
    informed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event with the bytes it was signed as; `plain` holds its sealed fields in clear."""

    event: Event
    raw: bytes = field(repr=False)
    sig: bytes = field(repr=False)
    plain: dict[str, str] = field(repr=False)
    sent: bool


@dataclass(frozen=True, slots=True)
class Held:
    """An event that is kept but not folded, and why: a line of the exceptions tray."""

    hash: str
    kind: str
    subject: str
    type: str
    writer: str
    seq: int | None
    received_at: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search, newest arrival first; `next` is None when there is no more."""

    ids: tuple[str, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class Unsent:
    """How many events the hub has not answered for, and the oldest one's time (UTC ms)."""

    count: int
    oldest_at: int | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A logged-in person: `hash` of the session's first event, `expires_at` UTC milliseconds."""

    hash: str
    account: str
    roles: tuple[str, ...]
    node: str
    expires_at: int
    ended: bool = False
