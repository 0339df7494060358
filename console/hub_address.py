"""The option that names the hub's database, and the variable that spares the command line of it."""

from __future__ import annotations

import argparse
import os
from typing import Final

VARIABLE: Final = "ZHIWANG_HUB_DB"
"""Environment variable: the database's URL, whose password everybody could read in a command."""


def add_db(parser: argparse.ArgumentParser) -> None:
    """Add `--db`; it must be given where the variable is not."""
    named = os.environ.get(VARIABLE)
    parser.add_argument("--db", required=not named, default=named, metavar="URL")
