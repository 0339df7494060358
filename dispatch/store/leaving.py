"""A subject that has left the scope: what is to be seen of it goes, the chain stays whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from dispatch.store import events, writers
from dispatch.store.log import ActLog
from dispatch.store.prepared import Prepared
from dispatch.store.schema import ABSENT, BLOB, EVENT, SECRET, WRITER
from dispatch.wire.chain import chain_input

_LEFT: Final = Prepared(insert(ABSENT).prefix_with("OR REPLACE"), ABSENT.columns.keys())
_OTHERS: Final = EVENT.c.inc.not_in(select(WRITER.c.inc).where(WRITER.c.own == 1))


def purge(log: ActLog, subject: str) -> None:
    """Take out a subject's row, text, key, photos and others' events; own events stay.

    A key stays until the hub has answered for what was sealed here. Each event of others
    becomes the gap it would have been, so that the town's chain can still be walked.
    """
    connection = log.connection
    _LEFT.run(connection, {"subject": subject, "why": "left"})
    log.forget(subject)
    forget_keys(log, (subject,))
    for sha256, state in connection.execute(
        select(BLOB.c.sha256, BLOB.c.state).where(BLOB.c.subject == subject)
    ).all():
        if state != "queued":
            mine = (BLOB.c.sha256 == sha256) & (BLOB.c.subject == subject)
            connection.execute(delete(BLOB).where(mine))
            others = select(BLOB.c.subject).where(BLOB.c.sha256 == sha256).limit(1)
            if connection.execute(others).first() is None:
                log.unwanted.add(sha256)
    gone = (EVENT.c.subject == subject) & _OTHERS & EVENT.c.seq.is_not(None)
    gaps = [
        {
            "town": row.town,
            "seq": row.seq,
            "entry": chain_input(row.hash.hex(), row.seq, row.received_at, row.number),
            "chain": row.chain,
        }
        for row in connection.execute(select(EVENT).where(gone))
        if row.chain is not None
    ]
    if connection.execute(delete(EVENT).where(gone)).rowcount:
        writers.check_again(connection)
    if gaps:
        events.INSERT_GAP.run_many(connection, gaps)


def forget_keys(log: ActLog, subjects: Iterable[str]) -> None:
    """Drop the keys of subjects that have left, but not while own events wait: the key goes along.

    The hub may never have seen it, and nobody could read the text without.
    """
    waiting = select(EVENT.c.subject).where(EVENT.c.sent == 0)
    left = select(ABSENT.c.subject).where(ABSENT.c.why == "left")
    for piece in events.pieces(subjects):
        gone = SECRET.c.subject.in_(piece) & SECRET.c.subject.in_(left)
        log.connection.execute(delete(SECRET).where(gone & SECRET.c.subject.not_in(waiting)))
        for subject in piece:
            log.memory.secrets.drop(subject)
