"""The hub's answers to pushed events: they, and only they, mark an event as sent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sqlalchemy import bindparam, func, select, update

from dispatch.domain.codes import Kind
from dispatch.store import apply, folding, leaving, meta, reissue
from dispatch.store.events import absent
from dispatch.store.log import ActLog
from dispatch.store.outbox import RESCUING
from dispatch.store.prepared import Prepared
from dispatch.store.projection import shown
from dispatch.store.schema import EVENT
from dispatch.wire.protocol import Verdict

_ANSWER: Final = Prepared(
    update(EVENT)
    .where(EVENT.c.hash == bindparam("_hash"))
    .values(
        sent=1,
        number=func.coalesce(EVENT.c.number, bindparam("_number")),
        held=func.coalesce(EVENT.c.held, bindparam("_held")),
    )
)
_WHOSE: Final = select(EVENT.c.hash, EVENT.c.kind, EVENT.c.subject, EVENT.c.seq).where(
    EVENT.c.hash.in_(bindparam("hashes", expanding=True))
)
_AGAIN: Final = (
    update(EVENT)
    .where(
        EVENT.c.inc == bindparam("inc_"),
        EVENT.c.sseq > bindparam("after"),
        EVENT.c.seq.is_(None),
        EVENT.c.held.is_(None),
        EVENT.c.sent == 1,
    )
    .values(sent=0)
)

_BREAKS: Final = frozenset({"fork", "signature"})
"""Refusals after which the hub takes nothing more of an incarnation."""
UNKNOWN: Final = "writer"
"""Refusal of a writer that the hub does not know; one that it shut out is `writer: revoked`."""


ALTERED: Final = "refused: altered"
"""Why an own event is held whose bytes have changed on the disk."""


def mark(log: ActLog, verdicts: Iterable[Verdict]) -> None:
    """Mark events by the hub's verdicts; the human number shows at once.

    The town number is not taken from here: it comes with the pull, in order, so that what is
    numbered here is always a whole beginning of the town's log. What a fork or a bad signature
    holds up is written anew. A writer that the hub does not know is no answer: it may have
    forgotten one of ours, and hears of it with the next session.
    """
    given = {each.hash: each for each in verdicts if each.reason != UNKNOWN}
    if not given:
        return
    rows = [
        {"_hash": bytes.fromhex(each.hash), "_number": each.number, "_held": _held(each)}
        for each in given.values()
    ]
    _ANSWER.run_many(log.connection, rows)
    log.flags.add("sync")
    hashes = [row["_hash"] for row in rows]
    anew: set[str] = set()
    for hash_, kind, subject, _ in log.connection.execute(_WHOSE, {"hashes": hashes}).all():
        if kind == Kind.INCIDENT and not _quickly(log, subject, given[hash_.hex()]):
            anew.add(subject)
    apply.refold(log, anew)
    leaving.forget_keys(log, absent(log.connection, anew))
    reissue.copy_branch(
        log, {each.hash: each.reason for each in given.values() if each.reason in _BREAKS}
    )


def _held(verdict: Verdict) -> str | None:
    if verdict.status in {"accepted", "duplicate"}:
        return None
    return f"{'hub' if verdict.status == 'quarantined' else 'refused'}: {verdict.reason}"


def _quickly(log: ActLog, id_: str, verdict: Verdict) -> bool:
    """Bring a plain answer to a remembered fold without reading the log; False if it cannot."""
    folded = log.memory.folded.get(id_)
    if folded is None or _held(verdict) is not None:
        return False
    fact = folded.incident.fact(verdict.hash)
    answered = frozenset((verdict.hash,))
    if fact is not None and fact.number is None and verdict.number is not None:
        numbered = replace(fact, number=verdict.number)
        after = folding.merged(folded, (numbered,), {}, answered)
    else:
        after = replace(folded, unsent=folded.unsent - answered)
    log.replace(id_, after, shown(folded))
    return True


def set_broken_aside(log: ActLog) -> int:
    """Hold waiting events whose bytes are not those that were signed, and say how many.

    A disk or a hand has altered them; what follows is written anew when the hub misses them.
    """
    waiting = select(EVENT.c.pos, EVENT.c.hash, EVENT.c.raw, EVENT.c.kind, EVENT.c.subject)
    rescuing = meta.get(log.connection, RESCUING) == "1"
    which = EVENT.c.sent != 1 if rescuing else EVENT.c.sent == 0  # the second has an index
    broken = [
        row
        for row in log.connection.execute(waiting.where(which))
        if hashlib.sha256(row.raw).digest() != row.hash
    ]
    for row in broken:
        held = update(EVENT).where(EVENT.c.pos == row.pos)
        log.connection.execute(held.values(sent=1, held=ALTERED))
    subjects = {row.subject for row in broken if row.kind == Kind.INCIDENT}
    for subject in subjects:
        log.memory.folded.drop(subject)
    apply.refold(log, subjects)
    if broken:
        log.flags.add("sync")
    return len(broken)


def send_again(log: ActLog, inc: str, after: int) -> int:
    """Put a writer's events after this own sequence back into the outbox, and say how many.

    For a hub that has lost them: an event whose number was pulled is never sent again.
    """
    count = log.connection.execute(_AGAIN, {"inc_": inc, "after": after}).rowcount
    if count:
        log.flags.add("sync")
        found = select(EVENT.c.subject).where(
            EVENT.c.sent == 0, EVENT.c.kind == Kind.INCIDENT.value
        )
        apply.refold(log, log.connection.execute(found).scalars().all())
    return count
