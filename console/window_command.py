"""The word that opens the window: alone in its file, so that nothing else comes before it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final

from console.words import say

Words = Any  # Any: argparse gives its subparsers action no public name
WORD: Final = "run"


def add(words: Words) -> None:
    """Add the word."""
    run = words.add_parser(WORD, help=say("打开窗口", "open the window"))
    run.add_argument("--site", required=True, metavar="DIR", type=Path)
    run.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    from console.app import run

    return run(given.site)
