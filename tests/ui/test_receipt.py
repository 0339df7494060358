"""The receipt's page by its key: figures of a real desk, one that the hub signed, and its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch.acts.perform import new_id
from dispatch.store.standing import RECEIPT, question
from dispatch.wire.keys import Signer
from dispatch.wire.receipt import Held, Receipt, Statement, receipt_digest
from tests.desk.offices import PASSWORD, Hand, open_desk
from ui.alarms.sound import AlarmSound, RecordingSink
from ui.look.theme import Theme
from ui.seat_window import Given, SeatWindow
from ui.sync.receipt_sheet import ReceiptSheet

WAIT_MS = 15_000
HUB = Signer.new()


class Seat:
    """A window with a hand on its keyboard; `signs` is what its hub does when it is asked."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.clock = Hand()
        self.desk = open_desk(folder / "seat", self.clock)
        self.desk.login("chief1", PASSWORD).result()
        self.desk.receipts.tell(self.signs)
        sound = AlarmSound(RecordingSink())
        given = Given(self.desk, lambda: None, self.clock, new_id, sound, folder / "out")
        self.whole = SeatWindow(given, Theme())
        window = self.whole.window
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
        self.whole.start()

    def signs(self) -> None:
        """Sign what is here, as the hub does."""
        site = self.desk.site
        asked = site.read(lambda reader: question(reader, site.identity.town)).result()
        held = tuple(Held(each.inc, each.sseq, each.sseq, each.hash, 0) for each in asked.writers)
        place = (site.identity.site, site.identity.scope, site.identity.town, self.clock())
        chain = (asked.seq, asked.chain, asked.digest, asked.digest)
        body = msgspec.json.encode(Statement("t", *place, held, *chain)).decode()
        made = Receipt(body, HUB.sign(receipt_digest(body)), HUB.public)
        text = msgspec.json.encode(made).decode()
        site.write(lambda log: log.set_fact(RECEIPT, text)).result()

    def sheet(self) -> ReceiptSheet:
        """Open the page by its key and wait for its figures."""
        window = self.whole.window
        QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.waitUntil(lambda: bool(window.findChildren(ReceiptSheet)), timeout=WAIT_MS)
        (found,) = window.findChildren(ReceiptSheet)
        assert isinstance(found, ReceiptSheet)
        self.qtbot.waitUntil(lambda: found.board.told.view is not None, timeout=WAIT_MS)
        return found

    def key(self, key: Qt.Key) -> None:
        """Press a key where the keys are."""
        QTest.keyClick(QApplication.focusWidget() or self.whole.window, key)

    def close(self) -> None:
        """Close the window and the store."""
        self.whole.window.close()
        self.desk.site.close()


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    """A seat of the sample town."""
    made = Seat(qtbot, tmp_path)
    yield made
    made.close()


def test_it_counts_is_signed_by_r_and_written_by_x(seat: Seat, tmp_path: Path) -> None:
    sheet = seat.sheet()
    view = sheet.board.told.view
    assert view is not None
    assert (view.made, view.made, None) == (view.on_hub + view.waiting, view.waiting, view.signed)
    assert view.made > 0
    seat.key(Qt.Key.Key_X)
    seat.qtbot.waitUntil(lambda: "会签" in sheet.complaint.words(), timeout=WAIT_MS)

    seat.key(Qt.Key.Key_R)
    seat.qtbot.waitUntil(
        lambda: sheet.board.told.view is not None and sheet.board.told.view.signed is not None,
        timeout=WAIT_MS,
    )
    signed = sheet.board.told.view.signed if sheet.board.told.view else None
    assert signed is not None
    assert (view.made, view.made, True) == (signed.made, signed.held, signed.stands)
    assert "连不上" in sheet.note.text(), "the hub was never in contact: the page says so"
    seat.key(Qt.Key.Key_X)
    seat.qtbot.waitUntil(lambda: "已写入" in sheet.note.text(), timeout=WAIT_MS)
    (file,) = (tmp_path / "out").iterdir()
    assert HUB.public == msgspec.json.decode(file.read_bytes(), type=Receipt).hub_key
    seat.key(Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_it_opens_once(seat: Seat) -> None:
    sheet = seat.sheet()
    seat.whole.receipt_place.open()
    assert [sheet] == seat.whole.window.findChildren(ReceiptSheet)
