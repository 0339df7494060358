"""What the city hands down waits for its dispatch from then on; what it has done is done."""

from __future__ import annotations

import pytest

from dispatch.domain.calendar import DAY, HOUR
from dispatch.domain.codes import State
from dispatch.domain.command import Verb
from dispatch.reports.figures import count_all
from dispatch.reports.walk import walk
from tests import byways
from tests import given as g
from tests.reports.test_frozen import given_input


@pytest.mark.parametrize(("late", "in_time"), [(0, 1), (90 * DAY, 0)])
def test_what_the_city_has_done_is_disposed_of(late: int, in_time: int) -> None:
    """In time, if the town had time left when the city took over, however long that took."""
    log = g.MemoryLog()
    work = g.given_work(log)
    log.now += late
    asked = g.act(log, work.id, Verb.ASK_ESCALATION, reason="r")
    g.act(log, asked.id, Verb.GRANT_ESCALATION, g.LEADER)
    log.now += 60 * DAY
    done = g.act(log, asked.id, Verb.CITY_DONE, order="S-1", text="市里已处置")
    assert State.DONE is done.state

    told = count_all(walk(given_input(log, log.now + HOUR)))

    for id_, num in (("kpi.disposed", 1), ("kpi.on_time", in_time), ("kpi.own_on_time", in_time)):
        assert (num, 1) == (told[id_].num, told[id_].den), id_
    assert 1 == told["time.count.dispose"].value
    assert 1 == told["kpi.rework_fed"].den


def test_a_dispatch_of_what_the_city_handed_down_begins_with_its_order() -> None:
    log = g.MemoryLog()
    id_ = byways.given_assigned(log).id
    assigned = log.folded[id_].facts[0]
    log.now += HOUR
    sent = g.act(log, id_, Verb.DISPATCH, unit=g.FIRE).latest("dispatched")
    assert sent is not None

    told = count_all(walk(given_input(log, log.now + HOUR)))

    assert (id_,) == told["time.count.dispatch"].ids
    mean = told["time.mean.dispatch"]
    assert sent.corrected_at - assigned.corrected_at == mean.num
    assert [assigned.corrected_at] * 2 == [
        told[f"row.{m}.{id_}"].value for m in ("reported", "filed")
    ]
