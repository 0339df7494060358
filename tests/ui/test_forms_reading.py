"""Times, points and shifts as people type and read them; every character has its glyph."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF, QRawFont
from pytestqt.qtbot import QtBot

from dispatch.domain.calendar import HOUR, MINUTE
from dispatch.domain.errors import BadInput
from tests.ui import panel_scene as scene
from ui.acts import reading
from ui.acts.time_entry import TimeEntry
from ui.look.theme import Theme
from ui.look.type import Fonts
from ui.report import span

ROOMS = ("acts", "incident", "workers", "charts", "report")
UI = Path(reading.__file__).parents[1]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("15:00", 1_672_000),
        ("4h", 4 * HOUR),
        ("30m", 30 * MINUTE),
        ("+30 分", 30 * MINUTE),
        ("2天", 48 * HOUR),
        ("11-22 14:32", 24 * HOUR - 8000),
        ("2025-11-22 14:32", 24 * HOUR - 8000),
        ("11-22", 27 * HOUR - 128_000),
        ("1-3 08:00", 1026 * HOUR - 1_928_000),
    ],
)
def test_times_are_read_as_people_write_them(text: str, after: int) -> None:
    assert scene.NOW + after == reading.moment(text, "due", scene.NOW)


@pytest.mark.parametrize("text", ["", "x", "25:00", "2-30", "13-01", "4", "１２", "99999h"])
def test_a_time_that_is_none_is_told_with_its_place(text: str) -> None:
    with pytest.raises(BadInput) as told:
        reading.moment(text, "due", scene.NOW)
    assert "due" == told.value.where


def test_a_written_time_is_read_back() -> None:
    for after in (0, HOUR, 30 * HOUR, 400 * 24 * HOUR):
        millis = (scene.NOW + after) // MINUTE * MINUTE
        text = reading.written(millis, scene.NOW)
        assert millis == reading.moment(text, "due", scene.NOW)


@pytest.mark.parametrize("text", ["", "113", "a,b", "200,23", "113,95", "113.9;23.0"])
def test_a_point_that_is_none_is_told(text: str) -> None:
    with pytest.raises(BadInput):
        reading.point(text, "lonlat")


def test_a_point_is_read_with_either_comma() -> None:
    assert (113.9635, 23.038) == reading.point("113.9635，23.0380", "lonlat")


def test_a_shift_is_half_a_day() -> None:
    day = span.running(scene.NOW)
    assert (12 * HOUR, "白班 11-21 08:00 至 20:00") == (day[1] - day[0], span.words(day))
    night = span.before(day)
    assert ("夜班 11-20 20:00 至 08:00", day[0]) == (span.words(night), night[1])
    assert day == span.running(day[0])
    assert night == span.running(day[0] - 1)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("bold", [False, True])
def test_every_character_on_the_panels_has_a_glyph(bold: bool) -> None:
    """No box where a character should be, in the face that is shipped for."""
    font = Fonts().font(14, bold=bold)
    raw = QRawFont.fromFont(font)
    assert raw.isValid(), QFontInfo(font).family()
    files = [file for room in ROOMS for file in (UI / room).glob("*.py")]
    files += [UI / "labels.py", UI / "refusals.py", UI / "word_tables.py"]
    characters = {char for file in files for text in _texts(file) for char in text}

    metrics = QFontMetricsF(font)
    missing = {c for c in characters if c.isprintable() and not metrics.inFontUcs4(ord(c))}
    assert set() == missing


def _texts(file: Path) -> list[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_the_hint_of_a_time_is_of_today(qtbot: QtBot) -> None:
    now = 1_795_231_200_000  # 2026-11-21 11:20 +08:00
    entry = TimeEntry(Theme(), "due", lambda: now)
    qtbot.addWidget(entry)

    assert "如 11-21 15:20、4h、3d" == entry.placeholderText()
    with pytest.raises(BadInput, match="如 11-21 11:20、"):
        reading.moment("soon", "due", now)
