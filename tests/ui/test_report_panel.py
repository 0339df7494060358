"""The shift panel: charts drawn late, the report issued by Enter, its pages seen or its files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dispatch.domain.errors import Refused
from tests.ui import panel_scene as scene
from tests.ui.panel_desk import PanelDesk, failed
from tests.ui.text_audit import look_at
from ui.charts.shift_charts import ChartsPanel, rate
from ui.live import Live
from ui.look.theme import Theme
from ui.report import pages
from ui.report.shift_sheet import ShiftSheet, Shown


@pytest.fixture
def sheet(qtbot: QtBot, tmp_path: Path) -> Iterator[ShiftSheet]:
    host = QWidget()
    host.resize(1366, 768)
    qtbot.addWidget(host)
    desk = PanelDesk()
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
        patch.setattr(PanelDesk, "issue_report", lambda *_: failed(Refused("not_logged_in")))
        QTest.keyClick(sheet, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: sheet.complaint.words() == "还没有登录")
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.preview.pages() == 2, timeout=20_000)


def test_the_arrows_turn_to_the_shift_before_and_back(sheet: ShiftSheet) -> None:
    here = sheet.span
    QTest.keyClick(sheet, Qt.Key.Key_Left)
    assert here[0] == sheet.span[1]
    QTest.keyClick(sheet, Qt.Key.Key_Right)
    assert here == sheet.span


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
