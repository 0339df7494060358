"""What an order asks of its unit: a text to begin with, and checks that are ticked by hand."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch.desk.views import DispatchAdvice
from dispatch.domain.codes import Role
from dispatch.domain.command import Command
from tests.ui import panel_scene as scene
from tests.ui.panel_desk import PanelDesk
from tests.ui.text_audit import look_at
from ui.acts.dispatch_dialog import DispatchDialog
from ui.acts.lookups import Lookups
from ui.acts.seat import Seat
from ui.live import Live
from ui.look.theme import Theme

Given = Callable[..., DispatchDialog]
REQUEST = "立即出动，先救人后灭火；到场即报情况，注意疏散通道和水源。"


@pytest.fixture
def given_dialog(qtbot: QtBot, qapp: QApplication) -> Given:
    """An open dialog at 1366x768."""
    hosts = []

    def make(advice: DispatchAdvice | None = None) -> DispatchDialog:
        host, desk, theme = QWidget(), PanelDesk(), Theme()
        theme.apply(qapp)
        hosts.append(host)
        qtbot.addWidget(host)
        host.resize(1366, 768)
        with qtbot.waitActive(host):
            host.show()
            host.activateWindow()
        live = Live(desk, host)
        roles = (Role.DISPATCHER,)
        seat = Seat(roles, lambda: scene.NOW, Lookups(live, desk), lambda: "new")
        shown = scene.advice() if advice is None else advice
        dialog = DispatchDialog(theme, host, seat, scene.pane(), shown)
        dialog.open()
        return dialog

    return make


def sent(qtbot: QtBot, dialog: DispatchDialog) -> Command:
    """Press Enter; return the order."""
    with qtbot.waitSignal(dialog.commanded) as said:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert said.args is not None
    command: Command = said.args[0]
    return command


def to(dialog: DispatchDialog, target: QWidget) -> None:
    """Go to a field by Tab alone."""
    for _ in range(20):
        if QApplication.focusWidget() is target:
            return
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Tab)
    raise AssertionError(target)


def test_the_template_is_sent_as_it_stands(qtbot: QtBot, given_dialog: Given) -> None:
    """Enter at once: the item's request, and nothing claimed that nobody ticked."""
    dialog = given_dialog()
    assert "按事项模板拟，可改" == dialog.text.origin()

    assert REQUEST == sent(qtbot, dialog).text


def test_what_is_typed_stands_and_is_no_template_any_more(
    qtbot: QtBot, given_dialog: Given
) -> None:
    """The dispatcher's own words; their origin is theirs."""
    dialog = given_dialog()
    to(dialog, dialog.text)
    QTest.keyClick(dialog.text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(dialog.text, "119 first")

    assert "" == dialog.text.origin()
    assert "119 first" == sent(qtbot, dialog).text


def test_ticked_checks_go_with_the_order_by_key_and_by_mouse(
    qtbot: QtBot, given_dialog: Given
) -> None:
    """Space ticks the line the keys are on, the mouse its own; in their order in the order."""
    dialog = given_dialog()
    to(dialog, dialog.checks)
    QTest.keyClick(dialog.checks, Qt.Key.Key_Down)
    QTest.keyClick(dialog.checks, Qt.Key.Key_Space)
    at = dialog.checks.middle_of(0).toPoint()
    QTest.mouseClick(dialog.checks, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    text = sent(qtbot, dialog).text
    assert f"{REQUEST}\n派前：已核实 119 已接报；已问清有无人员被困。" == text


def test_a_tick_can_be_taken_back(qtbot: QtBot, given_dialog: Given) -> None:
    """Space twice is nothing."""
    dialog = given_dialog()
    to(dialog, dialog.checks)
    for _ in range(2):
        QTest.keyClick(dialog.checks, Qt.Key.Key_Space)

    assert REQUEST == sent(qtbot, dialog).text


def test_an_item_without_template_has_an_empty_field_and_no_checks(
    qtbot: QtBot, given_dialog: Given
) -> None:
    """Nothing is made up."""
    dialog = given_dialog(replace(scene.advice(), request="", checks=()))

    assert "checks" not in dialog.rows
    assert "" == dialog.text.origin()
    assert "" == sent(qtbot, dialog).text


def test_limits_say_their_profile_and_length(given_dialog: Given) -> None:
    """Where a proposed due time comes from stands beside it."""
    dialog = given_dialog()

    assert "U1 · 2 小时 · 自然时" == dialog.due.origin()
    assert "5 分" == dialog.sign_in.origin()


def test_no_text_of_the_dialog_is_clipped(
    given_dialog: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also with every part of it there."""
    audit = look_at(given_dialog(), monkeypatch)

    assert [] == audit.beyond
    assert [] == audit.crossing()
