"""The lives of a hub's database: each has a name, and one that was put back begins a new one."""

from __future__ import annotations

import logging
from typing import Final

from sqlalchemy import Connection, select, update

from dispatch.acts.perform import new_id
from dispatch.domain.calendar import HOUR
from dispatch.hub.places import Office, Site
from dispatch.hub.pulling import chain_at
from dispatch.hub.schema import FACT, WRITER, YEAR_NUMBER
from dispatch.wire.protocol import CursorMark, SessionAsk

log = logging.getLogger(__name__)

TIMELINE: Final = "timeline"
_TIMELINE: Final = select(FACT.c.value).where(FACT.c.name == TIMELINE)
BEGUN: Final = "timeline_begun"
SKIPPED: Final = 1000
"""Human numbers left out in each town: what was given out since that copy is on paper."""
PAST: Final = "past"
"""State of a writer of the hub's own from an earlier life: it writes no more, and what it wrote
is still taken from whoever holds it."""
WELCOME: Final = frozenset({"active", PAST})
"""States of writers whose events are taken."""


def timeline(connection: Connection) -> str:
    """Return the name of this life of the hub's database."""
    value: str = connection.execute(_TIMELINE).scalar_one()
    return value


def begin_anew(office: Office, connection: Connection) -> str:
    """Begin a new life over a database that is of an earlier hour; return its name.

    The hub goes on under new writers, for what it wrote since that hour is at the sites and
    would be forked. No human number is given a second time.
    """
    name = new_id()
    connection.execute(update(FACT).where(FACT.c.name == TIMELINE).values(value=name))
    at = str(office.clock())
    office.database.insert_missing(connection, FACT, [{"name": BEGUN, "value": at}])
    connection.execute(update(FACT).where(FACT.c.name == BEGUN).values(value=at))
    own = WRITER.c.site.is_(None) & (WRITER.c.state == "active")
    connection.execute(update(WRITER).where(own).values(state=PAST))
    connection.execute(update(YEAR_NUMBER).values(last=YEAR_NUMBER.c.last + SKIPPED))
    return name


def notice(office: Office, connection: Connection, site: Site, ask: SessionAsk) -> None:
    """Begin anew when a site of this very life has numbers that this database has not.

    At most once an hour: what one damaged or dishonest site says must not use up the numbers.
    """
    if ask.timeline is None or all(
        agrees(connection, town, at) for town, at in ask.cursors.items()
    ):
        return
    here = office.database.dialect.locked(select(FACT.c.value).where(FACT.c.name == TIMELINE))
    if connection.execute(here).scalar() != ask.timeline:
        return
    begun = connection.execute(select(FACT.c.value).where(FACT.c.name == BEGUN)).scalar()
    if begun is not None and office.clock() - int(begun) < HOUR:
        return
    name = begin_anew(office, connection)
    log.warning("site %s is ahead of this database: timeline %s begins", site.id, name)


def agrees(connection: Connection, town: str, at: CursorMark) -> bool:
    """Whether the town's chain has this value at this number."""
    return chain_at(connection, town, at.seq) == at.chain


def last_common(connection: Connection, town: str, marks: tuple[CursorMark, ...]) -> int:
    """Return the highest of a site's numbers at which its chain is this hub's, else 0."""
    for mark in sorted(marks, key=lambda each: each.seq, reverse=True):
        if agrees(connection, town, mark):
            return mark.seq
    return 0
