"""Every field of a form begins and ends on the same two edges."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.acts.choice_entry import ChoiceEntry
from ui.acts.line_entry import LineEntry
from ui.look.theme import Theme


def first_inked(image: QImage, ground: int) -> int:
    """The first column that is not the ground's colour."""
    return next(
        x
        for x in range(image.width())
        if any(image.pixel(x, y) != ground for y in range(6, image.height() - 6))
    )


@pytest.mark.parametrize("focused", [False, True])
def test_chips_begin_where_lines_begin(qtbot: QtBot, focused: bool) -> None:
    """The first chip's edge is the field's edge, with the keys and without."""
    theme = Theme("day")
    host = QWidget()
    qtbot.addWidget(host)
    line, chips = LineEntry(theme, "a", "", host), ChoiceEntry(theme, "b", ((1, "甲"),), host)
    for at, entry in enumerate((line, chips)):
        entry.setGeometry(20, 10 + 50 * at, 300, entry.height())
    host.resize(360, 120)
    with qtbot.waitExposed(host):
        host.show()
    if focused:
        chips.setFocus(Qt.FocusReason.TabFocusReason)
    image = host.grab().toImage()
    ground = image.pixel(0, 0)

    edges = [
        first_inked(image.copy(0, entry.y(), 360, entry.height()), ground)
        for entry in (line, chips)
    ]

    assert abs(edges[0] - edges[1]) <= 1
    assert 20 == min(edges)


def test_a_chip_is_chosen_by_digit_and_by_mouse(qtbot: QtBot) -> None:
    """What stands at the very edge can be pressed there."""
    chips = ChoiceEntry(Theme(), "grade", ((1, "甲"), (2, "乙")))
    qtbot.addWidget(chips)
    chips.show()
    QTest.keyClick(chips, Qt.Key.Key_2)
    assert {"grade": 2} == chips.values()

    QTest.mouseClick(
        chips, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(1, 15)
    )

    assert {"grade": 1} == chips.values()
