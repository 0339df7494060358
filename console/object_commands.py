"""`zhiwang object list`: the managed objects that a site has."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

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
            }
            for each in found
        ),
        as_json=given.json,
    )
