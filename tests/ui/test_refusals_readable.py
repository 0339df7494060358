"""A refusal is read at a glance: a line of its own; what can be known before is grey at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dispatch.desk.views import ActOffer
from dispatch.domain.codes import Role, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import Refused
from tests.ui import panel_scene as scene
from tests.ui.panel_desk import PanelDesk
from ui.acts.act_form import ActForm
from ui.acts.acts import Acts
from ui.acts.lookups import Lookups
from ui.acts.seat import Seat
from ui.incident.panel import IncidentPanel
from ui.live import Live
from ui.look.theme import Theme
from ui.refusals import words

WHY = "您或您的单位已办过上一环节，须由另一人办理"


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1366, 768)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def seat() -> Iterator[Seat]:
    live = Live(PanelDesk())
    yield Seat((Role.INSPECTOR,), lambda: scene.NOW, Lookups(live, PanelDesk()), lambda: "new-id")
    live.close()


def laid_out(form: ActForm) -> None:
    layout = form.layout()
    assert layout is not None
    layout.activate()


def test_a_refusal_has_one_line_of_14_px_over_the_width(host: QWidget, seat: Seat) -> None:
    form = ActForm(Theme(), host, seat, Verb.INSPECT_FAIL, scene.pane())
    form.open()
    before = form.complaint.isVisible(), form.height_of_box()
    error = Refused("four_eyes", account="inspector1")
    form.show_error(error)

    laid_out(form)
    said = form.complaint
    assert (False, True) == (before[0], said.isVisible())
    assert words(error) == said.text() == said.words()
    assert 14 == said.font().pixelSize()
    assert said.height() < 2 * said.fontMetrics().lineSpacing() + form.theme.px(12)
    assert form.height_of_box() >= before[1] + said.height()
    form.say_error("")
    assert before[1] == form.height_of_box()


def test_a_long_refusal_takes_two_lines_and_the_tooltip_has_all(host: QWidget, seat: Seat) -> None:
    form = ActForm(Theme(), host, seat, Verb.INSPECT_FAIL, scene.pane())
    form.open()
    form.say_error("这一步须由另一人办理，" * 20)

    laid_out(form)
    said = form.complaint
    lines = (said.height() - form.theme.px(12)) / said.fontMetrics().lineSpacing()
    assert 2 == round(lines)
    assert "这一步须由另一人办理，" * 20 == said.toolTip() == said.words()


def test_what_somebody_else_must_do_is_grey_and_told_in_words(host: QWidget, seat: Seat) -> None:
    acts = tuple(
        ActOffer(verb.value, verb is Verb.INSPECT_PASS, barred)
        for verb, barred in (
            (Verb.INSPECT_PASS, "four_eyes"),
            (Verb.INSPECT_FAIL, "four_eyes"),
            (Verb.NOTE, ""),
        )
    )
    pane = replace(scene.pane(State.DONE), acts=acts)
    panel = IncidentPanel(Theme(), host)
    panel.resize(465, 768)
    panel.show()
    panel.show_pane(pane, scene.NOW)
    done = Acts(Live(PanelDesk()), PanelDesk(), Theme(), host, lambda: seat)
    panel.act_wanted.connect(partial(done.want, pane=pane))
    failed: list[str] = []
    done.failed.connect(failed.append)

    foot = panel.foot
    assert f"核查通过、核查不通过：{WHY}" == foot.why()
    grey = {verb: foot.button_of(verb) for verb in (Verb.INSPECT_PASS, Verb.INSPECT_FAIL)}
    assert [False, False] == [button.isEnabled() for button in grey.values() if button]
    panel.setFocus()
    QTest.keyClick(panel, Qt.Key.Key_P)
    assert ([f"核查通过：{WHY}"], None) == (failed, done.form)
    QTest.keyClick(panel, Qt.Key.Key_M)
    assert isinstance(done.form, ActForm)
    assert Verb.NOTE is done.form.verb
