"""How often each fault has happened in a run, and how often it mattered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Met:
    """Counts by a fault's name.

    A fault of the line mattered when the site had something to send or to hear just then; a power
    cut when a transaction was open or its end unheard of; a clock when an act was saved by it; an
    old copy when it lacked something; a full disk and a damaged photo or snapshot always.
    """

    happened: Counter[str] = field(default_factory=Counter)
    mattered: Counter[str] = field(default_factory=Counter)

    def add(self, fault: str, *, mattered: bool) -> None:
        """Count one."""
        self.happened[fault] += 1
        self.mattered[fault] += mattered

    def join(self, other: Met) -> None:
        """Count others in."""
        self.happened.update(other.happened)
        self.mattered.update(other.mattered)
