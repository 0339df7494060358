"""`zhiwang relay`: a room without a hub, run on the machine of one of its seats."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from console.words import say
from dispatch.domain.errors import BadInput

Words = Any  # Any: argparse gives its subparsers action no public name


def add(tree: Words) -> None:
    """Add the word."""
    parser = tree.add_parser(
        "relay", help=say("断线时本室席位互见的中继", "the room's relay while the hub is gone")
    )
    parser.add_argument("--site", required=True, metavar="DIR", type=Path)
    parser.add_argument("--listen", required=True, metavar="HOST:PORT")
    parser.add_argument("--tls-cert", required=True, metavar="FILE", type=Path)
    parser.add_argument("--tls-key", required=True, metavar="FILE", type=Path)
    parser.set_defaults(run=_relay)


def _relay(given: argparse.Namespace) -> None:
    from console import relay
    from console.hub import Tls

    for option, file in (("--tls-cert", given.tls_cert), ("--tls-key", given.tls_key)):
        if not file.is_file():
            raise BadInput(option, f"没有文件 {file}")
    relay.serve(given.site, given.listen, Tls(given.tls_cert, given.tls_key))
