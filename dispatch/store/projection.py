"""From a folded incident to its row: what lists show, computed from the fold alone."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from dispatch.domain.bulletin import case_of
from dispatch.domain.codes import Priority, Source, Stage, State, Supervision
from dispatch.domain.fold import fold
from dispatch.domain.incident import Incident
from dispatch.domain.sla import Limit
from dispatch.store import search
from dispatch.store.kept import Folded, Plain
from dispatch.store.prepared import Prepared
from dispatch.store.rows import IncidentRow
from dispatch.store.schema import VIEWS, View
from dispatch.wire.digest import incident_hash

log = logging.getLogger(__name__)

UNSEARCHED: Final = frozenset({"phone"})
"""Sealed fields that no search may find: a masked number must not be guessed digit by digit."""

_PLAIN_COLUMNS: Final = tuple(
    column.name
    for column in VIEWS["a"].incident.columns
    if column.name in IncidentRow.__dataclass_fields__
    and column.name
    not in {
        "state",
        "open",
        "source",
        "priority",
        "assists",
        "waiting",
        "told_off",
        "limit",
        "supervision",
        "replied",
        "informed",
    }
)


INDEXED: Final = ("open", "contested", "reported_at")
"""Columns whose naming in an update makes SQLite write index pages, changed or not."""


def _upsert(table: Table) -> Prepared:
    statement = insert(table)
    changed = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in {"pos", "id"}
    }
    statement = statement.on_conflict_do_update(index_elements=["pos"], set_=changed)
    return Prepared(statement, table.columns.keys())


def _update(table: Table) -> Prepared:
    """A row that is there, in which nothing changes that an index is made of."""
    fixed = {"pos", "id", "town", *INDEXED}
    names = [column.name for column in table.columns if column.name not in fixed]
    return Prepared(update(table).where(table.c.pos == bindparam("pos")), names)


_ROWS: Final = {name: _upsert(view.incident) for name, view in VIEWS.items()}
_QUIET_ROWS: Final = {name: _update(view.incident) for name, view in VIEWS.items()}
_WORDS: Final = {name: _upsert(view.words) for name, view in VIEWS.items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is in the tables of an incident now: its text, and its indexed values if known."""

    body: str | None = field(default=None, repr=False)
    indexed: tuple[object, ...] | None = None


def shown(folded: Folded) -> Shown:
    """Return what the tables show of an incident whose row was written as this."""
    return Shown(folded.body, _indexed(folded))


def _indexed(folded: Folded) -> tuple[object, ...]:
    incident = folded.incident
    return incident.open, len(incident.contested), incident.reported_at


def numbered_hash(incident: Incident) -> bytes | None:
    """Return the hash of the fold of the numbered facts alone; None when there are none."""
    numbered = tuple(fact for fact in incident.facts if fact.seq is not None)
    if not numbered:
        return None
    whole = incident if len(numbered) == len(incident.facts) else fold(numbered)
    return bytes.fromhex(incident_hash(whole))


def body_of(incident: Incident, plain: Plain) -> str:
    """Return what the search finds the incident by: its numbers and everything told in clear."""
    said = [incident.number or "", incident.temp]
    for fact in incident.facts:
        told = plain.get(fact.hash)
        if told:
            # By name: what was written here holds them in another order than what was read back.
            said += [text for name, text in sorted(told.items()) if name not in UNSEARCHED]
    return "\n".join(dict.fromkeys(text for text in said if text)).replace("\0", " ")


_SAME: Final = tuple(
    "id town number temp state source priority item klass department grid village unit lon lat"
    " reported_at entered_at closed_at rework master version catalogue".split()
)
"""Columns that are the incident's own fields."""


