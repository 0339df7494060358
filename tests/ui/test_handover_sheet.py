"""The change of shifts and the log in the window, by keys alone, over a real desk."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from dispatch.desk.views_shift import Wanted
from dispatch.domain.calendar import ZONE, instant
from dispatch.domain.codes import LineKind, SignPart
from dispatch.wire.protocol import Table
from dispatch.wire.tables import DutyEntry, write_duty
from tests.desk.offices import PASSWORD
from tests.ui.test_seat_window import WAIT_MS, Seat, report, seat  # noqa: F401 - the fixture
from tests.ui.text_audit import look_at
from ui.acts.plain_form import PlainForm
from ui.shift.duty_sheet import DutySheet
from ui.shift.handover_sheet import HandoverSheet
from ui.shift.log_sheet import LogSheet

NIGHT = "441900106-20261121-N"
DAY = "441900106-20261122-D"


def at(seat: Seat, day: int, hour: int, minute: int = 0) -> None:  # noqa: F811 - a parameter
    seat.clock.now = instant(datetime(2026, 11, day, hour, minute, tzinfo=ZONE))


@pytest.fixture
def night(seat: Seat) -> Seat:  # noqa: F811 - the fixture
    """21:00 chief1 comes on, three reports come in; now it is 08:20 and chief1 is at the seat."""
    at(seat, 21, 21)
    seat.desk.login("chief1", PASSWORD).result()
    seat.desk.shift_on("值班长席").result()
    for number, item in enumerate(("0101", "0106", "0602")):
        report(seat, item, number)
    at(seat, 22, 8, 20)
    seat.desk.seat.person = None
    seat.open("chief1")
    return seat


def sheet(seat: Seat) -> HandoverSheet:  # noqa: F811 - a parameter
    """Open the change of shifts by its key and wait for the list."""
    seat.key(Qt.Key.Key_F9)
    seat.qtbot.waitUntil(lambda: bool(found(seat)), timeout=WAIT_MS)
    made = found(seat)[0]
    seat.qtbot.waitUntil(lambda: made.shown is not None, timeout=WAIT_MS)
    return made


def found(seat: Seat) -> list[HandoverSheet]:  # noqa: F811 - a parameter
    return [each for each in seat.whole.window.findChildren(HandoverSheet) if each.isVisible()]


def wait(seat: Seat, made: HandoverSheet, ticked: int, signed: int = 0) -> None:  # noqa: F811
    """Wait until so many lines are ticked and so many have signed."""

    def there() -> bool:
        shown = made.shown
        return shown is not None and (shown.ticked, len(shown.signed)) == (ticked, signed)

    seat.qtbot.waitUntil(there, timeout=WAIT_MS)


def change_person(seat: Seat, name: str) -> None:  # noqa: F811 - a parameter
    """Ctrl+L: somebody else logs in, with the sheet left as it is."""
    seat.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    window = seat.whole.window
    seat.qtbot.waitUntil(lambda: bool(window.findChildren(PlainForm)), timeout=WAIT_MS)
    seat.type(name)
    seat.key(Qt.Key.Key_Tab)
    seat.type(PASSWORD)
    seat.key(Qt.Key.Key_Return)
    seat.qtbot.waitUntil(lambda: not window.findChildren(PlainForm), timeout=WAIT_MS)
    person = seat.desk.person
    assert person is not None
    assert name == person.account


def test_a_shift_is_handed_over_by_keys_alone(night: Seat) -> None:
    """Report, both signatures by two log-ins at one window, and whose the incidents are then."""
    made = sheet(night)
    assert NIGHT == made.shift
    assert 3 == made.list.count()
    night.key(Qt.Key.Key_R)
    night.qtbot.waitUntil(lambda: bool(made.shown and made.shown.figures), timeout=60_000)
    night.qtbot.waitUntil(lambda: made.preview.pages() > 0, timeout=60_000)
    night.key(Qt.Key.Key_1)
    wait(night, made, 0, 1)
    night.key(Qt.Key.Key_2)
    night.qtbot.waitUntil(lambda: "不同的人" in made.complaint.words(), timeout=WAIT_MS)

    change_person(night, "chief2")
    made.list.setFocus()
    night.key(Qt.Key.Key_2)
    night.qtbot.waitUntil(lambda: "3 项没有勾清" in made.complaint.words(), timeout=WAIT_MS)
    for count in (1, 2, 3):
        night.key(Qt.Key.Key_Return)
        wait(night, made, count, 1)
    night.key(Qt.Key.Key_Space)
    wait(night, made, 2, 1)
    night.key(Qt.Key.Key_Space)
    wait(night, made, 3, 1)
    night.key(Qt.Key.Key_2)
    wait(night, made, 3, 2)

    assert made.shown is not None
    assert made.shown.handed_over
    assert {DAY} == {line.shift for line in made.shown.lines}
    assert [("演示长", "08:20"), ("chief2", "08:20"), ("未签", "")] == list(made.signatures.said())
    assert [SignPart.OUT, SignPart.IN] == [each.part for each in made.shown.signed]
    assert not made.buttons["2"].isEnabled()


def test_the_sheet_turns_to_other_shifts_and_opens_an_incident(night: Seat) -> None:
    made = sheet(night)
    night.key(Qt.Key.Key_Left)
    night.qtbot.waitUntil(
        lambda: made.shown is not None and made.shown.shift == "441900106-20261121-D",
        timeout=WAIT_MS,
    )
    assert 0 == made.list.count()
    night.key(Qt.Key.Key_Right)
    night.qtbot.waitUntil(lambda: made.list.count() == 3, timeout=WAIT_MS)
    line = made.list.line()
    assert line is not None
    night.key(Qt.Key.Key_O)
    night.wait_shown(line.incident)


def test_a_line_is_written_into_the_log_and_a_promise_kept(night: Seat) -> None:
    night.key(Qt.Key.Key_F7)
    window = night.whole.window
    night.qtbot.waitUntil(lambda: bool(window.findChildren(LogSheet)), timeout=WAIT_MS)
    log = window.findChildren(LogSheet)[0]
    assert DAY == log.wanted.shift
    night.key(Qt.Key.Key_N)
    night.qtbot.waitUntil(lambda: bool(window.findChildren(PlainForm)), timeout=WAIT_MS)
    form = window.findChildren(PlainForm)[0]
    form.propose("kind", LineKind.PROMISE.value)
    form.rows["due"].entry.propose("18点")
    night.type("call")
    night.key(Qt.Key.Key_Return)
    night.qtbot.waitUntil(lambda: form.rows["due"].height() > 0 and form.isVisible())
    form.rows["due"].entry.propose("18:00")
    night.key(Qt.Key.Key_Return)
    night.qtbot.waitUntil(lambda: not window.findChildren(PlainForm), timeout=WAIT_MS)
    night.qtbot.waitUntil(lambda: log.list.count() == 1, timeout=WAIT_MS)
    line = log.list.line()
    assert line is not None
    assert ("call", "promise", "演示长") == (line.text, line.kind, line.person)

    log.list.setFocus()
    night.key(Qt.Key.Key_V)
    night.qtbot.waitUntil(lambda: any(each.kept_by for each in log.list.lines), timeout=WAIT_MS)
    night.key(Qt.Key.Key_T)
    night.qtbot.waitUntil(lambda: log.wanted == Wanted(DAY, "", "note"), timeout=WAIT_MS)
    night.qtbot.waitUntil(lambda: log.list.count() == 0, timeout=WAIT_MS)
    night.key(Qt.Key.Key_Left)
    night.qtbot.waitUntil(lambda: log.wanted == Wanted(NIGHT), timeout=WAIT_MS)
    night.qtbot.waitUntil(lambda: log.list.count() == 4, timeout=WAIT_MS)


def test_nothing_is_written_over_an_edge(night: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    made = sheet(night)
    for widget in (made.list, made.signatures):
        audit = look_at(widget, monkeypatch)
        assert [] == audit.beyond + audit.crossing()
    assert QApplication.focusWidget() is made.list


def test_the_roster_tells_who_is_planned_and_who_is_on(
    night: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = (
        DutyEntry(NIGHT, "值班长席", "chief1", "138****6021"),
        DutyEntry(NIGHT, "受理席", "clerk1"),
    )
    table = Table("duty", "1", write_duty(planned, "1"), b"")
    night.desk.site.write(lambda log: log.set_table(table, "duty-1")).result()
    night.key(Qt.Key.Key_F5)
    window = night.whole.window
    night.qtbot.waitUntil(lambda: bool(window.findChildren(DutySheet)), timeout=WAIT_MS)
    duty = window.findChildren(DutySheet)[0]
    night.key(Qt.Key.Key_Left)
    night.qtbot.waitUntil(lambda: duty.list.count() == 2, timeout=WAIT_MS)
    assert {("受理席", "演示受", False), ("值班长席", "演示长", True)} == {
        (each.seat, each.person, each.on) for each in duty.list.lines
    }
    audit = look_at(duty.list, monkeypatch)
    assert [] == audit.beyond + audit.crossing()
