"""Walk the whole log of a site and prove it; the first damaged place is named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from dispatch.domain.errors import BadInput, Damage, StoreError
from dispatch.store import checkpoints, meta
from dispatch.store.engine import in_words, open_engine
from dispatch.store.floor import floor_of
from dispatch.store.page import UNREADABLE
from dispatch.store.photos import Photos
from dispatch.store.reissue import LOST
from dispatch.store.rewinding import RESCUE
from dispatch.store.schema import BLOB, CURSOR, EVENT, GAP, VIEWS, WRITER
from dispatch.store.verify_beside import check_beside, check_ends
from dispatch.store.verify_view import check_view
from dispatch.store.writers import CHECKED
from dispatch.wire.chain import START, chain_input, link
from dispatch.wire.envelope import read
from dispatch.wire.header import read_header
from dispatch.wire.keys import signed_by

DATABASE: Final = "site.db"
REASONS: Final = ("hub: ", "refused: ", "read: ", LOST)
"""How the reason begins for which an event is kept but not folded."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk has proven; `unknown` counts events whose writer's key is not here."""

    events: int
    numbered: int
    gaps: int
    incidents: int
    signatures: int
    unknown: int
    photos: int
    checkpoints: int = 0


def verify(folder: Path, hub_key: bytes | None = None) -> Verified:
    """Prove bytes, signatures, own sequence, town chain, projection, search and photos.

    With the hub's public key also its checkpoints. Reads one state of the database beside any
    writer. Raises Damage with the first damaged place, StoreError when the database cannot be
    read at all.
    """
    path = folder / DATABASE
    if not path.is_file():
        raise StoreError(f"{path}: 没有数据库")
    engine = open_engine(path, query_only=True)
    with in_words(path), engine.connect() as connection, connection.begin():
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if found != "ok":
            raise Damage(path.name, str(found))
        _legible(connection)
        checked, unknown, total = _bytes(connection)
        _own_chains(connection)
        check_beside(connection)
        numbered, gaps = _towns(connection)
        check_ends(connection)
        witnesses = checkpoints.check(connection, hub_key) if hub_key is not None else 0
        incidents = check_view(connection, VIEWS[meta.get(connection, "live") or "a"])
        photos = _photos(connection, Photos(folder / "photos"))
    engine.dispose()
    return Verified(total, numbered, gaps, incidents, checked, unknown, photos, witnesses)


def _legible(connection: Connection) -> None:
    """Have texts that are no UTF-8 any more handed out: they differ from what they should be.

    Else the driver's complaint would come in the place of the damaged row's name.
    """
    driver: Any = connection.connection.dbapi_connection  # Any: as SQLAlchemy types it
    driver.text_factory = lambda raw: raw.decode("utf-8", "replace")


def _where(row: Row[Any]) -> str:  # Any: a row of `event`
    own = f"待编号，写者 {row.inc[:8]} 第 {row.sseq} 个事件"
    number = f"{row.town} {row.seq} 号" if row.seq is not None else own
    return f"第 {row.pos} 条事件（{number}）"


def _bytes(connection: Connection) -> tuple[int, int, int]:
    """Check each event's hash, its columns and, where the key is known, its signature."""
    keys = {row.inc: row.pubkey for row in connection.execute(select(WRITER))}
    proven = int(meta.get(connection, CHECKED) or 0)
    checked = unknown = total = 0
    every = select(EVENT).order_by(EVENT.c.pos).execution_options(yield_per=500)
    for row in connection.execute(every):
        total += 1
        if not (isinstance(row.raw, bytes) and isinstance(row.sig, bytes)):
            raise Damage(_where(row), "内容不是字节")
        digest = hashlib.sha256(row.raw).digest()
        if digest != row.hash:
            raise Damage(_where(row), "内容与哈希不符")
        _columns(row)
        key = keys.get(row.inc)
        if row.held is None and row.pos <= proven and row.inc not in keys:
            # Nothing is checked before its writer is registered here.
            raise Damage(_where(row), "写者的登记不见了")
        if not key:
            unknown += 1
        elif signed_by(key, digest, row.sig):
            checked += 1
        else:
            raise Damage(_where(row), "签名无效")
    return checked, unknown, total


def _columns(row: Row[Any]) -> None:
    """What is kept beside the bytes must be what they say."""
    held = row.held
    try:
        if held is None:
            read(row.raw)
        header = read_header(row.raw)
        town = header.town
    except BadInput as error:
        if held is None:
            raise Damage(_where(row), f"内容无法读取：{error.what}") from None
        header, town = UNREADABLE, row.town
    said = (header.inc, header.sseq, header.subject.kind, header.subject.id, header.type)
    if said != (row.inc, row.sseq, row.kind, row.subject, row.type) or town != row.town:
        raise Damage(_where(row), "索引列与内容不符")
    if row.unit != (header.unit.id if header.unit else None):
        raise Damage(_where(row), "索引列与内容不符")
    if row.sent not in ((1,) if row.seq is not None else (0, 1, RESCUE)):
        raise Damage(_where(row), "发送标记与编号不符")
    if held is not None and not held.startswith(REASONS):
        raise Damage(_where(row), "搁置的缘由无法读取")


