"""Checkpoints that came with a page: signature checked, kept, held against the own chain."""

from __future__ import annotations

from dispatch.store import checkpoints
from dispatch.store.reader import Reader
from dispatch.sync.ops import Steps, Trouble, Write
from dispatch.wire.keys import signed_by
from dispatch.wire.protocol import Checkpoint, CursorMark, checkpoint_digest

Place = tuple[CursorMark, int, str]


def place(reader: Reader, town: str) -> Place:
    """Return the town's cursor, the last checkpoint's number, the hub's word for sight."""
    last = checkpoints.last(reader.connection, town)
    return reader.cursor(town), last, reader.fact("sight") or ""


def witness(town: str, hub_key: bytes, given: tuple[Checkpoint, ...]) -> Steps:
    """Keep a page's checkpoints; one that is not the hub's, or denies our chain, is Trouble."""
    if not given:
        return
    for each in given:
        digest = checkpoint_digest(each.town, each.seq, each.chain, each.at)
        if each.town != town or not signed_by(hub_key, digest, each.sig):
            raise Trouble("bad_signature", f"检查点 {town} {each.seq}")
    denied: tuple[Checkpoint, ...] = yield Write(lambda log: checkpoints.keep(log, given))
    if denied:
        raise Trouble("chain_differs", f"检查点 {town} {denied[0].seq}: 链值与本机日志不同")
