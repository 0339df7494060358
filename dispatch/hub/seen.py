"""What is known of the sites: last contact, version, clock, how far they have read and written."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select, update

from dispatch.hub.places import Office, Site
from dispatch.hub.schema import HEAD, SITE, SITE_SEEN, WRITER
from dispatch.wire.protocol import MOST, SessionAsk

_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class SiteLine:
    """One site for the table of sites. Times UTC ms; None: never heard of, or not told.

    `unsent`: of the events it had made by its last session, those that are not here. `lag`: how
    many of its town's numbers it had yet to read. `offset_ms`: what the hub's clock was ahead.
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
    query = (
        select(SITE, SITE_SEEN, here.c.numbered, HEAD.c.seq)
        .join(SITE_SEEN, SITE_SEEN.c.site == SITE.c.id, isouter=True)
        .join(here, here.c.site == SITE.c.id, isouter=True)
        .join(HEAD, HEAD.c.town == SITE.c.town, isouter=True)
        .order_by(SITE.c.town, func.length(SITE.c.letter), SITE.c.letter)
    )
    return tuple(_line(row) for row in connection.execute(query))


def _line(row: Row[Any]) -> SiteLine:  # Any: columns of the query above
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
    )
