"""The queue's rows: order by urgency, lights that turn, counts that add up, batches for a view."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.modeltest import ModelTester

from dispatch.domain.codes import Light, Priority, State, Supervision
from tests.ui.queue_rows import NOW, row
from ui.queue.model import ID_ROLE, MARK_ROLE, Mark, QueueModel
from ui.queue.order import ALL, SUPERVISED, TAB_OF, TABS, Chip, Sorting, urgency
from ui.queue.rows import Rows

FILED = TAB_OF[State.FILED]


class Clock:
    """A clock the test turns."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now


def made(*rows: object) -> tuple[QueueModel, Clock]:
    clock = Clock()
    model = QueueModel(clock)
    model.reset_rows(rows)  # type: ignore[arg-type]
    return model, clock


def ids(model: QueueModel) -> list[str]:
    return [model.index(n).data(ID_ROLE) for n in range(model.rowCount())]


def numbers(model: QueueModel) -> list[int]:
    return [int(each[3:]) for each in ids(model)]


def test_over_the_limit_first_by_priority_then_what_is_left_then_held() -> None:
    model, _ = made(
        row(1, 5000),
        row(2, -60, priority=Priority.P3),
        row(3, -10, priority=Priority.P1),
        row(4, -500, priority=Priority.P1),
        row(5, 100, priority=Priority.P3),
        row(6, 10, state=State.HOLD),
        row(7, clock=None),
    )

    assert [4, 3, 2, 5, 1, 7, 6] == numbers(model)


def test_a_row_that_passes_its_limit_moves_up_and_its_light_is_counted_anew() -> None:
    model, clock = made(row(1, 10, priority=Priority.P1), row(2, -100), row(3, 5000))
    assert [2, 1, 3] == numbers(model)

    clock.now += 11_000
    model.turn_lights()

    assert [1, 2, 3] == numbers(model)
    tally = model.rows.tally(ALL.key)
    assert (2, 0, 1) == (tally.red, tally.yellow, tally.green)


def test_green_turns_yellow_at_the_rows_own_amber() -> None:
    model, clock = made(row(1, 16 * 60))
    assert 1 == model.rows.tally(ALL.key).green

    clock.now += 61_000
    model.turn_lights()

    assert 1 == model.rows.tally(ALL.key).yellow


states = st.sampled_from(list(State))
some_rows = st.lists(
    st.builds(
        lambda n, left, state, contested: row(n, left, state=state, contested=contested),
        st.integers(0, 40),
        st.integers(-5000, 9000),
        states,
        st.booleans(),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(some_rows, some_rows, st.sets(st.integers(0, 40)), st.integers(0, 9_000_000))
def test_parts_and_lights_always_add_up_and_the_order_is_that_of_a_fresh_queue(
    first: list[object], second: list[object], gone: set[int], later: int
) -> None:
    rows = Rows()
    rows.reset(first, NOW)  # type: ignore[arg-type]
    rows.change(second, [f"id-{n:06d}" for n in gone], NOW)  # type: ignore[arg-type]
    rows.turn(NOW + later)

    whole = rows.tally(ALL.key)
    assert len(rows) == whole.all == sum(rows.tally(t.key).all for t in TABS if t.part)
    fresh = Rows()
    fresh.reset(rows.by_id.values(), NOW + later)
    assert [fresh.tally(t.key) for t in TABS] == [rows.tally(t.key) for t in TABS]
    keys = [urgency(rows.by_id[i], rows.light(i)) for i in rows.order]
    assert sorted(keys) == keys


@settings(max_examples=40, deadline=None)
@given(some_rows, some_rows, st.sets(st.integers(0, 40)), st.sampled_from(TABS), st.booleans())
def test_the_view_follows_every_batch_exactly(
    first: list[object], second: list[object], gone: set[int], tab: object, chip: bool
) -> None:
    """What a view counts from rowsInserted, rowsRemoved and layoutChanged is what is there."""
    model, _ = made(*first)
    model.choose_tab(tab)  # type: ignore[arg-type]
    model.choose_chips(frozenset({Chip.RED}) if chip else frozenset())
    held = {i: QPersistentModelIndex(model.index(n)) for n, i in enumerate(ids(model))}
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)

    model.change_rows(
        tuple(second),  # type: ignore[arg-type]
        frozenset(f"id-{n:06d}" for n in gone),
        frozenset(),
    )

    assert model is tester.model()
    wanted = [i for i in model.rows.order if _passes(model, i)]
    assert wanted == ids(model)
    for row_id, index in held.items():
        if row_id in wanted:
            assert index.row() == wanted.index(row_id)
        else:
            assert not index.isValid()


def _passes(model: QueueModel, row_id: str) -> bool:
    found = model.rows.by_id[row_id]
    in_tab = model.tab is ALL or found.state in model.tab.states
    return in_tab and (not model.chips or model.rows.light(row_id) is Light.RED)


@pytest.mark.usefixtures("qtbot")
def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model, _ = made(*(row(n, n * 100 - 500) for n in range(40)))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]

    model.change_rows((row(3, 9000), row(90, 50)), frozenset({"id-000007"}), frozenset())
    model.choose_tab(FILED)
    model.search("1")

    assert model.rowCount(model.index(0)) == 0
    assert model.data(QModelIndex()) is None


