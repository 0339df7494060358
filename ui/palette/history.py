"""The lines that were done at this seat, newest first; kept while the window lives, never on disk.

A line may hold a name or a number: it belongs to whoever typed it, and goes with the person.
"""

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, Slot

from dispatch.desk.views import Strip
from dispatch.domain.command import Command
from dispatch.domain.may import RIGHTS
from ui.door import Done
from ui.live import Live
from ui.strips.undo import UNDO_OF

KEPT: Final = 30


@dataclass(frozen=True, slots=True)
class Past:
    """A line that was done; `at` in UTC milliseconds, `undone` when it was taken back."""

    text: str
    at: int
    command: Command | None = None
    undone: bool = False


class History(QObject):
    """Marks a line as undone when its act is taken back."""

    def __init__(self, live: Live, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[Past] = []
        self._account = ""
        live.acted.connect(self._on_acted)
        live.strip_changed.connect(self._on_strip)

    def add(self, text: str, at: int, command: Command | None = None) -> None:
        """Remember a line; the same one anew stands first again."""
        text = text.strip()
        if text:
            self._lines = [each for each in self._lines if each.text != text or each.command]
            self._lines = [Past(text, at, command), *self._lines][:KEPT]

    def lines(self) -> tuple[Past, ...]:
        """Return them, newest first."""
        return tuple(self._lines)

    @Slot(object, object)
    def _on_acted(self, command: Command, _done: Done) -> None:
        if not RIGHTS[command.verb].undo_of:
            return
        for at, past in enumerate(self._lines):
            done = past.command
            if done is None or past.undone or done.incident != command.incident:
                continue
            if UNDO_OF.get(done.verb) is command.verb:
                self._lines[at] = replace(past, undone=True)
                return

    @Slot(object)
    def _on_strip(self, strip: Strip) -> None:
        if self._account and strip.account != self._account:
            self._lines = []
        self._account = strip.account
