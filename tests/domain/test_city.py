"""Up to the city and back: T17, T18."""

from __future__ import annotations

import pytest

from dispatch.domain.calendar import HOUR
from dispatch.domain.codes import Light, Priority, Role, Source, Stage, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.incident import Incident, light
from tests import byways
from tests import given as g
from tests.given import MemoryLog, act


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


def up(log: MemoryLog, given: Incident) -> Incident:
    act(log, given.id, Verb.ASK_ESCALATION, reason="beyond_power")
    return act(log, given.id, Verb.GRANT_ESCALATION)


class TestUp:
    """T17."""

    def test_the_towns_clock_stops_and_the_citys_runs(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        disposal = work.limit(Stage.DISPOSAL)
        assert disposal is not None

        city = up(log, work)

        clock = city.clock()
        assert clock is not None
        assert (State.CITY, Stage.CITY, log.now, log.now + 24 * HOUR) == (
            city.state,
            clock.stage,
            clock.start,
            clock.due,
        )
        granted = city.facts[-1]
        assert ("leader", disposal.due - log.now, State.WORK) == (
            granted.actor,
            getattr(granted.body, "town_left_ms", None),
            getattr(granted.body, "stood", None),
        )
        assert Light.RED is light(city, clock.due + 1)

    def test_what_nobody_has_yet_goes_up_without_a_clock_to_stop(self, log: MemoryLog) -> None:
        city = up(log, g.given_filed(log))

        assert State.CITY is city.state
        assert None is getattr(city.facts[-1].body, "town_left_ms", 0)

    def test_a_clock_that_an_order_left_behind_does_not_count(self, log: MemoryLog) -> None:
        city = up(log, byways.given_returned(log))

        assert None is getattr(city.facts[-1].body, "town_left_ms", 0)

    @pytest.mark.parametrize("given", [g.given_reported, g.given_sent, g.given_done])
    def test_only_what_is_filed_or_in_work_goes_up(self, log: MemoryLog, given: g.Given) -> None:
        with pytest.raises(Refused, match="wrong_state"):
            act(log, given(log).id, Verb.ASK_ESCALATION, reason="beyond_power")

    def test_what_has_moved_on_since_is_not_granted(self, log: MemoryLog) -> None:
        filed = g.given_filed(log)
        act(log, filed.id, Verb.ASK_ESCALATION, reason="beyond_power")
        act(log, filed.id, Verb.DISPATCH, unit=g.FIRE)
        with pytest.raises(Refused, match="wrong_state"):
            act(log, filed.id, Verb.GRANT_ESCALATION)


class TestDown:
    """T18."""

    def test_given_back_the_towns_clock_runs_on(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        disposal = work.limit(Stage.DISPOSAL)
        city = up(log, work)
        left: int = getattr(city.facts[-1].body, "town_left_ms", 0)
        log.now += 30 * HOUR

        back = act(log, city.id, Verb.CITY_RETURN, order="SD-1", text="属镇街职责")

        clock = back.limit(Stage.DISPOSAL)
        assert disposal is not None
        assert clock is not None
        assert (State.WORK, "SD-1", log.now + left, g.FIRE) == (
            back.state,
            back.city_order,
            clock.due,
            back.unit,
        )

    def test_given_back_to_nobody_it_waits_for_a_unit(self, log: MemoryLog) -> None:
        back = act(log, up(log, g.given_filed(log)).id, Verb.CITY_RETURN, order="SD-1")
        assert (State.WORK, None, log.now + 24 * HOUR) == (back.state, back.unit, back.due_at)
        with pytest.raises(Refused, match="out_of_scope"):
            act(log, back.id, Verb.FEEDBACK, text="已办")

        sent = act(log, back.id, Verb.REASSIGN, unit=g.FIRE)

        assert (State.SENT, g.FIRE) == (sent.state, sent.unit)
        assert State.WORK is act(log, sent.id, Verb.SIGN, person="某人").state

    def test_done_by_the_city_is_checked_and_closed_here(self, log: MemoryLog) -> None:
        city = byways.given_city(log)

        done = act(log, city.id, Verb.CITY_DONE, order="SD-2", text="已协调")
        assert (State.DONE, "SD-2", log.now + 4 * HOUR) == (
            done.state,
            done.city_order,
            done.due_at,
        )
        act(log, done.id, Verb.INSPECT_PASS)
        called = act(log, done.id, Verb.CALL_BACK, **g.SAID[Verb.CALL_BACK])
        assert State.CLOSED is act(log, called.id, Verb.CLOSE).state

    @pytest.mark.parametrize(("late", "on_time"), [(0, True), (25 * HOUR, False)])
    def test_on_time_is_what_the_town_had_left(
        self, log: MemoryLog, late: int, *, on_time: bool
    ) -> None:
        work = g.given_work(log, source=Source.STATION, item=g.FIRE_ITEM)
        log.now += late
        city = up(log, work)
        log.now += 40 * HOUR
        act(log, city.id, Verb.CITY_DONE, order="SD-2")
        act(log, city.id, Verb.INSPECT_PASS, no_visit="seen")
        closed = act(log, city.id, Verb.CLOSE)
        assert (State.CLOSED, on_time) == (closed.state, closed.on_time)

    def test_rework_after_it_is_work_again(self, log: MemoryLog) -> None:
        done = act(log, byways.given_city(log).id, Verb.CITY_DONE, order="SD-2")
        assert State.WORK is act(log, done.id, Verb.INSPECT_FAIL, reason="unfinished").state

    def test_whoever_did_it_for_the_city_does_not_check_it(self, log: MemoryLog) -> None:
        both = g.person("city", Role.CHIEF, Role.INSPECTOR, node=g.CITY)
        done = act(log, byways.given_city(log).id, Verb.CITY_DONE, both, order="SD-2")
        with pytest.raises(Refused, match="four_eyes"):
            act(log, done.id, Verb.INSPECT_PASS, both)

    @pytest.mark.parametrize("verb", [Verb.CITY_RETURN, Verb.CITY_DONE])
    def test_only_the_city_answers(self, log: MemoryLog, verb: Verb) -> None:
        city = byways.given_city(log)
        for by in (g.CHIEF, g.person("chief2", Role.CHIEF, node=g.VILLAGE)):
            with pytest.raises(Refused) as refused:
                act(log, city.id, verb, by, order="SD-1")
            assert ("city_only", by.node) == (refused.value.code, refused.value.facts["node"])
        with pytest.raises(BadInput, match="order"):
            act(log, city.id, verb)
        with pytest.raises(Refused, match="wrong_state"):
            act(log, g.given_work(log).id, verb, order="SD-1")

    def test_an_order_number_is_one_short_line(self, log: MemoryLog) -> None:
        for order in ("x" * 65, "a\nb", "a\0b"):
            with pytest.raises(BadInput, match="order"):
                act(log, byways.given_city(log).id, Verb.CITY_DONE, order=order)


class TestAssigned:
    """T19."""

    def test_it_is_filed_as_it_comes(self, log: MemoryLog) -> None:
        incident = byways.given_assigned(log, found_at=log.now, priority=Priority.P1)

        limits = {each.stage: each.due for each in incident.limits}
        assert (State.FILED, "SD-9", Source.CITY, Priority.P1, log.now) == (
            incident.state,
            incident.city_id,
            incident.source,
            incident.priority,
            incident.reported_at,
        )
        assert {
            Stage.DISPATCH: log.now + HOUR / 2,
            Stage.FIRST_ANSWER: log.now + 4 * HOUR,
        } == limits
        assert incident.sla is not None
        assert (g.VILLAGE, "A1") == (incident.village, incident.temp)
        assert State.SENT is act(log, incident.id, Verb.DISPATCH, unit=g.FIRE).state

    def test_the_same_order_is_one_incident(self, log: MemoryLog) -> None:
        incident = byways.given_assigned(log)
        for order in ("SD-9", " SD-9 "):
            with pytest.raises(Refused) as refused:
                byways.given_assigned(log, order)
            assert ("already_assigned", incident.temp) == (
                refused.value.code,
                refused.value.facts["incident"],
            )
        assert incident.id != byways.given_assigned(log, "SD-10").id

    def test_told_at_two_places_apart_it_is_still_one(self, log: MemoryLog) -> None:
        other = log.fork("B")
        one = byways.given_assigned(log)
        two = byways.given_assigned(other)
        log.take(kept.event for kept in other.kept)
        assert one.id == two.id
        assert ["state"] == [pair.about for pair in log.folded[one.id].contested]

    def test_another_id_than_the_orders_is_bad_input(self, log: MemoryLog) -> None:
        said = {"lon": g.LON, "lat": g.LAT, "grid": g.GRID, "order": "SD-9"}
        with pytest.raises(BadInput, match="order"):
            act(log, "city-0", Verb.CITY_ASSIGN, **said)

    def test_the_town_neither_voids_it_nor_hides_it_in_another(self, log: MemoryLog) -> None:
        incident = byways.given_assigned(log)
        for verb, said in (
            (Verb.ASK_VOID, {"reason": "slip"}),
            (Verb.MERGE, {"into": g.given_filed(log).id}),
        ):
            with pytest.raises(Refused) as refused:
                act(log, incident.id, verb, **said)
            assert ("citys_order", "SD-9") == (refused.value.code, refused.value.facts["order"])
        city_clerk = g.person("city2", Role.CLERK, node=g.CITY)
        act(log, incident.id, Verb.ASK_VOID, city_clerk, reason="slip")
        with pytest.raises(Refused, match="citys_order"):
            act(log, incident.id, Verb.GRANT_VOID)
        assert State.VOID is act(log, incident.id, Verb.GRANT_VOID, g.CITY_CHIEF).state

    def test_others_go_into_it(self, log: MemoryLog) -> None:
        incident = byways.given_assigned(log)
        child = act(log, g.given_filed(log).id, Verb.MERGE, g.CHIEF, into=incident.id)
        assert State.MERGED is child.state

    def test_a_town_does_not_assign(self, log: MemoryLog) -> None:
        said = {"lon": g.LON, "lat": g.LAT, "grid": g.GRID, "order": "SD-9"}
        with pytest.raises(Refused, match="city_only"):
            act(log, "city-0", Verb.CITY_ASSIGN, g.CHIEF, **said)


def test_handed_up_apart_from_a_feedback_is_a_collision(log: MemoryLog) -> None:
    """The further work stands until the chief has decided."""
    work = g.given_work(log)
    act(log, work.id, Verb.ASK_ESCALATION, reason="beyond_power")
    other = log.fork("B")
    act(log, work.id, Verb.GRANT_ESCALATION)
    act(other, work.id, Verb.FEEDBACK, text="已办")
    log.take(kept.event for kept in other.kept)

    both = log.folded[work.id]
    assert (State.DONE, ["state"]) == (both.state, [pair.about for pair in both.contested])
    grant = next(event.id for event in both.facts if event.type == "escalation_granted")
    decided = act(log, work.id, Verb.RESOLVE, keep=(grant,), reason="up")
    assert (State.CITY, ()) == (decided.state, decided.contested)


def test_a_later_hold_keeps_its_own_time(log: MemoryLog) -> None:
    """What was left when it went up is no time of a hold."""
    back = act(log, byways.given_city(log).id, Verb.CITY_RETURN, order="SD-1")
    assert None is back.left_ms
