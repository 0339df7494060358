"""Answers come in any order: an overtaken one is dropped, a key waits for the chosen incident."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from dispatch.desk.views import Changes, IncidentPane, QueueRow, Strip
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import Refused, StoreError
from tests.ui.queue_rows import STRIP, DoneThing, SmallDesk, answered, row
from tests.ui.test_seat_window import WAIT_MS, Seat, report
from ui.acts.act_form import ActForm
from ui.acts.report_form import ReportForm
from ui.live import Live, RowsChanged
from ui.takers import Newest

CTRL = Qt.KeyboardModifier.ControlModifier


def settle(qtbot: QtBot, live: Live) -> None:
    """Wait until what was answered so far has come."""
    come: list[object] = []
    live.run(answered(None), come.append)
    qtbot.waitUntil(lambda: bool(come), timeout=WAIT_MS)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
def test_what_is_shown_last_is_the_newest_answer(qtbot: QtBot, order: tuple[int, ...]) -> None:
    live, shown = Live(SmallDesk()), list[object]()
    question, promises = Newest(live.run), [Future[int]() for _ in range(3)]
    for promise in promises:
        question.run(promise, shown.append, shown.append)
    for nth in order:
        promises[nth].set_result(nth)
    settle(qtbot, live)

    assert 2 == shown[-1]
    assert sorted(shown, key=str) == shown


def test_an_error_that_was_overtaken_is_not_told(qtbot: QtBot) -> None:
    live, shown = Live(SmallDesk()), list[object]()
    question, late, newer = Newest(live.run), Future[int](), Future[int]()
    for promise in (late, newer):
        question.run(promise, shown.append, shown.append)
    newer.set_result(1)
    late.set_exception(StoreError("zu"))
    settle(qtbot, live)

    assert [1] == shown


class SlowStrip(SmallDesk):
    """Answers for the strip when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.strips: list[Future[Strip]] = []

    def strip(self) -> Future[Strip]:
        self.strips.append(Future())
        return self.strips[-1]


def test_the_strip_does_not_go_back_to_who_was_logged_in_before(qtbot: QtBot) -> None:
    desk = SlowStrip()
    live = Live(desk)
    with qtbot.waitSignal(live.rows_reset):
        live.start()
    live.refresh(Changes(sync=True))
    qtbot.waitUntil(lambda: len(desk.strips) == 2, timeout=WAIT_MS)
    told: list[Strip] = []
    live.strip_changed.connect(told.append)
    desk.strips[1].set_result(replace(STRIP, account="chief1"))
    desk.strips[0].set_result(STRIP)
    settle(qtbot, live)

    assert ["chief1"] == [each.account for each in told]
    live.close()


class SlowActs(SmallDesk):
    """Answers acts when the test says so, as a desk whose writer is late."""

    def __init__(self, *rows: QueueRow) -> None:
        super().__init__(*rows)
        self.answer: Future[DoneThing] = Future()

    def act(self, command: Command, /) -> Future[DoneThing]:
        super().act(command)
        return self.answer


def test_a_row_that_comes_before_its_acts_answer_is_ones_own(qtbot: QtBot) -> None:
    desk = SlowActs(row(1))
    live = Live(desk)
    with qtbot.waitSignal(live.rows_reset):
        live.start()
    live.act(Command(verb=Verb.DISPATCH, incident="id-000001", unit="u1"))
    seen: list[RowsChanged] = []
    live.rows_changed.connect(seen.append)
    with qtbot.waitSignal(live.rows_changed):
        desk.put(row(1, version="v2"))
    desk.answer.set_exception(Refused("already_dispatched", unit="x", state="sent"))
    settle(qtbot, live)
    with qtbot.waitSignal(live.rows_changed):
        desk.put(row(1, version="v3"))

    assert [frozenset(), frozenset({"id-000001"})] == [each.by_others for each in seen]
    live.close()


