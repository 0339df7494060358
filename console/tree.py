"""The words of the command line in one tree; each group's file says what its words do."""

from __future__ import annotations

import argparse

from console import window_command


def build(parser: argparse.ArgumentParser, first: str = "") -> argparse.ArgumentParser:
    """Add every command to the parser and return it.

    With the window's word as the `first` of the line it is the only one: what the others bring
    takes longer than the window.
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
    from console import (
        backup_commands,
        bench_command,
        demo_command,
        doctor_command,
        errand_commands,
        hub_commands,
        import_commands,
        incident_commands,
        object_commands,
        report_commands,
        shift_commands,
        site_commands,
        table_commands,
        town_commands,
    )

    groups = (
        *(hub_commands, site_commands, shift_commands, window_command, incident_commands),
        *(import_commands, object_commands, town_commands, errand_commands, table_commands),
        *(report_commands, demo_command, backup_commands, doctor_command, bench_command),
    )
    for each in groups:
        each.add(words)
    return parser
