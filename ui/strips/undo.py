"""Which act takes an act back, for the ten seconds in which the bottom line offers it."""

from typing import Final

from dispatch.domain.command import Command, Verb

OFFER_MS: Final = 10_000
UNDO_OF: Final = {
    Verb.FILE: Verb.UNFILE,
    Verb.DISPATCH: Verb.STAND_DOWN,
    Verb.SIGN: Verb.UNSIGN,
    Verb.FEEDBACK: Verb.WITHDRAW,
    Verb.INSPECT_PASS: Verb.RECHECK,
    Verb.MERGE: Verb.SPLIT,
    Verb.GRANT_REFUSE: Verb.RESTORE,
    Verb.GRANT_VOID: Verb.RESTORE,
}
"""Undo acts that need no reason and that the same person may do; 结案 is reopened with a reason."""


def undo_command(command: Command, version: str) -> Command | None:
    """Return the command that takes it back while that version stands; None when there is none."""
    verb = UNDO_OF.get(command.verb)
    if verb is None:
        return None
    return Command(
        verb=verb,
        incident=command.incident,
        seen=version or None,
        on_behalf=command.on_behalf,
        told_by=command.told_by,
    )
