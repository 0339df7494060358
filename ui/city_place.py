"""Opens the city's view over the window, once, and the queue of a town that is chosen there."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.city.door import CityDoor
from ui.live import Live
from ui.look.theme import Theme
from ui.queue.panel import QueuePanel
from ui.tick import Tick


class CityPlace(QObject):
    """The view of towns and sites; below the city it says that it is not for this seat."""

    def __init__(
        self, live: Live, door: CityDoor, theme: Theme, queue: QueuePanel, tick: Tick
    ) -> None:
        host = queue.window()
        super().__init__(host)
        self._live = live
        self._door = door
        self._theme = theme
        self._queue = queue
        self._tick = tick
        self._host: QWidget = host
        self.sheet: QWidget | None = None

    @Slot()
    def open(self) -> None:
        """Open it, unless it is open."""
        from ui.city.city_sheet import CitySheet  # noqa: PLC0415 - not for the first window

        shown = self.sheet
        if shown is not None and isValid(shown) and shown.isVisible():
            return
        asked = (self._live, self._door)
        sheet = CitySheet(self._theme, self._host, asked, self._queue.model, self._tick)
        sheet.town_wanted.connect(self._on_town)
        self.sheet = sheet
        sheet.open()

    @Slot(str, str)
    def _on_town(self, code: str, name: str) -> None:
        self._queue.show_town(code, name)
        self._queue.list.setFocus()
