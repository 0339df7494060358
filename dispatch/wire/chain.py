"""The town's chain: each number is bound to everything before it."""

from __future__ import annotations

import hashlib
from typing import Final

START: Final = "0" * 64


def chain_input(hash_: str, seq: int, received_at: int, number: str | None) -> str:
    """Return what a filtered site gets instead of the event: enough to go on with the chain."""
    return f"{hash_}:{seq}:{received_at}:{number or ''}"


def link(before: str, entry: str) -> str:
    """Return the chain value after one more entry (`chain_input`)."""
    return hashlib.sha256(f"{before}:{entry}".encode()).hexdigest()
