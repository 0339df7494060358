"""Exchange by file at the hub: a site's pushes taken in from a stick, its pages written to one.

The same parts as behind the doors do the work: what comes is verified, numbered and folded by
`ingest` and `folding`, what goes is cut by `pulling`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput, Refused
from dispatch.hub.hub import Hub
from dispatch.hub.life import timeline
from dispatch.hub.places import Site
from dispatch.hub.pulling import chain_at
from dispatch.hub.schema import SITE, SITE_SEEN, WRITER
from dispatch.hub.witness import admit
from dispatch.hub.writers import writers_table
from dispatch.wire import protocol as wire
from dispatch.wire.bundle import (
    FULL,
    Asking,
    BundleHead,
    Giving,
    each_of,
    pack,
    records,
    unpack,
)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a site's bundle: how many events by verdict, and where the hub still waits.

    `lacking`: incarnation to the own sequence that it goes on with. `asking` is what the site
    wants to know, `refused` what is to be told it.
    """

    head: BundleHead
    site: Site
    asking: Asking
    verdicts: dict[str, int]
    lacking: dict[str, int]
    refused: tuple[wire.Verdict, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom a bundle is made, from where on, and what it is to be told beside.

    `chain`: the site's own value there, empty where it has not told it.
    """

    site: Site
    pull: wire.Pull
    chain: str = ""
    refused: tuple[wire.Verdict, ...] = ()


def take_in(hub: Hub, raw: bytes, where: str) -> TakenIn:
    """Take in a site's file; BadInput at `where` before the first write if anything is wrong.

    Each push is a transaction of its own: after a crash the same file is taken in again.
    """
    bundle = unpack(raw, where)
    head, keys = bundle.head, hub.office.keys
    if head.kind != "to_hub":
        raise BadInput(where, "是市平台给站点的，不是站点给市平台的")
    if head.hub_key != keys.signer.public:
        raise BadInput(where, "是给另一个市平台的")
    site = _author(hub, head, where)
    first, *rest = records(bundle, keys.signer, where)
    (asking,) = each_of((first,), Asking, where)
    if asking.session.cursors.keys() != {site.town} or asking.pull.cursors.keys() != {site.town}:
        raise BadInput(where, f"问的不是 {site.town}")
    if any(len(each.frames) > wire.PUSH_EVENTS for each in each_of(rest, wire.Push, where)):
        raise BadInput(where, f"一段超过 {wire.PUSH_EVENTS} 个事件")
    try:
        hub.sites.session(site, asking.session)
    except Refused as error:
        raise BadInput(where, str(error)) from None
    hub.seen.met(site, asking.session)
    verdicts: list[wire.Verdict] = []
    lacking: dict[str, int] = {}
    for push in each_of(rest, wire.Push, where):
        done = _push(hub, site, push)
        verdicts += done.verdicts
        lacking |= done.expected
    hub.seen.flush()
    refused = tuple(each for each in verdicts if each.status == "refused")
    count = Counter[str](each.status for each in verdicts)
    return TakenIn(head, site, asking, dict(count), lacking, refused)


def _push(hub: Hub, site: Site, push: wire.Push) -> wire.PushAnswer:
    """What the door for events does."""
    if push.witness is not None:
        admit(hub.office, push.witness, site.town)
    done = hub.ingest.push(push)
    hub.folding.catch_up(site.town)
    hub.evidence.after(push, done)
    return done


def _author(hub: Hub, head: BundleHead, where: str) -> Site:
    """Return the site that made a file, proved by the key that it writes with."""

    def job(connection: Connection) -> tuple[Site | None, bool]:
        site = site_of(connection, head.site, hub.office.clock())
        found = select(WRITER.c.inc).where(
            WRITER.c.site == head.site, WRITER.c.pubkey == head.by, WRITER.c.town == head.town
        )
        return site, connection.execute(found.limit(1)).first() is not None

    site, signs = hub.office.database.read(job)
    if site is None:
        raise BadInput(where, f"站点 {head.site[:36]} 没有登记、已停用或证书已到期")
    if not signs or site.town != head.town:
        raise BadInput(where, f"不是站点 {head.site[:36]} 签的")
    return site


def site_of(connection: Connection, id_: str, now: int) -> Site | None:
    """Return a site that is still let in; None for any other."""
    row = connection.execute(select(SITE).where(SITE.c.id == id_)).first()
    if row is None or row.revoked or row.expires_at <= now:
        return None
    return Site(row.id, row.town, row.scope, Level(row.level), row.letter)


def known_site(hub: Hub, id_: str) -> Wanted:
    """Return what to write for a site that has sent no file: from where it last told to stand."""

    def job(connection: Connection) -> Wanted:
        site = site_of(connection, id_, hub.office.clock())
        if site is None:
            raise BadInput("--site", f"站点 {id_[:36]} 没有登记、已停用或证书已到期")
        at = connection.execute(select(SITE_SEEN.c.cursor).where(SITE_SEEN.c.site == id_)).scalar()
        return Wanted(site, wire.Pull({site.town: at or 0}, wait=0, digest=True, witnessed=0))

    return hub.office.database.read(job)


def answer_to(taken: TakenIn) -> Wanted:
    """Return what to write in answer to a site's file."""
    chain = taken.asking.session.cursors[taken.site.town].chain
    return Wanted(taken.site, taken.asking.pull, chain, taken.refused)


def hand_out(hub: Hub, wanted: Wanted, where: str) -> tuple[bytes, BundleHead, bool]:
    """Return a file with the site's pages, its head, and whether more is to be had.

    A place of the chain that is not the hub's own is a BadInput at `where`.
    """
    site, pull = wanted.site, wanted.pull
    since = pull.cursors[site.town]
    pages, more = _pages(hub, wanted)
    head_seq = pages[-1].next if pages else since

    def job(connection: Connection) -> tuple[str, str, wire.Table, list[bytes]]:
        keys = select(WRITER.c.pubkey).where(WRITER.c.site == site.id).distinct()
        return (
            timeline(connection),
            chain_at(connection, site.town, since),
            writers_table(hub.office, connection, site.town),
            list(connection.execute(keys).scalars()),
        )

    life, chain, table, receivers = hub.office.database.read(job)
    if not chain or wanted.chain not in {"", chain}:
        raise BadInput(where, f"{site.town} {since} 号与市平台的不同：站点须先联网同步一次")
    after = next((each.sight for each in reversed(pages) if each.sight), pull.sight)
    giving = Giving(since, more, pull.sight, after, wanted.refused, table)
    head = BundleHead(
        kind="to_site",
        site=site.id,
        town=site.town,
        hub_key=hub.office.keys.signer.public,
        timeline=life,
        by=b"",
        at=hub.office.clock(),
        seq=head_seq,
        events=sum(isinstance(e, wire.Frame) for page in pages for e in page.entries),
        size=0,
        sha256="",
        boxes=(),
    )
    raw = pack(head, (giving, *pages), hub.office.keys.signer, receivers)
    return raw, head, more


def _pages(hub: Hub, wanted: Wanted) -> tuple[list[wire.TownPage], bool]:
    """Cut pages for a reader whose cursor may have gone on by the time he has the file.

    A number at which something comes into his sight or leaves it is a page of its own: he has
    passed all of such a page or nothing of it, and within the others his sight does not change.
    """
    site, pull = wanted.site, wanted.pull
    pages: list[wire.TownPage] = []
    size = 0
    for page in _cut(hub, site, pull):
        size += len(wire.encode(page, packed=True))
        if pages and size > FULL:
            return pages, True
        pages.append(page)
    return pages, False


def _cut(hub: Hub, site: Site, pull: wire.Pull) -> Iterator[wire.TownPage]:
    cursor, sight = pull.cursors[site.town], pull.sight
    witnessed = pull.witnessed or 0
    hub.folding.catch_up(site.town)
    turns, last = hub.office.database.read(
        lambda connection: hub.pulling.turns(connection, site, cursor)
    )
    while True:
        ahead = next((each for each in turns if each > cursor), last + 1)
        limit = max(1, ahead - 1 - cursor)
        ask = msgspec.structs.replace(
            pull, cursors={site.town: cursor}, limit=limit, witnessed=witnessed, sight=sight
        )
        page = hub.pulled(site, ask).towns[site.town]
        if page.chain:  # empty beyond the hub's own numbers
            yield page
        moved = page.next > cursor
        cursor, sight = page.next, page.sight
        witnessed = max((witnessed, *(each.seq for each in page.checkpoints)))
        # What is numbered from here on has turns of its own: it is for the next file.
        if not page.more or (moved and cursor >= last):
            return
