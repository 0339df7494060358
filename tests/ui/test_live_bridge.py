"""The bridge brings answers to the GUI thread, gathers changes and knows whose they are."""

from __future__ import annotations

import threading
from concurrent.futures import Future

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dispatch.desk.views import Changes, QueueRow
from dispatch.domain.codes import State
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import Refused, StoreError
from tests.ui.queue_rows import STRIP, DoneThing, SmallDesk, row
from ui.live import Live, RowsChanged, merged


class Taker(QObject):
    """Keeps what it was given and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[object] = []
        self.errors: list[BaseException] = []
        self.threads: list[int] = []

    def take(self, value: object) -> None:
        self.given.append(value)
        self.threads.append(threading.get_ident())

    def fail(self, error: BaseException) -> None:
        self.errors.append(error)


class CountingDesk(SmallDesk):
    """Counts how often rows were asked for."""

    def __init__(self, *rows: QueueRow) -> None:
        super().__init__(*rows)
        self.asked: list[frozenset[str] | None] = []

    def rows(self, ids: frozenset[str] | None = None) -> Future[tuple[QueueRow, ...]]:
        self.asked.append(ids)
        return super().rows(ids)


def started(qtbot: QtBot, desk: SmallDesk) -> Live:
    live = Live(desk)
    with qtbot.waitSignal(live.rows_reset):
        live.start()
    return live


def test_everything_is_loaded_at_the_start(qtbot: QtBot) -> None:
    desk, taker = SmallDesk(row(1), row(2)), Taker()
    live = Live(desk)
    for signal in (live.rows_reset, live.strip_changed, live.exceptions_changed):
        signal.connect(taker.take)

    live.start()

    qtbot.waitUntil(lambda: len(taker.given) == 3)
    assert tuple(desk.kept.values()) in taker.given
    assert STRIP in taker.given
    live.close()


def test_many_commits_are_one_question(qtbot: QtBot) -> None:
    desk = CountingDesk(row(1))
    live = started(qtbot, desk)

    with qtbot.waitSignal(live.rows_changed) as got:
        for number in range(2, 52):
            desk.put(row(number))

    changed = got.args[0] if got.args else None
    assert isinstance(changed, RowsChanged)
    assert 50 == len(changed.rows)
    assert [None, frozenset(f"id-{n:06d}" for n in range(2, 52))] == desk.asked
    live.close()


def test_an_ended_incident_is_gone_and_a_contested_ended_one_stays(qtbot: QtBot) -> None:
    desk = SmallDesk(row(1), row(2))
    live = started(qtbot, desk)

    with qtbot.waitSignal(live.rows_changed) as got:
        desk.end("id-000001")
        desk.put(row(2, state=State.CLOSED, contested=True, version="v2"))

    changed = got.args[0] if got.args else None
    assert isinstance(changed, RowsChanged)
    assert frozenset({"id-000001"}) == changed.gone
    assert ["id-000002"] == [each.id for each in changed.rows]
    live.close()


def test_only_what_somebody_else_did_is_marked_so(qtbot: QtBot) -> None:
    """Own acts and sync answers that leave the version are not other people's changes."""
    desk = SmallDesk(row(1, unsent=1), row(2), row(3))
    live = started(qtbot, desk)
    with qtbot.waitSignal(live.acted):
        live.act(Command(verb=Verb.DISPATCH, incident="id-000002", unit="u1"))

    with qtbot.waitSignal(live.rows_changed) as got:
        desk.put(row(1, unsent=0), row(2, version="v2"), row(3, version="v5"))

    changed = got.args[0] if got.args else None
    assert isinstance(changed, RowsChanged)
    assert frozenset({"id-000003"}) == changed.by_others
    live.close()


def test_an_answer_from_another_thread_arrives_on_this_one(qtbot: QtBot) -> None:
    live, taker = Live(SmallDesk()), Taker()
    future: Future[str] = Future()
    live.run(future, taker.take)

    thread = threading.Thread(target=future.set_result, args=("there",))
    thread.start()
    thread.join()

    assert [] == taker.given  # not before the event loop
    qtbot.waitUntil(lambda: taker.given == ["there"])
    assert [threading.get_ident()] == taker.threads


