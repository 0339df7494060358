"""What a commit touched, handed to whoever listens after it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Subjects and rooms that a commit touched; `everything` after a rebuild or a new table.

    `sync`: there is something to send, or what is unsent has changed. `town`: the modes, by which
    every row is read. `tasks`: rounds of checks, looks at objects and notices.
    """

    incidents: frozenset[str] = frozenset()
    workers: bool = False
    sync: bool = False
    shift: bool = False
    tables: bool = False
    everything: bool = False
    town: bool = False
    tasks: bool = False

    def __bool__(self) -> bool:
        return self != _NOTHING


_NOTHING = Changes()
