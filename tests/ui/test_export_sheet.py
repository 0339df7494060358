"""The export dialog in the real window over a real desk, by keyboard alone."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from dispatch.desk import exporting
from dispatch.desk.views_export import Cut, What
from dispatch.wire.objects import Delta, ManagedObject
from tests.desk.offices import FIRE
from tests.desk.test_export import PHONE, REASON, looks, reported
from tests.ui.test_seat_window import WAIT_MS, Seat
from tests.unit.towns import hengli
from ui.acts.sheet import Sheet
from ui.files.export_sheet import ExportSheet
from ui.queue.order import Chip
from ui.shift.handover_sheet import HandoverSheet
from ui.shift.log_sheet import LogSheet

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    made = Seat(qtbot, tmp_path)
    made.open("chief1")
    yield made
    made.whole.window.close()
    made.desk.site.close()


def sheets(seat: Seat) -> list[ExportSheet]:
    return [each for each in seat.whole.window.findChildren(ExportSheet) if each.isVisible()]


def opened(seat: Seat) -> ExportSheet:
    """Press the key of the export."""
    seat.key(Qt.Key.Key_D, CTRL)
    seat.qtbot.waitUntil(lambda: bool(sheets(seat)), timeout=WAIT_MS)
    return sheets(seat)[0]


def three(seat: Seat) -> list[str]:
    ids = [reported(seat.desk, f"第{nth}件") for nth in range(3)]
    model = seat.whole.window.queue.model
    seat.qtbot.waitUntil(lambda: set(ids) == set(model.visible()), timeout=WAIT_MS)
    # Else the pane asks for the first row some time, perhaps when the desk is closed already.
    seat.whole.window.show_incident(ids[0])
    seat.wait_shown(ids[0])
    return ids


def written(seat: Seat, sheet: ExportSheet) -> Path:
    """Press Enter and wait for the file."""
    seat.key(Qt.Key.Key_Return)
    seat.qtbot.waitUntil(lambda: sheet.result is not None, timeout=WAIT_MS)
    assert sheet.result is not None
    return sheet.result.path


def _says(sheet: ExportSheet, why: str) -> bool:
    return why in sheet.complaint.text()


def _is_open(seat: Seat, kind: type[Sheet]) -> bool:
    return any(each.isVisible() for each in seat.whole.window.findChildren(kind))


def outgoing(sheet: ExportSheet) -> tuple[What, Cut]:
    return sheet.outgoing.what, sheet.outgoing.cut


def test_the_queue_goes_out_as_it_is_filtered_and_sorted(seat: Seat) -> None:
    three(seat)
    window = seat.whole.window
    window.queue.head.field.setText("第1件")
    seat.qtbot.waitUntil(lambda: len(window.queue.model.visible()) == 1, timeout=WAIT_MS)
    window.queue.list.setFocus()
    sheet = opened(seat)
    file = written(seat, sheet)

    (row,) = openpyxl.load_workbook(file)["清单"].iter_rows(min_row=2, values_only=True)
    assert "第1件" in row
    assert "138 **** 0021" in row
    assert "1 行" in sheet.note.text()
    assert "已遮蔽" in sheet.note.text()
    seat.key(Qt.Key.Key_Escape)
    assert [] == sheets(seat)
    window.queue.head.field.clear()
    window.toggle(Chip.P1)
    seat.qtbot.waitUntil(lambda: window.queue.model.visible() == (), timeout=WAIT_MS)
    assert (What.INCIDENTS, Cut(only=())) == outgoing(opened(seat))


def test_a_format_by_its_key_and_in_clear_with_a_reason(seat: Seat) -> None:
    three(seat)
    seat.whole.window.queue.list.setFocus()
    sheet = opened(seat)
    seat.key(Qt.Key.Key_2, CTRL)
    assert sheet.file.text().endswith(".csv")
    sheet.reason.setText(REASON)
    file = written(seat, sheet)

    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert {PHONE} == {row["电话"] for row in csv.DictReader(lines)}
    assert "含明文" in sheet.note.text()
    assert 1 == len(looks(seat.desk))


def test_who_may_not_reveal_is_not_asked_for_a_reason(seat: Seat) -> None:
    seat.desk.login("clerk1", "correct-horse-9").result()
    seat.whole.window.queue.list.setFocus()

    assert not opened(seat).reason.isVisible()


def test_a_file_that_is_there_takes_a_second_enter(seat: Seat, tmp_path: Path) -> None:
    seat.whole.window.queue.list.setFocus()
    sheet = opened(seat)
    file = tmp_path / "旧.csv"
    file.write_text("旧", encoding="utf-8")
    sheet.file.setText(str(file))
    seat.key(Qt.Key.Key_Return)
    seat.qtbot.waitUntil(lambda: not sheet.running, timeout=WAIT_MS)
    assert "再按一次 Enter" in sheet.complaint.text()
    assert "旧" == file.read_text(encoding="utf-8")

    assert file == written(seat, sheet)
    assert file.read_text(encoding="utf-8-sig").startswith("编号")


def test_what_the_disk_refuses_is_told_and_can_be_mended(
    seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.whole.window.queue.list.setFocus()
    sheet = opened(seat)
    for text, why in (
        (str(tmp_path / "no" / "a.csv"), "没有这个目录"),
        (str(tmp_path / "a.txt"), ".geojson 结尾"),
        ("", ".geojson 结尾"),
    ):
        sheet.file.setText(text)
        seat.key(Qt.Key.Key_Return)
        seat.qtbot.waitUntil(partial(_says, sheet, why), timeout=WAIT_MS)
    chosen = (str(tmp_path / "好.geojson"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    seat.key(Qt.Key.Key_O, CTRL)
    assert tmp_path / "好.geojson" == written(seat, sheet)


def test_esc_stops_a_run_and_leaves_nothing(
    seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(seat)
    seat.whole.window.queue.list.setFocus()
    sheet = opened(seat)
    gate, held = threading.Event(), threading.Event()
    lines = exporting._Export._lines  # noqa: SLF001 - the run is held up where rows come

    def slow(run: exporting._Export) -> object:
        held.set()
        gate.wait(WAIT_MS / 1000)
        return lines(run)

    monkeypatch.setattr(exporting._Export, "_lines", slow)  # noqa: SLF001 - as above
    seat.key(Qt.Key.Key_Return)
    assert held.wait(WAIT_MS / 1000)
    seat.key(Qt.Key.Key_Escape)
    assert [sheet] == sheets(seat)
    gate.set()
    seat.qtbot.waitUntil(lambda: sheet.result is not None, timeout=WAIT_MS)

    assert sheet.result is not None
    assert sheet.result.cancelled
    assert "没有留下文件" in sheet.note.text()
    assert [] == list((tmp_path / "out").iterdir())
    seat.key(Qt.Key.Key_Escape)
    assert [] == sheets(seat)


def test_the_key_takes_the_list_that_is_worked_in(seat: Seat) -> None:
    window = seat.whole.window
    window.open_tray()
    sheet = opened(seat)
    assert (What.EXCEPTIONS, Cut()) == outgoing(sheet)
    sheet.close_sheet()
    window.focus_queue()
    board = seat.whole.board
    seat.qtbot.waitUntil(lambda: bool(board.table.rows()), timeout=WAIT_MS)
    seat.key(Qt.Key.Key_W)
    seat.qtbot.waitUntil(board.table.isVisible, timeout=WAIT_MS)
    board.table.setFocus()
    sheet = opened(seat)
    what, cut = outgoing(sheet)
    assert (What.WORKERS, len(board.table.rows())) == (what, len(cut.only or ()))
    sheet.close_sheet()


def test_an_open_log_or_hand_over_goes_out(seat: Seat) -> None:
    for key, kind, what in (
        (Qt.Key.Key_F7, LogSheet, What.JOURNAL),
        (Qt.Key.Key_F9, HandoverSheet, What.HANDOVER),
    ):
        seat.key(key)
        seat.qtbot.waitUntil(partial(_is_open, seat, kind), timeout=WAIT_MS)
        sheet = opened(seat)
        found, cut = outgoing(sheet)
        assert (what, True) == (found, bool(cut.shift))
        assert sheet.file.text().endswith(".xlsx")
        written(seat, sheet)
        sheet.close_sheet()
        seat.key(Qt.Key.Key_Escape)


@pytest.mark.parametrize("held", [CTRL, CTRL | SHIFT])
def test_nothing_goes_out_over_another_dialog_or_for_nobody(
    seat: Seat, held: Qt.KeyboardModifier
) -> None:
    seat.key(Qt.Key.Key_I, CTRL)
    seat.key(Qt.Key.Key_D, held)
    assert [] == sheets(seat)
    seat.key(Qt.Key.Key_Escape)
    seat.desk.logout().result()
    seat.key(Qt.Key.Key_D, held)
    assert [] == sheets(seat)


def things(seat: Seat) -> None:
    """Two managed objects, as the hub sends them."""
    grid, town = hengli().grids[0], seat.desk.site.identity.town
    rows = tuple(
        ManagedObject(
            *(f"00{nth}", "三小场所", f"演示小店{nth}", grid.code, "某路"),
            person="演示甲",
            phone=PHONE,
            lon=grid.lon,
            lat=grid.lat,
        )
        for nth in range(2)
    )
    seat.desk.site.objects.apply(
        Delta(version="1", town=town, since=0, next=2, more=False, rows=rows)
    )


def test_the_towns_lists_go_out_by_key(seat: Seat) -> None:
    """Grids with their outlines, units, and objects masked, each whose file it is."""
    things(seat)
    seat.key(Qt.Key.Key_D, CTRL | SHIFT)
    (sheet,) = sheets(seat)
    assert (What.GRIDS, Cut()) == outgoing(sheet)
    seat.key(Qt.Key.Key_3, CTRL)
    grids = json.loads(written(seat, sheet).read_text(encoding="utf-8"))
    assert {each.code for each in hengli().grids} == {
        each["properties"]["code"] for each in grids["features"]
    }
    assert "Polygon" in grids["features"][0]["geometry"]["type"]
    assert ("网格", True) == (grids["name"], "演示长（chief1）" in grids["watermark"])
    for digit, what in ((Qt.Key.Key_2, What.UNITS), (Qt.Key.Key_3, What.OBJECTS)):
        seat.key(digit)
        assert (what, Cut()) == outgoing(sheet)
        seat.key(Qt.Key.Key_2, CTRL)
        sheet.result = None
        with written(seat, sheet).open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        assert all("演示长（chief1）" in row["水印"] for row in rows)
        if what is What.UNITS:
            assert FIRE in {row["单位编码"] for row in rows}
    assert {"138 **** 0021"} == {row["电话"] for row in rows}
    assert not sheet.complaint.words()


def test_another_list_is_chosen_in_the_queues_sheet(seat: Seat) -> None:
    """Shift Tab goes to the lists; the proposed file follows, one that was named stays."""
    sheet = opened(seat)
    sheet.reason.setText(REASON)
    seat.key(Qt.Key.Key_Tab, SHIFT)
    assert sheet.lists.hasFocus()
    seat.key(Qt.Key.Key_Right)
    assert (What.GRIDS, Cut()) == outgoing(sheet)
    assert "网格-" in sheet.file.text()
    assert not sheet.reason.isVisible()
    file = written(seat, sheet)  # a reason for the former list is none for this one
    assert "网格编码" == openpyxl.load_workbook(file)["清单"].cell(1, 1).value

    sheet.file.setText(str(file.with_name("名单.csv")))
    seat.key(Qt.Key.Key_4)
    assert What.OBJECTS is outgoing(sheet)[0]
    assert "名单.csv" == Path(sheet.file.text()).name
    assert sheet.reason.isVisible()
