"""`sync claims` and `sync take-over`: who works on what at other seats, and a dead seat's work."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from console import settings, sites
from console.opened import opened
from console.printing import out, out_all
from console.values import iso
from console.words import say
from dispatch.desk.desk import Desk
from dispatch.sync.link import HubLink
from dispatch.wire.protocol import Claim, Claims

Words = Any  # Any: argparse gives its subparsers action no public name


def add(verbs: Words) -> None:
    """Add the two words to the sync group."""
    claims = verbs.add_parser("claims", help=say("别的席位正在办什么", "what others work on"))
    claims.add_argument("--site", required=True, metavar="DIR", type=Path)
    claims.add_argument("--json", action="store_true")
    claims.set_defaults(run=_claims)
    take = verbs.add_parser(
        "take-over", help=say("接手没有应答的席位的事件", "take over what a dead seat had open")
    )
    take.add_argument("id", metavar="ID")
    take.add_argument("--site", required=True, metavar="DIR", type=Path)
    take.add_argument("--as", dest="name", required=True, metavar="NAME")
    take.add_argument("--json", action="store_true")
    take.set_defaults(run=_take_over)


def _heard(desk: Desk, folder: Path) -> HubLink:
    """Have the desk hear what the hub knows; return the way there."""
    from dispatch.sync.once import hear_once

    link = sites.link_of(settings.read(folder))
    heard = hear_once(desk.site, link)
    desk.claims.hear(heard.claims, heard.hub_now)
    return link


def _claims(given: argparse.Namespace) -> None:
    with opened(given.site) as desk:
        _heard(desk, given.site)
        out_all(
            (
                {
                    "incident": each.incident,
                    "account": each.account,
                    "site": each.site,
                    "heard_at": iso(each.heard_at),
                    "gone": each.gone,
                }
                for each in desk.claims.all()
            ),
            as_json=given.json,
        )


def _take_over(given: argparse.Namespace) -> None:
    from dispatch.sync.once import say_once

    with opened(given.site, given.name) as desk:
        link = _heard(desk, given.site)
        over: list[Claim] = []
        desk.claims.tell(lambda _, taken: over.extend(taken))
        done = desk.take_over(desk.find(given.id).result()).result()
        say_once(desk.site, link, Claims((), tuple(over)))
        out({"incident": done.incident, "version": done.version}, as_json=given.json)
