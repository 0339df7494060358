"""What is known of the sites: last contact, version, clock, how far they have read and written."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select, update

from dispatch.hub.database import Database
from dispatch.hub.places import Office, Site
from dispatch.hub.schema import (
    CHECKPOINT,
    EVENT,
    FACT,
    HEAD,
    QUARANTINE,
    SITE,
    SITE_SEEN,
    WRITER,
)
from dispatch.wire.protocol import MOST, SessionAsk

_LONGEST: Final = 40
FORKS: Final = "fk:"
"""Begins the facts that count refused forks; the site follows."""


@dataclass(frozen=True, slots=True)
class SiteLine:
    """One site for the table of sites. Times UTC ms; None: never heard of, or not told.

    `unsent`: of the events it had made by its last session, those that are not here. `lag`: how
    many of its town's numbers it had yet to read. `offset_ms`: what the hub's clock was ahead.
    `quarantined`, `forks`: of its events, those folded by nobody and those refused as another
    past of a writer. `checkpoint_at`: when its town's chain was signed last.
    """

    id: str
    town: str
    scope: str
    letter: str
    name: str
    expires_at: int
    revoked: bool
    contact: int | None
    version: str
    offset_ms: int | None
    unsent: int | None
    lag: int | None
    quarantined: int = 0
    forks: int = 0
    checkpoint_at: int | None = None


class Seen:
    """Kept in memory and written now and then: no site's poll waits for it. Any thread."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._lock = threading.Lock()
        self._news: dict[str, dict[str, Any]] = {}  # Any: a column's value

    def met(self, site: Site, ask: SessionAsk) -> None:
        """Note what a site said when it opened a session."""
        at = ask.cursors.get(site.town)
        offset = ask.offset_ms
        self._note(
            site.id,
            version="".join(filter(str.isprintable, ask.version))[:_LONGEST],
            offset_ms=offset if offset is not None and abs(offset) < MOST else None,
            made=min(sum(max(0, mark.sseq) for mark in ask.writers), MOST),
            **({"cursor": at.seq} if at else {}),
        )

    def polled(self, site: Site, cursor: int | None) -> None:
        """Note that a site asked for what comes after a number."""
        self._note(site.id, **({"cursor": cursor} if cursor is not None else {}))

    def _note(self, site: str, **told: Any) -> None:  # Any: a column's value
        now = self._office.clock()
        with self._lock:
            self._news.setdefault(site, {}).update(told, at=now)

    def flush(self) -> None:
        """Write what was noted; what cannot be written now is written next time."""
        with self._lock:
            news, self._news = self._news, {}
        if not news:
            return
        done = False
        try:
            self._office.database.write(lambda connection: self._put(connection, news))
            done = True
        finally:
            if not done:
                self._take_back(news)

    def _take_back(self, news: dict[str, dict[str, Any]]) -> None:  # Any: a column's value
        """Keep for the next time what could not be written; what came since is newer."""
        with self._lock:
            for site, told in news.items():
                self._news[site] = told | self._news.get(site, {})

    def _put(self, connection: Connection, news: dict[str, dict[str, Any]]) -> None:
        # Any: a column's value. Sites in one order, so that two processes never lock crosswise.
        first = {"version": "", "offset_ms": None, "made": 0, "cursor": 0}
        for site in sorted(news):
            row = {"site": site, **first, **news[site]}
            self._office.database.insert_missing(connection, SITE_SEEN, [row])
            here = update(SITE_SEEN).where(SITE_SEEN.c.site == site)
            # Another process may have heard of it later.
            connection.execute(here.where(SITE_SEEN.c.at <= row["at"]).values(**news[site]))

    def table(self) -> tuple[SiteLine, ...]:
        """Return every enrolled site, by town and letter."""
        return self._office.database.read(lines)


def lines(connection: Connection) -> tuple[SiteLine, ...]:
    """Return every enrolled site, by town and letter."""
    here = (
        select(WRITER.c.site, func.sum(WRITER.c.last_sseq).label("numbered"))
        .where(WRITER.c.site.is_not(None))
        .group_by(WRITER.c.site)
        .subquery()
    )
    held = (
        select(WRITER.c.site, func.count().label("held"))
        .join(EVENT, (EVENT.c.town == WRITER.c.town) & (EVENT.c.inc == WRITER.c.inc))
        .join(QUARANTINE, (QUARANTINE.c.town == EVENT.c.town) & (QUARANTINE.c.seq == EVENT.c.seq))
        .group_by(WRITER.c.site)
        .subquery()
    )
    signed = (
        select(CHECKPOINT.c.town, func.max(CHECKPOINT.c.at).label("signed"))
        .group_by(CHECKPOINT.c.town)
        .subquery()
    )
    query = (
        select(SITE, SITE_SEEN, here.c.numbered, HEAD.c.seq, held.c.held, signed.c.signed)
        .join(held, held.c.site == SITE.c.id, isouter=True)
        .join(signed, signed.c.town == SITE.c.town, isouter=True)
        .join(SITE_SEEN, SITE_SEEN.c.site == SITE.c.id, isouter=True)
        .join(here, here.c.site == SITE.c.id, isouter=True)
        .join(HEAD, HEAD.c.town == SITE.c.town, isouter=True)
        .order_by(SITE.c.town, func.length(SITE.c.letter), SITE.c.letter)
    )
    forks = forks_by_site(connection)
    return tuple(_line(row, forks.get(row.id, 0)) for row in connection.execute(query))


def note_forks(database: Database, connection: Connection, site: str, count: int) -> None:
    """Count events of a site that were refused as another past of one of its writers."""
    name = FORKS + site
    database.insert_missing(connection, FACT, [{"name": name, "value": "0"}])
    here = FACT.c.name == name
    before = connection.execute(database.dialect.locked(select(FACT.c.value).where(here)))
    connection.execute(update(FACT).where(here).values(value=str(int(before.scalar_one()) + count)))


def forks_by_site(connection: Connection) -> dict[str, int]:
    """Return how many forks were refused, by site; none where there were none."""
    found = select(FACT).where(FACT.c.name.startswith(FORKS, autoescape=True))
    return {row.name.removeprefix(FORKS): int(row.value) for row in connection.execute(found)}


def _line(row: Row[Any], forks: int) -> SiteLine:  # Any: columns of the query above
    known = row.at is not None
    return SiteLine(
        id=row.id,
        town=row.town,
        scope=row.scope,
        letter=row.letter,
        name=row.name,
        expires_at=row.expires_at,
        revoked=row.revoked,
        contact=row.at,
        version=row.version or "",
        offset_ms=row.offset_ms,
        unsent=max(0, row.made - int(row.numbered or 0)) if known else None,
        lag=max(0, (row.seq or 0) - row.cursor) if known else None,
        quarantined=int(row.held or 0),
        forks=forks,
        checkpoint_at=row.signed,
    )