def test_a_finished_future_is_not_taken_inside_the_call(qtbot: QtBot) -> None:
    live, taker = Live(SmallDesk()), Taker()
    future: Future[int] = Future()
    future.set_result(7)

    live.run(future, taker.take)

    assert [] == taker.given
    qtbot.waitUntil(lambda: taker.given == [7])


def test_a_refusal_is_worded_when_nobody_takes_it(qtbot: QtBot) -> None:
    desk = SmallDesk(row(1))
    desk.refuse = Refused("already_dispatched", unit="住建分局", state="sent")
    live = Live(desk)

    with qtbot.waitSignal(live.failed) as got:
        live.act(Command(verb=Verb.DISPATCH, incident="id-000001", unit="u1"))

    assert ["已经派给住建分局，现为“待签收”；要换单位请用转派"] == got.args


@pytest.mark.usefixtures("qtbot")
def test_a_refusal_before_there_is_a_future_reaches_the_same_place() -> None:
    class Nobody(SmallDesk):
        def act(self, _command: Command) -> Future[DoneThing]:
            raise Refused("not_logged_in")

    live, taker = Live(Nobody()), Taker()

    live.act(Command(verb=Verb.NOTE, incident="id-000001"), None, taker.fail)

    assert ["not_logged_in"] == [e.code for e in taker.errors if isinstance(e, Refused)]


def test_a_store_fault_is_told_apart(qtbot: QtBot) -> None:
    live, taker = Live(SmallDesk()), Taker()
    future: Future[int] = Future()
    future.set_exception(StoreError("disk full"))

    with qtbot.waitSignal(live.store_failed):
        live.run(future, taker.take, taker.fail)

    assert 1 == len(taker.errors)


def test_an_answer_for_a_widget_that_is_gone_is_dropped(qtbot: QtBot) -> None:
    class Dialog(QWidget):
        def take(self, value: object) -> None:
            raise AssertionError(value)

    live, dialog, after = Live(SmallDesk()), Dialog(), Taker()
    future: Future[int] = Future()
    live.run(future, dialog.take)
    live.run(future, after.take)

    dialog.deleteLater()
    qtbot.waitUntil(lambda: not _lives(dialog))
    future.set_result(1)

    qtbot.waitUntil(lambda: after.given == [1])


def _lives(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return isValid(widget)


def test_a_failed_read_is_asked_again(qtbot: QtBot) -> None:
    class Flaky(CountingDesk):
        def rows(self, ids: frozenset[str] | None = None) -> Future[tuple[QueueRow, ...]]:
            answer = super().rows(ids)
            if len(self.asked) == 2:
                failing: Future[tuple[QueueRow, ...]] = Future()
                failing.set_exception(StoreError("busy"))
                return failing
            return answer

    desk = Flaky(row(1))
    live = started(qtbot, desk)

    with qtbot.waitSignal(live.rows_changed, timeout=10_000) as got:
        desk.put(row(2))

    changed = got.args[0] if got.args else None
    assert isinstance(changed, RowsChanged)
    assert ["id-000002"] == [each.id for each in changed.rows]
    live.close()


def test_changes_add_up() -> None:
    one = Changes(incidents=frozenset({"a"}), sync=True)
    two = Changes(incidents=frozenset({"b"}), workers=True)

    assert Changes(frozenset({"a", "b"}), workers=True, sync=True) == merged(one, two)


def test_nothing_comes_after_the_close(qtbot: QtBot) -> None:
    desk = SmallDesk(row(1))
    live = started(qtbot, desk)
    live.close()

    with qtbot.assertNotEmitted(live.rows_changed, wait=150):
        desk.put(row(2))


def test_the_close_waits_for_who_is_ringing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is destroyed after the close would be destroyed under the hands of that thread."""
    live = started(qtbot, SmallDesk(row(1)))
    looking, go_on = threading.Event(), threading.Event()

    def held(_: object) -> bool:
        looking.set()
        return go_on.wait(10)

    monkeypatch.setattr("ui.live.isValid", held)
    ringer = threading.Thread(target=live.ring, args=(1,))
    ringer.start()
    assert looking.wait(10)
    threading.Timer(0.2, go_on.set).start()

    live.close()

    assert go_on.is_set()
    ringer.join()
