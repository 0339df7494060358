"""What is being typed is nobody else's to take away: not a late answer's, not the map's."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch.desk.views import DispatchAdvice, ItemChoice
from dispatch.domain.codes import Role
from dispatch.domain.command import Verb
from dispatch.domain.errors import StoreError
from tests.ui import panel_scene as scene
from tests.ui.panel_desk import PanelDesk, failed
from ui.acts.acts import Acts
from ui.acts.finder import Finder
from ui.acts.lookups import Lookups
from ui.acts.report_form import ReportForm
from ui.acts.seat import Seat
from ui.live import Live
from ui.look.theme import Theme

HERE, THERE = (113.9635, 23.0380), (113.9700, 23.0400)


@dataclass
class SlowDesk(PanelDesk):
    """Gives its advice when it is told to, and fails the first so many searches for an item."""

    late: Future[DispatchAdvice] = field(default_factory=Future)
    failures: int = 0

    def advice(self, _id: str, /) -> Future[DispatchAdvice]:
        return self.late

    def items(self, text: str) -> Future[tuple[ItemChoice, ...]]:
        if self.failures:
            self.failures -= 1
            return failed(StoreError("site.db: 读不出"))
        return super().items(text)


@dataclass
class Table:
    qtbot: QtBot
    desk: SlowDesk
    acts: Acts

    def report(self) -> ReportForm:
        form = self.acts.form
        assert isinstance(form, ReportForm)
        return form


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[Table]:
    host = QWidget()
    host.resize(1366, 768)
    qtbot.addWidget(host)
    desk = SlowDesk()
    live = Live(desk, host)
    seat = Seat((Role.CHIEF,), lambda: scene.NOW, Lookups(live, desk), lambda: "new-id")
    acts = Acts(live, desk, Theme(), host, lambda: seat)
    host.show()
    qtbot.waitExposed(host)
    host.activateWindow()
    yield Table(qtbot, desk, acts)
    live.close()


@pytest.mark.parametrize("verb", [Verb.DISPATCH, Verb.MERGE])
def test_late_advice_leaves_the_form_alone_that_was_opened_meanwhile(
    table: Table, verb: Verb
) -> None:
    table.acts.want(verb, table.desk.shown)
    table.acts.report(HERE)
    form = table.report()

    table.desk.late.set_result(scene.advice())
    asked = form.rows["lonlat"].entry
    table.qtbot.waitUntil(lambda: "grid" in asked.values())

    assert table.acts.form is form
    assert form.isVisible()


def test_another_point_on_the_map_keeps_what_was_typed(table: Table) -> None:
    table.acts.report(HERE)
    form = table.report()
    form.take_words("路灯不亮")

    table.acts.report(THERE)

    assert form is table.report()
    assert "路灯不亮" == form.rows["text"].entry.values()["text"]
    values = form.rows["lonlat"].entry.values()
    assert THERE == (values["lon"], values["lat"])


def test_a_search_that_failed_is_asked_again_with_enter(table: Table) -> None:
    table.desk.failures = 4
    table.acts.report(HERE)
    form = table.report()
    with table.qtbot.waitSignal(table.acts._live.failed):  # noqa: SLF001 - the bridge's own word
        QTest.keyClicks(QApplication.focusWidget() or form, "0801")
    table.qtbot.waitUntil(lambda: table.desk.failures == 0)
    item = form.item
    assert isinstance(item, Finder)
    assert item.found() is None

    QTest.keyClick(item, Qt.Key.Key_Return)
    table.qtbot.waitUntil(lambda: item.found() is not None)

    found = item.found()
    assert found is not None
    assert "0801" == found.code
