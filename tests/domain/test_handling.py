"""Steps 2 and 3: T7, 8, 9, 10, 20, 31."""

from __future__ import annotations

import pytest

from dispatch.domain.calendar import HOUR, MINUTE
from dispatch.domain.codes import (
    ReturnReason,
    Role,
    Stage,
    State,
)
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.incident import Incident
from tests import byways
from tests import given as g
from tests.given import MemoryLog, act


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


def last_body(incident: Incident, name: str) -> object:
    return getattr(incident.facts[-1].body, name)


class TestDispatch:
    """T7."""

    def test_the_order_has_a_unit_a_number_and_its_limits(self, log: MemoryLog) -> None:
        given = g.given_filed(log)
        incident = act(log, given.id, Verb.DISPATCH, unit=g.FIRE, assists=(g.POLICE, g.SQUAD))
        assert (State.SENT, g.FIRE) == (incident.state, incident.unit)
        assert (g.POLICE, g.SQUAD) == incident.assists
        assert f"{incident.temp}-1" == incident.order_no
        assert log.now + 30 * MINUTE == incident.due_at
        disposal = incident.limit(Stage.DISPOSAL)
        assert disposal is not None
        assert log.now + 24 * HOUR == disposal.due
        assert {g.FIRE, g.POLICE, g.SQUAD, g.VILLAGE} == set(incident.concerned)

    def test_a_deadline_of_the_own_is_the_disposals(self, log: MemoryLog) -> None:
        due = log.now + 3 * HOUR
        incident = act(log, g.given_filed(log).id, Verb.DISPATCH, unit=g.FIRE, due=due)
        disposal = incident.limit(Stage.DISPOSAL)
        assert disposal is not None
        assert due == disposal.due

    def test_a_second_dispatch_is_refused_with_the_first_unit(self, log: MemoryLog) -> None:
        incident = g.given_sent(log)
        with pytest.raises(Refused) as refused:
            act(log, incident.id, Verb.DISPATCH, unit=g.POLICE, seen=g.given_filed(log).version)
        assert "already_dispatched" == refused.value.code
        assert g.FIRE == refused.value.facts["unit"]

    def test_a_unit_twice_is_named(self, log: MemoryLog) -> None:
        incident = g.given_filed(log)
        for assists in ((g.FIRE,), (g.POLICE, g.POLICE)):
            with pytest.raises(BadInput, match="assist"):
                act(log, incident.id, Verb.DISPATCH, unit=g.FIRE, assists=assists)

    def test_a_station_sends_its_own_people_departments_and_squads(self, log: MemoryLog) -> None:
        for unit in (g.VILLAGE, g.FIRE, g.SQUAD):
            sent = act(log, g.given_filed(log).id, Verb.DISPATCH, g.STATION, unit=unit)
            assert unit == sent.unit
        with pytest.raises(Refused) as refused:
            act(log, g.given_filed(log).id, Verb.DISPATCH, g.STATION, unit=g.NEXT_VILLAGE)
        assert "out_of_scope" == refused.value.code

    def test_a_chief_who_is_no_dispatcher_sends_only_after_the_third_return(
        self, log: MemoryLog
    ) -> None:
        with pytest.raises(Refused, match="role_missing"):
            act(log, g.given_filed(log).id, Verb.DISPATCH, g.CHIEF, unit=g.FIRE)


