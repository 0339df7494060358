"""The words of the command line in one tree; each group's file says what its words do."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from console import window_command

Words = Any  # Any: argparse gives its subparsers action no public name


def build(parser: argparse.ArgumentParser, first: str = "") -> argparse.ArgumentParser:
    """Add every command to the parser and return it.

    With a word of the tree as the `first` of the line its group is the only one: hundreds of
    options take a tenth of a second, and what the others bring takes longer than the window.
    """
    words = parser.add_subparsers(dest="word", metavar="COMMAND", required=True)
    if first == window_command.WORD:
        window_command.add(words)
        return parser
    if first == "demo":
        # Its window's language is chosen before the words that other commands bring are imported.
        from console import demo_command

        demo_command.add(words)
        return parser
    groups = _groups()
    known = any(first in names for _, names in groups)
    for add, names in groups:
        if not known or first in names:
            add(words)
    return parser


def _groups() -> tuple[tuple[Callable[[Words], None], tuple[str, ...]], ...]:
    """Return how each group is added, with its words."""
    from console import (
        backup_commands,
        bench_command,
        demo_command,
        doctor_command,
        errand_commands,
        force_commands,
        hub_commands,
        import_commands,
        incident_commands,
        object_commands,
        relay_commands,
        report_commands,
        shift_commands,
        site_commands,
        table_commands,
        town_commands,
    )

    return (
        (hub_commands.add, ("hub", "account")),
        (site_commands.add, ("site", "login", "logout", "sync", "verify")),
        (shift_commands.add, ("shift",)),
        (window_command.add, (window_command.WORD,)),
        (incident_commands.add, ("incident",)),
        (import_commands.add, ("import",)),
        (object_commands.add, ("object",)),
        (town_commands.add, ("town",)),
        (errand_commands.add, ("campaign", "notice")),
        (force_commands.add, ("force",)),
        (table_commands.add, ("export",)),
        (report_commands.add, ("report",)),
        (demo_command.add, ("demo",)),
        (relay_commands.add, ("relay",)),
        (backup_commands.add, ("backup", "restore")),
        (doctor_command.add, ("doctor",)),
        (bench_command.add, ("bench",)),
    )
