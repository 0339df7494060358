"""How a site stands with its hub: its own events counted, and the hub's last receipt of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from dispatch.domain.errors import BadInput
from dispatch.store.reader import Reader
from dispatch.store.schema import EVENT, WRITER
from dispatch.wire.receipt import Made, Receipt, ReceiptAsk, Statement, read_receipt, statement_of

RECEIPT: Final = "receipt"
"""Fact: the last receipt as it came, JSON."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All figures of one moment. `made` = `on_hub` + `waiting` + `refused`.

    `quarantined` of those on the hub are folded by nobody. `hub_digest` None: not compared at
    the present number. `contact` UTC ms, None: the hub never answered.
    """

    town: str
    made: int
    on_hub: int
    quarantined: int
    waiting: int
    refused: int
    seq: int
    digest: str
    hub_digest: str | None
    contact: int | None


def standing(reader: Reader, town: str) -> Standing:
    """Count the site's own events by what the hub has answered."""
    own = select(WRITER.c.inc).where(WRITER.c.own == 1)
    mine = EVENT.c.inc.in_(own)

    def count(*where: object) -> int:
        query = select(func.count()).select_from(EVENT).where(mine, *where)  # type: ignore[arg-type]
        return int(reader.connection.execute(query).scalar_one())

    refused = count(EVENT.c.held.like("refused:%"))
    waiting = count(EVENT.c.sent == 0)
    made = count()
    cursor = reader.cursor(town)
    compared = reader.fact("digest_seq") == str(cursor.seq)
    contact = reader.fact("last_contact")
    return Standing(
        town=town,
        made=made,
        on_hub=made - waiting - refused,
        quarantined=count(EVENT.c.held.like("hub:%")),
        waiting=waiting,
        refused=refused,
        seq=cursor.seq,
        digest=reader.digest(town),
        hub_digest=reader.fact("hub_digest") if compared else None,
        contact=int(contact) if contact else None,
    )


def question(reader: Reader, town: str) -> ReceiptAsk:
    """Return what the hub is asked to sign."""
    cursor = reader.cursor(town)
    here = [mark.inc for mark in reader.writers() if mark.town == town]
    writers = tuple(each for inc in here if (each := _made(reader, inc)))
    return ReceiptAsk(town, writers, cursor.seq, cursor.chain, reader.digest(town))


def _made(reader: Reader, inc: str) -> Made | None:
    """Return an own incarnation's last event but for what the hub has refused, if there is any."""
    mine = (EVENT.c.inc == inc) & ~func.coalesce(EVENT.c.held, "").like("refused:%")
    query = select(EVENT.c.sseq, EVENT.c.hash).where(mine).order_by(EVENT.c.sseq.desc()).limit(1)
    row = reader.connection.execute(query).first()
    return Made(inc, row.sseq, row.hash.hex()) if row else None


def last_receipt(reader: Reader) -> Receipt | None:
    """Return the last receipt that came; None when there is none."""
    text = reader.fact(RECEIPT)
    return read_receipt(text.encode(), RECEIPT) if text else None


def last_statement(reader: Reader) -> Statement | None:
    """Return what the last receipt says; its signature was checked when it came."""
    found = last_receipt(reader)
    if found is None:
        return None
    try:
        return statement_of(found, found.hub_key, RECEIPT)
    except BadInput:
        return None  # damaged beside the log: the next one takes its place


def agrees(reader: Reader, said: Statement) -> bool:
    """Whether none of a receipt's hashes is another than that of our own event there."""
    for each in said.writers:
        here = (EVENT.c.inc == each.inc) & (EVENT.c.sseq == each.sseq)
        found = reader.connection.execute(select(EVENT.c.hash).where(here)).scalars().all()
        if found and each.hash not in {hash_.hex() for hash_ in found}:
            return False
    return True