class LatePane:
    """The real desk's pane, but of one incident when the test says so."""

    def __init__(self, seat: Seat, late: str) -> None:
        self._pane = seat.desk.pane
        self._late = late
        self.answer: Future[IncidentPane] = Future()

    def __call__(self, id_: str, /) -> Future[IncidentPane]:
        return self.answer if id_ == self._late else self._pane(id_)

    def come(self) -> None:
        """Let it come as it stands."""
        self.answer.set_result(self._pane(self._late).result())


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    made = Seat(qtbot, tmp_path)
    made.open("clerk1")
    yield made
    made.whole.window.close()
    made.desk.site.close()


def stepped(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> tuple[LatePane, str, str]:
    """One incident is shown, the hand has gone on to the next, whose facts have not come."""
    for nth in range(2):
        report(seat, "0602", nth)
    window = seat.whole.window
    seat.qtbot.waitUntil(lambda: window.queue.model.rowCount() == 2, timeout=WAIT_MS)
    first, second = window.queue.model.visible()
    window.show_incident(first)
    seat.wait_shown(first)
    late = LatePane(seat, second)
    monkeypatch.setattr(seat.desk, "pane", late)
    window.queue.list.setFocus()
    seat.key(Qt.Key.Key_Down)
    assert second == window.current_id()
    return late, first, second


def about(seat: Seat) -> str:
    form = seat.whole.acts.form
    assert isinstance(form, ActForm)
    return form.row().id


def is_open(seat: Seat) -> bool:
    return seat.whole.acts.form is not None


def test_a_key_waits_for_the_incident_that_the_hand_has_gone_to(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, _, second = stepped(seat, monkeypatch)
    seat.key(Qt.Key.Key_A)
    seat.type("tst")
    settle(seat.qtbot, seat.whole.live)
    assert not is_open(seat)

    late.come()
    seat.qtbot.waitUntil(lambda: is_open(seat), timeout=WAIT_MS)

    form = seat.whole.acts.form
    assert second == about(seat)
    assert isinstance(form, ActForm)
    assert "tst" == form.rows["item"].entry.widget().text()  # type: ignore[attr-defined]


def test_a_key_is_given_up_with_the_row_it_was_for(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, first, second = stepped(seat, monkeypatch)
    seat.key(Qt.Key.Key_A)
    seat.key(Qt.Key.Key_Up)
    late.come()
    settle(seat.qtbot, seat.whole.live)
    assert not is_open(seat)

    seat.key(Qt.Key.Key_A)
    seat.qtbot.waitUntil(lambda: is_open(seat), timeout=WAIT_MS)
    assert first == about(seat) != second


def test_a_key_that_waited_does_not_put_a_form_away(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, _, second = stepped(seat, monkeypatch)
    seat.key(Qt.Key.Key_A)
    seat.key(Qt.Key.Key_N, CTRL)
    form = seat.whole.acts.form
    assert isinstance(form, ReportForm)
    late.come()
    seat.wait_shown(second)

    assert form is seat.whole.acts.form


def test_an_incident_that_cannot_be_read_leaves_no_other_in_its_place(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, _, _ = stepped(seat, monkeypatch)
    with seat.qtbot.waitSignal(seat.whole.follower.failed, timeout=WAIT_MS):
        late.answer.set_exception(Refused("unknown_incident", incident="x"))

    assert seat.whole.pane.shown() is None
    seat.key(Qt.Key.Key_A)
    assert not is_open(seat)


def test_paper_is_printed_for_the_row_that_the_hand_is_on(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, _, _ = stepped(seat, monkeypatch)
    before = seat.whole.window.bottom.note()
    seat.key(Qt.Key.Key_P, CTRL)
    assert before == seat.whole.window.bottom.note()

    late.come()
    said = "还没有派遣，没有交办单"
    seat.qtbot.waitUntil(lambda: said == seat.whole.window.bottom.note(), timeout=WAIT_MS)
