"""What the views of the shift ask of the desk."""

from typing import Protocol

from dispatch.desk.views_shift import DutyLine, Handover, LogLine, Wanted
from dispatch.domain.decide_shift import ShiftCommand
from ui.door import Promise


class HandoverDoor(Protocol):
    """The hand-over and the log of shifts, by a shift's id."""

    def due(self) -> str:
        """Return the shift that is handed over now."""
        ...

    def running(self) -> str:
        """Return the shift that runs now."""
        ...

    def look(self, shift: str) -> Promise[Handover]:
        """Ask for the list, the report and the signatures."""
        ...

    def act(self, command: ShiftCommand) -> Promise[str]:
        """Tick, sign or write."""
        ...

    def duty(self, shift: str) -> Promise[tuple[DutyLine, ...]]:
        """Ask who is planned on a shift and who is on it."""
        ...

    def logbook(self, wanted: Wanted) -> Promise[tuple[LogLine, ...]]:
        """Ask for the lines of a shift's log."""
        ...
