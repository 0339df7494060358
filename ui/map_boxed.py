"""A box on the map selects its incidents in the queue, for one act over all of them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Slot

from ui.queue.panel import QueuePanel

if TYPE_CHECKING:
    from ui.map.view import MapView
    from ui.map_place import MapPlace

_ROWS = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class MapBoxed(QObject):
    """Makes the boxed rows the selected ones; the uppermost of them is the current one."""

    def __init__(self, view: "MapView | MapPlace", queue: QueuePanel) -> None:
        super().__init__(view)
        self._queue = queue
        view.box_chosen.connect(self._on_boxed)

    @Slot(list)
    def _on_boxed(self, ids: list[str]) -> None:
        queue, model = self._queue, self._queue.model
        hidden = [row_id for row_id in ids if model.place(row_id) < 0]
        if hidden:
            queue.show_incident(hidden[0])
        places = sorted(place for place in map(model.place, ids) if place >= 0)
        if not places:
            return
        queue.list.choose(model.id_at(places[0]))
        selection = QItemSelection()
        for place in places:
            selection.select(model.index(place), model.index(place))
        queue.list.selectionModel().select(selection, _ROWS)
