"""What is due at an open incident and shows in no light of the queue: lines of the tray."""

from __future__ import annotations

from collections.abc import Iterator

from dispatch.desk.modes import Moment, moment
from dispatch.desk.names import Names
from dispatch.desk.ownership import promises
from dispatch.desk.reference import Reference
from dispatch.desk.rows import to_inform
from dispatch.desk.views_tray import Exceptional
from dispatch.domain.codes import State
from dispatch.domain.part_clocks import STOPPED
from dispatch.store.reader import Reader
from dispatch.store.rows import IncidentRow


def lines(reader: Reader, tables: Reference, shift: str, now: int) -> Iterator[Exceptional]:
    """Yield what has passed its time without an answer; `shift` is the one that runs.

    Information reports, supervisions, dates of review, promises to callers; and times that a
    clock cannot have meant.
    """
    at = moment(reader, tables, now)
    for row in reader.open_rows():
        yield from _of_row(row, tables, now)
        if row.assists:
            yield from _parts(reader, row, at, tables.names)
    for each in promises(reader, shift):
        if each.due is not None and each.due < now:
            about = reader.row(each.incident) if each.incident else None
            number = (about.number or about.temp) if about is not None else ""
            yield Exceptional("promise", number, each.due, "", each.incident, each.due)


def _parts(reader: Reader, row: IncidentRow, at: Moment, names: Names) -> Iterator[Exceptional]:
    """Parts of a joint order that nobody signed for, or did, in time; none on hold or away."""
    found = reader.incident(row.id)
    if found is None or found.state in STOPPED:
        return
    for each in at.view(found).subs:
        clock = each.clock()
        if clock is not None and clock.due < at.now:
            what = f"{row.number or row.temp} {each.state} {names.unit(each.unit)}"
            kind = "whistle" if each.whistle and each.accepted_at is None else "part"
            yield Exceptional(kind, what, clock.due, "unit", row.id, clock.due)


def _of_row(row: IncidentRow, tables: Reference, now: int) -> Iterator[Exceptional]:
    number = row.number or row.temp
    for each in to_inform(row, tables.rules.bulletins):
        if each.due < now:
            yield Exceptional("inform", f"{number} {each.way}", each.due, "chief", row.id, each.due)
            break
    if row.supervision is not None and not row.replied and (row.answer_by or now) < now:
        assert row.answer_by is not None
        yield Exceptional(
            "card", f"{number} {row.supervision}", row.answer_by, "unit", row.id, row.answer_by
        )
    if row.state is State.HOLD and row.limit is not None and row.limit.due < now:
        due = row.limit.due
        yield Exceptional("review", number, due, "dispatcher", row.id, due)
    if row.suspect:
        yield Exceptional("clock", number, row.entered_at, "", row.id)
