"""What the pane says besides the report: who is to verify, and until when."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from dispatch.desk.views import Verifying
from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import Finding, State
from tests.ui import panel_scene as scene
from tests.ui.text_audit import look_at
from ui.incident.facts import Fact
from ui.incident.panel import IncidentPanel
from ui.look.theme import Theme


def given_panel(qtbot: QtBot, asked: Verifying | None, state: State) -> IncidentPanel:
    """A pane of an incident in that state."""
    panel = IncidentPanel(Theme())
    qtbot.addWidget(panel)
    panel.resize(465, 900)
    panel.show_pane(replace(scene.pane(state), verifying=asked), scene.NOW)
    return panel


def test_the_pane_says_who_is_to_verify_and_until_when(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name and grid of the worker; the limit at the right."""
    asked = Verifying("w0017", "演示员乙", "隔坑 03", scene.NOW + 30 * MINUTE, None)
    panel = given_panel(qtbot, asked, State.VERIFY)

    assert Fact("请核实", "演示员乙 · 隔坑 03", "15:02 前") in panel.facts.facts()
    audit = look_at(panel, monkeypatch)
    assert [] == audit.beyond
    assert [] == audit.crossing()


def test_what_was_found_stands_there_afterwards(qtbot: QtBot) -> None:
    """The limit is over; the finding is what matters."""
    asked = Verifying("w0017", "演示员乙", "", scene.NOW, Finding.TRUE)
    panel = given_panel(qtbot, asked, State.FILED)

    assert Fact("核实", "演示员乙", "属实") in panel.facts.facts()


def test_nobody_asked_is_no_line(qtbot: QtBot) -> None:
    """A fact that nobody gave is left out."""
    panel = given_panel(qtbot, None, State.REPORTED)

    assert not [fact for fact in panel.facts.facts() if "核实" in fact.word]
