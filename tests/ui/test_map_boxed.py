"""A box drawn on the map selects rows in the queue."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.queue_rows import NOW, row
from tests.ui.test_main_map_feed import TownDesk
from tests.ui.test_map_view import drag
from ui.live import Live
from ui.look.theme import Theme
from ui.map.view import MapView
from ui.map_boxed import MapBoxed
from ui.map_feed import MapFeed
from ui.queue.panel import QueuePanel
from ui.tick import Tick


def test_a_box_selects_its_rows_even_those_a_search_hides(qtbot: QtBot) -> None:
    desk, theme = TownDesk(row(1, 20), row(2, -5), row(3, 40)), Theme()
    live, tick = Live(desk), Tick(lambda: NOW)
    view, queue = MapView(theme), QueuePanel(live, theme, tick)
    for widget in (view, queue):
        qtbot.addWidget(widget)
        widget.resize(600, 600)
        widget.show()
    MapFeed(live, desk, view, queue.model, tick)
    MapBoxed(view, queue)
    live.start()
    qtbot.waitUntil(lambda: queue.model.rowCount() == 3)
    qtbot.waitUntil(lambda: view._content.incidents != ())  # noqa: SLF001 - what it was given
    queue.model.search("0001")
    for _ in range(20):
        view.grab()

    QTest.keyClick(view, Qt.Key.Key_B)
    drag(view, QPoint(60, 60), QPoint(590, 590))

    assert ["id-000001", "id-000002", "id-000003"] == sorted(queue.list.chosen_ids())
    assert queue.list.current_id() == queue.list.chosen_ids()[0]
    live.close()
