"""Asking somebody to look: the likeliest workers stand there at once; a doubtful one asks twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dispatch.acts.perform import new_id
from dispatch.domain.codes import State
from dispatch.domain.command import Command, Verb
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.desk.test_candidates import BESIDE, GRID, OWN, on_duty
from tests.ui.workplace import WAIT_MS, Workplace
from ui.acts.act_form import ActForm
from ui.acts.worker_entry import WorkerEntry


@pytest.fixture
def place(qtbot: QtBot, tmp_path: Path) -> Iterator[Workplace]:
    hand = Hand()
    made = Workplace(qtbot, open_desk(tmp_path / "seat", hand), hand)
    made.desk.login("clerk1", PASSWORD).result()
    yield made
    made.leave()


def reported(place: Workplace) -> str:
    command = Command(verb=Verb.REPORT, incident=new_id(), item="0605")
    id_ = place.desk.report_at(command, GRID.lon, GRID.lat).result().incident
    place.show(id_)
    return id_


def begun(place: Workplace) -> tuple[QWidget, WorkerEntry]:
    """The form with its field, the list of workers open, nothing typed."""
    place.begin(Verb.ASK_VERIFY)
    form = place.form(ActForm)
    entry = form.rows["worker"].entry
    assert isinstance(entry, WorkerEntry)
    place.qtbot.waitUntil(lambda: entry.popup().isVisible(), timeout=WAIT_MS)
    assert "" == entry.text()
    return form, entry


def test_two_enters_ask_the_nearest_worker_of_the_own_grid(place: Workplace) -> None:
    on_duty(place.desk, BESIDE[0], 0.0001)
    on_duty(place.desk, OWN[0], 0.002)
    id_ = reported(place)
    _, entry = begun(place)

    lines = entry.popup().lines()
    assert [OWN[0].name, BESIDE[0].name] == [line.name for line in lines[:2]]
    assert "在岗 · 0 秒前定位 · 222 米" == lines[0].right
    place.press(Qt.Key.Key_Return)
    before = len(place.commands)
    place.press(Qt.Key.Key_Return)
    place.finish(before)

    assert (State.VERIFY, OWN[0].login) == (place.incident(id_).state, place.incident(id_).worker)


@pytest.mark.parametrize("busy", [False, True])
def test_a_doubtful_choice_is_told_in_words_and_asked_twice(place: Workplace, busy: bool) -> None:
    worker = OWN[0]
    if busy:
        on_duty(place.desk, worker, 0.0)
        first = Command(verb=Verb.ASK_VERIFY, incident=reported(place), worker=worker.login)
        place.desk.act(first).result()
    id_ = reported(place)
    form, entry = begun(place)
    place.type(worker.login)
    place.qtbot.waitUntil(lambda: worker.login in [e.code for e in entry.popup().lines()])
    assert ("手上" if busy else "下班 · 收不到提醒") in entry.popup().lines()[0].right
    place.press(Qt.Key.Key_Return)
    place.press(Qt.Key.Key_Return)

    assert isinstance(form, ActForm)
    word = "手上还有" if busy else "已下班，收不到提醒"
    assert word in form.rows["worker"].error()
    assert State.REPORTED is place.incident(id_).state
    form.rows["worker"].show_error("")  # what `finish` takes for a refusal
    before = len(place.commands)
    place.press(Qt.Key.Key_Return)
    place.finish(before)
    assert worker.login == place.incident(id_).worker


def test_tab_past_the_field_chooses_nobody(place: Workplace) -> None:
    on_duty(place.desk, OWN[0], 0.0)
    reported(place)
    _, entry = begun(place)

    place.press(Qt.Key.Key_Tab)

    assert entry.found() is None
    assert not entry.popup().isVisible()


def test_with_the_list_put_away_an_empty_field_is_told(place: Workplace) -> None:
    reported(place)
    form, entry = begun(place)
    place.press(Qt.Key.Key_Escape)
    assert not entry.popup().isVisible()
    place.press(Qt.Key.Key_Return)

    assert isinstance(form, ActForm)
    assert "必须填写" == form.rows["worker"].error()
