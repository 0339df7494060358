"""A likely duplicate beside the incident: the same lines of both, by key and by mouse."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch.desk.views import IncidentPane
from dispatch.domain.codes import State
from tests.ui import panel_scene as scene
from tests.ui.text_audit import look_at
from ui.acts.button import KeyButton
from ui.incident.alike_lines import alike_lines
from ui.incident.panel import IncidentPanel
from ui.look.theme import Theme
from ui.look.type import SCALES

NEAR = scene.advice().duplicates[0]


def given_panel(
    qtbot: QtBot, pane: IncidentPane | None = None, *, width: int = 744, scale: int = 100
) -> IncidentPanel:
    """A pane that knows its duplicates."""
    panel = IncidentPanel(Theme("night", scale))
    qtbot.addWidget(panel)
    panel.resize(width, 900)
    panel.show_pane(pane or scene.pane(State.REPORTED), scene.NOW)
    panel.show_advice(scene.advice())
    panel.show()
    return panel


def compared(panel: IncidentPanel) -> None:
    """Press the key and bring the other one."""
    QTest.keyClick(panel, Qt.Key.Key_B)
    panel.show_other(scene.other(), scene.NOW)


def click(button: KeyButton) -> None:
    """Press a button with the mouse."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_key_asks_for_the_other_and_takes_the_room(qtbot: QtBot) -> None:
    """The pane grows to 744 px; Esc gives them back."""
    panel = given_panel(qtbot)
    with qtbot.waitSignals([panel.wide_wanted, panel.other_wanted]):
        QTest.keyClick(panel, Qt.Key.Key_B)
    assert panel.alike.isVisible()
    assert not panel.foot.isVisible()

    with qtbot.waitSignal(panel.wide_wanted) as wide:
        QTest.keyClick(panel.alike, Qt.Key.Key_Escape)

    assert [False] == wide.args
    assert panel.foot.isVisible()


def test_the_same_lines_stand_on_both_sides() -> None:
    """What differs is told apart; what is alike is not."""
    lines = {line.word: line for line in alike_lines((scene.pane(), scene.other()), scene.NOW)}

    assert not lines["事项"].differ
    assert lines["地点"].differ
    assert ("3 张", "—") == lines["照片"].values
    assert "138 **** 6021" == lines["电话"].values[0]


@pytest.mark.parametrize("mouse", [False, True])
def test_it_is_merged_from_there(qtbot: QtBot, mouse: bool) -> None:
    """Enter, or the button: into the one that is looked at."""
    panel = given_panel(qtbot)
    compared(panel)
    with qtbot.waitSignal(panel.merge_wanted) as wanted:
        if mouse:
            click(panel.alike.merge)
        else:
            QTest.keyClick(panel.alike, Qt.Key.Key_Return)

    assert [NEAR] == wanted.args


def test_who_may_not_merge_looks_and_opens(qtbot: QtBot) -> None:
    """No button promises what would be refused; O goes to the other one."""
    panel = given_panel(qtbot, replace(scene.pane(State.REPORTED), acts=()))
    compared(panel)
    assert not panel.alike.merge.isVisible()
    with qtbot.assertNotEmitted(panel.merge_wanted):
        QTest.keyClick(panel.alike, Qt.Key.Key_Return)

    with qtbot.waitSignal(panel.incident_wanted) as wanted:
        QTest.keyClick(panel.alike, Qt.Key.Key_O)

    assert [NEAR.id] == wanted.args


def test_the_next_one_is_asked_for_and_a_late_answer_is_dropped(qtbot: QtBot) -> None:
    """The lines never belong to another number than the head says."""
    panel = given_panel(qtbot)
    second = replace(NEAR, id="n2", number="1030")
    panel.show_advice(replace(scene.advice(), duplicates=(NEAR, second)))
    compared(panel)
    with qtbot.waitSignal(panel.other_wanted) as wanted:
        QTest.keyClick(panel.alike, Qt.Key.Key_Right)
    assert ["n2"] == wanted.args

    panel.show_other(scene.other(), scene.NOW)  # the first one's answer, late
    assert second == panel.alike.shown()
    with qtbot.waitSignal(panel.merge_wanted) as merged:
        click(panel.alike.merge)

    assert [second] == merged.args


def test_it_closes_when_nothing_is_alike_any_more(qtbot: QtBot) -> None:
    """Somebody else merged or ended the other one meanwhile."""
    panel = given_panel(qtbot)
    compared(panel)

    panel.show_advice(replace(scene.advice(), duplicates=()))

    assert not panel.alike.isVisible()
    assert panel.foot.isVisible()


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("width", [744, 1000])
def test_no_text_is_clipped_or_crossed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, width: int, scale: int
) -> None:
    """At the width the pane takes, at every font choice."""
    panel = given_panel(qtbot, width=width, scale=scale)
    compared(panel)
    QApplication.processEvents()

    audit = look_at(panel, monkeypatch)

    assert [] == audit.beyond
    assert [] == audit.crossing()
