"""A point by name stands for its surroundings: what is stored says so, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch.acts.perform import new_id
from dispatch.domain.codes import State
from dispatch.domain.command import Command, Verb
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.desk.test_candidates import GRID, OWN
from tests.ui.test_point_by_name import begun, named
from tests.ui.workplace import WAIT_MS, Workplace, sealed_of
from ui.acts.act_form import ActForm
from ui.acts.point_entry import PointEntry

AT = "恒泉 04"


@pytest.fixture
def place(qtbot: QtBot, tmp_path: Path) -> Iterator[Workplace]:
    hand = Hand()
    made = Workplace(qtbot, open_desk(tmp_path / "seat", hand), hand)
    made.desk.login("clerk1", PASSWORD).result()
    yield made
    made.leave()


def reported(place: Workplace) -> str:
    command = Command(verb=Verb.REPORT, incident=new_id(), item="0605", place="工业三路")
    id_ = place.desk.report_at(command, GRID.lon, GRID.lat).result().incident
    place.show(id_)
    return id_


def test_a_report_in_own_words_is_stored_with_what_its_point_is(place: Workplace) -> None:
    form, entry = begun(place)
    place.fill(form, "item", "0605")
    place.fill(form, "place", "工业二路")
    named(place, form, entry, "hq04")
    place.send(form)
    place.finish(0)

    event = place.incident(place.commands[-1].incident).facts[-1]
    assert "工业二路（网格中心，待核）" == sealed_of(place.desk.site, event)["place"]


def test_a_corrected_point_is_stored_with_what_it_is(place: Workplace) -> None:
    id_ = reported(place)
    place.begin(Verb.CORRECT)
    form = place.form(ActForm)
    entry = form.rows["lonlat"].entry
    assert isinstance(entry, PointEntry)
    place.fill(form, "lonlat", "hq04")
    place.press(Qt.Key.Key_Return)
    place.qtbot.waitUntil(lambda: entry.place() is not None, timeout=WAIT_MS)
    place.send(form)
    place.finish(0)

    event = place.incident(id_).facts[-1]
    assert "corrected" == event.type
    assert "工业三路（网格中心，待核）" == sealed_of(place.desk.site, event)["place"]


def test_the_words_of_a_name_go_when_degrees_are_typed(place: Workplace) -> None:
    form, entry = begun(place)
    named(place, form, entry, "hq04")
    assert {"place": "恒泉 04（网格中心，待核）"} == form.rows["place"].entry.values()
    place.fill(form, "lonlat", "113.9635, 23.0380")

    assert {} == form.rows["place"].entry.values()


def test_enter_held_down_does_not_confirm_a_doubtful_choice(place: Workplace) -> None:
    id_ = reported(place)
    place.begin(Verb.ASK_VERIFY)
    form = place.form(ActForm)
    entry = form.rows["worker"].entry.widget()
    place.type(OWN[0].login)
    place.qtbot.waitUntil(lambda: entry.popup().isVisible(), timeout=WAIT_MS)  # type: ignore[attr-defined]
    place.press(Qt.Key.Key_Return)
    for _ in range(4):
        held = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_Return,
            Qt.KeyboardModifier.NoModifier,
            "\r",
            autorep=True,
        )
        QApplication.sendEvent(QApplication.focusWidget() or place.host, held)
    place.press(Qt.Key.Key_Return)

    assert "收不到提醒" in form.rows["worker"].error()
    assert (State.REPORTED, []) == (place.incident(id_).state, place.commands)


def test_words_for_a_report_that_is_open_are_not_lost(place: Workplace) -> None:
    form, _ = begun(place)
    place.acts.report(words="三楼通道堆满货物")
    assert form is place.acts.form
    assert {"text": "三楼通道堆满货物"} == form.rows["text"].entry.values()
    place.acts.report(words="有人被困")
    assert {"text": "三楼通道堆满货物\n有人被困"} == form.rows["text"].entry.values()
