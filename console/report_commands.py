"""`zhiwang report …`: the shift report as files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from console.opened import opened
from console.printing import out
from console.values import time
from console.words import say
from dispatch.domain.errors import BadInput

Words = Any  # Any: argparse gives its subparsers action no public name


def add(words: Words) -> None:
    """Add the report group."""
    group = words.add_parser("report", help=say("报告", "reports"))
    kinds = group.add_subparsers(dest="kind", metavar="KIND", required=True)
    shift = kinds.add_parser("shift", help=say("值班交接班报告", "the shift report"))
    shift.add_argument("--site", required=True, metavar="DIR", type=Path)
    shift.add_argument("--from", dest="from_at", required=True, metavar="T")
    shift.add_argument("--to", dest="to_at", required=True, metavar="T")
    shift.add_argument("--out", required=True, metavar="DIR", type=Path)
    shift.add_argument("--format", default="pdf,csv", metavar="pdf,csv")
    shift.add_argument("--as", dest="name", metavar="NAME")
    shift.add_argument("--json", action="store_true")
    shift.set_defaults(run=_shift)


def _shift(given: argparse.Namespace) -> None:
    from_at, to_at = time(given.from_at, "--from"), time(given.to_at, "--to")
    formats = tuple(part for part in given.format.split(",") if part)
    from dispatch.desk.reporting import Reporting

    with opened(given.site, given.name) as desk:
        try:
            made = Reporting(desk).issue_report(from_at, to_at, given.out, formats).result()
        except BadInput as bad:
            where = {"format": "--format", "from": "--from"}.get(bad.where, bad.where)
            raise BadInput(where, bad.what) from None
        out(
            {
                "paths": [str(path) for path in made.paths],
                "figures_sha256": made.figures_sha256,
                "revision": made.revision,
                "provisional": made.provisional,
                "balanced": made.balanced,
            },
            as_json=given.json,
        )
