"""The town's view over a real desk, by keys only: signal, Ⅱ to Ⅰ, checks to all grids, notices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.desk.town import TownDesk
from dispatch.domain.calendar import HOUR
from dispatch.domain.codes import Light, Source
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide_town import SetResponse
from dispatch.domain.notice import IssueNotice
from dispatch.domain.warning import Colour, ResponseLevel
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.unit.towns import hengli
from ui.acts.plain_form import PlainForm
from ui.alarms.sound import AlarmSound, RecordingSink
from ui.look.theme import Theme
from ui.seat_window import Given, SeatWindow
from ui.town.town_sheet import TownSheet

WAIT_MS = 15_000


class Seat:
    """A window with the town's view, and a hand on its keyboard."""

    def __init__(self, qtbot: QtBot, folder: Path, name: str) -> None:
        self.qtbot = qtbot
        self.clock = Hand()
        self.desk: Desk = open_desk(folder / "seat", self.clock)
        self.desk.login(name, PASSWORD).result()
        self.town = TownDesk(self.desk)
        sound = AlarmSound(RecordingSink())
        given = Given(self.desk, lambda: None, self.clock, new_id, sound, folder, lambda: self.town)
        self.whole = SeatWindow(given, Theme())
        window = self.whole.window
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
        self.whole.start()

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.whole.window, key)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.whole.window, text)

    def sheet(self) -> TownSheet:
        """Open the view by its key and wait until it knows what stands."""
        self.key(Qt.Key.Key_F6)
        find = self.whole.window.findChildren
        self.qtbot.waitUntil(lambda: bool(find(TownSheet)), timeout=WAIT_MS)
        (found,) = find(TownSheet)
        assert isinstance(found, TownSheet)
        self.qtbot.waitUntil(lambda: found.told.modes is not None, timeout=WAIT_MS)
        return found

    def form(self, key: Qt.Key) -> PlainForm:
        """Open one of the view's forms by its key."""
        self.key(key)
        find = self.whole.window.findChildren
        self.qtbot.waitUntil(lambda: bool(find(PlainForm)), timeout=WAIT_MS)
        (found,) = find(PlainForm)
        assert isinstance(found, PlainForm)
        return found

    def sent(self) -> None:
        """Press Enter and wait until the form is gone."""
        self.key(Qt.Key.Key_Return)
        find = self.whole.window.findChildren
        self.qtbot.waitUntil(lambda: not find(PlainForm), timeout=WAIT_MS)

    def close(self) -> None:
        self.whole.window.close()
        self.desk.site.close()


@pytest.fixture
def seats() -> Iterator[list[Seat]]:
    """Closed at the end, whoever was opened."""
    opened: list[Seat] = []
    yield opened
    for each in opened:
        each.close()


@pytest.fixture
def chief(qtbot: QtBot, tmp_path: Path, seats: list[Seat]) -> Seat:
    seats.append(Seat(qtbot, tmp_path, "chief1"))
    return seats[0]


