"""The workers board: roster, duty, last fix and orders joined into one row a worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from dispatch.desk.masks import masked
from dispatch.desk.views import WorkerRow, WorkerStatus
from dispatch.domain.bodies_force import RadioAnswer
from dispatch.domain.calendar import MINUTE

SILENT_MS: Final = 30 * MINUTE
"""A worker on duty without a fix for longer is silent (失联)."""


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A worker as the hub's roster has them."""

    number: str
    name: str
    grid: str
    grid_name: str
    phone: str


@dataclass(frozen=True, slots=True)
class LastFix:
    """Where a worker was last seen: CGCS2000 degrees, UTC milliseconds, heading in degrees."""

    lon: float
    lat: float
    at: int
    heading: float | None


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker has in hand: the incident's number, what it is, since when, on site yet."""

    text: str
    since: int
    on_scene: bool
    moving: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A call to a worker (点名): when, UTC milliseconds, and what came back."""

    at: int
    answer: RadioAnswer


@dataclass(frozen=True, slots=True)
class Force:
    """Everything the board is made of, by worker number; `duty` since when signed on.

    `radio`: the last call to each on this duty.
    """

    duty: Mapping[str, int]
    fixes: Mapping[str, LastFix]
    tasks: Mapping[str, Task]
    done: Mapping[str, int]
    due: Mapping[str, int]
    radio: Mapping[str, Call] = field(default_factory=dict)


def rows(roster: Iterable[RosterEntry], force: Force, now: int) -> tuple[WorkerRow, ...]:
    """Return one row a worker: people with a task first, then silent ones, then by grid."""
    found = [_row(entry, force, now) for entry in roster]
    return tuple(sorted(found, key=lambda row: (_ORDER[row.status], row.grid, row.number)))


_ORDER: Final = {
    WorkerStatus.SILENT: 0,
    WorkerStatus.ON_SCENE: 1,
    WorkerStatus.EN_ROUTE: 2,
    WorkerStatus.ASSIGNED: 3,
    WorkerStatus.PATROL: 4,
    WorkerStatus.ON_DUTY: 5,
    WorkerStatus.OFF: 6,
}


def _row(entry: RosterEntry, force: Force, now: int) -> WorkerRow:
    fix = force.fixes.get(entry.number)
    task, call = force.tasks.get(entry.number), force.radio.get(entry.number)
    status, since = _status(entry.number, force, now)
    return WorkerRow(
        number=entry.number,
        name=entry.name,
        grid=entry.grid,
        grid_name=entry.grid_name,
        status=status,
        since=since,
        phone=masked(entry.phone),
        lon=fix.lon if fix else None,
        lat=fix.lat if fix else None,
        fix_at=fix.at if fix else None,
        heading=fix.heading if fix else None,
        task=task.text if task else "",
        done_today=force.done.get(entry.number, 0),
        due_today=force.due.get(entry.number, 0),
        radio_at=call.at if call else None,
        radio=call.answer if call else None,
    )


def _status(number: str, force: Force, now: int) -> tuple[WorkerStatus, int | None]:
    """The status and since when. Silence outweighs everything but being off duty."""
    on_since = force.duty.get(number)
    if on_since is None:
        return WorkerStatus.OFF, None
    fix, task = force.fixes.get(number), force.tasks.get(number)
    last = fix.at if fix and fix.at > on_since else on_since
    call = force.radio.get(number)
    if call is not None and call.answer is not RadioAnswer.NONE:
        last = max(last, call.at)  # an answer is heard of, like a fix
    if now - last > SILENT_MS:
        return WorkerStatus.SILENT, last
    if task is not None:
        if task.on_scene:
            return WorkerStatus.ON_SCENE, task.since
        return (WorkerStatus.EN_ROUTE if task.moving else WorkerStatus.ASSIGNED), task.since
    if fix is not None and fix.heading is not None:
        return WorkerStatus.PATROL, on_since
    return WorkerStatus.ON_DUTY, on_since
