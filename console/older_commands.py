"""`zhiwang sync older`: a matter that a city's site does not keep any more, by its number."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any, Final

from console import settings, sites
from console.opened import opened
from console.printing import out
from console.words import say
from dispatch.domain.errors import BadInput, Refused
from dispatch.sync.ops import Trouble

Words = Any  # Any: argparse gives its subparsers action no public name
_NUMBER: Final = re.compile(r"(\d{9})-\d{4}-\d{6}")


def add(verbs: Words) -> None:
    """Add the word to the sync group."""
    older = verbs.add_parser(
        "older", help=say("更早的案件：从市级中心调取", "fetch an older incident from the hub")
    )
    older.add_argument("number", metavar="NUMBER", help=say("人读编号，写全", "the number, whole"))
    older.add_argument("--site", required=True, metavar="DIR", type=Path)
    older.add_argument("--json", action="store_true")
    older.set_defaults(run=_older)


def _older(given: argparse.Namespace) -> None:
    """Fetch it and print its id; one that is here already is printed as it is."""
    from dispatch.sync.once import older_once

    named = _NUMBER.fullmatch(given.number.strip())
    if named is None:
        raise BadInput("NUMBER", f"“{given.number[:40]}”不是完整案号，如 441900106-2026-000012")
    known = settings.read(given.site)
    if known.level != "city":
        raise BadInput(str(given.site), "不是市级席位，本镇街的案件都在本机")
    with opened(given.site) as desk:
        try:
            older_once(desk.site, sites.link_of(known), named[1], named[0])
        except Trouble as trouble:
            if trouble.code == "unknown_incident":
                raise Refused("unknown_incident", incident=named[0]) from None
            raise
        id_ = desk.find(named[0]).result()
    out({"incident": id_, "number": named[0]}, as_json=given.json)
