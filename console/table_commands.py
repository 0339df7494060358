"""`zhiwang import …` and `zhiwang export …`: reference tables in, events out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import msgspec

from console.opened import opened
from console.printing import note, out, out_all
from console.words import say
from dispatch.domain.codes import Kind
from dispatch.domain.errors import BadInput
from dispatch.domain.event import Subject

Words = Any  # Any: argparse gives its subparsers action no public name

TABLES = ("grids", "divisions", "roster", "catalogue", "sla", "calendar")


def add(words: Words) -> None:
    """Add the import and export groups."""
    importing = words.add_parser("import", help=say("导入参考表", "reference tables in"))
    which = importing.add_subparsers(dest="table", metavar="TABLE", required=True)
    for table in TABLES:
        parser = which.add_parser(table)
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--db", required=True, metavar="URL")
        parser.add_argument("--json", action="store_true")
        crs = "cgcs2000/gcj02/bd09/EPSG:n"
        if table == "grids":
            parser.add_argument("--crs", required=True, metavar=crs)
        parser.set_defaults(run=_import)
    exporting = words.add_parser("export", help=say("导出", "our data out"))
    what = exporting.add_subparsers(dest="what", metavar="WHAT", required=True)
    events = what.add_parser("events", help=say("原始事件，每行一个 JSON", "raw events"))
    events.add_argument("--site", required=True, metavar="DIR", type=Path)
    events.add_argument("--subject", required=True, metavar="ID")
    events.set_defaults(run=_events)


def _import(given: argparse.Namespace) -> int:
    from console import hub_imports

    if not given.file.exists():
        raise BadInput(str(given.file), "没有这个文件")
    done = hub_imports.import_table(
        given.db, given.table, given.file, getattr(given, "crs", "cgcs2000")
    )
    for line in (*done.rejects, *done.notes):
        note(line)
    out(
        {"taken": done.taken, "rejected": len(done.rejects), "changed": done.changed},
        as_json=given.json,
    )
    return 2 if done.rejects else 0


def _events(given: argparse.Namespace) -> None:
    with opened(given.site) as desk:
        id_ = desk.find(given.subject).result()
        subject = Subject(Kind.INCIDENT, id_)
        stored = desk.site.read(lambda reader: reader.events(subject)).result()
        out_all(
            (
                {**msgspec.json.decode(each.raw), "hash": each.event.hash, "seq": each.event.seq}
                for each in stored
            ),
            as_json=True,
        )
