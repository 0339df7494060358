"""Information reports in the pane: what is owed counts down with its light, what was made stays."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dispatch.desk.views_bulletin import NO_BULLETINS, BulletinLine, Bulletins
from dispatch.domain.bulletin import Owed
from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import BulletinPart, Channel
from tests.ui import panel_scene as scene
from tests.ui.text_audit import look_at
from ui.incident.bulletins import BulletinLines
from ui.look.theme import Theme


def owed(minutes: int, way: Channel = Channel.PHONE) -> Owed:
    """One with so many minutes left."""
    due = scene.NOW + minutes * MINUTE
    return Owed(way, due - 4 * MINUTE, due)


def line(part: BulletinPart, nth: int = 0, *, late: bool = False) -> BulletinLine:
    """One that was made now."""
    due = scene.NOW - MINUTE if late else None
    return BulletinLine(
        event="e",
        part=part,
        nth=nth,
        way=Channel.MESSAGE,
        at=scene.NOW,
        person="周敏",
        due=due,
        text="",
    )


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(400, 400)
    host.show()
    return host


@pytest.fixture
def lines(host: QWidget) -> BulletinLines:
    made = BulletinLines(Theme(), host)
    made.resize(400, 200)
    return made


def test_nothing_owed_and_nothing_made_takes_no_room(lines: BulletinLines) -> None:
    lines.show_bulletins(NO_BULLETINS, scene.NOW, may=True)
    assert lines.isHidden()


def test_owed_ones_count_down_and_over(
    lines: BulletinLines, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Bulletins(owed=(owed(-3), owed(12, Channel.MESSAGE)), part=BulletinPart.FIRST)
    lines.show_bulletins(shown, scene.NOW, may=True)
    assert [("电话首报 14:29 前", "超时 03:00"), ("书面首报 14:44 前", "12:00")] == list(
        lines.lines()
    )
    lines.set_now(scene.NOW + 13 * MINUTE)
    assert ["超时 16:00", "超时 01:00"] == [right for _, right in lines.lines()]
    audit = look_at(lines, monkeypatch)
    assert [] == audit.beyond + audit.crossing()


def test_made_ones_stand_newest_first_with_who_and_whether_late(lines: BulletinLines) -> None:
    made = (
        line(BulletinPart.FIRST, late=True),
        line(BulletinPart.FOLLOW, 1),
        line(BulletinPart.FINAL),
    )
    lines.show_bulletins(Bulletins(made=made), scene.NOW, may=False)
    assert [
        ("终报 · 书面 · 周敏", "14:32"),
        ("续报 1 · 书面 · 周敏", "14:32"),
        ("首报 · 书面 · 周敏", "14:32 迟报"),
    ] == list(lines.lines())