def _own_chains(connection: Connection) -> None:
    """Own events run 1, 2, 3… without a hole, each bound to the one before."""
    own = connection.execute(select(WRITER).where(WRITER.c.own == 1).order_by(WRITER.c.inc))
    for writer in own.all():
        last, before = 0, START
        here = EVENT.c.inc == writer.inc
        refused = func.coalesce(EVENT.c.held, "").like("refused:%")
        forked = connection.execute(select(EVENT.c.pos).where(here, refused).limit(1)).scalar()
        # What the hub refused stands in the tray, beside the events that have its places.
        mine = select(EVENT).where(here, ~refused).order_by(EVENT.c.sseq, EVENT.c.pos)
        for row in connection.execute(mine.execution_options(yield_per=500)):
            last += 1
            if row.sseq != last:
                what = "重复" if row.sseq < last else f"之前缺少第 {last} 个"
                raise Damage(f"写者 {writer.inc[:8]} 第 {row.sseq} 个事件", f"本机序号{what}")
            if read_header(row.raw).prev != before:
                raise Damage(_where(row), "与前一个本机事件的链断开")
            before = row.hash.hex()
        if forked is None and (last, before) != (writer.last_sseq, writer.last_hash):
            what = f"应有 {writer.last_sseq} 个事件，实有 {last} 个"
            raise Damage(f"写者 {writer.inc[:8]}", what)


def _towns(connection: Connection) -> tuple[int, int]:
    """Walk each town's chain over events and gaps up to the cursor."""
    numbered = gaps = 0
    for cursor in connection.execute(select(CURSOR).order_by(CURSOR.c.town)).all():
        floor = floor_of(connection, cursor.town)
        seq, chain = floor.seq, floor.chain
        stretch = (floor.seq, cursor.seq)
        for place, entry, kept, is_gap in _entries(connection, cursor.town, stretch):
            seq += 1
            if place != seq:
                wrong = ("缺号", seq) if place > seq else ("重号", place)
                raise Damage(f"{cursor.town} {wrong[1]} 号", wrong[0])
            chain = link(chain, entry)
            if kept is None or kept.hex() != chain:
                raise Damage(f"{cursor.town} {seq} 号", "链值不符")
            gaps += is_gap
            numbered += not is_gap
        if seq != cursor.seq:
            raise Damage(f"{cursor.town} {seq + 1} 号", f"缺号：游标在 {cursor.seq} 号")
        if chain != cursor.chain:
            raise Damage(f"{cursor.town} {seq} 号", "链值与游标不符")
    return numbered, gaps


def _entries(
    connection: Connection, town: str, stretch: tuple[int, int]
) -> Iterator[tuple[int, str, bytes | None, bool]]:
    """Yield number, chain input, kept chain value and whether it is a gap, in order.

    `stretch`: above which number, and up to which.
    """
    above, last = stretch
    events, passed = (
        select(table)
        .where(table.c.town == town, table.c.seq > above, table.c.seq <= last)
        .order_by(table.c.seq)
        for table in (EVENT, GAP)
    )
    gaps = iter(connection.execute(passed.execution_options(yield_per=500)))
    gap = next(gaps, None)
    for row in connection.execute(events.execution_options(yield_per=500)):
        while gap is not None and gap.seq <= row.seq:
            yield gap.seq, gap.entry, gap.chain, True
            gap = next(gaps, None)
        entry = chain_input(row.hash.hex(), row.seq, row.received_at, row.number)
        yield row.seq, entry, row.chain, False
    while gap is not None:
        yield gap.seq, gap.entry, gap.chain, True
        gap = next(gaps, None)


def _photos(connection: Connection, photos: Photos) -> int:
    """Check that own photos are here, and that every photo here is what its name says."""
    count = 0
    for row in connection.execute(select(BLOB).order_by(BLOB.c.sha256, BLOB.c.subject)).all():
        if not photos.has(row.sha256):
            if row.state == "queued":
                raise Damage(f"照片 {row.sha256[:12]}", "文件不见了，尚未上传")
            continue
        try:
            photos.read(row.sha256)
        except StoreError:
            raise Damage(f"照片 {row.sha256[:12]}", "内容与名称不符") from None
        count += 1
    return count