def test_a_red_signal_and_the_step_from_two_to_one_by_keys(chief: Seat) -> None:
    """S 1 5 Enter; R, the level, the order's number, Enter: twice."""
    sheet = chief.sheet()
    chief.form(Qt.Key.Key_S)
    chief.type("1")
    chief.key(Qt.Key.Key_Tab)
    chief.type("5")
    chief.sent()
    for level, number in (("2", "11"), ("1", "12")):
        form = chief.form(Qt.Key.Key_R)
        form.rows["level"].entry.widget().setFocus()
        chief.type(level)
        form.rows["order_no"].entry.widget().setFocus()
        chief.type(number)
        now = chief.town.modes().result().version
        chief.qtbot.waitUntil(lambda v=now: _version(sheet) == v, timeout=WAIT_MS)  # type: ignore[misc]
        chief.sent()
        chief.clock.forward(HOUR // 4)

    modes = chief.town.modes().result()
    assert [Colour.RED] == [each.order.colour for each in modes.signals]
    assert [ResponseLevel.I] == [each.order.level for each in modes.responses]
    assert ["12", "11"] == [each.order_no for each in modes.history if each.level]
    assert 1 == len(modes.frozen)
    chief.qtbot.waitUntil(lambda: sheet.told.modes == modes, timeout=WAIT_MS)
    strip = chief.whole.window.top
    chief.qtbot.waitUntil(lambda: _signals(strip) == (("typhoon", "red"),), timeout=WAIT_MS)


def _version(sheet: TownSheet) -> str:
    return sheet.told.modes.version if sheet.told.modes else ""


def _signals(strip: object) -> object:
    shown = getattr(strip, "_strip", None)
    return shown.signals if shown is not None else ()


def test_a_colour_that_the_kind_does_not_have_is_said_at_its_field(chief: Seat) -> None:
    chief.sheet()
    form = chief.form(Qt.Key.Key_S)
    chief.type("2")
    chief.key(Qt.Key.Key_Tab)
    chief.type("1")
    chief.key(Qt.Key.Key_Return)
    chief.qtbot.waitUntil(lambda: bool(form.rows["colour"].error()), timeout=WAIT_MS)
    assert form.isVisible()
    assert () == chief.town.modes().result().signals


def test_p3_stands_still_in_the_queue_and_special_items_come_first(chief: Seat) -> None:
    """Rows turn to 冻结 without anybody touching them, and go on when the response is over."""
    window = chief.whole.window
    chief.desk.resume("chief1")
    grid = hengli().grids[0]
    ids = []
    for item in ("0602", "0601", "1101"):
        command = Command(
            verb=Verb.REPORT, incident=new_id(), item=item, source=Source.HOTLINE, text="演示"
        )
        ids.append(chief.desk.report_at(command, grid.lon, grid.lat).result().incident)
    queue = window.queue.model
    chief.qtbot.waitUntil(lambda: len(queue.rows) == 3, timeout=WAIT_MS)

    chief.sheet()
    form = chief.form(Qt.Key.Key_R)
    form.rows["level"].entry.widget().setFocus()
    chief.type("1")
    form.rows["order_no"].entry.widget().setFocus()
    chief.type("12")
    chief.sent()

    row = queue.rows.by_id.get
    chief.qtbot.waitUntil(lambda: row(ids[0]).still is not None, timeout=WAIT_MS)  # type: ignore[union-attr]
    assert Light.NONE is queue.rows.light(ids[0])
    assert row(ids[1]).still is None  # type: ignore[union-attr]
    assert [ids[2], ids[1], ids[0]] == list(queue.rows.order)

    form = chief.form(Qt.Key.Key_R)
    form.rows["level"].entry.widget().setFocus()
    chief.type("5")
    chief.sent()
    chief.qtbot.waitUntil(lambda: row(ids[0]).still is None, timeout=WAIT_MS)  # type: ignore[union-attr]


def test_checks_to_every_grid_in_one_act_and_their_progress(chief: Seat) -> None:
    sheet = chief.sheet()
    form = chief.form(Qt.Key.Key_C)
    chief.type("dwd")
    form.rows["due"].entry.widget().setFocus()
    chief.type("3")
    chief.sent()
    chief.qtbot.waitUntil(lambda: bool(sheet.told.campaigns), timeout=WAIT_MS)
    (made,) = sheet.told.campaigns
    grids = len(hengli().grids)
    assert (grids, 0, chief.clock() + 4 * HOUR) == (made.targets, made.targets_done, made.due)


def test_a_notice_is_sent_and_read_by_a_digit(
    qtbot: QtBot, tmp_path: Path, chief: Seat, seats: list[Seat]
) -> None:
    chief.sheet()
    form = chief.form(Qt.Key.Key_G)
    chief.type("4")
    form.rows["title"].entry.widget().setFocus()
    chief.type("all on duty")
    chief.sent()
    (sent,) = chief.town.notices().result()
    assert 0 == sent.read_by
    assert "@clerk1" in {each.to for each in sent.readers}
    assert not sent.mine

    clerk = Seat(qtbot, tmp_path / "b", "clerk1")
    seats.append(clerk)
    clerk.desk.resume("clerk1")
    notice = IssueNotice(id="n1", to=("seats",), title="全员到岗")
    other = TownDesk(clerk.desk)
    clerk.desk.login("chief1", PASSWORD).result()
    other.issue_notice(notice).result()
    clerk.desk.login("clerk1", PASSWORD).result()
    sheet = clerk.sheet()
    clerk.qtbot.waitUntil(lambda: len(sheet.told.to_read()) == 1, timeout=WAIT_MS)
    clerk.type("1")
    clerk.qtbot.waitUntil(lambda: not sheet.told.to_read(), timeout=WAIT_MS)
    assert sheet.told.notices[0].read


def test_who_may_not_is_told_in_words_and_the_form_stays(
    qtbot: QtBot, tmp_path: Path, seats: list[Seat]
) -> None:
    clerk = Seat(qtbot, tmp_path, "clerk1")
    seats.append(clerk)
    clerk.sheet()
    form = clerk.form(Qt.Key.Key_S)
    clerk.type("1")
    clerk.key(Qt.Key.Key_Tab)
    clerk.type("5")
    clerk.key(Qt.Key.Key_Return)
    clerk.qtbot.waitUntil(lambda: bool(form.complaint.words()), timeout=WAIT_MS)
    assert "值班长" in form.complaint.words()


def test_esc_gives_the_keys_back(chief: Seat) -> None:
    sheet = chief.sheet()
    chief.key(Qt.Key.Key_Escape)
    chief.qtbot.waitUntil(lambda: not sheet.isVisible(), timeout=WAIT_MS)
    assert chief.whole.window.queue.list.hasFocus()


def test_the_frozen_incidents_open_as_a_list_and_esc_comes_back(chief: Seat) -> None:
    """F: those that stand still, one by one in the queue, and no other."""
    made = []
    for number, item in enumerate(("0101", "0101", "0801")):
        grid = hengli().grids[number]
        command = Command(verb=Verb.REPORT, incident=new_id(), item=item, source=Source.HOTLINE)
        done = chief.desk.report_at(command, grid.lon, grid.lat).result()
        made.append(done.incident)
    order = SetResponse(kind="wind", level=ResponseLevel.II, order_no="1")
    chief.town.set_mode(order).result()
    sheet = chief.sheet()
    chief.qtbot.waitUntil(sheet.frozen.isVisible, timeout=WAIT_MS)
    queue = chief.whole.window.queue
    chief.key(Qt.Key.Key_F)
    chief.qtbot.waitUntil(lambda: set(made[:2]) == set(queue.model.visible()), timeout=WAIT_MS)
    assert not sheet.isVisible()
    chief.key(Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert 3 == queue.model.rowCount()
