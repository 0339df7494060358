"""The force on a day: grids covered, objects due and looked at, who is silent, who was called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from dispatch.desk import force
from dispatch.desk.reference import Reference
from dispatch.desk.views import WorkerRow, WorkerStatus
from dispatch.desk.views_town import CallView, ForceView
from dispatch.domain.bodies_force import RadioChecked
from dispatch.domain.bodies_town import Checked
from dispatch.domain.calendar import local
from dispatch.domain.codes import Kind, Level
from dispatch.domain.cycle import DueObject, looked_at
from dispatch.domain.event import Event
from dispatch.store.reader import Reader
from dispatch.store.site import SiteStore
from dispatch.store.subjects import told_under

_UNSEEN: Final = (None, Checked.ABSENT)
"""No record, and one that says that nobody could look."""


def coverage(site: SiteStore, reader: Reader, tables: Reference, now: int) -> ForceView:
    """Return the force on the day of `now`, as this site knows it."""
    day = local(now).date()
    site.telemetry.cover(tables.grids_holding)
    scope = site.identity.scope
    here = _grids(tables, scope)
    covered = {grid for _, grid in site.telemetry.covered((day,))} & here
    cycle = site.objects.on_a_cycle()
    due = [each for each in cycle if each.is_due(day)]
    looked = _looked(reader, day)
    seen = [found for each in due if (found := looked.get(each.code)) not in _UNSEEN]
    board = force.board(reader, tables, site.telemetry.last(), now)
    return ForceView(
        day=f"{day:%Y-%m-%d}",
        grids=len(here),
        covered=len(covered),
        bare=tuple((code, tables.names.node(code)) for code in sorted(here - covered)),
        objects_due=len(due) if cycle else None,
        objects_checked=len(seen),
        problems=seen.count(Checked.PROBLEM),
        silent=tuple(row for row in board if row.status is WorkerStatus.SILENT),
        calls=_calls(reader, tables, day, board),
        squads=tuple(
            (each.code, each.name)
            for each in sorted(tables.rules.organisation, key=lambda node: node.code)
            if each.level is Level.SQUAD and tables.rules.organisation.within(each.code, scope)
        ),
    )


def _grids(tables: Reference, scope: str) -> set[str]:
    organisation = tables.rules.organisation
    every = (each.code for each in organisation if each.level is Level.GRID)
    return {code for code in every if organisation.within(code, scope)}


def _looked(reader: Reader, day: date) -> dict[str, Checked]:
    """What was found of each object on a day."""
    name = f"{day:%Y%m%d}"
    facts = (event for event, _ in told_under(reader.connection, Kind.OBJECT, name, f"{name};"))
    return {code: found for (on, code), found in looked_at(facts).items() if on == day}


def _calls(
    reader: Reader, tables: Reference, day: date, board: Iterable[WorkerRow]
) -> tuple[CallView, ...]:
    """The day's calls, the newest first."""
    names = {row.number: row.name for row in board}
    found: list[tuple[Event, RadioChecked]] = []
    for subject in reader.subjects(Kind.DUTY, force.DUTIES):
        for stored in reader.events(subject):
            body = stored.event.body
            if isinstance(body, RadioChecked) and local(stored.event.corrected_at).date() == day:
                found.append((stored.event, body))
    told = reader.plain(event.hash for event, _ in found if event.sealed)
    found.sort(key=lambda pair: (-pair[0].corrected_at, pair[0].hash))
    return tuple(
        CallView(
            worker=body.worker,
            name=names.get(body.worker, "") or body.worker,
            at=event.at,
            by=tables.person(event.actor),
            answer=body.answer,
            silent_since=body.silent_since,
            text=told.get(event.hash, {}).get("text", ""),
        )
        for event, body in found
    )


def due_objects(site: SiteStore, days: Iterable[date]) -> tuple[DueObject, ...]:
    """Return the objects that are due on one of these days."""
    wanted = tuple(days)
    return tuple(
        each for each in site.objects.on_a_cycle() if any(each.is_due(day) for day in wanted)
    )
