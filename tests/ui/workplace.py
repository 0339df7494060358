"""A pane with its forms over a real desk and store, worked by key and mouse events only."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.desk.views import Near
from dispatch.domain.command import Command, Verb
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident
from dispatch.store.site import SiteStore
from tests.desk.offices import PASSWORD, Hand
from ui.acts.act_form import ActForm
from ui.acts.acts import Acts
from ui.acts.dispatch_dialog import DispatchDialog
from ui.acts.finder import Finder
from ui.acts.keys import KEYS
from ui.acts.lookups import Lookups
from ui.acts.report_form import ReportForm
from ui.acts.seat import Seat
from ui.incident.follow import PaneFollower
from ui.incident.panel import IncidentPanel
from ui.live import Live
from ui.look.theme import Theme
from ui.tick import Tick

WAIT_MS = 15_000
NOTHING_HELD = Qt.KeyboardModifier.NoModifier

WidgetKind = type[QWidget]


@dataclass
class Workplace:
    """One seat; `mouse` makes it click where it would press keys."""

    qtbot: QtBot
    desk: Desk
    clock: Hand
    mouse: bool = False
    chosen_files: list[str] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.host = QWidget()
        self.host.resize(1366, 768)
        self.theme = Theme()
        self.live = Live(self.desk, self.host)
        self.panel = IncidentPanel(self.theme, self.host)
        self.elsewhere = QPushButton("queue", self.host)
        layout = QHBoxLayout(self.host)
        layout.addWidget(self.elsewhere, 1)
        layout.addWidget(self.panel)
        self.panel.setMinimumWidth(465)
        self.lookups = Lookups(self.live, self.desk)
        self.acts = Acts(self.live, self.desk, self.theme, self.host, self.seat)
        self.follower = PaneFollower(self.live, self.desk, self.panel, Tick(self.clock))
        self.panel.act_wanted.connect(self.want)
        self.panel.commanded.connect(self.decide)
        self.panel.merge_wanted.connect(self.merge)
        self.live.acted.connect(self.keep)
        self.acts.failed.connect(self.failures.append)
        self.live.failed.connect(self.failures.append)
        self.qtbot.addWidget(self.host)
        self.host.show()
        self.qtbot.waitExposed(self.host)
        self.host.activateWindow()
        self.live.start()

    def seat(self) -> Seat:
        """Return who sits here now."""
        roles = self.desk.person.roles if self.desk.person else ()
        city = self.desk.person.at_city if self.desk.person else False
        return Seat(
            roles, self.clock, self.lookups, new_id, lambda _: self.chosen_files, at_city=city
        )

    def want(self, verb: str) -> None:
        """Do what the window does with an act of the pane."""
        shown = self.panel.shown()
        assert shown is not None
        self.acts.want(verb, shown)

    def merge(self, near: Near) -> None:
        """Do what the window does when a duplicate that was looked at is to be merged with."""
        shown = self.panel.shown()
        assert shown is not None
        self.acts.open_merge(shown, near)

    def decide(self, command: Command, _photos: object) -> None:
        """Do what the window does with a decision of the pane."""
        self.live.act(command, None, self.panel.show_error)

    def keep(self, command: Command, _done: object) -> None:
        """Remember what was handed to the desk."""
        self.commands.append(command)

    def become(self, name: str) -> None:
        """Change who sits here and show the incident anew, with that person's acts."""
        if self.desk.person is None or self.desk.person.account != name:
            self.desk.login(name, PASSWORD).result()
            shown = self.panel.shown()
            if shown is not None:
                self.show(shown.row.id)

    def show(self, incident: str) -> None:
        """Choose an incident and wait for its newest version."""
        with self.qtbot.waitSignal(self.follower.shown, timeout=WAIT_MS):
            self.follower.choose(incident)
        self.settle(incident)
        self.panel.setFocus()

    def settle(self, incident: str) -> None:
        """Wait until the pane shows what the store holds, with the acts of who sits here now."""

        def newest() -> bool:
            shown = self.panel.shown()
            wanted = self.desk.pane(incident).result()
            return shown is not None and (shown.row.version, shown.acts) == (
                wanted.row.version,
                wanted.acts,
            )

        self.qtbot.waitUntil(newest, timeout=WAIT_MS)

    def incident(self, id_: str) -> Incident:
        """Return the folded incident."""
        return self.desk.incident(id_).result()

    # Hands.

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key on whatever has the focus."""
        QTest.keyClick(QApplication.focusWidget() or self.host, key, held)

    def key(self, cap: str) -> None:
        """Press a key as it stands on its cap."""
        held = Qt.KeyboardModifier.NoModifier
        if cap.startswith("Shift "):
            held = Qt.KeyboardModifier.ShiftModifier
        self.press(Qt.Key(ord(cap[-1])), held)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click a widget."""
        QTest.mouseClick(
            widget,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            at if at is not None else widget.rect().center(),
        )

    def type(self, text: str) -> None:
        """Type; what no key gives comes from the input method, as it does for a person."""
        target = QApplication.focusWidget()
        assert target is not None
        if text.isascii():
            QTest.keyClicks(target, text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(target, event)

    # Acts.

    def begin(self, verb: Verb) -> None:
        """Begin an act by its key, its button or its line behind 更多."""
        foot = self.panel.foot
        assert verb in foot.offered(), (verb, foot.offered())
        if not self.mouse:
            self.panel.setFocus()
            self.key(KEYS[verb])
            if self.panel.alike.isVisible():  # the key of 并案 shows the likely ones first
                self.press(Qt.Key.Key_Return)
            return
        button = foot.button_of(verb)
        if button is not None:
            self.click(button)
            return
        more = foot.button_of(None)
        assert more is not None
        self.click(more)
        self.click(foot.more, foot.more.middle_of(verb).toPoint())

    def form(self, kind: WidgetKind) -> ActForm | DispatchDialog | ReportForm:
        """Wait for the form that was begun."""

        def open_now() -> bool:
            form = self.acts.form
            return form is not None and isinstance(form, kind) and form.isVisible()

        self.qtbot.waitUntil(open_now, timeout=WAIT_MS)
        assert self.acts.form is not None
        return self.acts.form

    def fill(self, form: ActForm | DispatchDialog | ReportForm, name: str, text: str) -> None:
        """Go to a field and fill it; a photo's text is a path."""
        target = form.rows[name].entry.widget()
        if self.mouse:
            self.click(target, QPoint(12, 12))
        else:
            for _ in range(30):
                if QApplication.focusWidget() is target:
                    break
                self.press(Qt.Key.Key_Tab)
        assert target is QApplication.focusWidget(), name
        if name == "closing_met":
            if not self.mouse:
                self.press(Qt.Key.Key_Space)
            return
        if name == "photos":
            self.chosen_files = [text]
            self.press(Qt.Key.Key_Space)
            return
        if hasattr(target, "selectAll"):
            self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type(text)
        if isinstance(target, Finder) and name != "lonlat":
            self.press(Qt.Key.Key_Return)
            self.qtbot.waitUntil(lambda: target.found() is not None, timeout=WAIT_MS)

    def do(self, verb: Verb, incident: str, /, **given: str) -> Event:
        """Do an act through the pane and its form; return the newest event of the incident."""
        self.begin(verb)
        before = len(self.commands)
        if verb not in {Verb.CONFIRM, Verb.SPLIT} and not _is_undo(verb):
            form = self.form(DispatchDialog if verb is Verb.DISPATCH else ActForm)
            for name, text in given.items():
                self.fill(form, name, text)
            self.send(form)
        self.finish(before)
        self.settle(incident)
        return self.incident(incident).facts[-1]

    def send(self, form: ActForm | DispatchDialog | ReportForm) -> None:
        """Press Enter, or click the verb's button."""
        if self.mouse:
            self.click(form.primary)
        else:
            self.press(Qt.Key.Key_Return)

    def finish(self, before: int) -> None:
        """Wait until the act is stored, or say what was refused."""

        def over() -> bool:
            return len(self.commands) > before or bool(self.said())

        self.qtbot.waitUntil(over, timeout=WAIT_MS)
        assert self.said() == [], self.said()

    def said(self) -> list[str]:
        """Return everything that was refused, in the form or beside it."""
        form = self.acts.form
        if form is None:
            return self.failures
        found = [row.error() for row in form.rows.values() if row.error()]
        words = form.complaint.words()
        return [*self.failures, *found, *([words] if words else [])]

    def leave(self) -> None:
        """Take no more answers, then let go of the store."""
        self.live.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.desk.site.close()


def _is_undo(verb: Verb) -> bool:
    return KEYS[verb] == "Shift Z"


def photo(folder: Path, name: str = "after.png") -> str:
    """Return the path of a small made-up picture."""
    path = folder / name
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + name.encode())
    return str(path)


def sealed_of(site: SiteStore, event: Event) -> dict[str, str]:
    """Return the sealed fields of an event in clear."""
    found = site.read(lambda reader: reader.plain([event.hash])).result()
    return found.get(event.hash, {})
