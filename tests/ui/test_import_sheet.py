"""The import dialog in the real window over a real desk, by keyboard alone."""

from __future__ import annotations

import argparse
import csv
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from console.import_commands import TABLES
from console.tree import build
from dispatch.domain.codes import State
from tests.desk.test_import_incidents import HEAD, MAPPING, row
from tests.ui.test_seat_window import WAIT_MS, Seat
from ui.files.guess import guessed
from ui.files.import_sheet import ImportSheet, Stage
from ui.files.kinds import INCIDENTS, KINDS, command

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    made = Seat(qtbot, tmp_path)
    made.open("clerk1")
    yield made
    made.whole.window.close()
    made.desk.site.close()


def given(tmp_path: Path, text: str, name: str = "calls.csv", encoding: str = "utf-8") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding=encoding)
    return file


def opened(seat: Seat) -> ImportSheet:
    """Press the key of the import."""
    seat.key(Qt.Key.Key_I, CTRL)
    seat.qtbot.waitUntil(lambda: bool(sheets(seat)), timeout=WAIT_MS)
    return sheets(seat)[0]


def sheets(seat: Seat) -> list[ImportSheet]:
    return [each for each in seat.whole.window.findChildren(ImportSheet) if each.isVisible()]


def read(seat: Seat, sheet: ImportSheet, file: Path) -> None:
    """Type the file's name and press Enter."""
    sheet.file.setText(str(file))  # as a paste
    seat.key(Qt.Key.Key_Return)
    seat.qtbot.waitUntil(lambda: sheet.table.rowCount() > 0, timeout=WAIT_MS)


def tab_to(seat: Seat, sheet: ImportSheet, name: str) -> QComboBox:
    box = sheet.picks.boxes[name]
    for _ in range(40):
        if QApplication.focusWidget() is box:
            return box
        seat.key(Qt.Key.Key_Tab)
    pytest.fail(f"Tab never comes to {name}")


def incidents(seat: Seat) -> int:
    return len(seat.desk.rows_in(None, 10_000).result())


def wait_done(seat: Seat, sheet: ImportSheet) -> None:
    seat.qtbot.waitUntil(lambda: sheet.result is not None, timeout=WAIT_MS)


def test_a_file_is_read_tried_and_imported_by_keys(seat: Seat, tmp_path: Path) -> None:
    head = "编号,时间,经度,纬度,内容,事项,电话,级\n"
    file = given(tmp_path, head + row(1) + row(2, 经="东") + row(3), encoding="gb18030")
    sheet = opened(seat)
    read(seat, sheet, file)
    seat.qtbot.waitUntil(lambda: "GB18030" in sheet.told.note(), timeout=WAIT_MS)
    assert ("内容", "经度") == (sheet.picks.choices().text[0], sheet.picks.choices().lon)
    box = tab_to(seat, sheet, "format")
    while box.currentText() != "%Y-%m-%d %H:%M":
        seat.key(Qt.Key.Key_Down)

    seat.key(Qt.Key.Key_Return, CTRL)
    wait_done(seat, sheet)
    assert sheet.result is not None
    assert (2, 1, 0) == (sheet.result.taken, sheet.result.rejected, incidents(seat))
    assert "没有写入" in sheet.note.text()
    sheet.result = None
    seat.key(Qt.Key.Key_Return)
    wait_done(seat, sheet)

    assert 2 == incidents(seat)
    assert Stage.DONE is sheet.stage
    item = sheet.table.item(0, 1)
    assert item is not None
    assert "“东”不是数字" in item.text()
    seat.key(Qt.Key.Key_S, CTRL)
    saved = tmp_path / "out" / "calls-不收的行.csv"
    seat.qtbot.waitUntil(saved.exists, timeout=WAIT_MS)
    with saved.open(encoding="utf-8-sig", newline="") as lines:
        assert ["3"] == [each["line"] for each in csv.DictReader(lines)]
    seat.key(Qt.Key.Key_Escape)
    assert [] == sheets(seat)
    rows = seat.desk.rows().result()
    assert {State.REPORTED} == {each.state for each in rows}
    queue = seat.whole.window.queue
    seat.qtbot.waitUntil(lambda: queue.model.rowCount() == len(rows), timeout=WAIT_MS)
    seat.whole.window.show_incident(rows[0].id)
    seat.wait_shown(rows[0].id)


