"""The sheets of the shift are called as their keys are: 交接班, 图表, 报告, 值班日志, 值班表."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.test_seat_window import WAIT_MS, Seat, seat  # noqa: F401 - the fixture
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SheetHead


def test_each_key_opens_a_sheet_of_its_name(seat: Seat) -> None:  # noqa: F811 - the fixture
    seat.open("chief1")
    window, found = seat.whole.window, []
    for key in (Qt.Key.Key_F9, Qt.Key.Key_F10, Qt.Key.Key_F11, Qt.Key.Key_F7, Qt.Key.Key_F5):
        seat.key(key)
        seat.qtbot.waitUntil(lambda: bool(window.findChildren(Sheet)), timeout=WAIT_MS)
        head = window.findChildren(Sheet)[0].findChild(SheetHead)
        assert head is not None
        found.append(head.accessibleName())
        seat.key(Qt.Key.Key_Escape)
        seat.qtbot.waitUntil(lambda: not window.findChildren(Sheet), timeout=WAIT_MS)

    assert ["交接班", "图表", "报告", "值班日志", "值班表"] == found
