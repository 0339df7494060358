"""The number at which a city site began to read a town; all others read from the first."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from dispatch.store import meta
from dispatch.wire.chain import START
from dispatch.wire.protocol import CursorMark

FLOOR: Final = "floor:"
"""Begins the facts that name a town's floor: number and chain value."""


def floor_of(connection: Connection, town: str) -> CursorMark:
    """Return the town's floor; 0 where all of it is read."""
    seq, _, chain = (meta.get(connection, FLOOR + town) or f"0 {START}").partition(" ")
    return CursorMark(int(seq), chain)
