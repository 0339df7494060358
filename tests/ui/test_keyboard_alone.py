"""One incident from the report to its closing in the real window, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch.desk.views import ActOffer
from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import State
from tests.desk.offices import FIRE, PASSWORD
from tests.ui.test_seat_window import WAIT_MS, Seat
from tests.unit.towns import hengli
from ui.acts.act_form import ActForm
from ui.acts.dispatch_dialog import DispatchDialog
from ui.acts.finder import Finder
from ui.acts.plain_form import PlainForm
from ui.acts.report_form import ReportForm

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return


class Hands:
    """Two hands on the keyboard of one seat; they never touch the mouse or a widget."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.key = seat.key
        self.type = seat.type
        self.id = ""

    def wait(self, done: Callable[[], bool]) -> None:
        """Wait until something shows."""
        self.seat.qtbot.waitUntil(done, timeout=WAIT_MS)

    def state(self) -> State | None:
        """Return the state in the store."""
        return self.seat.desk.incident(self.id).result().state

    def tab_to(self, name: str) -> None:
        """Go to a field of the open form with Tab."""
        form = self.seat.whole.acts.form
        assert form is not None
        target = form.rows[name].entry.widget()
        for _ in range(30):
            if QApplication.focusWidget() is target:
                return
            self.key(Qt.Key.Key_Tab)
        pytest.fail(f"Tab never comes to {name}")

    def become(self, name: str) -> None:
        """Change the person at the seat: Ctrl+L, name, password."""
        seat = self.seat
        self.key(Qt.Key.Key_L, CTRL)
        self.wait(lambda: bool(seat.whole.window.findChildren(PlainForm)))
        self.type(name)
        self.key(Qt.Key.Key_Tab)
        self.type(PASSWORD)
        self.key(ENTER)
        self.wait(lambda: seat.desk.person is not None and seat.desk.person.account == name)
        self.wait(lambda: not seat.whole.window.findChildren(PlainForm))
        seat.clock.forward(MINUTE)

    def begin(self, key: Qt.Key, verb: str, form: type) -> None:
        """Press an act's key once the pane offers it to this person."""
        pane, acts = self.seat.whole.pane, self.seat.whole.acts
        self.key(Qt.Key.Key_Escape)
        self.wait(lambda: self.seat.shows(self.id))
        self.wait(lambda: verb in [offer.verb for offer in shown(self.seat)])
        assert pane.foot.offered()
        self.key(key)
        self.wait(lambda: acts.form is not None and isinstance(acts.form, form))

    def done(self, state: State) -> None:
        """Press Enter and wait for the new state."""
        self.key(ENTER)
        self.wait(lambda: self.state() is state)
        self.wait(lambda: self.seat.whole.acts.form is None)


def shown(seat: Seat) -> tuple[ActOffer, ...]:
    pane = seat.whole.pane.shown()
    return pane.acts if pane is not None else ()


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    seat = Seat(qtbot, tmp_path)
    yield Hands(seat)
    seat.whole.window.close()
    seat.desk.site.close()


def test_from_report_to_close_without_a_mouse(hands: Hands) -> None:
    """Report, file, dispatch, sign, arrive, feed back, pass, call back, close: eight people."""
    seat = hands.seat
    seat.open("clerk1")
    report(hands)
    hands.begin(Qt.Key.Key_A, "file", ActForm)
    hands.done(State.FILED)

    hands.become("dispatcher1")
    hands.begin(Qt.Key.Key_D, "dispatch", DispatchDialog)
    hands.done(State.SENT)
    assert FIRE == seat.desk.incident(hands.id).result().unit

    hands.become("fire1")
    hands.begin(Qt.Key.Key_S, "sign", ActForm)
    hands.type("firefighter")
    hands.done(State.WORK)
    hands.begin(Qt.Key.Key_Q, "arrive", ActForm)
    hands.key(ENTER)
    hands.wait(lambda: seat.desk.incident(hands.id).result().arrived_at is not None)
    hands.begin(Qt.Key.Key_A, "feedback", ActForm)
    hands.type("cleared")
    hands.tab_to("closing_met")
    hands.key(Qt.Key.Key_Space)
    hands.done(State.DONE)

    hands.become("inspector1")
    hands.begin(Qt.Key.Key_P, "inspect-pass", ActForm)
    hands.done(State.VISIT)

    hands.become("supervisor1")
    hands.begin(Qt.Key.Key_C, "call-back", ActForm)
    hands.tab_to("grade")
    hands.key(Qt.Key.Key_1)
    hands.done(State.EVAL)

    hands.become("chief1")
    hands.begin(Qt.Key.Key_C, "close", ActForm)
    hands.done(State.CLOSED)
    types = [event.type for event in seat.desk.incident(hands.id).result().facts]
    assert types == [
        "reported",
        "filed",
        "dispatched",
        "signed",
        "arrived",
        "fed_back",
        "inspected_pass",
        "called_back",
        "closed",
    ]


def report(hands: Hands) -> None:
    """Ctrl+N, the item by initials, a typed point, the words."""
    seat, grid = hands.seat, hengli().grids[0]
    hands.key(Qt.Key.Key_N, CTRL)
    hands.wait(lambda: isinstance(seat.whole.acts.form, ReportForm))
    form = seat.whole.acts.form
    assert isinstance(form, ReportForm)
    item = form.item
    assert isinstance(item, Finder)
    hands.type("0605")
    hands.key(ENTER)
    hands.wait(lambda: item.found() is not None)
    hands.tab_to("lonlat")
    hands.type(f"{grid.lon:.6f}, {grid.lat:.6f}")
    hands.wait(lambda: "grid" in form.rows["lonlat"].entry.values())
    hands.tab_to("text")
    hands.type("passage blocked")
    hands.key(ENTER)
    hands.wait(lambda: seat.whole.acts.form is None)
    (row,) = seat.desk.rows().result()
    hands.id = row.id
    seat.wait_shown(row.id)
