"""What stands beside a town's events at the hub: their keys, writers, quarantine, checkpoints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, select

from dispatch.domain.errors import Damage
from dispatch.hub.keyring import Keyring
from dispatch.hub.life import PAST, SKIPPED
from dispatch.hub.schema import (
    CHECKPOINT,
    EVENT,
    EVENT_KEY,
    PROJECTION,
    QUARANTINE,
    SECRET,
    SITE,
    WRITER,
    YEAR_NUMBER,
)
from dispatch.wire.keys import secret_id, signed_by
from dispatch.wire.protocol import checkpoint_digest

_STATES: Final = frozenset({"active", "closed", "forked", "revoked", PAST})


SAME_EVENT: Final = (
    (EVENT_KEY.c.town == EVENT.c.town)
    & (EVENT_KEY.c.inc == EVENT.c.inc)
    & (EVENT_KEY.c.sseq == EVENT.c.sseq)
)


def with_keys(town: str) -> Select[Any]:  # Any: EVENT's columns and two more
    """Return the query for a town's events in order, each with what its key says."""
    key = (EVENT_KEY.c.hash.label("key_hash"), EVENT_KEY.c.seq.label("key_seq"))
    joined = EVENT.outerjoin(EVENT_KEY, SAME_EVENT)
    query = select(EVENT, *key).select_from(joined).where(EVENT.c.town == town)
    return query.order_by(EVENT.c.seq)


BESIDE: Final = (EVENT_KEY, WRITER, QUARANTINE, YEAR_NUMBER, SECRET, PROJECTION)
"""Tables besides the log, its counter and the checkpoints that name a town."""


class Beside:
    """Held against each event as the walk comes to it; `end` asks for what no event explains."""

    def __init__(self, connection: Connection, town: str, keys: Keyring) -> None:
        self._connection = connection
        self._town = town
        self._keys = keys
        held = connection.execute(select(QUARANTINE).where(QUARANTINE.c.town == town))
        self._held = {row.seq: row for row in held}
        self._numbers: Counter[int] = Counter()

    def check(self, row: Row[Any], where: str) -> None:  # Any: columns of `with_keys`
        """Check what stands beside one event."""
        if (row.key_hash, row.key_seq) != (row.hash, row.seq):
            raise Damage(where, "去重键与事件不符")
        held = self._held.pop(row.seq, None)
        why = (row.quarantined, row.received_at) if row.quarantined else None
        if (None if held is None else (held.reason, held.at)) != why:
            raise Damage(where, "隔离记录与事件不符")
        if row.number is not None:
            self._number(row.number, where)

    def _number(self, number: str, where: str) -> None:
        town, _, rest = number.partition("-")
        year, _, count = rest.partition("-")
        if town != self._town or not (year.isdecimal() and count.isdecimal()):
            raise Damage(where, "受理编号无法读取")
        if not _follows(int(count), self._numbers[int(year)]):
            raise Damage(where, "受理编号不连续")
        self._numbers[int(year)] = int(count)

    def end(self, last: Mapping[str, tuple[int, str]]) -> None:
        """Check counters and writers; `last`: each writer's last own sequence and hash."""
        extra = select(EVENT_KEY.c.seq).select_from(EVENT_KEY).outerjoin(EVENT, SAME_EVENT)
        lost = (EVENT_KEY.c.town == self._town) & EVENT.c.seq.is_(None)
        found = self._connection.execute(extra.where(lost).order_by(EVENT_KEY.c.seq)).scalar()
        if found is not None:
            raise Damage(f"{self._town} 第 {found} 号", "有去重键，没有事件")
        if self._held:
            raise Damage(f"{self._town} 第 {min(self._held)} 号", "有隔离记录，没有事件")
        for each in self._rows(YEAR_NUMBER):
            if not _follows(each.last + 1, self._numbers.pop(each.year, 0)):
                raise Damage(f"{self._town} {each.year} 年", "受理编号的计数与事件不符")
        if self._numbers:
            raise Damage(f"{self._town} {min(self._numbers)} 年", "受理编号的计数不见了")
        sites = set(self._connection.execute(select(SITE.c.id)).scalars())
        for each in self._rows(WRITER):
            where = f"{self._town} 写者 {each.inc} 第 {each.last_sseq} 个事件"
            place = (each.last_sseq, each.last_hash)
            if place != last.get(each.inc, (0, "")):
                raise Damage(where, "写者的计数与事件不符")
            own = each.site is None
            if own and each.pubkey != self._keys.writer(self._town, each.inc).public:
                raise Damage(where, "市级中心自己的写者，公钥不符")
            if each.state not in _STATES or (each.site is not None and each.site not in sites):
                raise Damage(where, "写者的登记无法读取")

    def _rows(self, table: Any) -> list[Row[Any]]:  # Any: a table with a town, rows of its columns
        query = select(table).where(table.c.town == self._town)
        return list(self._connection.execute(query.order_by(*table.primary_key.columns)))


def _follows(count: int, before: int) -> bool:
    """Whether a human number is the next one: each new life of the hub leaves some out."""
    return count > before and (count - before - 1) % SKIPPED == 0


def check_secrets(connection: Connection, town: str) -> None:
    """Check that each key is the one its name says, of a subject that there is."""
    query = select(SECRET).where(SECRET.c.town == town).order_by(SECRET.c.subject, SECRET.c.key_id)
    for row in connection.execute(query).all():
        here = (EVENT.c.town == town) & (EVENT.c.subject == row.subject)
        first = connection.execute(select(EVENT.c.seq).where(here).order_by(EVENT.c.seq)).scalar()
        where = f"{town} 第 {first} 号起的 {row.subject}" if first else f"{town} {row.subject}"
        if first is None or secret_id(row.key) != row.key_id:
            raise Damage(where, "密钥与它的名称不符")


def check_checkpoints(connection: Connection, town: str, hub_key: bytes) -> int:
    """Check each checkpoint's signature and the chain at its number; return how many there are."""
    query = (
        select(CHECKPOINT, EVENT.c.chain.label("here"))
        .join(
            EVENT,
            (EVENT.c.town == CHECKPOINT.c.town) & (EVENT.c.seq == CHECKPOINT.c.seq),
            isouter=True,
        )
        .where(CHECKPOINT.c.town == town)
        .order_by(CHECKPOINT.c.seq)
    )
    count = 0
    for row in connection.execute(query):
        where = f"{town} 第 {row.seq} 号的检查点"
        digest = checkpoint_digest(row.town, row.seq, row.chain, row.at)
        if not signed_by(hub_key, digest, row.sig):
            raise Damage(where, "签名不符")
        if row.here != row.chain:
            raise Damage(where, "链值与日志不符")
        count += 1
    return count
