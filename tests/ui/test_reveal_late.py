"""A number in clear belongs to the incident it was asked for, however late it comes."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from dispatch.desk.views import IncidentPane
from dispatch.domain.errors import Refused
from tests.ui import panel_scene as scene
from tests.ui.panel_desk import PanelDesk, given
from tests.ui.queue_rows import STRIP
from tests.ui.test_seat_window import WAIT_MS, Seat
from ui.acts.plain_form import PlainForm
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


def settle(qtbot: QtBot, live: Live) -> None:
    """Wait until what was answered so far has come: answers come in the order of their ends."""
    come: list[object] = []
    live.run(given(None), come.append)
    qtbot.waitUntil(lambda: bool(come), timeout=WAIT_MS)


def test_a_late_number_is_not_shown_on_the_next_incident(qtbot: QtBot) -> None:
    desk = SlowDesk()
    live, panel = Live(desk), IncidentPanel(Theme())
    qtbot.addWidget(panel)
    follower = PaneFollower(live, desk, panel, Tick(lambda: scene.NOW))
    first, second = scene.row().id, scene.row(number="1025").id
    assert first != second
    for each in (first, second):
        with qtbot.waitSignal(follower.shown):
            follower.choose(each)
        if each == first:
            follower.reveal("phone", "回访")
    desk.answer.set_result(PHONE)
    settle(qtbot, live)

    assert PHONE not in {fact.said for fact in panel.facts.facts()}
    with qtbot.waitSignal(follower.shown):
        follower.choose(first)
    assert PHONE not in {fact.said for fact in panel.facts.facts()}
    live.close()


@pytest.mark.parametrize("late", [False, True])
def test_a_number_in_clear_goes_with_the_person_who_asked(qtbot: QtBot, *, late: bool) -> None:
    desk = SlowDesk()
    live, panel = Live(desk), IncidentPanel(Theme())
    qtbot.addWidget(panel)
    follower = PaneFollower(live, desk, panel, Tick(lambda: scene.NOW))
    live.strip_changed.emit(replace(STRIP, account="clerk1"))
    with qtbot.waitSignal(follower.shown):
        follower.choose(scene.row().id)
    follower.reveal("phone", "回访")

    def clear() -> bool:
        return PHONE in {fact.said for fact in panel.facts.facts()}

    if not late:
        desk.answer.set_result(PHONE)
        qtbot.waitUntil(clear, timeout=WAIT_MS)
    live.strip_changed.emit(replace(STRIP, account="dispatcher1"))
    if late:
        desk.answer.set_result(PHONE)
    settle(qtbot, live)

    assert not clear()
    live.close()


def test_why_a_number_is_not_shown_is_told_after_its_form_went(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = Seat(qtbot, tmp_path)
    seat.open("clerk1")
    refused: Future[str] = Future()
    monkeypatch.setattr(seat.desk, "reveal", lambda *_: refused)
    seat.whole.pane.reveal_wanted.emit("phone")
    form = seat.whole.window.findChildren(PlainForm)[-1]
    form.rows["reason"].entry.propose("回访")
    form.do(follow=False)
    qtbot.waitUntil(lambda: not isValid(form), timeout=WAIT_MS)
    with qtbot.waitSignal(seat.whole.follower.failed, timeout=WAIT_MS) as told:
        refused.set_exception(Refused("unknown_incident", incident="x"))

    assert told.args is not None
    assert told.args[0]
    seat.whole.window.close()
    seat.desk.site.close()
