"""A number in clear belongs to the incident it was asked for, however late it comes."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from pytestqt.qtbot import QtBot

from dispatch.desk.views import IncidentPane
from tests.ui import panel_scene as scene
from tests.ui.panel_desk import PanelDesk, given
from ui.incident.follow import PaneFollower
from ui.incident.panel import IncidentPanel
from ui.live import Live
from ui.look.theme import Theme
from ui.tick import Tick

PHONE = "13800006021"


@dataclass
class SlowDesk(PanelDesk):
    """Answers a reveal when the test says so."""

    answer: Future[str] = field(default_factory=Future)

    def pane(self, id_: str, /) -> Future[IncidentPane]:
        other = replace(scene.pane(), row=scene.row(number="1025"))
        return given(scene.pane() if id_ == scene.row().id else other)

    def reveal(self, incident: str, field: str, reason: str) -> Future[str]:
        super().reveal(incident, field, reason)
        return self.answer


def test_a_late_number_is_not_shown_on_the_next_incident(qtbot: QtBot) -> None:
    desk = SlowDesk()
    live, panel = Live(desk), IncidentPanel(Theme())
    qtbot.addWidget(panel)
    follower = PaneFollower(live, desk, panel, Tick(lambda: scene.NOW))
    first, second = scene.row().id, scene.row(number="1025").id
    assert first != second
    errors: list[BaseException] = []
    for each in (first, second):
        with qtbot.waitSignal(follower.shown):
            follower.choose(each)
        if each == first:
            follower.reveal("phone", "回访", errors.append)
    desk.answer.set_result(PHONE)
    qtbot.wait(50)

    assert [] == errors
    assert PHONE not in {fact.said for fact in panel.facts.facts()}
    with qtbot.waitSignal(follower.shown):
        follower.choose(first)
    assert PHONE not in {fact.said for fact in panel.facts.facts()}
    live.close()
