"""What a drill's play is written in: one step of one person, and all steps of one report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from dispatch.domain.codes import State
from dispatch.domain.command import Command
from dispatch.drill.people import MadePerson

FIELD: Final = "field"
"""Where people act who have no seat: the hub's field doors."""


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody and where they act: a site's name or `FIELD`."""

    person: MadePerson
    where: str

    @property
    def login(self) -> str:
        """The name to log in with."""
        return self.person.login

    def at(self, where: str) -> Player:
        """Return the same person acting somewhere else."""
        return replace(self, where=where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One act to come: who does it where, how long after the step before, and in which states.

    `command` names no incident yet. `wait_s` runs on the incident's own kind of clock. In a state
    outside `only` the step falls away without a wait (empty: it is the report itself). `photos`
    are made up when it is done; `into` is the feed number of the report that this one repeats, for
    a merge and its undoing; `review_days` is what a hold is asked for. `apart`: done
    without a look at what the others did.
    """

    by: Player
    command: Command
    wait_s: int
    only: frozenset[State] = frozenset()
    photos: int = 0
    into: int | None = None
    review_days: int | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """All that will happen to one report of the feed; `working`: waits run in working time."""

    number: int
    at_ms: int
    working: bool
    steps: tuple[Step, ...]
