"""What the palette asks of the desk beyond the forms' part."""

from typing import Protocol

from dispatch.advice.line import Grammar
from dispatch.desk.views_palette import Foreseen, Typed, Typing
from dispatch.domain.command import Command
from ui.acts.door import ActsDoor
from ui.door import Promise


class PaletteDoor(ActsDoor, Protocol):
    """A line read against what is here, and an act thought through."""

    def typed(self, typing: Typing, grammar: Grammar) -> Promise[Typed]:
        """Ask what a line means."""
        ...

    def foresee(self, command: Command) -> Promise[Foreseen]:
        """Ask what an act would do now; refused as the act would be."""
        ...

    def reveal_phone(self, whose: str, reason: str) -> Promise[str]:
        """Ask for the phone of a worker or contact in clear; it leaves a trace."""
        ...
