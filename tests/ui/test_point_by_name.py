"""A report by phone: nobody dictates degrees, so a name or a number brings the point."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.ui import panel_scene as scene
from tests.ui.panel_desk import PanelDesk
from tests.ui.workplace import WAIT_MS, Workplace, sealed_of
from tests.unit.towns import hengli
from ui.acts.found import Spot
from ui.acts.lookups import Lookups
from ui.acts.point_entry import PointEntry
from ui.acts.report_form import ReportForm
from ui.live import Live
from ui.look.theme import Theme

GRID = hengli().grids[3]
VILLAGE = next(each for each in hengli().villages if GRID.code.startswith(each.code))


@pytest.fixture
def place(qtbot: QtBot, tmp_path: Path) -> Iterator[Workplace]:
    hand = Hand()
    made = Workplace(qtbot, open_desk(tmp_path / "seat", hand), hand)
    made.desk.login("clerk1", PASSWORD).result()
    yield made
    made.leave()


def begun(place: Workplace) -> tuple[ReportForm, PointEntry]:
    place.acts.report()
    form = place.form(ReportForm)
    assert isinstance(form, ReportForm)
    entry = form.rows["lonlat"].entry
    assert isinstance(entry, PointEntry)
    return form, entry


def named(place: Workplace, form: ReportForm, entry: PointEntry, text: str) -> None:
    """Type a name, take the first line with Enter, wait for the grid."""
    place.fill(form, "lonlat", text)
    place.press(Qt.Key.Key_Return)
    place.qtbot.waitUntil(lambda: entry.place() is not None, timeout=WAIT_MS)


@pytest.mark.parametrize("text", ["恒泉 04", "hengquan 04", "hq04", GRID.code])
def test_a_grid_by_name_is_reported_and_told_as_a_centre(place: Workplace, text: str) -> None:
    assert "恒泉 04" == GRID.name
    form, entry = begun(place)
    place.fill(form, "item", "0605")
    named(place, form, entry, text)
    assert ("恒泉 04", "网格中心，待核") == (entry.text(), entry.origin())
    place.send(form)
    place.finish(0)

    event = place.incident(place.commands[-1].incident).facts[-1]
    body = event.body
    assert (GRID.lon, GRID.lat, GRID.code) == (
        getattr(body, "lon", None),
        getattr(body, "lat", None),
        getattr(body, "grid", None),
    )
    assert "恒泉 04（网格中心，待核）" == sealed_of(place.desk.site, event)["place"]


def test_a_village_by_initials_names_no_grid(place: Workplace) -> None:
    form, entry = begun(place)
    named(place, form, entry, "hq")

    assert (VILLAGE.name, "村（社区）中心，待核") == (entry.text(), entry.origin())
    wanted = {"lon": VILLAGE.lon, "lat": VILLAGE.lat, "village": VILLAGE.code}
    assert wanted == entry.values()


def test_a_place_in_somebodys_own_words_stands(place: Workplace) -> None:
    form, entry = begun(place)
    place.fill(form, "place", "工业二路")
    place.press(Qt.Key.Key_Backtab)
    place.press(Qt.Key.Key_Backtab)
    form.rows["lonlat"].entry.widget().setFocus()
    named(place, form, entry, "hq04")

    assert {"place": "工业二路"} == form.rows["place"].entry.values()


def test_degrees_typed_over_a_name_are_the_point(place: Workplace) -> None:
    form, entry = begun(place)
    named(place, form, entry, "hq04")
    place.fill(form, "lonlat", f"{GRID.lon:.6f}, {GRID.lat + 0.0001:.6f}")
    place.qtbot.waitUntil(lambda: "grid" in entry.values(), timeout=WAIT_MS)

    assert round(GRID.lat + 0.0001, 6) == entry.values()["lat"]
    assert "待核" not in entry.origin()


def test_an_incidents_number_brings_its_point(qtbot: QtBot) -> None:
    live = Live(PanelDesk())
    lookups = Lookups(live, PanelDesk())
    host = QWidget()
    host.resize(800, 400)
    entry = PointEntry(Theme(), lookups.place, lookups.spots, host)
    entry.setGeometry(10, 10, 600, 32)
    qtbot.addWidget(host)
    host.show()
    qtbot.waitExposed(host)
    entry.setFocus()

    QTest.keyClicks(entry, "1025")
    QTest.keyClick(entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: entry.found() is not None, timeout=WAIT_MS)

    row, found = scene.row(number="1025"), entry.found()
    assert isinstance(found, Spot)
    assert ((row.lon, row.lat), "与 1025 同处") == (found.point, entry.origin())
    assert {"lon": row.lon, "lat": row.lat, "grid": row.grid} == entry.values()
    live.close()
