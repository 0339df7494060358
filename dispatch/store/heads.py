"""Heads of subjects that are not folded: sessions, shifts, duty, audit."""

from __future__ import annotations

from typing import Final

import msgspec
from sqlalchemy import Connection, bindparam, select

from dispatch.domain.event import Event, Subject
from dispatch.store.schema import EVENT

_RAWS: Final = select(EVENT.c.hash, EVENT.c.raw).where(
    EVENT.c.subject == bindparam("id"),
    EVENT.c.kind == bindparam("kind"),
    EVENT.c.held.is_(None),
)


class _Seen(msgspec.Struct, frozen=True):
    base: tuple[str, ...]


_DECODER: Final = msgspec.json.Decoder(_Seen)


def heads_of(connection: Connection, subject: Subject) -> tuple[str, ...]:
    """Return the hashes of the subject's facts that no other has seen, sorted."""
    hashes: set[str] = set()
    seen: set[str] = set()
    for row in connection.execute(_RAWS, {"id": subject.id, "kind": subject.kind.value}):
        hashes.add(row.hash.hex())
        seen.update(_DECODER.decode(row.raw).base)
    return tuple(sorted(hashes - seen))


def with_one_more(heads: tuple[str, ...], event: Event) -> tuple[str, ...]:
    """Return the heads after an event that has just been written upon them."""
    return tuple(sorted({event.hash, *heads} - set(event.base)))
