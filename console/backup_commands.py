"""A site's backup: made while the window runs, put back into a folder without a store."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from console import settings
from console.clock import clock
from console.printing import note, out
from console.values import iso
from console.words import say
from dispatch.store.backup import Manifest

Words = Any  # Any: argparse gives its subparsers action no public name


def add(words: Words) -> None:
    """Add `backup` and `restore`."""
    backup = words.add_parser("backup", help=say("备份站点（含照片）", "back a site up"))
    backup.add_argument("--site", required=True, metavar="DIR", type=Path)
    backup.add_argument("file", metavar="FILE", type=Path)
    backup.add_argument("--json", action="store_true")
    backup.set_defaults(run=_backup)
    restore = words.add_parser("restore", help=say("把备份放回空站点", "put a backup back"))
    restore.add_argument("file", metavar="FILE", type=Path)
    restore.add_argument("--site", required=True, metavar="DIR", type=Path)
    restore.add_argument("--json", action="store_true")
    restore.set_defaults(run=_restore)


def _backup(given: argparse.Namespace) -> None:
    from dispatch.store.backup import back_up
    from dispatch.store.last_backup import remember

    identity = settings.read(given.site).identity
    made = back_up(given.site, given.file, identity, clock()())
    remember(given.site, made.made_at)
    out(_told(made, given.file), as_json=given.json)
    if made.left_out:
        count = len(made.left_out)
        note(say(f"{count} 张照片不在本机，未备份", f"{count} photos are not here: left out"))


def _restore(given: argparse.Namespace) -> None:
    from dispatch.store.restore import restore

    identity = settings.read(given.site).identity
    made = restore(given.file, given.site, identity)
    out(_told(made, given.file), as_json=given.json)
    note(
        say(
            f"已放回 {iso(made.made_at)} 的备份；之后的事件下次同步时从市平台取回",
            f"as of {iso(made.made_at)}; what came later is fetched from the hub",
        )
    )


def _told(made: Manifest, file: Path) -> dict[str, Any]:  # Any: JSON values
    return {
        "file": str(file),
        "made_at": iso(made.made_at),
        "site": made.site,
        "scope": made.scope,
        "events": made.events,
        "photos": made.photos,
        "photos_left_out": list(made.left_out),
    }
