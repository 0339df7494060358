"""What is wanted of an incident that has been chosen but has not come yet."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget


class Ahead:
    """Keeps what was wanted until the chosen incident has come; another one's is given up.

    Who goes to the next row and presses an act's key at once means that row, not the incident
    that still stands in the pane. Given up too when the keys have gone elsewhere meanwhile: to a
    form that was opened, say.
    """

    def __init__(self) -> None:
        self._awaited = ""
        self._wanted: list[Callable[[], None]] = []
        self._focus: QWidget | None = None

    def expect(self, incident: str) -> None:
        """Wait for that one; "" for none: the one that is shown is the chosen one."""
        if incident != self._awaited:
            self._awaited = incident
            self._wanted.clear()

    def keeps(self, want: Callable[[], None]) -> bool:
        """Keep it when an incident is awaited; tell whether it was kept."""
        if self._awaited:
            if not self._wanted:
                self._focus = QApplication.focusWidget()
            self._wanted.append(want)
        return bool(self._awaited)

    def come(self, incident: str) -> None:
        """Do what was wanted of this one, in order."""
        if incident != self._awaited:
            return
        wanted = tuple(self._wanted)
        self.expect("")
        if QApplication.focusWidget() is self._focus:
            for want in wanted:
                want()
