"""`zhiwang export …`: our data out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final

import msgspec

from console import export_commands
from console.opened import opened
from console.printing import out_all
from console.words import say
from dispatch.desk.desk import Desk
from dispatch.domain.codes import Kind
from dispatch.domain.event import Subject
from dispatch.store.reader import Reader
from dispatch.store.rows import StoredEvent

Words = Any  # Any: argparse gives its subparsers action no public name

EVER: Final = 1 << 53
"""Later than any event, UTC milliseconds."""
EVERY: Final = 1_000_000
"""More sessions, shifts and worker-days than a site will ever know of."""


def add(words: Words) -> None:
    """Add the export group."""
    exporting = words.add_parser("export", help=say("导出", "our data out"))
    what = exporting.add_subparsers(dest="what", metavar="WHAT", required=True)
    events = what.add_parser("events", help=say("原始事件，每行一个 JSON", "raw events"))
    events.add_argument("--site", required=True, metavar="DIR", type=Path)
    events.add_argument("--subject", metavar="ID")
    events.set_defaults(run=_events)
    export_commands.add(what)


def _events(given: argparse.Namespace) -> None:
    with opened(given.site) as desk:
        subjects = _subjects(desk, given.subject)
        stored = (each for subject in subjects for each in _of(desk, subject))
        out_all(
            (
                {**msgspec.json.decode(each.raw), "hash": each.event.hash, "seq": each.event.seq}
                for each in stored
            ),
            as_json=True,
        )


def _of(desk: Desk, subject: Subject) -> tuple[StoredEvent, ...]:
    return desk.site.read(lambda reader: reader.events(subject)).result()


def _subjects(desk: Desk, text: str | None) -> tuple[Subject, ...]:
    """Return the incident named, or everything there is events of: incidents by arrival first."""
    if text is not None:
        return (Subject(Kind.INCIDENT, desk.find(text).result()),)

    def job(reader: Reader) -> tuple[Subject, ...]:
        incidents = (Subject(Kind.INCIDENT, id_) for id_ in reader.reported_between(0, EVER))
        others = (each for kind in Kind for each in reader.subjects(kind, EVERY))
        return (*incidents, *others)

    return desk.site.read(job).result()
