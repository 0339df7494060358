"""Towns and sites by key: trouble in words and first, Enter narrows the queue to the town."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch.desk.views import QueueRow
from dispatch.desk.views_sites import SitesView, SiteView, Trouble
from dispatch.domain.codes import Supervision
from dispatch.domain.errors import BadInput
from tests.ui.queue_rows import NOW, answered, failed, row
from tests.ui.shell import Shell, shell
from ui.city.city_sheet import CitySheet
from ui.city.figures import figures
from ui.city.words import SHAPES, WORDS, told
from ui.city_place import CityPlace

Key = Qt.Key
ONE, TWO = ("441900106", "横沥镇"), ("441900101", "甲镇")
WAIT_MS = 15_000


def site(town: tuple[str, str], trouble: Trouble, **changes: object) -> SiteView:
    """Return a site in a town."""
    made = SiteView(
        id=f"{town[0]}-{trouble}",
        town=town[0],
        town_name=town[1],
        scope_name=town[1],
        letter="A",
        name="",
        trouble=trouble,
        contact=NOW,
        unsent=0,
        lag=0,
        version="0.1.0",
        offset_ms=80,
        held=0,
        forks=0,
        checkpoint_at=NOW,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


SILENT = site(TWO, Trouble.SILENT, contact=NOW - 3 * 3_600_000)
VIEW = SitesView(NOW, (ONE, TWO), (SILENT, site(ONE, Trouble.NONE)))


class Door:
    """Answers with a table, or refuses as a desk below the city does."""

    def __init__(self, view: SitesView | None = VIEW) -> None:
        self.view = view

    def sites(self) -> Future[SitesView]:
        """Answer at once."""
        if self.view is None:
            return failed(BadInput("sites", "只有市级席位看得到各站点"))  # type: ignore[return-value]
        return answered(self.view)  # type: ignore[return-value]


def of(number: int, left_s: int, town: tuple[str, str]) -> QueueRow:
    """Return a row of a town."""
    return row(number, left_s, town=town[0], town_name=town[1])


def opened(qtbot: QtBot, door: Door) -> tuple[Shell, CitySheet]:
    """Return a window over three incidents of two towns, and the view over it."""
    rows = (of(1, -60, ONE), of(2, 3600, ONE), of(3, 3600, TWO))
    made = shell(qtbot, *rows)
    place = CityPlace(made.live, door, made.window.theme, made.window.queue, made.tick)
    place.open()
    sheet = place.sheet
    assert isinstance(sheet, CitySheet)
    if door.view is not None:
        qtbot.waitUntil(lambda: bool(sheet.sites.lines()), timeout=WAIT_MS)
    return made, sheet


def press(key: Key) -> None:
    """Press a key where the keys are."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_figures_of_towns_are_those_of_the_queue(qtbot: QtBot) -> None:
    made, sheet = opened(qtbot, Door())
    rows = made.window.queue.model.rows
    pairs = [(each, rows.light(id_)) for id_, each in rows.by_id.items()]

    lines = figures(VIEW, pairs)

    assert list(lines) == list(sheet.towns.lines())
    told_ = [(each.name, each.open, each.red, each.sites, each.troubled) for each in lines]
    assert [("横沥镇", 2, 1, 1, 0), ("甲镇", 1, 0, 1, 1)] == told_
    assert "站点 2，有异常 1" == sheet.summary.text()


def test_enter_on_a_site_opens_its_towns_queue_and_esc_the_whole(qtbot: QtBot) -> None:
    made, sheet = opened(qtbot, Door())
    queue = made.window.queue
    press(Key.Key_Tab)
    qtbot.waitUntil(sheet.sites.hasFocus, timeout=WAIT_MS)

    press(Key.Key_Return)

    assert ("id-000003",) == queue.model.visible()
    assert "只看 甲镇" == queue.town_bar.words()
    assert not queue.town_bar.isHidden()
    made.desk.put(of(4, 7200, TWO), of(5, 7200, ONE))
    qtbot.waitUntil(lambda: len(queue.model.rows) == 5, timeout=WAIT_MS)
    assert {"id-000003", "id-000004"} == set(queue.model.visible())
    QTest.keyClick(made.window, Key.Key_Escape)
    assert 5 == len(queue.model.visible())
    assert queue.town_bar.isHidden()


def test_a_red_card_of_another_town_stays_in_sight(qtbot: QtBot) -> None:
    made, _ = opened(qtbot, Door())
    card = replace(of(9, 3600, ONE), supervision=Supervision.RED, answer_by=NOW)
    made.desk.put(card)
    queue = made.window.queue
    qtbot.waitUntil(lambda: len(queue.model.rows) == 4, timeout=WAIT_MS)

    queue.show_town(*TWO)

    assert {"id-000009", "id-000003"} == set(queue.model.visible())


def test_an_incident_of_another_town_that_is_asked_for_is_shown(qtbot: QtBot) -> None:
    made, _ = opened(qtbot, Door())
    queue = made.window.queue
    queue.show_town(*TWO)

    made.window.show_incident("id-000001")

    assert "id-000001" == queue.list.current_id()
    assert "" == queue.model.town


def test_silence_is_said_in_words_with_how_long(qtbot: QtBot) -> None:
    _, sheet = opened(qtbot, Door())

    assert "失联 3 时" == told(SILENT, NOW)
    assert SILENT is sheet.sites.lines()[0]
    assert set(Trouble) == set(WORDS) == set(SHAPES)


def test_below_the_city_it_says_so(qtbot: QtBot) -> None:
    _, sheet = opened(qtbot, Door(None))

    qtbot.waitUntil(lambda: "市级" in sheet.complaint.words(), timeout=WAIT_MS)


@pytest.mark.parametrize("at", [0, NOW])
def test_a_table_that_never_came_is_not_told_as_well(qtbot: QtBot, at: int) -> None:
    view = SitesView(at, (ONE, TWO), () if not at else VIEW.sites)
    door = Door(view)
    made = shell(qtbot)
    place = CityPlace(made.live, door, made.window.theme, made.window.queue, made.tick)
    place.open()
    sheet = place.sheet
    assert isinstance(sheet, CitySheet)
    qtbot.waitUntil(lambda: bool(sheet.summary.text()), timeout=WAIT_MS)

    assert ("还没有取得" in sheet.summary.text()) is (at == 0)
