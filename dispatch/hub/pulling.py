"""What a site gets: its part of the town's events in order, and enough to check the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, select

from dispatch.domain.codes import Level
from dispatch.domain.organisation import Organisation
from dispatch.hub import sight
from dispatch.hub.folding import EVERYBODY, Folding, levels
from dispatch.hub.places import Office, Site
from dispatch.hub.reference import Reference
from dispatch.hub.schema import EVENT, PROJECTION, SECRET, VISIBLE
from dispatch.hub.scope_bound import kept
from dispatch.wire.chain import START, chain_input
from dispatch.wire.digest import digest
from dispatch.wire.protocol import Backfill, Frame, Gap, Pull, Secret, TownPage

PAGE_EVENTS: Final = 200
SNAPSHOT_EVENTS: Final = 1000
PAGE_BYTES: Final = 1024 * 1024
_FULL = (
    EVENT.c.seq,
    EVENT.c.received_at,
    EVENT.c.number,
    EVENT.c.quarantined,
    EVENT.c.kind,
    EVENT.c.subject,
    EVENT.c.hash,
    EVENT.c.bytes,
    EVENT.c.sig,
)
_CHAIN_AT: Final = select(EVENT.c.chain).where(
    EVENT.c.town == bindparam("town"), EVENT.c.seq == bindparam("seq")
)
_Span = tuple[int, int | None]
_BETWEEN: Final = (
    EVENT.c.town == bindparam("name"),
    EVENT.c.seq > bindparam("begin"),
    EVENT.c.seq <= bindparam("last"),
)
_SIZES: Final = (
    select(EVENT.c.seq, func.length(EVENT.c.bytes).label("size"))
    .where(*_BETWEEN)
    .order_by(EVENT.c.seq)
    .limit(bindparam("most"))
)
_WHOLE: Final = select(*_FULL).where(*_BETWEEN).order_by(EVENT.c.seq)
_Rows = Sequence[Row[Any]]  # Any: columns of `_FULL`


@dataclass(frozen=True, slots=True)
class _Page:
    """The stretch of numbers after `begin` up to `end` in one town for one site."""

    town: str
    begin: int
    end: int


class Pulling:
    """Pages for sites. A site of the town's own level gets all, others what is visible."""

    def __init__(self, office: Office, reference: Reference, folding: Folding) -> None:
        self._office = office
        self._reference = reference
        self._folding = folding

    def page(self, site: Site, cursor: int, limit: int, *, with_digest: bool = False) -> TownPage:
        """Return the page after a cursor, at most `limit` events; empty when there is none."""
        self._folding.catch_up(site.town)
        question = Pull({site.town: cursor}, 0, limit, with_digest)
        return self._office.database.read(
            lambda connection: self.page_of(connection, site, question)
        )

    def page_of(self, connection: Connection, site: Site, ask: Pull) -> TownPage:
        """Return the page of what is folded: what has changed for the site, else what is new."""
        cursor = ask.cursors[site.town]
        _, last = levels(connection, site.town)
        nodes = self._scope(connection, site)
        if nodes is not None and ask.sight:
            before = sight.read(self._office, site, ask.sight)
            # A cursor beyond the head is that of a hub that went back: first things first.
            if before.nodes != nodes and cursor <= last:
                return self._change(connection, site, cursor, (before, nodes))
        if cursor < last:
            page = self._page(connection, site, (cursor, last), (ask.limit, nodes))
        else:
            chain = chain_at(connection, site.town, cursor)
            page = TownPage(entries=(), next=cursor, chain=chain, more=False)
        if nodes is not None:
            token = sight.write(self._office, site, sight.Sight(nodes))
            page = msgspec.structs.replace(page, sight=token)
        if not ask.digest or page.more:
            return page
        figure = self.digest(connection, site, ask.floors.get(site.town, 0))
        return msgspec.structs.replace(page, digest=figure, digest_seq=page.next)

    def _change(
        self,
        connection: Connection,
        site: Site,
        cursor: int,
        between: tuple[sight.Sight, frozenset[str]],
    ) -> TownPage:
        """Return a page that moves no cursor: what came into sight and what went with the tree."""
        before, nodes = between
        there = sight.seen(connection, site.town, before.nodes, cursor)
        now = sight.seen(connection, site.town, nodes, cursor)
        through = before.through if before.to == nodes else ""
        page = _Page(site.town, cursor, cursor)
        backfill: list[Backfill] = []
        weight = 0
        for name in sorted(each for each in now - there if each > through):
            rows = frames_before(connection, page.town, name, page.begin)
            if backfill and weight + len(rows) > PAGE_EVENTS:
                token = sight.Sight(before.nodes, nodes, through)
                break
            backfill.append(Backfill(_id(name), rows))
            weight, through = weight + len(rows), name
        else:
            token = sight.Sight(nodes)
        return TownPage(
            entries=(),
            next=cursor,
            chain=chain_at(connection, site.town, cursor),
            more=True,
            backfill=tuple(backfill),
            left=tuple(_id(name) for name in sorted(there - now)),
            keys=keys_of(connection, site.town, [f":{each.subject}" for each in backfill]),
            sight=sight.write(self._office, site, token),
        )

    def _page(
        self,
        connection: Connection,
        site: Site,
        between: tuple[int, int],
        asked: tuple[int, frozenset[str] | None],
    ) -> TownPage:
        (limit, nodes), town, (cursor, last) = asked, site.town, between
        rows = _stretch(connection, town, between, max(1, min(limit, PAGE_EVENTS)))
        page = _Page(town, cursor, rows[-1].seq if rows else cursor)
        seeing = _Sight(connection, page, nodes, {_name(row) for row in rows})
        newcomers = seeing.newcomers()
        backfill = tuple(
            Backfill(_id(name), frames_before(connection, page.town, name, page.begin))
            for name in newcomers
        )
        shown = sorted(name for name in {_name(row) for row in rows} if seeing.at_end(name))
        return TownPage(
            entries=tuple(_frame(row) if seeing.at_end(_name(row)) else _gap(row) for row in rows),
            next=page.end,
            chain=chain_at(connection, town, page.end),
            more=page.end < last,
            backfill=backfill,
            left=tuple(_id(name) for name in seeing.left()),
            keys=keys_of(connection, town, shown),
        )

    def digest(self, connection: Connection, site: Site, floor: int = 0) -> str:
        """Return the digest of what is folded for a site's scope; `floor` is a city site's."""
        if floor and site.level is Level.CITY:
            return _digest(connection, site.town, None, kept(floor))
        return _digest(connection, site.town, self._scope(connection, site))

    def stretch(
        self, connection: Connection, site: Site, between: tuple[int, int], keyed: Collection[str]
    ) -> TownPage:
        """Return a page after a number for an empty site that will be told all up to another.

        What the site sees at the end is there from its beginning, so nothing comes in or leaves.
        `keyed`: subjects whose keys have been given already.
        """
        town, (begin, last) = site.town, between
        rows = _stretch(connection, town, between, SNAPSHOT_EVENTS)
        names = {_name(row) for row in rows}
        nodes = self._scope(connection, site)
        sight = _Sight(connection, _Page(town, begin, last), nodes, names)
        shown = {name for name in names if sight.at_end(name)}
        end = rows[-1].seq if rows else last
        return TownPage(
            entries=tuple(_frame(row) if _name(row) in shown else _gap(row) for row in rows),
            next=end,
            chain=chain_at(connection, town, end),
            more=end < last,
            keys=keys_of(connection, town, sorted(n for n in shown if _id(n) not in keyed)),
        )

    def turns(self, connection: Connection, site: Site, since: int) -> tuple[list[int], int]:
        """Return the numbers after `since` at which a site's sight changes, and the last number.

        Of a subject that comes into sight or leaves it; a site that sees the whole town has none.
        """
        _, last = levels(connection, site.town)
        nodes = self._scope(connection, site)
        if nodes is None:
            return [], last
        here = (VISIBLE.c.town == site.town) & VISIBLE.c.node.in_(nodes)
        found: set[int] = set()
        for column in (VISIBLE.c.since_seq, VISIBLE.c.until_seq):
            query = select(column).where(here, column > since, column <= last).distinct()
            found.update(connection.execute(query).scalars())
        return sorted(found), last

    def sees(
        self, connection: Connection, site: Site, incidents: Collection[str]
    ) -> frozenset[str]:
        """Return those of the incidents that a site sees now."""
        names = [f"incident:{each}" for each in incidents]
        nodes = self._scope(connection, site) if names else None
        if nodes is None:
            return frozenset(incidents)
        query = select(VISIBLE.c.subject).where(
            VISIBLE.c.town == site.town,
            VISIBLE.c.node.in_(nodes),
            VISIBLE.c.subject.in_(names),
            VISIBLE.c.until_seq.is_(None),
        )
        return frozenset(_id(name) for name in connection.execute(query).scalars())

    def _scope(self, connection: Connection, site: Site) -> frozenset[str] | None:
        """Return the nodes whose subjects a site sees; None: the whole town's."""
        if site.level in {Level.TOWN, Level.CITY}:
            return None
        organisation = self._reference.rules(connection).organisation
        if organisation.ancestor(site.scope, Level.TOWN) != site.town:
            # The tree has it under another town now, or nowhere: it is to be enrolled there.
            return frozenset()
        return frozenset({EVERYBODY, *below(organisation, site.scope)})


