"""Where workers are: last fixes and a short track. Telemetry, never events."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput
from dispatch.hub.places import Office, Site
from dispatch.hub.reference import Reference
from dispatch.hub.schema import POSITION, POSITION_HEAD
from dispatch.wire.protocol import Fix, Fixes
from dispatch.wire.tables import parse_roster

BATCH: Final = 500
KEEP_DAYS: Final = 30
_AHEAD_MS: Final = 10 * 60_000


class Telemetry:
    """Positions of a town, in an order of their own."""

    def __init__(self, office: Office, reference: Reference) -> None:
        self._office = office
        self._reference = reference

    def put(self, town: str, fixes: Sequence[Fix]) -> int:
        """Keep a batch of fixes; return the last number in the town's order of fixes."""
        if len(fixes) > BATCH:
            raise BadInput("fixes", f"一次最多 {BATCH} 个位置")
        now = self._office.clock()
        for number, fix in enumerate(fixes, 1):
            _check(fix, f"fixes 第 {number} 个", now)

        def job(connection: Connection) -> int:
            database = self._office.database
            database.insert_missing(connection, POSITION_HEAD, [{"town": town, "seq": 0}])
            here = POSITION_HEAD.c.town == town
            query = database.dialect.locked(select(POSITION_HEAD.c.seq).where(here))
            seq: int = connection.execute(query).scalar_one()
            rows = [_row(town, seq + place, fix) for place, fix in enumerate(fixes, 1)]
            if rows:
                connection.execute(insert(POSITION), rows)
                connection.execute(update(POSITION_HEAD).where(here).values(seq=seq + len(rows)))
            return seq + len(rows)

        return self._office.database.write(job)

    def since(self, site: Site, seq: int, limit: int = BATCH) -> Fixes:
        """Return fixes after a number, oldest first, and the number to go on from.

        A station gets those of its own workers only, by the roster as it has it. Whoever asks
        from beyond the last number knew a database that was put back since: it goes on from here.
        """

        def job(connection: Connection) -> Fixes:
            own = self._workers(connection, site)
            query = (
                select(POSITION)
                .where(POSITION.c.town == site.town, POSITION.c.seq > seq)
                .order_by(POSITION.c.seq)
                .limit(max(1, min(limit, BATCH)))
            )
            rows = connection.execute(query).all()
            fixes = tuple(
                Fix(row.worker, row.lon, row.lat, row.at, row.accuracy, row.heading)
                for row in rows
                if own is None or row.worker in own
            )
            return Fixes(fixes, rows[-1].seq if rows else min(seq, _last(connection, site.town)))

        return self._office.database.read(job)

    def _workers(self, connection: Connection, site: Site) -> frozenset[str] | None:
        """The workers a site may see; None: all of its town."""
        if site.level is Level.TOWN:
            return None
        if "roster" not in self._reference.etags(connection, site):
            return frozenset()
        roster = parse_roster(self._reference.table(connection, "roster", site).body)
        return frozenset(each.number for each in roster)

    def purge(self) -> int:
        """Delete tracks older than they may be kept; return how many fixes went."""
        before = self._office.clock() - KEEP_DAYS * DAY

        def job(connection: Connection) -> int:
            return connection.execute(delete(POSITION).where(POSITION.c.at < before)).rowcount

        return self._office.database.write(job)


def _last(connection: Connection, town: str) -> int:
    query = select(POSITION_HEAD.c.seq).where(POSITION_HEAD.c.town == town)
    return connection.execute(query).scalar() or 0


def _row(town: str, seq: int, fix: Fix) -> dict[str, object]:
    return {
        "town": town,
        "seq": seq,
        "worker": fix.worker,
        "lon": fix.lon,
        "lat": fix.lat,
        "at": fix.at,
        "accuracy": fix.accuracy,
        "heading": fix.heading,
    }


def _check(fix: Fix, where: str, now: int) -> None:
    if not 0 < len(fix.worker) <= 80:
        raise BadInput(where, "工号应为 1 至 80 个字符")
    if not (-180 <= fix.lon <= 180 and -90 <= fix.lat <= 90):
        raise BadInput(where, "坐标必须是 CGCS2000 度，经度 -180 至 180，纬度 -90 至 90")
    if not (0 <= fix.accuracy < 1e6 and math.isfinite(fix.accuracy)):
        raise BadInput(where, "精度应为 0 以上的米数")
    if not 0 < fix.at <= now + _AHEAD_MS:
        raise BadInput(where, "时间应为 UTC 毫秒，且不晚于现在")
