"""What the writer remembers from one transaction to the next, all of it kept in the file too."""

from __future__ import annotations

from dataclasses import dataclass, field

from dispatch.domain.event import Subject
from dispatch.domain.modes import Modes
from dispatch.domain.rules import Rules
from dispatch.store.kept import Folded, Shelf

INCIDENTS = 2000
"""Folded incidents held at once: about 20 KB each."""
LOG_INS = 100


@dataclass(slots=True)
class Place:
    """The own writer's last event."""

    sseq: int
    last: str


@dataclass(slots=True)
class Memory:
    """Filled as it is needed; emptied when a write fails or another program has written."""

    folded: Shelf[str, Folded] = field(default_factory=lambda: Shelf(INCIDENTS))
    heads: Shelf[Subject, tuple[str, ...]] = field(default_factory=lambda: Shelf(INCIDENTS))
    secrets: Shelf[str, bytes] = field(default_factory=lambda: Shelf(INCIDENTS))
    log_ins: Shelf[str, str] = field(default_factory=lambda: Shelf(LOG_INS))
    writers: set[str] = field(default_factory=set)
    place: Place | None = None
    rules: Rules | None = None
    modes: Modes | None = None
    view: str | None = None
    rebuilding: str | None = None
    clock: tuple[int, int] | None = None
    temp: int | None = None

    def clear(self) -> None:
        """Forget everything."""
        self.folded.clear()
        self.heads.clear()
        self.secrets.clear()
        self.log_ins.clear()
        self.writers = set()
        self.modes = None
        self.place = self.rules = self.view = self.rebuilding = self.clock = self.temp = None
