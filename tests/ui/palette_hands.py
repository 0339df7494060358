"""Two hands at the keyboard of one seat, who type lines into the palette."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch.acts.perform import new_id
from dispatch.desk.views import Changes
from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import Source
from dispatch.domain.command import Command, Verb
from dispatch.domain.event import Event
from tests.desk.offices import PASSWORD
from tests.ui.test_seat_window import WAIT_MS, Seat
from tests.unit.towns import hengli
from ui.palette.palette import Palette

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Key.Key_Return


class Hands:
    """Two hands at one seat, who type lines."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.window = seat.whole.window

    def type(self, text: str) -> None:
        """Type; hanzi come from the input method, as they do for a person."""
        target = QApplication.focusWidget()
        assert target is not None
        for piece in text:
            if piece.isascii():
                self.seat.type(piece)
            else:
                event = QInputMethodEvent()
                event.setCommitString(piece)
                QApplication.sendEvent(target, event)

    def open(self) -> Palette:
        """Press Ctrl+K and wait for the palette."""
        self.seat.key(Key.Key_K, CTRL)
        palette = self.seat.whole.palette.palette
        assert palette is not None
        assert palette.field.hasFocus()
        return palette

    def line(self, text: str) -> Palette:
        """Type a line into a palette and wait until everything about it is there."""
        palette = self.open()
        self.type(text)
        self.settle(palette, text)
        return palette

    def settle(self, palette: Palette, text: str) -> None:
        """Wait until the last answer is there."""

        def settled() -> bool:
            read = palette.asking.read
            return palette.asking.settled and read is not None and read.typing.text == text

        self.seat.qtbot.waitUntil(settled, timeout=WAIT_MS)

    def said(self) -> str:
        """Return everything that is said under the line."""
        palette = self.seat.whole.palette.palette
        assert palette is not None
        return " ".join(f"{e.label} {e.words} {e.after} {e.right}" for e in palette.facts())

    def do(self, text: str, type_: str, id_: str) -> Event:
        """Do a whole act in one line: type it, Enter; the newest event is the act's."""
        self.seat.clock.forward(MINUTE)
        palette = self.line(text)
        assert palette.asking.foreseen is not None, self.said()
        self.seat.key(ENTER)
        self.wait_event(id_, type_)
        self.seat.qtbot.waitUntil(lambda: self.seat.whole.palette.palette is None, timeout=WAIT_MS)
        self.seat.wait_shown(id_)
        return self.events(id_)[-1]

    def wait_event(self, id_: str, type_: str) -> None:
        """Wait until an event is the incident's newest."""
        self.seat.qtbot.waitUntil(lambda: self.events(id_)[-1].type == type_, timeout=WAIT_MS)

    def events(self, id_: str) -> tuple[Event, ...]:
        """Return the incident's facts."""
        return self.seat.desk.incident(id_).result().facts

    def number(self, id_: str) -> str:
        """Return the incident's number as the queue has it."""
        return self.seat.desk.rows(frozenset({id_})).result()[0].number


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    seat = Seat(qtbot, tmp_path)
    yield Hands(seat)
    seat.whole.window.close()
    for timer in seat.whole.window.findChildren(QTimer):
        timer.stop()  # one that is still to tell where the queue points would ask a closed store
    seat.desk.site.close()


def given_reported(hands: Hands, *, item: str = "0605") -> str:
    """A report that came in."""
    grid = hengli().grids[0]
    id_ = new_id()
    command = Command(
        verb=Verb.REPORT, incident=id_, item=item, source=Source.HOTLINE, text="通道堵塞"
    )
    hands.seat.desk.report_at(command, grid.lon, grid.lat).result()
    model = hands.window.queue.model
    hands.seat.qtbot.waitUntil(lambda: model.rowCount() > 0, timeout=WAIT_MS)
    return id_


def act(hands: Hands, verb: Verb, id_: str, **options: object) -> None:
    """Do an act at the desk, to get somewhere."""
    hands.seat.clock.forward(MINUTE)
    hands.seat.desk.act(Command(verb=verb, incident=id_, **options)).result()  # type: ignore[arg-type]


def become(hands: Hands, name: str) -> None:
    """Somebody else sits down, and the window knows it."""
    hands.seat.desk.login(name, PASSWORD).result()
    hands.seat.whole.live.refresh(Changes(shift=True))
    watch = hands.seat.whole.watch
    hands.seat.qtbot.waitUntil(lambda: watch.who == name, timeout=WAIT_MS)
