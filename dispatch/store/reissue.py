"""Own events that the hub can never take as they are: one before them is lost, or it forked.

The hub takes a writer's events without holes. Where a damaged disk has eaten one that nobody
else holds, or a copy of this store has written other ones under the same numbers, those after
it are written once more in the present incarnation: same id, time, author and words, and the
hash of the first bytes. Where one speaks of another by its hash, it speaks of the new one. The
first bytes stay in the log, unfolded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.sqlite import insert

from dispatch.domain.bodies import Body
from dispatch.domain.codes import Kind
from dispatch.domain.event import Draft, Event, UnitMark
from dispatch.store import events, log_ins
from dispatch.store.log import ActLog
from dispatch.store.schema import BLOB, EVENT, WRITER
from dispatch.wire.envelope import Stamp, read, write

LOST: Final = "refused: lost"
"""Why the first bytes are held: an event before them is lost."""

COPIED_MARK: Final = ", copied"
COPIED: Final = f"refused: {{why}}{COPIED_MARK}"
"""Why the first bytes are held: the hub refused them, the copy stands for them."""

E = EVENT.c


def copy_branch(log: ActLog, refused: Mapping[str, str]) -> int:
    """Write anew what the hub has refused of own incarnations, and all that follows there.

    `refused`: why, by hash. Each such incarnation is closed. Returns how many were written anew.
    """
    given = [bytes.fromhex(each) for each in refused]
    own = E.inc.in_(select(WRITER.c.inc).where(WRITER.c.own == 1))
    first = select(E.inc, func.min(E.sseq).label("sseq"), func.min(E.hash).label("hash")).where(
        E.hash.in_(given), own
    )
    count = 0
    for row in log.connection.execute(first.group_by(E.inc).order_by(E.inc)).all():
        close(log, row.inc)
        waits = E.held.is_(None) | E.hash.in_(given)
        later = select(EVENT).where(E.inc == row.inc, E.sseq >= row.sseq, E.seq.is_(None), waits)
        rows = log.connection.execute(later.order_by(E.sseq)).all()
        count += _anew(log, rows, COPIED.format(why=refused[row.hash.hex()]))
    return count


def close(log: ActLog, inc: str) -> None:
    """Write no more under this name; the present one is left for a new one."""
    town = log.connection.execute(select(WRITER.c.town).where(WRITER.c.inc == inc)).scalar()
    log.stand_in(town or log.town)
    if inc == log.identity.inc:
        log.go_on_under_another_name()
    log.connection.execute(update(WRITER).where(WRITER.c.inc == inc).values(state="closed"))


def issue_again(log: ActLog, inc: str, expected: int) -> int:
    """Write an own incarnation's events anew from where the hub waits for one that is not here.

    Returns how many; none while the one it waits for is here.
    """
    own = select(WRITER.c.inc).where(WRITER.c.inc == inc, WRITER.c.own == 1)
    if log.connection.execute(own).first() is None or _is_here(log, inc, expected):
        return 0
    later = (
        select(EVENT)
        .where(E.inc == inc, E.sseq >= expected, E.seq.is_(None), E.held.is_(None))
        .order_by(E.sseq)
    )
    rows = log.connection.execute(later).all()
    if rows:
        close(log, inc)
    return _anew(log, rows, LOST)


def _anew(log: ActLog, rows: Sequence[Row[Any]], why: str) -> int:  # Any: columns of `event`
    if not rows:
        return 0
    parsed = [(row, events.decoded(row.raw, None, None, None)) for row in rows]
    _hold(log, rows, why)
    for _, event in parsed:
        log.memory.folded.drop(event.subject.id)
    renamed: dict[str, str] = {}
    for row, event in parsed:
        renamed[event.hash] = _write_anew(log, row, event, renamed, _unit(event, parsed))
    log_ins.move(log.connection, renamed)
    log.memory.log_ins.clear()
    log.reload({e.subject.id for _, e in parsed if e.subject.kind is Kind.INCIDENT})
    for _, event in parsed:
        log.memory.heads.drop(event.subject)
    return len(rows)


def _is_here(log: ActLog, inc: str, expected: int) -> bool:
    """Whether the event is here, and with it the whole unit that it belongs to."""
    found = select(E.raw, E.unit).where(E.inc == inc, E.sseq == expected, E.held.is_(None))
    row = log.connection.execute(found).first()
    if row is None:
        return False
    if row.unit is None:
        return True
    mark = read(row.raw).unit
    parts = select(func.count()).where(E.inc == inc, E.unit == row.unit)
    return mark is not None and log.connection.execute(parts).scalar_one() >= mark.n


def _hold(log: ActLog, rows: Sequence[Row[Any]], why: str) -> None:  # Any: columns of `event`
    places = [row.pos for row in rows]
    for start in range(0, len(places), events.PIECE):
        piece = places[start : start + events.PIECE]
        held = update(EVENT).where(E.pos.in_(piece)).values(held=why, sent=1)
        log.connection.execute(held)


def _unit(event: Event, parsed: list[tuple[Row[Any], Event]]) -> UnitMark | None:
    """Return the mark of an event's unit when all of it is written anew, else none."""
    mark = event.unit
    if mark is None:
        return None
    parts = sum(other.unit is not None and other.unit.id == mark.id for _, other in parsed)
    return mark if parts == mark.n else None


def _write_anew(
    log: ActLog,
    row: Row[Any],  # Any: columns of `event`
    event: Event,
    renamed: dict[str, str],
    unit: UnitMark | None,
) -> str:
    """Sign the same fact again; return its new hash."""
    keys = events.secrets(log.connection, (event.subject.id,)).get(event.subject.id, ())
    plain = events.in_clear(event, row.raw, keys)
    draft = Draft(
        subject=event.subject,
        type=event.type,
        body=_body(event.body, renamed),
        see_add=event.see_add,
        see_drop=event.see_drop,
        sealed=tuple(sorted(plain.items())),
        blobs=event.blobs,
    )
    pen = log.pen()
    stamp = Stamp(
        id=event.id,
        inc=pen.inc,
        sseq=pen.sseq + 1,
        prev=pen.last,
        town=event.town,
        base=tuple(sorted(renamed.get(each, each) for each in event.base)),
        at=event.at,
        offset_ms=event.offset_ms,
        offset_age_s=event.offset_age_s,
        session=renamed.get(event.session, event.session),
        actor=event.actor,
        role=event.role,
        unit=unit,
        copied_from=event.hash,
    )
    signed = write(draft, stamp, pen.signer, log.secret(event.subject.id) if plain else None)
    _note_blobs(log, event)
    # A photo that is lost must not keep the words back; the subject is folded anew after.
    log.store(replace(read(signed.raw), blobs=()), signed, plain)
    return signed.hash


def _body(body: Body, renamed: dict[str, str]) -> Body:
    """Return the body with the new hash of every fact that was written anew before it.

    An undo must take back the act that stands now, an answer must answer what is asked now.
    """
    changed: dict[str, Any] = {}  # Any: one value per field
    for each in fields(body):
        value = getattr(body, each.name)
        if isinstance(value, tuple):
            changed[each.name] = tuple(
                renamed.get(part, part) if isinstance(part, str) else part for part in value
            )
        elif isinstance(value, str) and value in renamed:
            changed[each.name] = renamed[value]
    return replace(body, **changed)


def _note_blobs(log: ActLog, event: Event) -> None:
    for sha256 in event.blobs:
        state = "queued" if log.photos.has(sha256) else "wanted"
        blob = {"sha256": sha256, "subject": event.subject.id, "state": state}
        log.connection.execute(insert(BLOB).on_conflict_do_nothing(), blob)