def test_a_mapping_file_says_it_all(
    seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = given(tmp_path, HEAD + row(1))
    mapping = given(tmp_path, MAPPING, "map.toml")
    answers = iter([(str(file), ""), (str(mapping), "")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: next(answers))
    sheet = opened(seat)
    seat.key(Qt.Key.Key_O, CTRL)
    seat.qtbot.waitUntil(lambda: sheet.table.rowCount() == 1, timeout=WAIT_MS)
    seat.key(Qt.Key.Key_M, CTRL)
    assert not sheet.picks.boxes["text"].isEnabled()
    seat.key(Qt.Key.Key_Return)
    wait_done(seat, sheet)

    assert 1 == incidents(seat)
    assert "导入完毕：新 1，已有 0，不收 0" == sheet.note.text()
    sheet.result = None
    seat.key(Qt.Key.Key_Return)
    wait_done(seat, sheet)
    assert "导入完毕：新 0，已有 1，不收 0" == sheet.note.text()


def test_escape_stops_a_run_and_leaves_what_is_whole(seat: Seat, tmp_path: Path) -> None:
    file = given(tmp_path, HEAD + "".join(row(number) for number in range(3000)))
    mapping = given(tmp_path, MAPPING, "map.toml")
    sheet = opened(seat)
    read(seat, sheet, file)
    sheet.map.setText(str(mapping))
    seat.key(Qt.Key.Key_Return)
    seat.qtbot.waitUntil(lambda: incidents(seat) >= 200, timeout=WAIT_MS)
    seat.key(Qt.Key.Key_Escape)
    wait_done(seat, sheet)

    assert sheet.result is not None
    assert sheet.result.cancelled
    assert incidents(seat) == sheet.result.taken < 3000
    assert 0 == sheet.result.taken % 200
    assert "停下了" in sheet.note.text()
    assert sheet.isVisible()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("none.csv", None, "读不了文件"),
        ("calls.xlsx", "no workbook", "不是 XLSX"),
        ("calls.csv", "a,a\n1,2\n", "出现两次"),
    ],
)
def test_a_bad_file_is_told_and_another_can_be_chosen(
    seat: Seat, tmp_path: Path, name: str, content: str | None, told: str
) -> None:
    if content is not None:
        given(tmp_path, content, name)
    sheet = opened(seat)
    sheet.file.setText(str(tmp_path / name))
    seat.key(Qt.Key.Key_Return)
    seat.qtbot.waitUntil(lambda: told in sheet.complaint.words(), timeout=WAIT_MS)

    good = given(tmp_path, HEAD + row(1), "good.csv")
    read(seat, sheet, good)
    assert "" == sheet.complaint.words()


def test_what_is_not_picked_is_told(seat: Seat, tmp_path: Path) -> None:
    sheet = opened(seat)
    seat.key(Qt.Key.Key_Return)
    assert "先写上" in sheet.complaint.words()
    read(seat, sheet, given(tmp_path, "a,b\n1,2\n"))
    seat.key(Qt.Key.Key_Return)
    seat.qtbot.waitUntil(lambda: "至少一列" in sheet.complaint.words(), timeout=WAIT_MS)
    assert 0 == incidents(seat)


def test_a_shared_table_is_looked_at_here_and_the_hubs_line_is_told(
    seat: Seat, tmp_path: Path
) -> None:
    """What is possible at the hub alone is not hidden: it is said, with the command to copy."""
    file = given(tmp_path, "number,name,grid,phone,post\n1,演示,2,,\n", "名 册.csv")
    sheet = opened(seat)
    seat.key(Qt.Key.Key_G, CTRL)
    box = sheet.kind.box
    assert QApplication.focusWidget() is box
    while "网格员名册" != box.currentText():
        seat.key(Qt.Key.Key_Down)
    assert not sheet.picks.isVisible()
    assert not sheet.map.isVisible()
    assert "网格员名册各席位共用" in sheet.hub.words.text()
    sheet.file.setFocus()
    read(seat, sheet, file)

    assert not sheet.following.isEnabled()
    for modifiers in (Qt.KeyboardModifier.NoModifier, CTRL):
        seat.key(Qt.Key.Key_Return, modifiers)
    assert Stage.CHOOSING is sheet.stage
    assert 0 == incidents(seat)
    seat.key(Qt.Key.Key_B, CTRL)
    words = shlex.split(QApplication.clipboard().text())
    asked = build(argparse.ArgumentParser(), "import").parse_args(
        [*words[1:], "--db", "sqlite:///hub.db"]
    )
    assert ("zhiwang", file, "roster") == (words[0], asked.file, asked.table)

    seat.key(Qt.Key.Key_G, CTRL)
    while box.currentIndex():
        seat.key(Qt.Key.Key_Up)
    assert sheet.picks.isVisible()
    assert sheet.following.isEnabled()
    seat.key(Qt.Key.Key_Escape)
    assert [] == sheets(seat)


def test_every_table_of_the_command_line_is_a_kind_with_a_line_that_it_takes() -> None:
    assert [INCIDENTS, *sorted(TABLES)] == [INCIDENTS, *sorted(set(KINDS) - {INCIDENTS})]
    for kind in TABLES:
        line = shlex.split(command(kind, "a b.csv"))
        asked = build(argparse.ArgumentParser(), "import").parse_args(
            [*line[1:], "--db", "sqlite:///hub.db"]
        )
        assert (kind, Path("a b.csv")) == (asked.table, asked.file)


def test_likely_columns_are_proposed_once_each() -> None:
    found = guessed(("工单号", "lng", "LAT", "timeStamp", "标题", "内容", "addr"))

    assert {"key": "工单号", "lon": "lng", "lat": "LAT", "time": "timeStamp"} | {
        "text": "内容",
        "place": "addr",
    } == found