class TestSign:
    """T8."""

    def test_person_and_phone_are_sealed_beside_the_reporters(self, log: MemoryLog) -> None:
        given = g.given_sent(log)
        told = {"person": "某队长", "phone": "137****0000"}
        incident = act(log, given.id, Verb.SIGN, **told)
        assert State.WORK is incident.state
        assert {"person": "某队长", "person_phone": "137****0000"} == log.kept[-1].plain
        sealed = dict(incident.sealed)
        assert given.facts[0].hash == sealed["phone"]
        assert incident.facts[-1].hash == sealed["person"] == sealed["person_phone"]

    def test_the_person_in_charge_is_needed(self, log: MemoryLog) -> None:
        with pytest.raises(BadInput, match="person"):
            act(log, g.given_sent(log).id, Verb.SIGN)

    def test_another_units_clerk_is_refused(self, log: MemoryLog) -> None:
        incident = act(log, g.given_filed(log).id, Verb.DISPATCH, unit=g.FIRE, assists=(g.POLICE,))
        with pytest.raises(Refused) as refused:
            act(log, incident.id, Verb.SIGN, g.POLICEMAN, person="某人")
        assert "not_your_order" == refused.value.code


class TestReturn:
    """T9."""

    def test_reason_proposal_and_time_held_are_recorded(self, log: MemoryLog) -> None:
        given = g.given_sent(log)
        log.now += 21 * MINUTE
        incident = act(log, given.id, Verb.RETURN, why=ReturnReason.NOT_OURS, propose=g.POLICE)
        assert (State.FILED, None, 1) == (incident.state, incident.unit, incident.returns)
        assert (g.FIRE, g.POLICE, 22 * MINUTE) == tuple(
            last_body(incident, name) for name in ("from_unit", "propose", "held_ms")
        )
        assert log.now + 30 * MINUTE == incident.due_at

    def test_after_signing_it_goes_within_one_sign_in_limit(self, log: MemoryLog) -> None:
        in_time = g.given_work(log)
        log.now += 29 * MINUTE
        assert State.FILED is act(log, in_time.id, Verb.RETURN, why=ReturnReason.EVIDENCE).state
        late = g.given_work(log)
        signed = log.now
        log.now += 30 * MINUTE
        with pytest.raises(Refused) as refused:
            act(log, late.id, Verb.RETURN, why=ReturnReason.EVIDENCE)
        assert ("return_too_late", signed + 30 * MINUTE) == (
            refused.value.code,
            refused.value.facts["until"],
        )

    def test_the_limit_after_signing_counts_working_time(self, log: MemoryLog) -> None:
        incident = g.given_work(log, item=g.WORKING_ITEM)
        log.now += 4 * HOUR  # 13:0x: two working hours from 09:0x end at 11:0x
        with pytest.raises(Refused, match="return_too_late"):
            act(log, incident.id, Verb.RETURN, why=ReturnReason.EVIDENCE)
        incident = g.given_work(log, item=g.WORKING_ITEM)
        log.now += HOUR  # signed at noon, the limit ends in the afternoon
        assert State.FILED is act(log, incident.id, Verb.RETURN, why=ReturnReason.EVIDENCE).state

    def test_rework_is_not_given_back(self, log: MemoryLog) -> None:
        incident = g.given_done(log)
        log.now += HOUR
        act(log, incident.id, Verb.INSPECT_FAIL, reason="unfinished")
        with pytest.raises(Refused, match="return_too_late"):
            act(log, incident.id, Verb.RETURN, why=ReturnReason.NOT_OURS)

    def test_after_the_third_the_chief_sends_and_no_unit_returns(self, log: MemoryLog) -> None:
        incident = byways.given_returned(log, times=3)
        assert 3 == incident.returns
        with pytest.raises(Refused) as refused:
            act(log, incident.id, Verb.DISPATCH, unit=g.POLICE)
        assert ("chief_decides", 3) == (refused.value.code, refused.value.facts["returns"])
        both = g.person("both", Role.DISPATCHER, Role.CHIEF)
        sent = act(log, incident.id, Verb.DISPATCH, both, unit=g.FIRE)
        assert "chief" == sent.facts[-1].role
        with pytest.raises(Refused, match="no_more_returns"):
            act(log, incident.id, Verb.RETURN, why=ReturnReason.NOT_OURS)


