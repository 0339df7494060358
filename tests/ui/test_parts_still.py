"""The parts of a joint order whose clocks stand still say so, and stay at what was left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dispatch.desk.views_parts import Part
from dispatch.domain.codes import Light, Stage, SubState
from dispatch.domain.sla import Limit
from ui.incident.parts import Parts
from ui.look.theme import Theme

HOUR = 3_600_000
LIMIT = Limit(Stage.DISPOSAL, 0, 8 * HOUR, 10 * HOUR)
RUNS = Part("公安", "公安分局", "A1-J1", SubState.WORK, LIMIT, HOUR, None, None)


@pytest.mark.parametrize(
    ("still", "now", "said", "light"),
    [
        (None, 9 * HOUR, "处置 1时00分", Light.YELLOW),
        (4 * HOUR, 9 * HOUR, "停表 · 余 6时00分", Light.GREEN),
        (11 * HOUR, 30 * HOUR, "停表 · 超时 1时00分", Light.RED),
    ],
)
def test_a_part_that_stands_still_says_so(
    qtbot: QtBot, still: int | None, now: int, said: str, light: Light
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    parts = Parts(Theme(), host)
    part = replace(RUNS, still=still)
    parts.show_parts((part,), now)

    ((_, _, time),) = parts.lines()
    assert (said, light) == (time, part.light(now))