def below(organisation: Organisation, scope: str) -> frozenset[str]:
    """Return a node and everything under it."""
    found = {scope}
    wanted = [scope]
    while wanted:
        for child in organisation.children.get(wanted.pop(), ()):
            found.add(child.code)
            wanted.append(child.code)
    return frozenset(found)


class _Sight:
    """Which subjects of a page a site sees at its beginning and at its end."""

    def __init__(
        self,
        connection: Connection,
        page: _Page,
        nodes: frozenset[str] | None,
        subjects: Iterable[str],
    ) -> None:
        self._page = page
        self._every = nodes is None
        self._spans: Mapping[str, list[_Span]] = {}
        if nodes is not None:
            self._spans = _spans(connection, page.town, nodes, sorted(subjects))

    def at_end(self, subject: str) -> bool:
        """Whether the site sees the subject at the end of the page."""
        return self._every or self._sees(subject, self._page.end)

    def newcomers(self) -> tuple[str, ...]:
        """Subjects that came into sight within the page."""
        begin = self._page.begin
        return tuple(
            name for name in self._spans if self.at_end(name) and not self._sees(name, begin)
        )

    def left(self) -> tuple[str, ...]:
        """Subjects that went out of sight within the page."""
        begin = self._page.begin
        return tuple(
            name for name in self._spans if self._sees(name, begin) and not self.at_end(name)
        )

    def _sees(self, subject: str, seq: int) -> bool:
        return any(
            since <= seq and (until is None or seq < until)
            for since, until in self._spans.get(subject, ())
        )


