"""A field for a time: a clock time, a day, or a span from now."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from dispatch.domain.calendar import HOUR
from ui import times
from ui.acts import reading
from ui.acts.line_entry import LineEntry
from ui.look.theme import Theme
from ui.tongue import tr

HINT: Final = tr("如 {at}、4h、3d")
_AHEAD: Final = 4 * HOUR


class TimeEntry(LineEntry):
    """A time in UTC milliseconds; what was proposed and not touched stays to the millisecond."""

    def __init__(
        self, theme: Theme, name: str, now: Callable[[], int], parent: QWidget | None = None
    ) -> None:
        """`now` is the seat's clock in UTC milliseconds."""
        at = times.local(now() + _AHEAD)
        super().__init__(theme, name, HINT.format(at=f"{at:%m-%d %H:%M}"), parent)
        self._now = now
        self._proposed: tuple[str, int] | None = None

    def values(self) -> dict[str, object]:
        """Return the time, when there is one."""
        text = self.text().strip()
        if not text:
            return {}
        if self._proposed is not None and text == self._proposed[0]:
            return {self.name: self._proposed[1]}
        return {self.name: reading.moment(text, self.name, self._now())}

    def propose(self, value: object, origin: str = "") -> None:
        """Put a time in UTC milliseconds in."""
        if isinstance(value, int):
            text = reading.written(value, self._now())
            self._proposed = (text, value)
            super().propose(text, origin)