def values(folded: Folded) -> dict[str, Any]:  # Any: one value per column
    """Return the incident's row; equal folds give equal rows but for `pos` and `stamp`."""
    incident = folded.incident
    clock = incident.clock()
    live = set(incident.live)
    card, case = incident.card, case_of(incident)
    blobs = {blob for fact in incident.facts if fact.hash in live for blob in fact.blobs}
    waiting = sorted({each.kind for each in incident.requests if not each.answered})
    return {name: getattr(incident, name) for name in _SAME} | {
        "pos": folded.pos,
        "tail": incident.number[-4:] if incident.number else None,
        "open": int(incident.open),
        "place": _clear(folded, "place"),
        "text": _clear(folded, "text"),
        "assists": " ".join(incident.assists or ()),
        "stage": clock.stage if clock else None,
        "start": clock.start if clock else None,
        "amber": clock.amber if clock else None,
        "due": clock.due if clock else None,
        "contested": len(incident.contested),
        "unsent": len(folded.unsent),
        "photos": len(blobs),
        "photos_missing": incident.photos_missing or 0,
        "merged": len(incident.children),
        "waiting": " ".join(waiting),
        "told_off": " ".join(incident.told_off),
        "suspect": len(incident.suspect),
        "supervision": card.level if card else None,
        "answer_by": card.answer_by if card else None,
        "replied": int(card.replied) if card else None,
        "sent_up_at": case.sent_up_at,
        "informed": " ".join(sorted(case.ways)) or None,
        "state_hash": folded.state_hash,
        # Only tells a reader's kept fold from a later one; never compared between machines.
        "stamp": random.getrandbits(62),
    }


def _clear(folded: Folded, name: str) -> str:
    """Return the present plaintext of a sealed field, empty without the key."""
    for field_, hash_ in folded.incident.sealed:
        if field_ == name:
            return folded.plain.get(hash_, {}).get(name, "")
    return ""


def of_row(row: Row[Any]) -> IncidentRow:
    """Return a stored row as the value that readers hand out."""
    told = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    plain = {name: told[name] for name in _PLAIN_COLUMNS}
    return IncidentRow(
        **plain,
        state=State(row.state) if row.state else None,
        open=bool(row.open),
        source=Source(row.source) if row.source else None,
        priority=Priority(row.priority) if row.priority else None,
        assists=tuple(row.assists.split()),
        waiting=tuple(row.waiting.split()),
        told_off=tuple(row.told_off.split()),
        supervision=Supervision(row.supervision) if row.supervision else None,
        replied=bool(row.replied),
        informed=tuple((row.informed or "").split()),
        limit=Limit(Stage(row.stage), row.start, row.amber, row.due) if row.stage else None,
    )


def put(connection: Connection, view: View, changed: list[tuple[Folded, Shown]]) -> None:
    """Write the rows of folded incidents; with each what the tables show of it now."""
    quiet = [folded for folded, now in changed if now.indexed == _indexed(folded)]
    others = [folded for folded, now in changed if now.indexed != _indexed(folded)]
    if quiet:
        touched = _QUIET_ROWS[view.name].run_many(connection, map(values, quiet))
        if touched != len(quiet):
            # What was remembered as shown is not in the table: nothing may go unseen for that.
            log.warning("%d rows of incidents were missing: written anew", len(quiet) - touched)
            _ROWS[view.name].run_many(connection, map(values, quiet))
    if others:
        _ROWS[view.name].run_many(connection, map(values, others))
    spoken = [(folded, now.body) for folded, now in changed if folded.body != now.body]
    if spoken:
        rows = [{"pos": folded.pos, "body": folded.body} for folded, _ in spoken]
        _WORDS[view.name].run_many(connection, rows)
    for folded, old in spoken:
        search.change(connection, view, folded.pos, old, folded.body)


def put_over(
    connection: Connection,
    view: View,
    there: Mapping[str, tuple[int, str | None]],
    folded: Iterable[Folded],
) -> None:
    """Write rows over whatever is `there` by id, be it at another place."""
    changed: list[tuple[Folded, Shown]] = []
    for each in folded:
        pos, body = there.get(each.incident.id, (None, None))
        if pos not in {None, each.pos}:
            take_out(connection, view, each.incident.id)
            body = None
        changed.append((each, Shown(body)))
    put(connection, view, changed)


def take_out(connection: Connection, view: View, id_: str) -> None:
    """Remove an incident's row and its text, if it has one."""
    table = view.incident
    pos = connection.execute(select(table.c.pos).where(table.c.id == id_)).scalar()
    if pos is None:
        return
    old = connection.execute(select(view.words.c.body).where(view.words.c.pos == pos)).scalar()
    if old is not None:
        search.remove(connection, view, pos, old)
        connection.execute(delete(view.words).where(view.words.c.pos == pos))
    connection.execute(delete(table).where(table.c.pos == pos))
