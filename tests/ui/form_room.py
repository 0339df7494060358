"""A host with everything a form needs, over a desk that only remembers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch.domain.codes import Role
from dispatch.domain.command import Verb
from tests.ui import panel_scene as scene
from tests.ui.panel_desk import PanelDesk
from ui.acts.act_form import ActForm
from ui.acts.acts import Acts
from ui.acts.lookups import Lookups
from ui.acts.seat import Seat
from ui.live import Live
from ui.look.theme import Theme

ENTER = Qt.Key.Key_Return


@dataclass
class Room:
    """A host with everything a form needs."""

    qtbot: QtBot
    host: QWidget
    desk: PanelDesk
    theme: Theme
    seat: Seat
    acts: Acts

    def open(self, verb: Verb, *roles: Role) -> ActForm:
        seat = replace(self.seat, roles=roles or (Role.CHIEF,))
        form = ActForm(self.theme, self.host, seat, verb, self.desk.shown)
        self.acts.open(form)
        return form

    def wait(self, done: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(done)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.host, key, held)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.host, text)


@contextmanager
def form_room(qtbot: QtBot) -> Iterator[Room]:
    """The room while a test is in it."""
    host = QWidget()
    host.resize(1366, 768)
    qtbot.addWidget(host)
    desk = PanelDesk()
    live = Live(desk, host)
    seat = Seat((Role.CHIEF,), lambda: scene.NOW, Lookups(live, desk), lambda: "new-id")
    theme = Theme()
    acts = Acts(live, desk, theme, host, lambda: seat)
    host.show()
    qtbot.waitExposed(host)
    host.activateWindow()
    yield Room(qtbot, host, desk, theme, seat, acts)
    live.close()
