"""What stands beside a site's events: its writers, its cursors, the subjects' keys."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, func, select

from dispatch.domain.errors import Damage
from dispatch.store.schema import CURSOR, EVENT, GAP, SECRET, WRITER
from dispatch.store.writers import KNOWN, UNKNOWN, WANTED
from dispatch.wire.keys import secret_id

_OURS: Final = frozenset({"active", "closed", "forked", "revoked"})
_OTHERS: Final = {KNOWN: True, WANTED: False, UNKNOWN: False}
"""Another's writer, by state: whether its key is here."""


def check_beside(connection: Connection) -> None:
    """Raise Damage with the first row that no event explains, or that contradicts itself."""
    _writers(connection)
    _cursors(connection)
    _secrets(connection)


def _writers(connection: Connection) -> None:
    for row in connection.execute(select(WRITER).order_by(WRITER.c.inc)).all():
        here = EVENT.c.inc == row.inc
        first = connection.execute(select(EVENT).where(here).order_by(EVENT.c.sseq)).first()
        place = f"第 {first.sseq} 个事件" if first else f"第 {row.last_sseq} 个事件"
        where = f"写者 {row.inc[:8]} {place}"
        if first is not None and first.town != row.town:
            raise Damage(where, "写者的镇街与事件不符")
        if row.own not in (0, 1):
            raise Damage(where, "写者的登记无法读取")
        if row.own and row.state in _OURS:
            continue
        named = _OTHERS.get(row.state)
        # Ours of before keep their place when another site's key is put into this folder.
        if named is None or named != bool(row.pubkey):
            raise Damage(where, "写者的登记无法读取")
        if bool(row.last_sseq) != bool(row.last_hash.strip("0")):
            raise Damage(where, "写者的计数无法读取")


def check_ends(connection: Connection) -> None:
    """Numbers come with the cursor, in one transaction: none lies beyond it."""
    ends = {row.town: row.seq for row in connection.execute(select(CURSOR))}
    for town, last in _last(connection):
        if last > ends.get(town, 0):
            raise Damage(f"{town} {last} 号", f"编号超出游标 {ends.get(town, 0)}")


def _last(connection: Connection) -> list[tuple[str, int]]:
    """Return each town's last number among events and among gaps."""
    found: list[tuple[str, int]] = []
    for table in (EVENT, GAP):
        query = select(table.c.town, func.max(table.c.seq)).where(table.c.seq.is_not(None))
        rows = connection.execute(query.group_by(table.c.town).order_by(table.c.town))
        found += [(row[0], row[1]) for row in rows]
    return found


def _cursors(connection: Connection) -> None:
    """Each town of which a number is here has a cursor, and each writer is of such a town."""
    towns = set(connection.execute(select(CURSOR.c.town)).scalars())
    for town, last in _last(connection):
        if town not in towns:
            raise Damage(f"{town} {last} 号", "游标不见了")
    # A city's site has read nothing of its own stream before its first log-in is numbered.
    homes = set(connection.execute(select(WRITER.c.town).where(WRITER.c.own == 1)).scalars())
    for row in connection.execute(select(WRITER).order_by(WRITER.c.inc)).all():
        if towns and row.town not in towns | homes:
            raise Damage(f"写者 {row.inc[:8]} 第 {row.last_sseq} 个事件", "写者的镇街没有游标")


def _secrets(connection: Connection) -> None:
    query = select(SECRET).order_by(SECRET.c.subject, SECRET.c.name)
    for row in connection.execute(query).all():
        here = EVENT.c.subject == row.subject
        first = connection.execute(
            select(EVENT.c.town, EVENT.c.seq).where(here).order_by(EVENT.c.seq)
        ).first()
        where = f"{first.town} {first.seq} 号起的 {row.subject}" if first else row.subject
        # A page's keys come with its first piece, before all of its events are here.
        if secret_id(row.key) != row.name:
            raise Damage(where, "密钥与它的名称不符")
