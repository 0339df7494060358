"""From a number to its list in the queue and back, in the whole window, by key and by mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import State
from dispatch.domain.command import Command, Verb
from dispatch.reports.page_types import Spot
from tests.desk.offices import PASSWORD
from tests.ui.test_seat_window import WAIT_MS, Seat, report
from ui.queue.only import Drilled
from ui.queue.only_bar import OnlyBar
from ui.report.number_list import ROW, NumberList
from ui.report.page_numbers import PageNumbers
from ui.report.shift_sheet import ShiftSheet

FIRE = "0801"


class DrillSeat(Seat):
    """A seat with four reports: two wait, one is filed, one was recorded only."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        super().__init__(qtbot, folder)
        self.desk.login("clerk1", PASSWORD).result()
        self.ids = [report(self, FIRE, number) for number in range(4)]
        _act(self, "clerk1", Command(verb=Verb.FILE, incident=self.ids[2], item=FIRE))
        only = Command(verb=Verb.RECORD_ONLY, incident=self.ids[3], reason="仅告知")
        _act(self, "chief1", only)
        self.desk.logout().result()
        self.clock.forward(MINUTE)  # what happened just now is not in the numbers yet

    @property
    def bar(self) -> OnlyBar:
        """The chip that says which number's list is shown."""
        every = self.whole.window.findChildren(OnlyBar)
        (found,) = (each for each in every if type(each) is OnlyBar)
        return found


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[DrillSeat]:
    """Open, with the chief at it."""
    made = DrillSeat(qtbot, tmp_path)
    made.open("chief1")
    qtbot.waitUntil(lambda: 3 == made.whole.window.queue.model.rowCount(), timeout=WAIT_MS)
    yield made
    made.whole.window.close()
    made.desk.site.close()


def _act(seat: Seat, name: str, command: Command) -> None:
    seat.desk.login(name, PASSWORD).result()
    seat.desk.act(command).result()


def numbers_of(seat: DrillSeat) -> NumberList:
    """Open the report by its key and wait for its numbers."""
    window = seat.whole.window
    seat.key(Qt.Key.Key_F11)
    seat.qtbot.waitUntil(lambda: bool(window.findChildren(ShiftSheet)), timeout=WAIT_MS)
    shown = window.findChildren(ShiftSheet)[-1].numbers
    seat.qtbot.waitUntil(lambda: shown.count() > 0, timeout=WAIT_MS)
    assert shown is QApplication.focusWidget()
    return shown


def go_to(seat: Seat, shown: NumberList, id_: str) -> None:
    """Go down to a number by its arrow key."""
    places = [each.id for each in shown.numbers]
    for _ in range(places.index(id_)):
        seat.key(Qt.Key.Key_Down)
    number = shown.number()
    assert number is not None
    assert id_ == number.id


