"""What a city site gets: all towns' streams in one poll, bound to what is open or of 90 days.

Of each town it begins to read at its floor, a number that the hub has signed. What ended at or
below it is not kept there and is fetched when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

import msgspec
from sqlalchemy import Connection, func, select

from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.organisation import Organisation
from dispatch.hub.evidence import between
from dispatch.hub.folding import head_of
from dispatch.hub.places import Office, Site
from dispatch.hub.pulling import PAGE_EVENTS, Pulling, chain_at, frames_before, keys_of
from dispatch.hub.schema import EVENT, FOLDED, HEAD, PROJECTION
from dispatch.hub.scope_bound import kept
from dispatch.wire.protocol import (
    Backfill,
    Checkpoint,
    OlderPage,
    Pull,
    TownPage,
    checkpoint_digest,
)

KEPT_DAYS: Final = 90
OLDER_PAGE: Final = 50
"""Subjects in one answer of older ones at most."""
_WITNESSED: Final = 500
"""So many numbers back a page tells of checkpoints: one is signed after its number was read."""
_TAIL: Final = 4


def towns_of(organisation: Organisation, site: Site) -> frozenset[str]:
    """Return the towns whose streams a site may read and write: its own, a city site's all.

    A city site's own stream, under its node's code, holds what is of no town: its log-ins.
    """
    if site.level is not Level.CITY:
        return frozenset({site.town})
    below = organisation.children.get(site.scope, ())
    return frozenset({site.town, *(each.code for each in below if each.level is Level.TOWN)})


def behind(connection: Connection, towns: Iterable[str]) -> list[str]:
    """Return those of the towns that are not folded to their last number."""
    query = (
        select(HEAD.c.town, HEAD.c.seq, FOLDED.c.seq.label("folded"))
        .outerjoin(FOLDED, FOLDED.c.town == HEAD.c.town)
        .where(HEAD.c.town.in_(list(towns)))
    )
    return sorted(row.town for row in connection.execute(query) if row.seq > (row.folded or 0))


class Citywide:
    """Pages of many towns, and what lies below their floors."""

    def __init__(self, office: Office, pulling: Pulling) -> None:
        self._office = office
        self._pulling = pulling

    def floors(self, connection: Connection, towns: Iterable[str]) -> dict[str, Checkpoint]:
        """Return each town's last number of before the kept days, signed; none where there is none.

        The bound moves once a day.
        """
        now = self._office.clock()
        bound = now - now % DAY - KEPT_DAYS * DAY
        found: dict[str, Checkpoint] = {}
        for town in sorted(towns):
            seq = _last_before(connection, town, bound)
            if seq:
                chain = chain_at(connection, town, seq)
                sig = self._office.keys.signer.sign(checkpoint_digest(town, seq, chain, bound))
                found[town] = Checkpoint(town, seq, chain, bound, sig)
        return found

    def pages(self, connection: Connection, site: Site, ask: Pull) -> dict[str, TownPage]:
        """Return the towns' pages that have something, at most a page's events in all.

        With `digest` every town asked about has a page, with its digest where it is at the end.
        """
        heads = _heads(connection, ask.cursors)
        found: dict[str, TownPage] = {}
        left = max(1, min(ask.limit, PAGE_EVENTS))
        for town in sorted(ask.cursors):
            cursor = ask.cursors[town]
            if left > 0 and (ask.digest or heads.get(town, 0) != cursor):
                question = msgspec.structs.replace(ask, limit=left)
                page = self._pulling.page_of(connection, replace(site, town=town), question)
                floor = ask.floors.get(town, 0)
                if floor:
                    page = _with_returned(connection, town, (cursor, floor), page)
                left -= len(page.entries)
                since = max(ask.floors.get(town, 0), cursor - _WITNESSED)
                signed = between(connection, town, since, page.next) if page.entries else ()
                found[town] = msgspec.structs.replace(page, checkpoints=signed)
        return found

    def standing(self, connection: Connection, town: str, floor: int, after: str) -> OlderPage:
        """Return what is kept of a town though nothing came to it above the floor.

        Whole subjects with all that is numbered, in order of name after `after`.
        """
        names = list(
            connection.execute(
                select(PROJECTION.c.subject)
                .where(PROJECTION.c.town == town, PROJECTION.c.seq <= floor)
                .where(PROJECTION.c.subject > after, kept(floor))
                .order_by(PROJECTION.c.subject)
                .limit(OLDER_PAGE + 1)
            ).scalars()
        )
        page = _whole(connection, town, names[:OLDER_PAGE], floor)
        more = len(names) > OLDER_PAGE
        last = names[OLDER_PAGE - 1] if more else ""
        return msgspec.structs.replace(page, next=last, more=more)

    def numbered(self, connection: Connection, town: str, number: str, upto: int) -> OlderPage:
        """Return the incidents with this human number, or with these last four digits.

        With all that was numbered `upto` a number, the site's cursor. Refused `unknown_incident`
        where the town has none.
        """
        wanted = number.strip()
        if not (len(wanted) >= _TAIL and wanted.isascii() and wanted.replace("-", "").isdigit()):
            raise BadInput("number", "应为完整案号，或案号的最后四位")
        here = EVENT.c.number == wanted
        if len(wanted) == _TAIL:
            here = EVENT.c.number.endswith(wanted, autoescape=True)
        query = select(EVENT.c.subject).where(EVENT.c.town == town, EVENT.c.seq <= upto, here)
        found = connection.execute(query.order_by(EVENT.c.seq.desc()).limit(OLDER_PAGE))
        names = [f"incident:{each}" for each in dict.fromkeys(found.scalars())]
        if not names:
            raise Refused("unknown_incident", id=wanted)
        return _whole(connection, town, names, upto)


def _with_returned(
    connection: Connection, town: str, between: tuple[int, int], page: TownPage
) -> TownPage:
    """Bring what a city site may have let go before what is new to it: all earlier frames.

    `between`: the cursor and the floor. One that it still has comes again, which is nothing.
    """
    cursor, floor = between
    seqs = [each.seq for each in page.entries]
    named = select(EVENT.c.subject).where(EVENT.c.town == town, EVENT.c.seq.in_(seqs))
    query = (
        select(EVENT.c.kind, EVENT.c.subject)
        .where(EVENT.c.town == town, EVENT.c.subject.in_(named), EVENT.c.seq <= cursor)
        .group_by(EVENT.c.kind, EVENT.c.subject)
        .having(func.max(EVENT.c.seq) <= floor)
        .order_by(EVENT.c.subject)
    )
    found = [(f"{row.kind}:{row.subject}", row.subject) for row in connection.execute(query)]
    backfill = tuple(
        Backfill(id_, frames_before(connection, town, name, cursor)) for name, id_ in found
    )
    return msgspec.structs.replace(page, backfill=backfill)


def _whole(connection: Connection, town: str, names: list[str], upto: int) -> OlderPage:
    parts = tuple(
        Backfill(name.partition(":")[2], frames_before(connection, town, name, upto))
        for name in names
    )
    return OlderPage(parts, keys_of(connection, town, names))


def _heads(connection: Connection, towns: Mapping[str, int]) -> dict[str, int]:
    query = select(HEAD.c.town, HEAD.c.seq).where(HEAD.c.town.in_(list(towns)))
    return {row.town: row.seq for row in connection.execute(query)}


def _last_before(connection: Connection, town: str, moment: int) -> int:
    """Return the town's last number that was received before a moment; 0: none.

    By halves over the numbers: they and the times rise together, and times have no index.
    """
    low, high = 0, head_of(connection, town)
    while low < high:
        middle = (low + high + 1) // 2
        query = select(EVENT.c.received_at).where(EVENT.c.town == town, EVENT.c.seq == middle)
        at: int | None = connection.execute(query).scalar()
        if at is not None and at < moment:
            low = middle
        else:
            high = middle - 1
    return low
