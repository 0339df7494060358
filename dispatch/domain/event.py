"""An event as the rules see it: the decoded envelope, without its bytes and signature."""

from __future__ import annotations

from dataclasses import dataclass, field

from dispatch.domain.bodies import Body
from dispatch.domain.codes import Kind


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What an event is about."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class UnitMark:
    """Event `i` of the `n` that one command made together; numbered all or none."""

    id: str
    i: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One recorded fact.

    `hash` is the hex SHA-256 of the signed bytes and is what `base` refers to; `writer` is the
    incarnation, `sseq` its own sequence from 1. `at` is the author's clock in UTC milliseconds,
    `offset_ms` what the hub's clock was ahead of it when last measured (`offset_age_s` seconds
    before). `seq` (the town's number), `received_at` and `number` are None while pending.
    `sealed` names the fields whose plaintext lies beside the fold.
    """

    hash: str
    id: str
    writer: str
    sseq: int
    prev: str
    town: str
    subject: Subject
    type: str
    v: int
    base: tuple[str, ...]
    at: int
    offset_ms: int
    offset_age_s: int
    session: str
    actor: str
    role: str
    body: Body
    unit: UnitMark | None = None
    see_add: tuple[str, ...] = ()
    see_drop: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()
    seq: int | None = None
    received_at: int | None = None
    number: str | None = None

    @property
    def corrected_at(self) -> int:
        """The author's time put on the hub's clock, UTC milliseconds."""
        return self.at + self.offset_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An event that `decide` asks for; `acts` gives it writer, sequence, base and signature.

    `sealed` is the plaintext (field, value) that will be encrypted under the subject's key.
    """

    subject: Subject
    type: str
    body: Body
    sealed: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    see_add: tuple[str, ...] = ()
    see_drop: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()