def test_a_change_by_others_is_marked_otherwise_than_an_own_one() -> None:
    model, _ = made(row(1), row(2), row(3))

    model.change_rows((row(1), row(2)), frozenset(), frozenset({"id-000002"}))

    marks = {each: model.index(model.place(each)).data(MARK_ROLE) for each in ids(model)}
    assert {"id-000001": Mark.CHANGED, "id-000002": Mark.OTHERS, "id-000003": Mark.NONE} == marks


def test_search_finds_by_what_rows_hold_by_items_and_by_what_the_desk_finds() -> None:
    model, _ = made(
        row(1, place="隔坑村 工业二路"), row(2, item="0802"), row(3), row(4, unit_name="消防大队")
    )

    model.search("工业")
    assert [1] == numbers(model)
    model.search("sllj")
    model.found_items(frozenset({"0802"}))
    assert [2] == numbers(model)
    model.search("138")
    model.found((row(3), row(77, state=State.CLOSED)))
    assert [3, 77] == numbers(model)
    assert 4 == model.rows.tally(ALL.key).all  # an ended one is shown, never counted

    model.search("")
    assert 4 == model.rowCount()


def test_chips_of_lights_add_and_others_narrow() -> None:
    model, _ = made(
        row(1, -5, priority=Priority.P1),
        row(2, -5),
        row(3, 60, priority=Priority.P1),
        row(4, 9000, priority=Priority.P1),
    )

    model.choose_chips(frozenset({Chip.RED, Chip.YELLOW}))
    assert [1, 2, 3] == numbers(model)
    model.choose_chips(frozenset({Chip.RED, Chip.YELLOW, Chip.P1}))
    assert [1, 3] == numbers(model)


def test_the_newest_report_first() -> None:
    model, _ = made(row(5), row(2), row(9))

    model.choose_sorting(Sorting.NEWEST)

    assert [2, 5, 9] == numbers(model)


def test_a_found_ended_row_that_reopens_stands_once() -> None:
    model, _ = made(row(1))
    model.search("恒泉")
    model.found((row(5, state=State.CLOSED),))

    model.change_rows((row(5),), frozenset(), frozenset())

    assert [1, 5] == sorted(numbers(model))


def test_a_red_card_stands_on_top_of_every_tab_filter_and_text() -> None:
    """The one to be answered first before the other; a lesser card has no such place."""
    red = {"supervision": Supervision.RED, "state": State.WORK}
    model, _ = made(
        row(1, -600, priority=Priority.P1),
        row(2, 90_000, answer_by=NOW + 2, **red),
        row(3, 80_000, answer_by=NOW + 1, **red),
        row(4, 70_000, supervision=Supervision.YELLOW, answer_by=NOW),
        row(5, 60_000, special=True),
    )
    assert [3, 2, 5, 1, 4] == numbers(model)
    assert 0 == model.pinned_beside()
    model.choose_sorting(Sorting.NEWEST)
    assert [3, 2] == numbers(model)[:2]
    model.choose_sorting(Sorting.URGENCY)
    model.choose_tab(FILED)
    assert ([3, 2, 5, 1, 4], 2) == (numbers(model), model.pinned_beside())
    model.choose_chips(frozenset({Chip.RED, Chip.P1}))
    assert [3, 2, 1] == numbers(model)
    model.search("没有这样的字")
    assert [3, 2] == numbers(model)


def test_the_supervised_are_a_look_across_the_tabs() -> None:
    model, _ = made(
        row(1, 600),
        row(2, 600, supervision=Supervision.NORMAL, answer_by=NOW),
        row(3, 600, supervision=Supervision.RED, answer_by=NOW, state=State.WORK),
    )
    model.choose_tab(SUPERVISED)
    assert [3, 2] == numbers(model)
    assert 2 == model.rows.tally(SUPERVISED.key).all
    model.change_rows((row(2, 600),), frozenset(), frozenset())
    assert [3] == numbers(model)
    assert 1 == model.rows.tally(SUPERVISED.key).all
