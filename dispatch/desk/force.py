"""The workers board from the store: duty from the log, fixes from telemetry, tasks from orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dispatch.desk.reference import Reference
from dispatch.desk.views import WorkerRow
from dispatch.desk.workers import Call, Force, LastFix, Task, rows
from dispatch.domain.bodies import SignedOff, SignedOn
from dispatch.domain.bodies_force import RadioChecked
from dispatch.domain.codes import Kind, State
from dispatch.domain.incident import Incident
from dispatch.geo.distance import metres
from dispatch.store.reader import Reader
from dispatch.store.telemetry import Position

DUTIES = 5_000
"""Most worker-days looked at: a town has at most 1,000 workers and looks back two days."""

NEAR_M = 100.0
"""Metres from an incident within which a worker is on the scene (illustrative, as in T21)."""


def board(
    reader: Reader, tables: Reference, fixes: Iterable[Position], now: int
) -> tuple[WorkerRow, ...]:
    """Return one row a worker of the roster; none at a city's console, where no fix comes."""
    if tables.towns:
        return ()
    last = {each.worker: LastFix(each.lon, each.lat, each.at, each.heading) for each in fixes}
    tasks, done = _tasks(reader, tables, last)
    since, radio = duty(reader)
    force = Force(duty=since, fixes=last, tasks=tasks, done=done, due={}, radio=radio)
    return rows(tables.roster, force, now)


def duty(reader: Reader) -> tuple[dict[str, int], dict[str, Call]]:
    """Return since when each worker is on duty, from the latest sign-on not signed off.

    Beside it the last call to each of them since then.
    """
    since: dict[str, int] = {}
    latest: dict[str, int] = {}
    calls: dict[str, Call] = {}
    for subject in reader.subjects(Kind.DUTY, DUTIES):
        for stored in reader.events(subject):
            body, at = stored.event.body, stored.event.corrected_at
            if isinstance(body, RadioChecked):
                known = calls.get(body.worker)
                if known is None or at >= known.at:
                    calls[body.worker] = Call(at, body.answer)
            elif isinstance(body, SignedOn | SignedOff) and at >= latest.get(body.worker, 0):
                latest[body.worker] = at
                if isinstance(body, SignedOn):
                    since[body.worker] = at
                else:
                    since.pop(body.worker, None)
    return since, {who: each for who, each in calls.items() if each.at >= since.get(who, each.at)}


def _tasks(
    reader: Reader, tables: Reference, last: Mapping[str, LastFix]
) -> tuple[dict[str, Task], dict[str, int]]:
    """What each worker has in hand: a verification asked for.

    Under way since the first fix that is newer than the asking, there when it is near.
    """
    tasks: dict[str, Task] = {}
    done: dict[str, int] = {}
    for row in reader.open_rows():
        if row.state is not State.VERIFY:
            continue
        incident = reader.incident(row.id)
        if incident is None or incident.worker is None:
            continue
        number = (row.number or row.temp)[-4:]
        text = f"{number} {tables.names.item(row.item or '', row.catalogue)}"
        since, fix = row.entered_at, last.get(incident.worker)
        told = fix is not None and fix.at > since
        there = told and _near(incident, fix)
        tasks[incident.worker] = Task(text, since, on_scene=there, moving=told)
    return tasks, done


def _near(incident: Incident, fix: LastFix | None) -> bool:
    if fix is None or incident.lon is None or incident.lat is None:
        return False
    return metres(fix.lon, fix.lat, incident.lon, incident.lat) <= NEAR_M
