"""`zhiwang object …`: the managed objects that a site has, and looks at them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from console import force_commands
from console.opened import opened
from console.printing import out_all
from console.values import whole, words
from console.words import say

Words = Any  # Any: argparse gives its subparsers action no public name


def add(group: Words) -> None:
    """Add the object group."""
    objects = group.add_parser("object", help=say("管理对象", "managed objects"))
    verbs = objects.add_subparsers(dest="verb", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help=say("列表", "list"))
    listing.add_argument("--site", required=True, metavar="DIR", type=Path)
    listing.add_argument("--search", metavar="TEXT", default="")
    listing.add_argument("--limit", metavar="N", default="50")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_list)
    force_commands.add_check(verbs)


def _list(given: argparse.Namespace) -> None:
    limit, text = whole(given.limit, "--limit"), words(given.search, "--search")
    with opened(given.site) as desk:
        found = desk.objects(text, limit).result()
    out_all(
        (
            {
                "code": each.code,
                "kind": each.kind,
                "name": each.name,
                "grid": each.grid,
                "grid_name": each.grid_name,
                "address": each.address,
                "person": each.person,
                "phone": each.phone,
                "lon": each.lon,
                "lat": each.lat,
                "every_days": each.every_days,
                "due_on": each.due_on,
            }
            for each in found
        ),
        as_json=given.json,
    )
