"""The part of an event's bytes that gives it its place, readable even where its body is not."""

from __future__ import annotations

import hashlib

import msgspec

from dispatch.domain.errors import BadInput
from dispatch.domain.event import UnitMark
from dispatch.wire.envelope import MAX_BYTES


class SubjectMark(msgspec.Struct, frozen=True):
    """A subject whose kind may be one that this program does not know."""

    kind: str
    id: str


class Header(msgspec.Struct, frozen=True):
    """Whose event it is, its place with its writer, and what it is about."""

    id: str
    inc: str
    sseq: int
    prev: str
    town: str
    subject: SubjectMark
    type: str
    unit: UnitMark | None = None


_DECODER = msgspec.json.Decoder(Header)


def read_header(raw: bytes) -> Header:
    """Return the header of an event's bytes; bytes that have none are a BadInput."""
    where = f"事件 {hashlib.sha256(raw).hexdigest()[:12]}"
    if len(raw) > MAX_BYTES:
        raise BadInput(where, f"{len(raw)} 字节，超过 {MAX_BYTES} 字节")
    try:
        return _DECODER.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(where, str(error)[:200]) from None


class _KeyMark(msgspec.Struct, frozen=True):
    key: str


class _Sealing(msgspec.Struct, frozen=True):
    sealed: _KeyMark | None = None


_SEALING = msgspec.json.Decoder(_Sealing)


def sealing_key(raw: bytes) -> str:
    """Return the name of the key that an event's text is sealed with, empty without any."""
    try:
        part = _SEALING.decode(raw).sealed
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""
    return part.key if part else ""
