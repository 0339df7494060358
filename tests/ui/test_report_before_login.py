"""The report's key before anybody is logged in: the log-in first, then the report."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.desk.offices import PASSWORD
from tests.ui.test_seat_window import WAIT_MS, Seat, seat  # noqa: F401 - the fixture
from ui.acts.plain_form import PlainForm
from ui.acts.report_form import ReportForm

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(seat: Seat) -> Seat:  # noqa: F811 - the fixture that was imported
    window = seat.whole.window
    window.show()
    seat.qtbot.waitExposed(window)
    window.activateWindow()
    seat.qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    seat.whole.start()
    seat.qtbot.waitUntil(lambda: bool(window.findChildren(PlainForm)), timeout=WAIT_MS)
    return seat


def log_in(window: Seat, rest: str) -> None:
    """Finish the name, then the password."""
    window.type(rest)
    window.key(Qt.Key.Key_Tab)
    window.type(PASSWORD)
    window.key(Qt.Key.Key_Return)
    window.qtbot.waitUntil(lambda: window.desk.person is not None, timeout=WAIT_MS)


def test_the_report_waits_for_the_login_and_keeps_what_was_typed(shown: Seat) -> None:
    window, acts = shown.whole.window, shown.whole.acts
    shown.type("cle")
    shown.key(Qt.Key.Key_N, CONTROL)
    QApplication.processEvents()

    forms = window.findChildren(PlainForm)
    assert not window.findChildren(ReportForm)
    assert [{"name": "cle"}] == [form.rows["name"].entry.values() for form in forms]
    log_in(shown, "rk1")
    shown.qtbot.waitUntil(lambda: isinstance(acts.form, ReportForm), timeout=WAIT_MS)
    assert isinstance(acts.form, ReportForm)
    assert acts.form.item is QApplication.focusWidget()


def test_the_words_of_the_command_line_come_with_it(shown: Seat) -> None:
    shown.whole.window.report_wanted.emit("三楼通道堆满货物")
    log_in(shown, "clerk1")
    acts = shown.whole.acts
    shown.qtbot.waitUntil(lambda: isinstance(acts.form, ReportForm), timeout=WAIT_MS)
    form = acts.form
    assert isinstance(form, ReportForm)
    assert {"text": "三楼通道堆满货物"} == form.rows["text"].entry.values()


def test_the_key_pressed_again_leaves_the_open_report_alone(qtbot: QtBot, tmp_path: Path) -> None:
    made = Seat(qtbot, tmp_path)
    made.open("clerk1")
    made.key(Qt.Key.Key_N, CONTROL)
    made.type("xf")
    first = made.whole.acts.form
    made.key(Qt.Key.Key_N, CONTROL)

    assert first is made.whole.acts.form
    assert isinstance(first, ReportForm)
    assert "xf" == first.item.text()  # type: ignore[attr-defined]
    made.whole.window.close()
    made.desk.site.close()


def test_a_log_in_given_up_forgets_the_report(shown: Seat) -> None:
    window, acts = shown.whole.window, shown.whole.acts
    shown.whole.window.report_wanted.emit("三楼通道堆满货物")
    shown.key(Qt.Key.Key_Escape)
    shown.whole.ask_login()
    with shown.qtbot.waitSignal(shown.whole.live.strip_changed, timeout=WAIT_MS):
        log_in(shown, "clerk1")
    QApplication.processEvents()

    assert not window.findChildren(ReportForm)
    assert acts.form is None
