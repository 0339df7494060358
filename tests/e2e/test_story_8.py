"""Story 8: the city's red card at 15:10, to be answered by 17:10; nothing hides it or ends it."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import chain, combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from console.app import Opened, window
from dispatch.domain.calendar import ZONE, instant
from dispatch.domain.codes import Supervision
from tests.e2e.town import Town, zhiwang
from tests.hub.field import JPEG
from ui.look.theme import Theme
from ui.main_window import MainWindow
from ui.queue.delegate import due_of
from ui.queue.order import ALL, SUPERVISED, Chip, Sorting

WAIT_MS = 30_000
DUE = "2026-11-23T17:10:00+08:00"


def at(town: Town, hour: int, minute: int = 0) -> None:
    """Put the town's clock to a moment of Monday the 23rd of November 2026."""
    town.pass_time(instant(datetime(2026, 11, 23, hour, minute, tzinfo=ZONE)) - town.now)


def everybody(town: Town) -> None:
    for site in ("seat1", "seat2", "seat1"):
        town.sync(site)


@pytest.fixture
def carded(town: Town) -> tuple[Town, str]:
    """15:10: of five incidents the newest, which is in no hurry, has the city's red card."""
    at(town, 9)
    town.login("seat1", "clerk1", "dispatcher1", "fire1")
    for nth in range(4):
        town.report("seat1", "clerk1", "0605", f"演示超时 {nth}")
    at(town, 15, 5)
    town.login("seat1", "clerk1", "dispatcher1", "fire1")
    id_ = str(town.report("seat1", "clerk1", "0602", "演示红牌")["id"])
    town.act("seat1", "clerk1", "file", id_)
    town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防")
    town.act("seat1", "fire1", "sign", id_, "--person", "队员甲")
    everybody(town)
    at(town, 15, 10)
    town.login("seat2", "city1")
    town.act(
        "seat2", "city1", "supervise", id_, "--level", "red", "--due", DUE, "--text", "立即处置"
    )
    everybody(town)
    return town, id_


def test_it_comes_from_the_city_and_is_answered_before_anything_ends(
    carded: tuple[Town, str], tmp_path: Path
) -> None:
    town, id_ = carded
    card = town.show("seat1", id_)["supervision"]
    assert ("red", "city1", True, 10, False) == (
        card["level"], card["by"], card["city"], card["points"], card["replied"],
    )  # fmt: skip
    assert datetime.fromisoformat(DUE) == datetime.fromisoformat(card["due"])
    town.login("seat1", "chief1", "leader1", "inspector1", "supervisor1")
    for who in ("chief1", "leader1"):
        ran = town.tried("seat1", who, "cancel-supervision", id_)
        assert (2, 1) == (ran.code, len(ran.err.splitlines()))
    town.act("seat1", "fire1", "feedback", id_, "--measure", "已处置", "--closing", "met")
    town.act("seat1", "inspector1", "inspect-pass", id_)
    if town.show("seat1", id_)["state"] == "visit":
        words = ("--channel", "phone", "--grade", "1")
        town.act("seat1", "supervisor1", "call-back", id_, *words)
    blocked = town.tried("seat1", "chief1", "close", id_)
    assert (2, True) == (blocked.code, "red_card_open" in blocked.err)
    assert "eval" == town.show("seat1", id_)["state"]

    photo = tmp_path / "after.jpg"
    photo.write_bytes(JPEG)
    words = ("--text", "已到场处置", "--photo", str(photo))
    replied = town.act("seat1", "fire1", "reply-supervision", id_, *words)
    assert (True, 1) == (replied["supervision"]["replied"], len(replied["photos"]))
    assert "closed" == town.act("seat1", "chief1", "close", id_)["state"]
    everybody(town)
    assert town.show("seat2", id_)["supervision"]["replied"]
    for site in ("seat1", "seat2"):
        assert town.status(site)["digest"] == town.status(site)["hub_digest"]
    assert [0] * 4 == [each.code for each in town.verify()]


def test_the_shift_report_counts_it(carded: tuple[Town, str], tmp_path: Path) -> None:
    town, id_ = carded
    at(town, 16)
    words = ("--from", "2026-11-23T08:00:00+08:00", "--to", "2026-11-23T15:59:00+08:00")
    site, out = "seat1", tmp_path / "report"
    ran = zhiwang(
        "report", "shift", "--site", town.site(site), *words, "--out", out, "--format", "csv"
    )
    assert 0 == ran.code, ran.err
    (file,) = out.rglob("figures.json")
    figures = {each["id"]: each for each in json.loads(file.read_text("utf-8"))["figures"]}
    card = next(each for each in town.show(site, id_)["events"] if each["type"] == "supervised")
    assert (1, [card["hash"]]) == (
        figures["order.supervised.red"]["value"],
        figures["order.supervised.red"]["ids"],
    )


def test_nothing_at_the_window_hides_it(carded: tuple[Town, str], qtbot: QtBot) -> None:
    """Every tab, every set of filters, any text, both sortings: it is the first row."""
    town, id_ = carded
    with window(town.site("seat1"), Theme(), "dispatcher1") as opened:
        shell = opened.seat.window
        qtbot.addWidget(shell)
        shell.resize(1366, 768)
        shell.show()
        opened.begin()
        model = shell.queue.model
        qtbot.waitUntil(lambda: len(model.rows) == 5, timeout=WAIT_MS)

        shell.queue.list.choose(id_)
        qtbot.waitUntil(lambda: pane_of(opened) == id_, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: opened.seat.map.view is not None, timeout=WAIT_MS)
        assert red_washed(shell)
        row = model.row(id_)
        assert row is not None
        assert (Supervision.RED, instant(datetime.fromisoformat(DUE))) == (
            row.supervision,
            due_of(row),
        )
        for tab in shell.queue.rail.tabs():
            shell.queue.rail.choose(tab)
            assert 0 == model.place(id_), tab.name
        for chips in chain.from_iterable(combinations(Chip, size) for size in range(1, 4)):
            model.choose_chips(frozenset(chips))
            assert 0 == model.place(id_), chips
        model.choose_chips(frozenset())
        model.search("没有这样的字")
        assert [id_] == [model.id_at(place) for place in range(model.rowCount())]
        model.search("")
        for sorting in Sorting:
            model.choose_sorting(sorting)
            assert 0 == model.place(id_)
        assert 1 == model.rows.tally(SUPERVISED.key).all
        # The hand rests before the desk is shut.
        shell.queue.rail.choose(ALL)
        with qtbot.waitSignal(shell.incident_shown, timeout=WAIT_MS) as rested:
            shell.queue.list.choose(model.id_at(model.rowCount() - 1))
        qtbot.waitUntil(lambda: pane_of(opened) == rested.args[0], timeout=WAIT_MS)


def pane_of(opened: Opened) -> str:
    """Which incident the pane shows."""
    shown = opened.seat.pane.shown()
    return shown.row.id if shown else ""


def red_washed(shell: MainWindow) -> bool:
    """Whether the first row is painted on the red wash, with a line under its whole width."""
    view = shell.queue.list
    view.clearSelection()
    box: QRect = view.visualRect(shell.queue.model.index(0))
    picture = view.viewport().grab().toImage()
    tokens = shell.theme.tokens
    bottom = [QColor(picture.pixel(x, box.bottom())) for x in (20, box.width() - 20)]
    return QColor(picture.pixel(box.left() + 6, box.top() + 40)) == tokens.red_wash and all(
        each == tokens.red for each in bottom
    )
