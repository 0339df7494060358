"""The shift panel: charts drawn late, the report issued by Enter, its pages seen or its files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch.desk.views_report import Period
from dispatch.domain.errors import Refused
from dispatch.reports.shift_input import Variant
from tests.ui import panel_scene as scene
from tests.ui.panel_desk import Made, PanelDesk, failed
from tests.ui.text_audit import look_at
from ui.charts.shift_charts import ChartsPanel, rate
from ui.live import Live
from ui.look.theme import Theme
from ui.report import pages, paper
from ui.report import period as periods
from ui.report.shift_sheet import ShiftSheet, Shown
from ui.report.special import SpecialForm


@pytest.fixture
def desk() -> PanelDesk:
    return PanelDesk()


@pytest.fixture
def sheet(qtbot: QtBot, tmp_path: Path, desk: PanelDesk) -> Iterator[ShiftSheet]:
    host = QWidget()
    host.resize(1366, 768)
    qtbot.addWidget(host)
    live = Live(desk, host)
    host.show()
    qtbot.waitExposed(host)
    host.activateWindow()
    made = ShiftSheet(Theme(), host, (live, desk), lambda: scene.NOW, Shown(tmp_path, "报告"))
    made.open()
    yield made
    made.close_sheet()
    live.close()


def test_enter_issues_the_report_and_shows_its_pages(qtbot: QtBot, sheet: ShiftSheet) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.preview.pages() == 2, timeout=20_000)
    assert "暂定 · 修订 1 · 第 2 页平衡" == sheet.preview.words()


def test_without_poppler_the_files_are_listed(
    qtbot: QtBot, sheet: ShiftSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PROGRAM", "no-such-program")
    with qtbot.waitSignal(sheet.pages.missing):
        QTest.keyClick(sheet, Qt.Key.Key_Return)
    audit = look_at(sheet.preview, monkeypatch)
    said = [text for texts in audit.written.values() for text, _ in texts]
    assert [] == audit.beyond
    assert any("poppler" in text for text in said)
    assert 0 == sheet.preview.pages()


def test_a_refusal_is_told_and_it_can_be_tried_again(
    qtbot: QtBot, sheet: ShiftSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(PanelDesk, "issue", lambda *_: failed(Refused("not_logged_in")))
        QTest.keyClick(sheet, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: sheet.complaint.words() == "还没有登录")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.preview.pages() == 2, timeout=20_000)


def test_the_arrows_turn_to_the_period_before_and_back(sheet: ShiftSheet) -> None:
    for digit in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4):
        QTest.keyClick(sheet, digit)
        here = sheet.period
        QTest.keyClick(sheet, Qt.Key.Key_Left)
        assert here.from_at == sheet.period.to_at
        QTest.keyClick(sheet, Qt.Key.Key_Right)
        assert here == sheet.period
        QTest.keyClick(sheet, Qt.Key.Key_Right)  # the next one has not begun
        assert here == sheet.period


def test_kind_comparison_and_formats_are_chosen_by_keys(
    qtbot: QtBot, sheet: ShiftSheet, desk: PanelDesk
) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_4)
    QTest.keyClick(sheet, Qt.Key.Key_B)
    QTest.keyClick(sheet, Qt.Key.Key_F)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.asked_reports))
    period, formats, _ = desk.asked_reports[-1]
    assert (Variant.MONTH, frozenset({"before"})) == (period.variant, period.beside)
    assert ("pdf",) == formats
    assert "2025-11" == periods.words(period)
    assert sheet.left.currentWidget() is sheet.numbers  # a month has no charts by the hour


def test_a_press_on_a_kind_chooses_it(sheet: ShiftSheet) -> None:
    chips = sheet.bar.variants
    QTest.mouseClick(chips, Qt.MouseButton.LeftButton, pos=chips.box(2).center())
    assert Variant.WEEK is sheet.period.variant
    QTest.mouseClick(sheet.bar.back, Qt.MouseButton.LeftButton)
    assert sheet.period.to_at < scene.NOW


def test_a_preview_is_shown_and_leaves_no_file(
    qtbot: QtBot, sheet: ShiftSheet, tmp_path: Path
) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: sheet.preview.pages() == 2, timeout=20_000)
    assert "预览，未出具" == sheet.preview.words()
    assert [] == list(tmp_path.iterdir())
    assert not sheet.print.isEnabled()


def test_esc_gives_up_what_is_being_made_and_then_leaves(
    sheet: ShiftSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    late: Future[Made] = Future()
    stops: list[Event] = []

    def slow(_desk: PanelDesk, _period: Period, _out: Path, stop: Event) -> Future[Made]:
        stops.append(stop)
        return late

    monkeypatch.setattr(PanelDesk, "preview", slow)
    QTest.keyClick(sheet, Qt.Key.Key_V)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert stops[0].is_set()
    assert sheet.isVisible()
    assert sheet.preview.words().startswith("已停下")
    late.set_result(Made((), 0, provisional=False, balanced=True))
    QApplication.processEvents()
    assert sheet.preview.words().startswith("已停下")  # what came too late is not shown
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("from", "昨日", "不是"),
        ("from", "2030-01-01 08:00", "须早于现在"),
        ("to", "2025-11-20 08:00", "须晚于开始"),
        ("from", "2025-01-01 08:00", "最长一个月"),
        ("name", "很" * 21, "最多 20 个字"),
    ],
)
def test_what_is_wrong_with_a_special_report_is_said_at_its_field(
    sheet: ShiftSheet, field: str, text: str, said: str
) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_5)
    (form,) = sheet.findChildren(SpecialForm)
    form.rows[field].entry.widget().setText(text)  # type: ignore[attr-defined] # a line
    QTest.keyClick(form, Qt.Key.Key_Return)
    assert form.isVisible()
    told = [row.error() for row in form.rows.values() if row.error()]
    assert 1 == len(told)
    assert said in told[0]
    assert Variant.SHIFT is sheet.period.variant


def test_a_special_report_of_some_items(qtbot: QtBot, sheet: ShiftSheet, desk: PanelDesk) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_5)
    (form,) = sheet.findChildren(SpecialForm)
    for name, text in (("name", "防风专报"), ("items", "0801 1101")):
        form.rows[name].entry.widget().setText(text)  # type: ignore[attr-defined] # a line
    QTest.keyClick(form, Qt.Key.Key_Return)
    assert frozenset({"0801", "1101"}) == sheet.period.items
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.asked_reports))
    assert "防风专报" == desk.asked_reports[-1][0].name


def test_print_sends_the_issued_pdf_or_says_why_not(
    qtbot: QtBot, sheet: ShiftSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_P)
    assert "先按 Enter 出报告" in sheet.note.text()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(sheet.print.isEnabled, timeout=20_000)
    monkeypatch.setattr(paper, "PROGRAM", "no-such-program")
    QTest.keyClick(sheet, Qt.Key.Key_P)
    assert "没有打印命令" in sheet.note.text()
    fake = tmp_path / "lp"
    fake.write_text("#!/bin/sh\necho no default destination >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setattr(paper, "PROGRAM", str(fake))
    with qtbot.waitSignal(sheet.paper.told):
        QTest.keyClick(sheet, Qt.Key.Key_P)
    assert "打印没有成功：no default destination" == sheet.note.text()


@pytest.mark.parametrize("count", [0, 1, 7])
def test_charts_of_any_length_are_drawn(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    whole = scene.charts()
    cut = {name: getattr(whole, name)[:count] for name in whole.__dataclass_fields__}
    made = ChartsPanel(Theme())
    qtbot.addWidget(made)
    made.resize(520, 640)
    made.show_charts(replace(whole, **cut))
    made.show()
    qtbot.waitExposed(made)
    audit = look_at(made, monkeypatch)
    assert [] == audit.beyond + audit.crossing()


@pytest.mark.parametrize(
    ("num", "den", "said"),
    [(0, 0, "—"), (0, 3, "0.0%"), (3, 3, "100.0%"), (27, 31, "87.1%"), (1, 8, "12.5%"),
     (1, 16, "6.3%"), (2988, 3106, "96.2%")],
)  # fmt: skip
def test_a_rate_is_counted_from_its_integers_half_up(num: int, den: int, said: str) -> None:
    assert said == rate(num, den)


def test_the_chart_library_is_not_imported_before_a_chart_is_drawn() -> None:
    """It takes most of a second: the first window must not wait for it."""
    code = (
        "import sys; import ui.report.shift_sheet, ui.charts.shift_charts, ui.incident.panel;"
        "sys.exit('pyqtgraph' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
