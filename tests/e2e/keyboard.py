"""A hand on the keyboard of a seat's window, and windows that exchange with the hub."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console import settings
from console.app import Opened, Running, window
from dispatch.desk.views import IncidentPane
from dispatch.domain.command import Verb
from tests.e2e.town import PASSWORD
from ui.acts.act_form import ActForm
from ui.acts.dispatch_dialog import DispatchDialog
from ui.acts.plain_form import PlainForm
from ui.acts.several_finder import SeveralFinder
from ui.alarms.sound import AlarmSound, RecordingSink
from ui.look.theme import Theme

Form = type[ActForm] | type[PlainForm] | type[DispatchDialog]
WAIT_MS = 30_000
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@contextmanager
def exchanging(folder: Path) -> Iterator[Opened]:
    """Open a seat's window as `run` does, with its exchange from when its rows are there.

    `Hand` begins it.
    """
    with window(folder, Theme()) as opened:
        running = Running(opened, settings.read(folder))
        try:
            yield opened
        finally:
            running.close()


class Hand:
    """A hand on the keyboard of one window."""

    def __init__(self, qtbot: QtBot, opened: Opened) -> None:
        self.qtbot = qtbot
        self.seat = opened.seat
        self.shell = opened.seat.window
        self.sink = RecordingSink()
        self.seat.watch.sound = AlarmSound(self.sink)
        qtbot.addWidget(self.shell)
        self.shell.resize(1366, 768)
        self.shell.show()
        opened.begin()
        qtbot.waitExposed(self.shell)
        self.take()

    def take(self) -> None:
        """Go to this window."""
        self.shell.activateWindow()
        self.wait(self.shell.isActiveWindow)

    def wait(self, done: Callable[[], bool]) -> None:
        """Wait until it is so."""
        self.qtbot.waitUntil(done, timeout=WAIT_MS)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.shell, key, held)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.shell, text)

    def find_several(self, *letters: str) -> None:
        """Type into a field for several, and take the first that each finds."""
        field = QApplication.focusWidget()
        assert isinstance(field, SeveralFinder)
        for nth, each in enumerate(letters, 1):
            self.type(each)
            self.key(Qt.Key.Key_Return)
            self.wait(lambda nth=nth: len(field.several()) == nth)  # type: ignore[misc]

    def log_in(self, name: str) -> None:
        """Fill the log-in that lies open."""
        self.wait(lambda: bool(self.shell.findChildren(PlainForm)))
        self.type(name)
        self.key(Qt.Key.Key_Tab)
        self.type(PASSWORD)
        self.send(PlainForm)

    def send(self, form: Form) -> None:
        """Send the form by Enter, and wait until it is gone."""
        self.key(Qt.Key.Key_Return)
        self.wait(lambda: not self.shell.findChildren(form))

    def filled(self, key: Qt.Key, *answers: str) -> None:
        """Open a form by its key, fill it field by field with Tab between, send it by Enter."""
        self.key(key)
        self.wait(lambda: bool(self.shell.findChildren(PlainForm)))
        for nth, answer in enumerate(answers):
            if nth:
                self.key(Qt.Key.Key_Tab)
            self.type(answer)
        self.send(PlainForm)

    def pane(self) -> IncidentPane:
        """The incident that is shown."""
        shown = self.seat.pane.shown()
        assert shown is not None
        return shown

    def begin(self, verb: Verb, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> ActForm:
        """Open an act's form by its key once the act is offered."""
        self.wait(lambda: verb in self.seat.pane.foot.offered())
        self.wait(lambda: self.seat.acts.form is None)
        self.key(key, held)
        self.wait(lambda: bool(self.shell.findChildren(ActForm)))
        (form,) = self.shell.findChildren(ActForm)
        assert verb is form.verb
        return form
