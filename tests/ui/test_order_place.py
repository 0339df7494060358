"""The order printed from the window by keys: masked, in clear with a reason, or said why not."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from dispatch.domain.bodies import Audited
from dispatch.domain.command import Command, Verb
from tests.desk.offices import FIRE, PASSWORD
from tests.desk.test_order_form import PHONE, reported
from tests.ui.test_seat_window import WAIT_MS, Seat
from ui.acts.plain_form import PlainForm

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    made = Seat(qtbot, tmp_path)
    yield made
    made.whole.window.close()
    made.desk.site.close()


def given(seat: Seat, *, sent: bool) -> str:
    id_ = reported(seat.desk)
    if sent:
        seat.desk.act(Command(verb=Verb.FILE, incident=id_)).result()
        seat.desk.login("dispatcher1", PASSWORD).result()
        seat.desk.act(Command(verb=Verb.DISPATCH, incident=id_, unit=FIRE)).result()
    seat.desk.logout().result()
    return id_


def shown(seat: Seat, id_: str) -> None:
    """The incident stands in the pane."""
    seat.whole.window.show_incident(id_)
    seat.wait_shown(id_)


def written(seat: Seat, folder: Path, count: int) -> str:
    """Wait for the file and the closed dialog; return the newest one's text."""

    def there() -> bool:
        dialogs = [each for each in seat.whole.window.findChildren(PlainForm) if each.isVisible()]
        return len(list(folder.glob("*.pdf"))) == count and not dialogs

    seat.qtbot.waitUntil(there, timeout=WAIT_MS)
    newest = max(folder.glob("*.pdf"), key=lambda each: each.stat().st_mtime_ns)
    return subprocess.run(
        ["pdftotext", "-raw", newest, "-"], check=True, capture_output=True
    ).stdout.decode()


def test_it_is_written_masked_by_key_and_in_clear_with_a_reason(seat: Seat, tmp_path: Path) -> None:
    id_, folder = given(seat, sent=True), tmp_path / "out" / "orders"
    seat.open("chief1")
    shown(seat, id_)

    seat.key(Qt.Key.Key_P, CTRL)
    seat.key(Qt.Key.Key_Return)
    masked = written(seat, folder, 1)
    said = seat.whole.window.bottom.note()
    seat.key(Qt.Key.Key_P, CTRL)
    seat.type("reason")
    seat.key(Qt.Key.Key_Return)
    seat.qtbot.waitUntil(lambda: bool(traces(seat)), timeout=WAIT_MS)
    clear = written(seat, folder, 1)

    assert "138 **** 6021" in masked
    assert PHONE not in masked
    assert "orders" in said
    assert PHONE in clear
    assert [(f"order:{id_}", "reason")] == traces(seat)


def traces(seat: Seat) -> list[tuple[str, str]]:
    records = seat.desk.site.read(lambda reader: reader.records(0, 1 << 52)).result()
    bodies = [each.body for each in records if isinstance(each.body, Audited)]
    return [(each.about, each.reason) for each in bodies if each.what == "revealed"]


def test_without_an_incident_that_was_sent_it_says_so(seat: Seat, tmp_path: Path) -> None:
    id_ = given(seat, sent=False)
    seat.open("chief1")
    shown(seat, id_)

    seat.key(Qt.Key.Key_P, CTRL)

    assert "还没有派遣，没有交办单" == seat.whole.window.bottom.note()
    assert not (tmp_path / "out" / "orders").exists()


def test_who_may_not_look_is_told_in_the_dialog(seat: Seat, tmp_path: Path) -> None:
    id_ = given(seat, sent=True)
    seat.open("dispatcher1")
    shown(seat, id_)

    seat.key(Qt.Key.Key_P, CTRL)
    (form,) = seat.whole.window.findChildren(PlainForm)
    seat.type("reason")
    seat.key(Qt.Key.Key_Return)

    seat.qtbot.waitUntil(lambda: "查看明文须由" in form.complaint.words(), timeout=WAIT_MS)
    assert not (tmp_path / "out" / "orders").exists()


def test_the_palette_knows_it_by_its_words(seat: Seat) -> None:
    known = seat.whole.window.shortcuts.keys()
    keys = {each.words: each.keys for each in known if each.bound}

    assert "Ctrl+P" == keys["印交办单"]
