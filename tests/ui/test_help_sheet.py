"""The key sheet tells what may be pressed for the incident that is shown, out of the one table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dispatch.domain.codes import State
from dispatch.domain.command import Verb
from tests.ui import panel_scene as scene
from tests.ui.queue_rows import row
from tests.ui.shell import shell
from tests.ui.text_audit import look_at
from ui import labels
from ui.acts.keys import KEYS
from ui.alarms.sound import Playable, RecordingSink
from ui.incident.panel import IncidentPanel
from ui.look.theme import Theme
from ui.look.type import SCALES


def given_panel(qtbot: QtBot, state: State) -> IncidentPanel:
    """A pane with its advice."""
    panel = IncidentPanel(Theme())
    qtbot.addWidget(panel)
    panel.show_pane(scene.pane(state), scene.NOW)
    panel.show_advice(scene.advice())
    return panel


@pytest.mark.parametrize("state", [s for s in State if s is not State.CITY])
def test_every_offered_act_stands_with_its_key(qtbot: QtBot, state: State) -> None:
    """The same table that the buttons and the keys are made of."""
    panel = given_panel(qtbot, state)
    told = {(key.keys, key.words) for key in panel.keys_here()}

    offered = set(panel.foot.offered()) - {Verb.MERGE}
    assert {(KEYS[v].replace(" ", "+"), labels.verb(v)) for v in offered} <= told
    assert 1 == len({key.group for key in panel.keys_here()})
    assert len(told) == len({keys for keys, _ in told})


def test_no_incident_has_no_keys(qtbot: QtBot) -> None:
    """An empty pane promises nothing."""
    panel = IncidentPanel(Theme())
    qtbot.addWidget(panel)

    assert () == panel.keys_here()


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_the_sheet_follows_what_is_shown(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    """F1 over an incident that waits for its report to be taken: all of its keys, unclipped."""
    panel = given_panel(qtbot, State.REPORTED)
    window = shell(qtbot, row(1), size=size).window
    window.shortcuts.follow(panel.keys_here)

    QTest.keyClick(window.queue.list, Qt.Key.Key_F1)
    audit = look_at(window.help, monkeypatch)

    said = {text for texts in audit.written.values() for text, _ in texts}
    assert {"事件 1023", "立案", "按任意键关闭", "疑似重复，并排查看后并案"} <= said
    assert [] == audit.beyond
    assert [] == audit.crossing()
    QTest.keyClick(window.help, Qt.Key.Key_Escape)
    assert not window.help.isVisible()


def test_the_hint_to_the_sheet_stays_beside_a_warning(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the small screen, with no sound and no line: who knows no key still reads the one."""
    made = shell(qtbot, row(1), size=(1366, 768))
    monkeypatch.setattr(RecordingSink, "can_play", lambda _: Playable(False, "no_player"))

    audit = look_at(made.window.bottom, monkeypatch)

    said = {text for texts in audit.written.values() for text, _ in texts}
    assert {"帮助", "?"} <= said
    assert any("声音放不出来" in text for text in said)
    assert [] == audit.beyond
    assert [] == audit.crossing()


@pytest.mark.parametrize("scale", SCALES)
def test_the_sheet_stays_inside_the_smallest_screen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, scale: int
) -> None:
    """Its lines move closer before one of them is lost."""
    window = shell(qtbot, row(1), size=(1366, 768)).window
    window.theme.choose("day", scale)
    window.shortcuts.follow(given_panel(qtbot, State.REPORTED).keys_here)
    QTest.keyClick(window.queue.list, Qt.Key.Key_F1)

    audit = look_at(window.help, monkeypatch)

    boxes = [box for text in audit.written.values() for _, box in text]
    assert all(0 <= box.top() and box.bottom() <= window.height() for box in boxes)
