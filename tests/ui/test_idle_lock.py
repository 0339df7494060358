"""An idle seat is covered; alarms sound on, nothing mutes, and whoever comes next logs in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from dispatch.domain.calendar import MINUTE
from tests.desk.offices import PASSWORD
from tests.ui.test_seat_window import WAIT_MS, Seat, report, seat  # noqa: F401 - the fixture
from tests.ui.text_audit import look_at
from ui.alarms.life import REPEAT_MS
from ui.idle import MINUTES, Idle
from ui.lock_sheet import LockSheet

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def locks(seat: Seat) -> list[LockSheet]:  # noqa: F811 - a parameter
    return [each for each in seat.whole.window.findChildren(LockSheet) if each.isVisible()]


def locked(seat: Seat) -> LockSheet:  # noqa: F811 - a parameter
    """Lock by the key."""
    seat.key(Qt.Key.Key_L, CTRL_SHIFT)
    seat.qtbot.waitUntil(lambda: bool(locks(seat)), timeout=WAIT_MS)
    return locks(seat)[0]


def test_ten_idle_minutes_tell_once_until_the_next_touch(seat: Seat) -> None:  # noqa: F811
    now = [0.0]
    idle = Idle(seat.whole, lambda: now[0])
    told = QSignalSpy(idle.idle)
    idle.begin(0)
    for second in (60 * MINUTES - 1, 60 * MINUTES, 60 * MINUTES + 5):
        now[0] = second
        idle.look()
    assert 1 == told.count()
    QTest.keyClick(seat.whole.window, Qt.Key.Key_Shift)
    now[0] += 60 * MINUTES - 1
    idle.look()
    assert 1 == told.count()
    now[0] += 1
    idle.look()
    assert 2 == told.count()


def test_a_locked_seat_rings_on_and_cannot_be_muted(seat: Seat) -> None:  # noqa: F811
    seat.open("clerk1")
    sheet = locked(seat)
    assert "没有等待确认的告警" == sheet.words()
    report(seat, "0201", 0)
    watch = seat.whole.watch
    seat.qtbot.waitUntil(lambda: watch.board.unacknowledged() == 1, timeout=WAIT_MS)
    assert "1 项告警没有人确认" == sheet.words()
    rung = len(seat.sink.played)
    assert rung > 0
    for key in (Qt.Key.Key_F8, Qt.Key.Key_Space, Qt.Key.Key_F9, Qt.Key.Key_Escape):
        seat.key(key)
    seat.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert (0, 1) == (watch.muted_for(), watch.board.unacknowledged())
    assert [sheet] == locks(seat)
    seat.clock.forward(REPEAT_MS)
    seat.qtbot.waitUntil(lambda: len(seat.sink.played) > rung, timeout=WAIT_MS)


def test_the_next_person_takes_the_seat_without_a_pause_of_the_alarm(seat: Seat) -> None:  # noqa: F811
    seat.open("clerk1")
    id_ = report(seat, "0201", 0)
    watch = seat.whole.watch
    seat.qtbot.waitUntil(lambda: watch.board.unacknowledged() == 1, timeout=WAIT_MS)
    sheet = locked(seat)
    seat.type("wrong password")
    seat.key(Qt.Key.Key_Return)
    seat.qtbot.waitUntil(lambda: bool(sheet.complaint.words()), timeout=WAIT_MS)
    seat.key(Qt.Key.Key_Escape)
    seat.type("chief1")
    seat.key(Qt.Key.Key_Tab)
    seat.type(PASSWORD)
    with seat.qtbot.waitSignal(seat.whole.live.rows_reset, timeout=WAIT_MS):
        seat.key(Qt.Key.Key_Return)
    seat.qtbot.waitUntil(lambda: not locks(seat), timeout=WAIT_MS)
    person = seat.desk.person
    assert person is not None
    assert ("chief1", 1) == (person.account, watch.board.unacknowledged())
    seat.whole.window.show_incident(id_)
    seat.wait_shown(id_)


def test_nothing_is_locked_while_nobody_is_there(seat: Seat) -> None:  # noqa: F811
    seat.whole.lock()
    assert [] == locks(seat)


def test_the_locked_seat_shows_nothing_of_the_town(
    seat: Seat,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seat.open("clerk1")
    report(seat, "0602", 0)
    sheet = locked(seat)
    seat.clock.forward(MINUTE)
    audit = look_at(sheet, monkeypatch)
    assert [] == audit.beyond + audit.crossing()
    corner = sheet.grab().toImage()
    app = seat.theme.tokens.app
    for x, y in ((5, 5), (corner.width() - 6, 5), (5, corner.height() - 6), (200, 200)):
        assert app == corner.pixelColor(x, y)