class TestReassign:
    """T10."""

    def test_sign_in_runs_anew_and_the_disposal_stays(self, log: MemoryLog) -> None:
        given = g.given_work(log)
        incident = act(log, given.id, Verb.REASSIGN, unit=g.POLICE)
        assert (State.SENT, g.POLICE) == (incident.state, incident.unit)
        assert given.limit(Stage.DISPOSAL) == incident.limit(Stage.DISPOSAL)
        assert log.now + 30 * MINUTE == incident.due_at
        assert f"{incident.temp}-2" == incident.order_no
        assert (g.FIRE, 2 * MINUTE) == (
            last_body(incident, "from_unit"),
            last_body(incident, "held_ms"),
        )

    def test_the_unit_itself_may_by_agreement(self, log: MemoryLog) -> None:
        given = g.given_sent(log)
        assert g.POLICE == act(log, given.id, Verb.REASSIGN, g.FIREMAN, unit=g.POLICE).unit
        with pytest.raises(Refused, match=r"out_of_scope|not_your_order"):
            act(log, given.id, Verb.REASSIGN, g.FIREMAN, unit=g.SQUAD)

    def test_a_station_only_inside_its_village(self, log: MemoryLog) -> None:
        incident = act(log, g.given_filed(log).id, Verb.DISPATCH, unit=g.VILLAGE)
        with pytest.raises(Refused, match="out_of_scope"):
            act(log, incident.id, Verb.REASSIGN, g.STATION, unit=g.NEXT_VILLAGE)
        assert g.FIRE == act(log, incident.id, Verb.REASSIGN, g.STATION, unit=g.FIRE).unit

    def test_the_present_unit_is_no_other(self, log: MemoryLog) -> None:
        with pytest.raises(BadInput, match="unit"):
            act(log, g.given_sent(log).id, Verb.REASSIGN, unit=g.FIRE)


class TestFeedback:
    """T20, T31."""

    def test_the_measure_is_sealed_and_the_check_clock_runs(self, log: MemoryLog) -> None:
        incident = g.given_work(log)
        incident = act(log, incident.id, Verb.FEEDBACK, text="已清退", result="当场整改")
        assert State.DONE is incident.state
        assert {"measure": "已清退", "result": "当场整改"} == log.kept[-1].plain
        assert incident.facts[0].hash == dict(incident.sealed)["text"]
        assert log.now + 4 * HOUR == incident.due_at

    def test_words_are_needed(self, log: MemoryLog) -> None:
        with pytest.raises(BadInput, match="text"):
            act(log, g.given_work(log).id, Verb.FEEDBACK)

    def test_a_stations_worker_feeds_back_for_it(self, log: MemoryLog) -> None:
        incident = act(log, g.given_filed(log).id, Verb.DISPATCH, unit=g.VILLAGE)
        act(log, incident.id, Verb.SIGN, g.STATION, person="某人")
        act(log, incident.id, Verb.ARRIVE, g.WORKER)
        assert State.DONE is act(log, incident.id, Verb.FEEDBACK, g.WORKER, text="已办").state

    def test_the_first_arrival_counts(self, log: MemoryLog) -> None:
        incident = g.given_work(log)
        first = act(log, incident.id, Verb.ARRIVE)
        assert (State.WORK, log.now) == (first.state, first.arrived_at)
        radio = {"on_behalf": g.FIRE, "at": log.now - MINUTE}
        assert (
            log.now - MINUTE
            == (act(log, incident.id, Verb.ARRIVE, g.DISPATCHER, **radio).arrived_at or 0) - 0
        )
        act(log, incident.id, Verb.ARRIVE)
        assert radio["at"] == log.folded[incident.id].arrived_at

    def test_an_arrival_before_the_report_or_ahead_of_now_is_refused(self, log: MemoryLog) -> None:
        incident = g.given_work(log)
        for at in ((incident.reported_at or 0) - 1, log.now + HOUR):
            with pytest.raises(BadInput, match="at"):
                act(log, incident.id, Verb.ARRIVE, at=at)