def test_enter_opens_the_incidents_behind_a_number_and_esc_goes_back(
    seat: DrillSeat,
) -> None:
    queue = seat.whole.window.queue
    seat.key(Qt.Key.Key_End)
    here = queue.list.current_id()
    shown = numbers_of(seat)
    go_to(seat, shown, "flow.new.all")
    sheet = shown.window().findChildren(ShiftSheet)[0]
    seat.key(Qt.Key.Key_Return)

    seat.qtbot.waitUntil(lambda: 4 == queue.model.rowCount(), timeout=WAIT_MS)
    assert set(seat.ids) == set(queue.model.visible())  # the ended one too
    assert not sheet.isVisible()
    assert queue.list is QApplication.focusWidget()
    bar = seat.bar
    assert bar.isVisible()
    assert "流转 新上报 4 · 清单 4 件" == bar.words()
    assert "" == bar.more()

    seat.key(Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert sheet.isVisible()
    assert shown is QApplication.focusWidget()
    number = shown.number()
    assert number is not None
    assert "flow.new.all" == number.id
    seat.key(Qt.Key.Key_Escape)
    assert queue.list is QApplication.focusWidget()
    assert 3 == queue.model.rowCount()
    assert here == queue.list.current_id()


def test_a_double_click_opens_and_a_press_on_the_chip_goes_back(seat: DrillSeat) -> None:
    shown = numbers_of(seat)
    queue = seat.whole.window.queue
    place = [each.id for each in shown.numbers].index("flow.closed.all")
    shown.choose(place)
    pitch = shown.theme.px(ROW)
    at = QPoint(200, place * pitch - shown.verticalScrollBar().value() + pitch // 2)
    QTest.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=at)
    seat.qtbot.waitUntil(lambda: (seat.ids[3],) == queue.model.visible(), timeout=WAIT_MS)
    bar = seat.bar
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert shown.isVisible()
    assert shown is QApplication.focusWidget()


def test_what_is_no_longer_on_this_machine_is_named(seat: DrillSeat) -> None:
    queue = seat.whole.window.queue
    gone = "01931d00-0000-7000-8000-0000000gone1"
    queue.only.show(Drilled("流转 新上报", "2", (seat.ids[0], gone)))
    bar = seat.bar
    seat.qtbot.waitUntil(lambda: bool(bar.more()), timeout=WAIT_MS)
    assert "1 件已不在本机：…000gone1" == bar.more()
    assert (seat.ids[0],) == queue.model.visible()


def test_one_that_ends_stays_in_the_list_of_its_number(seat: DrillSeat) -> None:
    queue = seat.whole.window.queue
    queue.only.show(Drilled("流转 新上报", "1", (seat.ids[0],)))
    seat.desk.act(Command(verb=Verb.RECORD_ONLY, incident=seat.ids[0], reason="仅告知")).result()

    def ended() -> bool:
        row = queue.model.row(seat.ids[0])
        return row is not None and row.state is State.CLOSED

    seat.qtbot.waitUntil(ended, timeout=WAIT_MS)
    seat.qtbot.waitUntil(lambda: (seat.ids[0],) == queue.model.visible(), timeout=WAIT_MS)


def test_another_incident_that_is_wanted_ends_the_list(seat: DrillSeat) -> None:
    """The view is given up, not brought back over what was asked for."""
    shown = numbers_of(seat)
    sheet = shown.window().findChildren(ShiftSheet)[0]
    go_to(seat, shown, "flow.closed.all")
    seat.key(Qt.Key.Key_Return)
    queue = seat.whole.window.queue
    seat.qtbot.waitUntil(lambda: (seat.ids[3],) == queue.model.visible(), timeout=WAIT_MS)
    with seat.qtbot.waitSignal(sheet.closed):
        seat.whole.window.show_incident(seat.ids[1])
    assert seat.ids[1] == queue.list.current_id()
    assert 3 == queue.model.rowCount()


def previewed(seat: DrillSeat) -> ShiftSheet:
    """Preview the report by its keys and wait for its pages with their numbers."""
    numbers_of(seat)
    seat.key(Qt.Key.Key_V)
    sheet = seat.whole.window.findChildren(ShiftSheet)[-1]
    page = sheet.preview
    seat.qtbot.waitUntil(lambda: page.pages() > 0 and bool(page.numbers.spots), timeout=WAIT_MS)
    return sheet


def test_enter_on_a_number_of_the_page_opens_its_list_and_esc_goes_back(seat: DrillSeat) -> None:
    queue, sheet = seat.whole.window.queue, previewed(seat)
    page = sheet.preview
    for _ in range(12):
        if page.hasFocus():
            break
        seat.key(Qt.Key.Key_Tab)
    assert page.hasFocus()
    assert "Ctrl Enter" == sheet.primary.key
    listed = {each.id for each in sheet.numbers.numbers}
    assert {each.figure for each in page.numbers.spots} <= listed
    seen = []
    for _ in range(len(page.numbers.spots)):
        spot = page.numbers.spot()
        assert spot is not None
        seen.append(spot.figure)
        if spot.figure == "flow.new.all":
            break
        seat.key(Qt.Key.Key_Right)
    assert "flow.new.all" == seen[-1]
    seat.key(Qt.Key.Key_Return)

    seat.qtbot.waitUntil(lambda: set(seat.ids) == set(queue.model.visible()), timeout=WAIT_MS)
    assert "流转 新上报 4 · 清单 4 件" == seat.bar.words()
    seat.key(Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert page.hasFocus()
    here = page.numbers.spot()
    assert here is not None
    assert "flow.new.all" == here.figure


def test_a_click_on_a_number_of_the_page_opens_its_list(seat: DrillSeat) -> None:
    """Beside it nothing happens."""
    queue, sheet = seat.whole.window.queue, previewed(seat)
    page = sheet.preview
    figures = [each.figure for each in page.numbers.spots]
    page.numbers.current = figures.index("flow.closed.all")
    box = page.number_box()
    assert box is not None
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=QPoint(2, round(box.center().y())))
    assert sheet.isVisible()
    page.numbers.current = 0
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=box.center().toPoint())

    seat.qtbot.waitUntil(lambda: (seat.ids[3],) == queue.model.visible(), timeout=WAIT_MS)
    assert "流转 结案 1 · 清单 1 件" == seat.bar.words()


def test_the_arrows_go_from_line_to_line_and_stop_at_the_ends() -> None:
    spots = tuple(
        Spot(figure, page, x, y, 0.05, 0.01)
        for figure, page, x, y in (
            ("a", 1, 0.1, 0.1),
            ("b", 1, 0.5, 0.1),
            ("no list", 1, 0.5, 0.2),
            ("c", 1, 0.1, 0.3),
            ("d", 1, 0.55, 0.302),
            ("e", 2, 0.4, 0.1),
        )
    )
    numbers = PageNumbers()
    numbers.take(spots)
    assert numbers.spot() is None
    numbers.list_only(frozenset("abcde"))
    seen = ""
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        assert numbers.step(key)
        here = numbers.spot()
        assert here is not None
        seen += here.figure
    assert "abdee" == seen
    assert not numbers.step(Qt.Key.Key_A)
    numbers.step(Qt.Key.Key_Up)
    numbers.list_only(frozenset("ad"))
    here = numbers.spot()
    assert here is not None
    assert "d" == here.figure
