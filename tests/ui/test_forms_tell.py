"""What a form tells while it is filled in: the time left, what was not found, whom it is of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dispatch.desk.views import Verifying
from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import Channel, Role
from dispatch.domain.command import Verb
from tests.ui import panel_scene as scene
from tests.ui.panel_desk import PanelDesk
from ui.acts.act_form import ActForm
from ui.acts.finder import Finder
from ui.acts.lookups import Lookups
from ui.acts.seat import Seat
from ui.acts.sheet_head import SheetHead
from ui.live import Live
from ui.look.theme import Theme

Opened = Callable[[Verb, Role], ActForm]


@pytest.fixture
def clock() -> list[int]:
    return [scene.NOW]


@pytest.fixture
def opened(qtbot: QtBot, clock: list[int]) -> Iterator[Opened]:
    host, desk = QWidget(), PanelDesk()
    host.resize(1366, 768)
    qtbot.addWidget(host)
    host.show()
    qtbot.waitExposed(host)
    live = Live(desk)
    asked = Verifying("10600001", "苏秀英", "恒泉 04", None, None)

    def open_(verb: Verb, role: Role) -> ActForm:
        seat = Seat((role,), lambda: clock[0], Lookups(live, desk), lambda: "new-id")
        form = ActForm(Theme(), host, seat, verb, replace(scene.pane(), verifying=asked))
        form.open()
        return form

    yield open_
    live.close()


def line(form: ActForm, name: str) -> QLineEdit:
    """A field of one line."""
    found = form.rows[name].entry.widget()
    assert isinstance(found, QLineEdit)
    return found


def test_the_time_left_in_the_head_runs_while_the_form_is_open(
    opened: Opened, clock: list[int]
) -> None:
    head = opened(Verb.NOTE, Role.CHIEF).findChild(SheetHead)
    assert head is not None
    before = head.left()
    clock[0] += MINUTE

    assert before[1] != head.left()[1]


def test_what_was_wrong_is_taken_back_when_the_field_changes(opened: Opened) -> None:
    form = opened(Verb.SIGN, Role.UNIT)
    form.do(follow=False)
    assert "必须填写" == form.rows["person"].error()

    QTest.keyClicks(line(form, "person"), "w")

    assert "" == form.rows["person"].error()


def test_a_search_without_result_says_so(qtbot: QtBot, opened: Opened) -> None:
    """There is no list to choose from, so nobody is sent to one."""
    form = opened(Verb.ASK_VERIFY, Role.CLERK)
    finder = line(form, "worker")
    assert isinstance(finder, Finder)
    QTest.keyClicks(finder, "zzzzzz")
    qtbot.waitUntil(lambda: finder.origin() == "没有找到")

    form.do(follow=False)

    assert "没有找到，换个说法" == form.rows["worker"].error()


def test_the_phone_to_sign_with_is_not_shown_as_the_reporters(opened: Opened) -> None:
    assert scene.pane().phone
    assert "负责人的电话，可不填" == line(opened(Verb.SIGN, Role.UNIT), "phone").placeholderText()
    correcting = line(opened(Verb.CORRECT, Role.CLERK), "phone")
    assert scene.pane().phone == correcting.placeholderText()


def test_an_answer_is_written_down_for_the_worker_who_was_asked(opened: Opened) -> None:
    form = opened(Verb.VERIFY, Role.DISPATCHER)

    assert {"on_behalf": "10600001"} == form.rows["on_behalf"].entry.values()
    assert {"told_by": Channel.PHONE} == form.rows["told_by"].entry.values()
    assert form.rows["finding"].entry.widget() is form.first()
    assert "核实结果" == form.rows["finding"].entry.widget().accessibleName()
