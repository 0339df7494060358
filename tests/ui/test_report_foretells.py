"""The report form shows unit, limits and duplicates as soon as an item is chosen."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch.desk.views_report import ReportProposal
from dispatch.domain.codes import Priority, Role
from dispatch.domain.errors import BadInput
from tests.ui import panel_scene as scene
from tests.ui.panel_desk import PanelDesk
from tests.ui.text_audit import look_at
from ui.acts.lookups import Lookups
from ui.acts.report_form import ReportForm
from ui.acts.seat import Seat
from ui.live import Live
from ui.look.theme import Theme

POINT = (113.9635, 23.0380)
Given = Callable[..., tuple[ReportForm, PanelDesk]]


@pytest.fixture
def given_form(qtbot: QtBot, qapp: QApplication) -> Given:
    """An open form over a small desk."""
    hosts = []

    def make(desk: PanelDesk | None = None, **options: Any) -> tuple[ReportForm, PanelDesk]:
        host, shown = QWidget(), desk or PanelDesk()
        hosts.append(host)
        qtbot.addWidget(host)
        host.resize(1366, 768)
        host.show()
        live = Live(shown, host)
        seat = Seat((Role.CLERK,), lambda: scene.NOW, Lookups(live, shown), lambda: "new")
        theme = Theme()
        theme.apply(qapp)
        form = ReportForm(theme, host, seat, **options)
        form.open()
        return form, shown

    return make


def choose(qtbot: QtBot, form: ReportForm, code: str) -> None:
    """Type an item's code and take what was found."""
    form.item.setFocus()
    QTest.keyClicks(form.item, code)
    QTest.keyClick(form.item, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "处置单位" in words(form))


def words(form: ReportForm) -> dict[str, tuple[str, str]]:
    """What the lines say, with their notes."""
    return {line.word: (line.said, line.note) for line in form.proposal.lines()}


def test_unit_and_limits_stand_there_when_an_item_is_chosen(
    qtbot: QtBot, given_form: Given
) -> None:
    """The unit with its reason, the limit with its profile, the clock it counts, its end."""
    form, _ = given_form(at=POINT)
    assert ["拟办"] == list(words(form))

    choose(qtbot, form, "0801")

    said = words(form)
    assert "消防大队 1 中队 · 本事项主办单位 · 隔坑工作站可协助" == said["处置单位"][0]
    assert ("U1 自然时 · 派出后 2 小时", "现在派出则 16:32 前") == said["处置时限"]
    assert ("受理 5 分 · 首次到场 15 分", "14:37 前受理") == said["受理时限"]
    assert ("40 米处，4 分钟前已有 1025", "待受理") == said["查重"]


def test_another_place_asks_again(qtbot: QtBot, given_form: Given) -> None:
    """Without a point the unit stands alone; with one come distance, station and duplicates."""
    form, desk = given_form()
    choose(qtbot, form, "0801")
    assert "消防大队 1 中队 · 本事项主办单位" == words(form)["处置单位"][0]
    assert "有了坐标才能查重" == words(form)["查重"][0]

    form.rows["lonlat"].entry.widget().setFocus()
    QTest.keyClicks(form.rows["lonlat"].entry.widget(), "113.9635, 23.0380")
    qtbot.waitUntil(lambda: words(form)["查重"][0].endswith("1025"))

    assert ("0801", POINT) == desk.proposed[-1]


def test_another_item_and_none(qtbot: QtBot, given_form: Given) -> None:
    """The lines follow the item; while another one is typed they promise nothing."""
    form, desk = given_form(at=POINT)
    choose(qtbot, form, "0801")

    QTest.keyClick(form.item, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(form.item, "0605")
    assert ["拟办"] == list(words(form))
    QTest.keyClick(form.item, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "处置单位" in words(form))

    assert ("0605", POINT) == desk.proposed[-1]
    assert words(form)["处置时限"][0].startswith("M1 ")


def test_another_priority_is_told_to_leave_the_limits(qtbot: QtBot, given_form: Given) -> None:
    """In the rules the item's profile gives the limits; who lowers the priority reads it."""
    form, _ = given_form(at=POINT)
    choose(qtbot, form, "0801")
    priority = form.rows["priority"].entry.widget()
    assert {"priority": Priority.P1} == form.rows["priority"].entry.values()

    priority.setFocus()
    QTest.keyClick(priority, Qt.Key.Key_2)

    assert words(form)["处置时限"][0].endswith("随事项，不随优先级")


@dataclass
class LateDesk(PanelDesk):
    """Keeps its answers back until they are given by hand."""

    waiting: list[tuple[str, Future[ReportProposal]]] = field(default_factory=list)

    def proposal(self, item: str, point: tuple[float, float] | None) -> Future[ReportProposal]:
        assert point is None
        self.waiting.append((item, Future()))
        return self.waiting[-1][1]

    def asked(self) -> list[str]:
        """The items asked for so far."""
        return [item for item, _ in self.waiting]


def test_an_answer_for_the_item_before_is_dropped(qtbot: QtBot, given_form: Given) -> None:
    """A slow answer never puts one item's unit beside another's name."""
    desk = LateDesk()
    form, _ = given_form(desk)
    for code, asked in (("0801", ["0801"]), ("0605", ["0801", "0605"])):
        QTest.keyClick(form.item, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(form.item, code)
        QTest.keyClick(form.item, Qt.Key.Key_Return)
        qtbot.waitUntil(partial(_equal, asked, desk.asked))

    (_, first), (_, second) = desk.waiting
    second.set_result(scene.proposal("0605", None))
    first.set_result(scene.proposal("0801", None))
    qtbot.waitUntil(lambda: "处置单位" in words(form))

    assert words(form)["处置时限"][0].startswith("M1 ")


def _equal(wanted: list[str], tell: Callable[[], list[str]]) -> bool:
    return wanted == tell()


def test_a_refusal_stands_where_the_proposal_would(qtbot: QtBot, given_form: Given) -> None:
    """The form goes on; the report itself will say what is wrong with it."""
    desk = LateDesk()
    form, _ = given_form(desk)
    QTest.keyClicks(form.item, "0801")
    QTest.keyClick(form.item, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.waiting))

    desk.waiting[0][1].set_exception(BadInput("item", "目录 v2 中没有事项 0801"))
    qtbot.waitUntil(lambda: "没有事项" in words(form)["拟办"][0])


def test_nothing_is_clipped_and_nothing_moves(
    qtbot: QtBot, given_form: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lines have their room from the first moment."""
    form, _ = given_form(at=POINT)
    QApplication.processEvents()  # rows of chips know their height once they have their width
    before = form.rows["place"].y()
    choose(qtbot, form, "0801")

    audit = look_at(form, monkeypatch)

    assert before == form.rows["place"].y()
    assert [] == audit.beyond
    assert [] == audit.crossing()
