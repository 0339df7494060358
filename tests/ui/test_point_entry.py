"""The field for a point keeps to the last point typed, however late an answer comes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from dispatch.desk.views import PlaceChoice
from dispatch.domain.errors import BadInput
from ui.acts.point_entry import PlaceTaker, PointEntry
from ui.look.theme import Theme

Failure = Callable[[BaseException], None]


def place(grid: str) -> PlaceChoice:
    return PlaceChoice(grid, grid, "村", "村", 0, ())


def test_a_late_answer_to_a_half_typed_point_names_no_grid(qtbot: QtBot) -> None:
    asked: list[tuple[float, float, PlaceTaker, Failure]] = []
    entry = PointEntry(Theme(), lambda *question: asked.append(question), lambda *_: None)
    qtbot.addWidget(entry)

    entry.setText("")
    QTest.keyClicks(entry, "113.9,23.01")
    half, whole = asked[-2], asked[-1]
    assert (23.0, 23.01) == (half[1], whole[1])

    whole[2](place("right"))
    half[2](place("wrong"))
    assert {"lon": 113.9, "lat": 23.01, "grid": "right"} == entry.values()

    half[3](BadInput("lonlat", "不在辖区"))
    assert "right" == entry.values()["grid"]


def test_a_point_given_up_keeps_no_grid(qtbot: QtBot) -> None:
    asked: list[tuple[float, float, PlaceTaker, Failure]] = []
    entry = PointEntry(Theme(), lambda *question: asked.append(question), lambda *_: None)
    qtbot.addWidget(entry)

    QTest.keyClicks(entry, "113.9,23.01")
    entry.selectAll()
    QTest.keyClicks(entry, "1")
    asked[-1][2](place("wrong"))
    QTest.keyClicks(entry, "13.9,23.02")
    assert {"lon": 113.9, "lat": 23.02} == entry.values()


@pytest.mark.usefixtures("qtbot")
def test_an_answer_after_the_form_went_is_dropped() -> None:
    asked: list[tuple[float, float, PlaceTaker, Failure]] = []
    entry = PointEntry(Theme(), lambda *question: asked.append(question), lambda *_: None)
    QTest.keyClicks(entry, "113.9,23.01")
    told: list[object] = []
    entry.placed.connect(told.append)
    delete(entry)

    asked[-1][2](place("late"))
    asked[-1][3](BadInput("lonlat", "不在辖区"))
    assert [] == told
