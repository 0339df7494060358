"""A snapshot as a file: records one after the other, each a length and a message packed alone.

The first record is the head, every other a page as a pull would give it to an empty site, except
that what is in scope at the snapshot's end is there from its beginning.
"""

from __future__ import annotations

from typing import BinaryIO, Final

from dispatch.domain.errors import BadInput
from dispatch.wire.protocol import PAGE_BYTES, Message, encode
from dispatch.wire.ready import ready

FORMAT: Final = 1
_LENGTH: Final = 4


class SnapshotHead(Message, frozen=True):
    """What the file is: all of a scope up to a number, and the chain's value there."""

    format: int
    town: str
    scope: str
    seq: int
    chain: str
    timeline: str
    at: int


ready(SnapshotHead)


def record(message: Message) -> bytes:
    """Return a message as a record of the file."""
    packed = encode(message, packed=True)
    return len(packed).to_bytes(_LENGTH) + packed


def read_record(file: BinaryIO, at: int) -> tuple[bytes, int] | None:
    """Return a record's packed message and where the next one begins; None at the end.

    A record that is cut or too long is a BadInput.
    """
    file.seek(at)
    told = file.read(_LENGTH)
    if not told:
        return None
    length = int.from_bytes(told)
    packed = file.read(length) if len(told) == _LENGTH and length <= PAGE_BYTES else b""
    if not packed or len(packed) != length:
        raise BadInput("snapshot", f"第 {at} 字节起的记录不完整")
    return packed, at + _LENGTH + length
