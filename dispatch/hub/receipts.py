"""Countersigning: a site says what it has made and read, the hub signs what it holds of it."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, func, select

from dispatch.domain.errors import BadInput, Refused
from dispatch.hub.folding import Folding, levels
from dispatch.hub.life import timeline
from dispatch.hub.places import Office, Site
from dispatch.hub.pulling import Pulling, chain_at
from dispatch.hub.schema import EVENT, EVENT_KEY, QUARANTINE, WRITER
from dispatch.wire.protocol import MOST
from dispatch.wire.receipt import (
    MARKS,
    Held,
    Made,
    Receipt,
    ReceiptAsk,
    Statement,
    receipt_digest,
)


class Differs(Exception):
    """The hub cannot sign: at a place that both know it holds something else."""


class Receipts:
    """Signs receipts for sites. Any hub process may."""

    def __init__(self, office: Office, pulling: Pulling, folding: Folding) -> None:
        self._office = office
        self._pulling = pulling
        self._folding = folding

    def countersign(self, site: Site, ask: ReceiptAsk) -> Receipt:
        """Return the signed statement; Differs names the first place where the two disagree."""
        if len(ask.writers) > MARKS or len({each.inc for each in ask.writers}) < len(ask.writers):
            raise BadInput("writers", f"最多 {MARKS} 个，且不重复")
        if any(not 0 <= each < MOST for each in (ask.seq, *(made.sseq for made in ask.writers))):
            raise BadInput("writers", "序号应为 0 以上的整数")
        self._folding.catch_up(site.town)
        said = self._office.database.read(lambda connection: self._said(connection, site, ask))
        body = msgspec.json.encode(said).decode()
        signer = self._office.keys.signer
        return Receipt(body, signer.sign(receipt_digest(body)), signer.public)

    def _said(self, connection: Connection, site: Site, ask: ReceiptAsk) -> Statement:
        chain = chain_at(connection, site.town, ask.seq)
        if chain != ask.chain:
            raise Differs(f"{site.town} {ask.seq} 号的链值不同")
        level = levels(connection, site.town) == (ask.seq, ask.seq)
        return Statement(
            timeline=timeline(connection),
            site=site.id,
            scope=site.scope,
            town=site.town,
            at=self._office.clock(),
            writers=tuple(_held(connection, site, made) for made in ask.writers),
            seq=ask.seq,
            chain=chain,
            digest=self._pulling.digest(connection, site) if level else "",
            asked_digest=ask.digest[:64],
        )


def _held(connection: Connection, site: Site, made: Made) -> Held:
    query = select(WRITER).where(WRITER.c.town == site.town, WRITER.c.inc == made.inc)
    row = connection.execute(query).first()
    if row is None or row.site != site.id:
        raise Refused("writer", inc=made.inc)
    if 0 < made.sseq <= row.last_sseq:
        here = (EVENT_KEY.c.town == site.town) & (EVENT_KEY.c.inc == made.inc)
        key = select(EVENT_KEY.c.hash).where(here, EVENT_KEY.c.sseq == made.sseq)
        if connection.execute(key).scalar() != made.hash:
            raise Differs(f"写者 {made.inc[:8]} 第 {made.sseq} 个事件不同")
    held = (
        select(func.count())
        .select_from(QUARANTINE)
        .join(EVENT, (EVENT.c.town == QUARANTINE.c.town) & (EVENT.c.seq == QUARANTINE.c.seq))
        .where(QUARANTINE.c.town == site.town, EVENT.c.inc == made.inc)
    )
    count = connection.execute(held).scalar_one()
    return Held(made.inc, made.sseq, row.last_sseq, row.last_hash, count)