def _spans(
    connection: Connection, town: str, nodes: frozenset[str], subjects: Sequence[str]
) -> dict[str, list[_Span]]:
    found: dict[str, list[_Span]] = defaultdict(list)
    query = (
        select(VISIBLE.c.subject, VISIBLE.c.since_seq, VISIBLE.c.until_seq)
        .where(VISIBLE.c.town == town, VISIBLE.c.node.in_(nodes))
        .where(VISIBLE.c.subject.in_(subjects))
        .order_by(VISIBLE.c.subject)
    )
    for row in connection.execute(query):
        found[row.subject].append((row.since_seq, row.until_seq))
    return found


def _stretch(connection: Connection, town: str, between: tuple[int, int], limit: int) -> _Rows:
    """Return events after one number up to another, cut by count and by bytes."""
    begin, last = between
    of = {"name": town, "begin": begin}
    total, end = 0, begin
    for row in connection.execute(_SIZES, {**of, "last": last, "most": limit}):
        total += row.size
        if total > PAGE_BYTES and end > begin:
            break
        end = row.seq
    return connection.execute(_WHOLE, {**of, "last": end}).all()


def frames_before(connection: Connection, town: str, name: str, upto: int) -> tuple[Frame, ...]:
    """Return all frames of a subject (`kind:id`) up to a number."""
    kind, _, subject = name.partition(":")
    query = (
        select(*_FULL)
        .where(EVENT.c.town == town, EVENT.c.subject == subject, EVENT.c.kind == kind)
        .where(EVENT.c.seq <= upto)
        .order_by(EVENT.c.seq)
    )
    return tuple(_frame(row) for row in connection.execute(query))


def keys_of(connection: Connection, town: str, names: Sequence[str]) -> tuple[Secret, ...]:
    """Return the keys of subjects (`kind:id`)."""
    subjects = {_id(name) for name in names}
    query = (
        select(SECRET.c.subject, SECRET.c.key)
        .where(SECRET.c.town == town, SECRET.c.subject.in_(subjects))
        .order_by(SECRET.c.subject, SECRET.c.key_id)
    )
    return tuple(Secret(row.subject, row.key) for row in connection.execute(query))


def _digest(
    connection: Connection,
    town: str,
    nodes: frozenset[str] | None,
    bound: ColumnElement[bool] | None = None,
) -> str:
    query = select(PROJECTION.c.subject, PROJECTION.c.state_hash).where(PROJECTION.c.town == town)
    if bound is not None:
        query = query.where(bound)
    if nodes is not None:
        seen = select(VISIBLE.c.subject).where(
            VISIBLE.c.town == town, VISIBLE.c.node.in_(nodes), VISIBLE.c.until_seq.is_(None)
        )
        query = query.where(PROJECTION.c.subject.in_(seen))
    return digest((row.subject, row.state_hash) for row in connection.execute(query))


def chain_at(connection: Connection, town: str, seq: int) -> str:
    """Return the town's chain value at a number; empty where there is no such number."""
    if seq == 0:
        return START
    return connection.execute(_CHAIN_AT, {"town": town, "seq": seq}).scalar() or ""


def _name(row: Row[Any]) -> str:  # Any: columns of `_FULL`
    return f"{row.kind}:{row.subject}"


def _id(name: str) -> str:
    """Return the subject's id without its kind."""
    return name.partition(":")[2]


def _frame(row: Row[Any]) -> Frame:  # Any: columns of `_FULL`
    return Frame(
        event=row.bytes.decode(),
        sig=row.sig,
        seq=row.seq,
        received_at=row.received_at,
        number=row.number,
        quarantined=row.quarantined,
    )


def _gap(row: Row[Any]) -> Gap:  # Any: columns of `_FULL`
    return Gap(row.seq, chain_input(row.hash, row.seq, row.received_at, row.number))
