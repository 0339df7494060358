"""The lists of pages 3 and 4: what stands on them, in which order, and why."""

from __future__ import annotations

from dispatch.domain.codes import Light
from dispatch.reports import matters
from dispatch.reports.walk import Walk, walk
from tests.recount.drawn_rates import drawn
from tests.reports.inputs import report_of


def a_walk() -> Walk:
    return walk(report_of(drawn()))


def test_open_matters_stand_by_light_then_by_deadline() -> None:
    rows = matters.still_open(a_walk())

    lights = [each.light for each in rows]
    assert [Light.RED, Light.YELLOW, Light.GREEN] == list(dict.fromkeys(lights))[:3]
    for light in Light:
        dues = [each.now.due_at for each in rows if each.light is light]
        assert dues == sorted(dues, key=lambda due: (due is None, due or 0))


def test_ended_matters_come_last() -> None:
    rows = matters.important(a_walk())

    ended = [not each.now.open for each in rows]
    assert sorted(ended) == ended


def test_a_light_is_that_of_the_cut() -> None:
    rows = {each.case.id: each for each in matters.still_open(a_walk())}

    assert Light.RED is rows["d-due-from"].light
    assert Light.GREEN is rows["d-due-day"].light


def test_an_important_matter_says_why() -> None:
    rows = {each.case.id: each.why for each in matters.important(a_walk())}

    assert ("P1",) == rows["d-redone"]
    assert ("P1", "争议") == rows["d-over"]
