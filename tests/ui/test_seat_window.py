"""The whole window over a real desk and store, worked by keys only (stories 2 and 4)."""

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
from dispatch.desk.reporting import Reporting
from dispatch.domain.codes import State
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import Refused
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.unit.towns import hengli
from ui.acts.act_form import ActForm
from ui.acts.finder import Finder
from ui.acts.plain_form import PlainForm
from ui.alarms.sound import AlarmSound, RecordingSink
from ui.look.theme import Theme
from ui.seat_window import Given, SeatWindow

WAIT_MS = 15_000
MORNING = 12


class Seat:
    """One window with a hand on its keyboard; it counts what it presses."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.clock = Hand()
        self.sink = RecordingSink()
        self.desk: Desk = open_desk(folder / "seat", self.clock)
        self.theme = Theme()
        given = Given(
            self.desk, self._reporting, self.clock, new_id, AlarmSound(self.sink), folder / "out"
        )
        self.whole = SeatWindow(given, self.theme)
        self.pressed = 0
        self._made: Reporting | None = None
        window = self.whole.window
        qtbot.addWidget(window)
        window.resize(1366, 768)

    def _reporting(self) -> Reporting:
        if self._made is None:
            self._made = Reporting(self.desk)
        return self._made

    def open(self, name: str) -> None:
        """Show the window; somebody logs in by keys."""
        window = self.whole.window
        window.show()
        self.qtbot.waitExposed(window)
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
        self.whole.start()
        self.qtbot.waitUntil(lambda: bool(window.findChildren(PlainForm)), timeout=WAIT_MS)
        self.type(name)
        self.key(Qt.Key.Key_Tab)
        self.type(PASSWORD)
        self.key(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.desk.person is not None, timeout=WAIT_MS)
        self.qtbot.waitUntil(lambda: not window.findChildren(PlainForm), timeout=WAIT_MS)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        """Press one key on whatever has the focus."""
        self.pressed += 1
        target = QApplication.focusWidget() or self.whole.window
        QTest.keyClick(target, key, held or Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        """Type a text."""
        for character in text:
            self.pressed += 1
            QTest.keyClicks(QApplication.focusWidget() or self.whole.window, character)

    def shows(self, id_: str) -> bool:
        """Whether the pane shows this incident as the store has it."""
        shown = self.whole.pane.shown()
        version = self.desk.incident(id_).result().version
        return shown is not None and (shown.row.id, shown.row.version) == (id_, version)

    def wait_shown(self, id_: str) -> None:
        """Wait until the pane shows this incident as it stands."""
        self.qtbot.waitUntil(lambda: self.shows(id_), timeout=WAIT_MS)

    def wait_state(self, id_: str, state: State) -> None:
        """Wait until the incident stands there in the store."""
        self.qtbot.waitUntil(
            lambda: self.desk.incident(id_).result().state is state, timeout=WAIT_MS
        )


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    """A seat with nothing in the queue."""
    made = Seat(qtbot, tmp_path)
    yield made
    made.whole.window.close()
    made.desk.site.close()


def report(seat: Seat, item: str, number: int) -> str:
    """A report that came in while the clerk was busy."""
    grid = hengli().grids[number % len(hengli().grids)]
    command = Command(verb=Verb.REPORT, incident=new_id(), item=item, text=f"早高峰上报 {number}")
    return seat.desk.report_at(command, grid.lon, grid.lat).result().incident


def test_a_morning_peak_is_filed_in_six_keys_each(seat: Seat) -> None:
    """Story 2: another item by initials, everything else proposed; at most six keys a filing."""
    seat.open("clerk1")
    ids = [report(seat, "0602", number) for number in range(MORNING)]
    queue = seat.whole.window.queue
    seat.qtbot.waitUntil(lambda: queue.model.rowCount() == MORNING, timeout=WAIT_MS)
    for id_ in ids:
        seat.whole.window.show_incident(id_)
        queue.list.setFocus()
        seat.wait_shown(id_)
        before = seat.pressed
        seat.key(Qt.Key.Key_A)
        seat.qtbot.waitUntil(lambda: isinstance(seat.whole.acts.form, ActForm), timeout=WAIT_MS)
        seat.type("tst")
        seat.key(Qt.Key.Key_Return)
        chosen(seat)
        seat.key(Qt.Key.Key_Return)
        seat.wait_state(id_, State.FILED)
        assert seat.pressed - before <= 6
        assert "0605" == seat.desk.incident(id_).result().item


def chosen(seat: Seat) -> None:
    """Wait until the typed letters have found an item."""
    form = seat.whole.acts.form
    assert isinstance(form, ActForm)
    entry = form.rows["item"].entry
    assert isinstance(entry, Finder)
    seat.qtbot.waitUntil(lambda: entry.found() is not None, timeout=WAIT_MS)


def test_a_p1_rings_until_somebody_takes_note(seat: Seat) -> None:
    """The sink gets the samples, the lane stands; Space takes note and the sound ends."""
    seat.open("dispatcher1")
    id_ = report(seat, "0801", 1)
    watch = seat.whole.watch
    seat.qtbot.waitUntil(lambda: watch.board.unacknowledged() == 1, timeout=WAIT_MS)
    seat.qtbot.waitUntil(lambda: bool(seat.sink.played), timeout=WAIT_MS)

    seat.whole.window.queue.list.setFocus()
    seat.key(Qt.Key.Key_Space)

    seat.qtbot.waitUntil(lambda: watch.board.unacknowledged() == 0, timeout=WAIT_MS)
    seat.qtbot.waitUntil(lambda: seat.shows(id_), timeout=WAIT_MS)


def test_log_in_and_log_on_to_the_shift_say_that_they_were_done(seat: Seat) -> None:
    """Both leave the window as it was: without a word nobody knows whether they went through."""
    seat.open("clerk1")
    bottom = seat.whole.window.bottom
    assert "已登录" == bottom.note()

    seat.key(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    seat.qtbot.waitUntil(lambda: bool(seat.whole.window.findChildren(PlainForm)), timeout=WAIT_MS)
    seat.key(Qt.Key.Key_1)
    seat.key(Qt.Key.Key_Return)

    seat.qtbot.waitUntil(lambda: bottom.note() == "已上岗", timeout=WAIT_MS)


def test_who_works_at_the_window_is_not_put_out(seat: Seat) -> None:
    """Each look at an incident begins the half hour anew; without one it ends."""
    seat.open("clerk1")
    ids = [report(seat, "0602", number) for number in range(2)]
    queue = seat.whole.window.queue
    seat.qtbot.waitUntil(lambda: queue.model.rowCount() == len(ids), timeout=WAIT_MS)
    for id_ in ids:
        seat.clock.forward(20 * 60_000)
        seat.whole.window.show_incident(id_)
        seat.wait_shown(id_)

    assert seat.desk.seat.known().account == "clerk1"
    seat.clock.forward(31 * 60_000)
    with pytest.raises(Refused, match="session_over"):
        seat.desk.seat.known()
