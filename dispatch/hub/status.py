"""What a hub holds, for the person on duty."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, func, select

from dispatch.hub.hub import Hub
from dispatch.hub.life import timeline
from dispatch.hub.schema import (
    ACCOUNT,
    FOLDED,
    HEAD,
    PROJECTION,
    QUARANTINE,
    SITE,
    TABLE_VERSION,
    WRITER,
)
from dispatch.hub.seen import lines


def status_of(hub: Hub) -> dict[str, object]:
    """Return counts by town, and the hub's timeline, as plain JSON values."""

    def job(connection: Connection) -> dict[str, object]:
        rows = connection.execute(select(HEAD.c.town, HEAD.c.seq).order_by(HEAD.c.town)).all()
        sites = select(func.count()).select_from(SITE)
        people = select(func.count()).select_from(ACCOUNT)
        return {
            "timeline": timeline(connection),
            "sites": connection.execute(sites).scalar_one(),
            "stations": [asdict(each) for each in lines(connection)],
            "accounts": connection.execute(people).scalar_one(),
            "tables": _tables(connection),
            "towns": {row.town: _town(connection, row.town, row.seq) for row in rows},
        }

    return hub.office.database.read(job)


def _tables(connection: Connection) -> dict[str, object]:
    query = select(TABLE_VERSION.c.name, TABLE_VERSION.c.version).order_by(TABLE_VERSION.c.rev)
    return {row.name: row.version for row in connection.execute(query)}


def _town(connection: Connection, town: str, seq: int) -> dict[str, object]:
    folded = connection.execute(select(FOLDED.c.seq).where(FOLDED.c.town == town)).scalar() or 0
    held = select(func.count()).select_from(QUARANTINE).where(QUARANTINE.c.town == town)
    states = (
        select(PROJECTION.c.state, func.count())
        .where(PROJECTION.c.town == town, PROJECTION.c.state.is_not(None))
        .group_by(PROJECTION.c.state)
    )
    clashing = (
        select(func.count())
        .select_from(PROJECTION)
        .where(PROJECTION.c.town == town, PROJECTION.c.contested > 0)
    )
    writers = select(WRITER.c.inc, WRITER.c.last_sseq).where(WRITER.c.town == town)
    return {
        "seq": seq,
        "fold_lag": seq - folded,
        "quarantined": connection.execute(held).scalar_one(),
        "contested": connection.execute(clashing).scalar_one(),
        "states": {row[0]: row[1] for row in connection.execute(states)},
        "writers": {row.inc: row.last_sseq for row in connection.execute(writers)},
    }
