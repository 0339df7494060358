"""Where the map will be: the rest of the window does not wait for what the map needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch.advice.at_hand import AtHand
from ui.live import Live
from ui.look.theme import Theme
from ui.queue.model import QueueModel
from ui.tick import Tick

if TYPE_CHECKING:
    from ui.map.view import MapView
    from ui.map_feed import GroundDoor


@dataclass(frozen=True, slots=True)
class Sources:
    """What the map is fed from."""

    live: Live
    door: "GroundDoor"
    model: QueueModel
    tick: Tick


class MapPlace(QWidget):
    """Stands for the map from the first; the map itself comes behind the queue's first rows.

    numpy and shapely take as long as the whole window, and the queue is what is worked on.
    """

    incident_chosen = Signal(str)
    point_chosen = Signal(float, float)  # longitude, latitude
    box_chosen = Signal(list)  # ids of incidents

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Stand empty until `follow` and the first rows."""
        super().__init__(parent)
        self._theme = theme
        self._sources: Sources | None = None
        self._covered = 0
        self._selected: str | None = None
        self._at_hand: tuple[AtHand, ...] = ()
        self.view: MapView | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def follow(self, sources: Sources) -> None:
        """Bring the map once the first rows have come, and feed it."""
        self._sources = sources
        sources.live.rows_reset.connect(self._on_rows)

    def select(self, incident: str | None) -> None:
        """Show which incident is chosen."""
        self._selected = incident
        if self.view is not None:
            self.view.select(incident)

    def show_at_hand(self, found: tuple[AtHand, ...]) -> None:
        """Show what is at hand for the chosen incident; none for one that has none."""
        self._at_hand = found
        if self.view is not None:
            from ui import map_hand  # noqa: PLC0415 - brings numpy, as the view does

            self.view.set_at_hand(map_hand.marks_of(found), map_hand.numbered(found))

    @Slot(object)
    def show_all(self, places: Sequence[tuple[float, float]]) -> None:
        """Zoom in on places, longitude and latitude, because somebody asked for them."""
        if self.view is not None:
            self.view.show_all(places)

    @Slot(int)
    def set_covered(self, height: int) -> None:
        """Keep clear of so many pixels at the top."""
        self._covered = height
        if self.view is not None:
            self.view.set_covered(height)

    @Slot(object)
    def _on_rows(self, _rows: object) -> None:
        if self._sources is not None:
            self._sources.live.rows_reset.disconnect(self._on_rows)
            # The queue is painted before.
            QTimer.singleShot(0, self._on_painted)

    @Slot()
    def _on_painted(self) -> None:
        from ui.map.view import MapView  # noqa: PLC0415 - brings numpy and shapely
        from ui.map_feed import MapFeed  # noqa: PLC0415 - as well

        sources = self._sources
        if sources is None:
            return
        view = MapView(self._theme, self)
        view.incident_chosen.connect(self.incident_chosen)
        view.point_chosen.connect(self.point_chosen)
        view.box_chosen.connect(self.box_chosen)
        view.set_covered(self._covered)
        view.select(self._selected)
        self._column.addWidget(view)
        self.setFocusProxy(view)
        self.setTabOrder(self, view)
        self.view = view
        self.show_at_hand(self._at_hand)
        feed = MapFeed(sources.live, sources.door, view, sources.model, sources.tick)
        feed.catch_up()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that the queue has passed on."""
        if self.view is None:
            event.ignore()
        else:
            self.view.keyPressEvent(event)
