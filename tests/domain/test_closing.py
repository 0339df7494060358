"""Check, call-back, closing: T21-26."""

from __future__ import annotations

import pytest

from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.codes import (
    Channel,
    Finding,
    Light,
    Role,
    Source,
    State,
)
from dispatch.domain.command import Verb
from dispatch.domain.errors import Refused
from dispatch.domain.incident import Incident, light
from tests import given as g
from tests.given import MemoryLog, act


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


def last_body(incident: Incident, name: str) -> object:
    return getattr(incident.facts[-1].body, name)


class TestCheck:
    """T21, T22."""

    def test_public_reports_and_every_p1_are_called_back(self, log: MemoryLog) -> None:
        assert State.VISIT is g.given_visit(log).state
        internal = g.given_done(log, source=Source.STATION, item=g.P1_ITEM)
        assert State.VISIT is act(log, internal.id, Verb.INSPECT_PASS).state
        with pytest.raises(Refused, match="visit_required"):
            act(log, g.given_done(log).id, Verb.INSPECT_PASS, no_visit="seen")

    def test_of_the_rest_one_in_ten_is_drawn(self, log: MemoryLog) -> None:
        drawn = 0
        for _ in range(300):
            incident = g.given_done(log, source=Source.STATION)
            log.now -= 5 * MINUTE
            passed = act(log, incident.id, Verb.INSPECT_PASS)
            visit = passed.state is State.VISIT
            assert visit == (int(str(last_body(passed, "drawn"))) < 10)
            assert ("" if visit else "not_drawn") == last_body(passed, "reason")
            drawn += visit
        assert 10 <= drawn <= 60  # 30 expected; outside with a chance below 1 in 100,000

    def test_a_drawn_one_may_be_let_go_with_a_reason(self, log: MemoryLog) -> None:
        incident = g.given_done(log, source=Source.STATION)
        passed = act(log, incident.id, Verb.INSPECT_PASS, no_visit="seen_by_inspector")
        assert (State.EVAL, "seen_by_inspector") == (passed.state, last_body(passed, "reason"))
        assert log.now + 24 * HOUR == passed.due_at

    def test_the_handler_and_the_unit_do_not_judge_their_work(self, log: MemoryLog) -> None:
        incident = g.given_done(log)
        same_account = g.person("fireman", Role.INSPECTOR)
        same_unit = g.person("other", Role.INSPECTOR, node=f"{g.TOWN}/{g.FIRE}")
        for by in (same_account, same_unit):
            for verb, said in ((Verb.INSPECT_PASS, ""), (Verb.INSPECT_FAIL, "bad")):
                with pytest.raises(Refused) as refused:
                    act(log, incident.id, verb, by, reason=said)
                assert ("four_eyes", by.account) == (
                    refused.value.code,
                    refused.value.facts["account"],
                )

    def test_who_recorded_for_the_unit_is_a_handler_too(self, log: MemoryLog) -> None:
        incident = g.given_work(log)
        both = g.person("both", Role.DISPATCHER, Role.INSPECTOR)
        act(log, incident.id, Verb.FEEDBACK, both, text="电话反馈", on_behalf=g.FIRE)
        with pytest.raises(Refused, match="four_eyes"):
            act(log, incident.id, Verb.INSPECT_PASS, both)

    def test_a_workers_look_is_evidence_and_no_check(self, log: MemoryLog) -> None:
        incident = g.given_done(log)
        after = act(log, incident.id, Verb.INSPECT, finding=Finding.TRUE, distance_m=20)
        assert (State.DONE, 20) == (after.state, last_body(after, "distance_m"))
        handler = g.person("fireman", Role.WORKER, node=g.GRID)
        with pytest.raises(Refused, match="four_eyes"):
            act(log, incident.id, Verb.INSPECT, handler, finding=Finding.TRUE)

    def test_rework_has_half_of_the_first_limit(self, log: MemoryLog) -> None:
        incident = act(log, g.given_done(log).id, Verb.INSPECT_FAIL, reason="unfinished")
        assert (State.WORK, 1) == (incident.state, incident.rework)
        assert log.now + 12 * HOUR == incident.due_at

    def test_half_of_the_deadline_that_the_order_was_given(self, log: MemoryLog) -> None:
        filed = g.given_filed(log)
        act(log, filed.id, Verb.DISPATCH, unit=g.FIRE, due=log.now + MINUTE + 4 * HOUR)
        act(log, filed.id, Verb.SIGN, person="某人")
        act(log, filed.id, Verb.FEEDBACK, text="已办")
        incident = act(log, filed.id, Verb.INSPECT_FAIL, reason="unfinished")
        assert log.now + 2 * HOUR == incident.due_at

    def test_half_of_working_days_is_working_time(self, log: MemoryLog) -> None:
        done = g.given_done(log, item=g.WORKING_ITEM)
        incident = act(log, done.id, Verb.INSPECT_FAIL, reason="unfinished")
        # Three working days are 21 working hours; half of them from Wednesday 09:0x.
        calendar = log.rules().calendar
        assert 21 * HOUR // 2 == calendar.between(log.now, incident.due_at or 0)


class TestCallBack:
    """T23, T24."""

    @pytest.mark.parametrize("grade", [1, 2, 3])
    def test_a_satisfied_reporter_goes_on_to_the_evaluation(
        self, log: MemoryLog, grade: int
    ) -> None:
        given = g.given_visit(log)
        incident = act(log, given.id, Verb.CALL_BACK, channel=Channel.PHONE, grade=grade)
        assert (State.EVAL, grade) == (incident.state, incident.grade)

    @pytest.mark.parametrize("grade", [4, 5])
    def test_a_dissatisfied_one_waits_for_the_chief(self, log: MemoryLog, grade: int) -> None:
        given = g.given_visit(log)
        incident = act(log, given.id, Verb.CALL_BACK, channel=Channel.VISIT, grade=grade)
        assert (State.VISIT, grade) == (incident.state, incident.grade)
        assert given.due_at == incident.due_at
        with pytest.raises(Refused, match="chief_answers"):
            act(log, given.id, Verb.CALL_BACK, channel=Channel.PHONE, grade=1)

    def test_the_chief_accepts_or_has_it_done_again(self, log: MemoryLog) -> None:
        accepted = act(log, g.given_dissatisfied(log).id, Verb.ACCEPT, reason="unfounded")
        assert State.EVAL is accepted.state
        redone = act(log, g.given_dissatisfied(log).id, Verb.REDO, reason="again")
        assert (State.WORK, 1, g.FIRE) == (redone.state, redone.redo, redone.unit)
        assert log.now + 24 * HOUR == redone.due_at

    @pytest.mark.parametrize("verb", [Verb.ACCEPT, Verb.REDO])
    def test_the_chief_answers_only_dissatisfaction(self, log: MemoryLog, verb: Verb) -> None:
        with pytest.raises(Refused, match="not_dissatisfied"):
            act(log, g.given_visit(log).id, verb, reason="why")

    def test_a_dissatisfaction_from_before_the_rework_is_over(self, log: MemoryLog) -> None:
        incident = act(log, g.given_dissatisfied(log).id, Verb.REDO, reason="again")
        act(log, incident.id, Verb.FEEDBACK, text="已办")
        act(log, incident.id, Verb.INSPECT_PASS)
        with pytest.raises(Refused, match="not_dissatisfied"):
            act(log, incident.id, Verb.ACCEPT, reason="unfounded")
        said = {"channel": Channel.PHONE, "grade": 1}
        assert State.EVAL is act(log, incident.id, Verb.CALL_BACK, **said).state

    def test_unreachable_takes_three_tries_on_two_days(self, log: MemoryLog) -> None:
        incident = g.given_visit(log)
        for _ in range(3):
            tried = act(log, incident.id, Verb.CALL_TRIED, channel=Channel.PHONE)
        assert (State.VISIT, 3) == (tried.state, tried.tries)
        with pytest.raises(Refused) as refused:
            act(log, incident.id, Verb.CALL_BACK, channel=Channel.PHONE)
        assert ("tries_missing", 3, 1) == (
            refused.value.code,
            refused.value.facts["tries"],
            refused.value.facts["days"],
        )
        log.now += DAY
        act(log, incident.id, Verb.CALL_TRIED, channel=Channel.PHONE)
        reached = act(log, incident.id, Verb.CALL_BACK, channel=Channel.PHONE)
        assert (State.EVAL, None) == (reached.state, reached.grade)

    def test_two_tries_on_two_days_are_too_few(self, log: MemoryLog) -> None:
        incident = g.given_visit(log)
        for _ in range(2):
            act(log, incident.id, Verb.CALL_TRIED, channel=Channel.MESSAGE)
            log.now += DAY
        with pytest.raises(Refused, match="tries_missing"):
            act(log, incident.id, Verb.CALL_BACK, channel=Channel.PHONE)

    def test_tries_from_before_a_rework_do_not_count(self, log: MemoryLog) -> None:
        incident = g.given_visit(log)
        for _ in range(3):
            act(log, incident.id, Verb.CALL_TRIED, channel=Channel.PHONE)
            log.now += DAY
        act(log, incident.id, Verb.CALL_BACK, channel=Channel.VISIT, grade=5)
        act(log, incident.id, Verb.REDO, reason="again")
        act(log, incident.id, Verb.FEEDBACK, text="已办")
        act(log, incident.id, Verb.INSPECT_PASS)
        with pytest.raises(Refused, match="tries_missing tries=0"):
            act(log, incident.id, Verb.CALL_BACK, channel=Channel.PHONE)

    def test_neither_handler_nor_dispatcher_calls_back(self, log: MemoryLog) -> None:
        incident = g.given_visit(log)
        for account in ("fireman", "dispatcher"):
            by = g.person(account, Role.SUPERVISOR)
            for verb in (Verb.CALL_BACK, Verb.CALL_TRIED):
                with pytest.raises(Refused, match="four_eyes"):
                    act(log, incident.id, verb, by, channel=Channel.PHONE)


class TestClose:
    """T25, T26."""

    def test_the_closing_says_on_time_archive_number_and_score(self, log: MemoryLog) -> None:
        incident = g.given_closed(log)
        assert (State.CLOSED, 5) == (incident.state, incident.step)
        assert incident.on_time
        assert (f"{incident.temp}-G", 90) == (incident.archive_no, incident.score)
        assert log.now == incident.closed_at
        assert incident.due_at is None
        assert Light.NONE is light(incident, log.now)
        assert not incident.open

    def test_a_late_feedback_is_not_on_time(self, log: MemoryLog) -> None:
        incident = g.given_work(log)
        log.now += 2 * DAY
        act(log, incident.id, Verb.FEEDBACK, text="已办")
        act(log, incident.id, Verb.INSPECT_PASS)
        act(log, incident.id, Verb.CALL_BACK, channel=Channel.PHONE, grade=1)
        assert act(log, incident.id, Verb.CLOSE).on_time is False

    def test_a_chief_reopens_within_thirty_days_later_a_leader(self, log: MemoryLog) -> None:
        incident = g.given_closed(log)
        reopened = act(log, incident.id, Verb.REOPEN, reason="back")
        assert (State.FILED, None, 1) == (reopened.state, reopened.unit, reopened.rework)
        assert f"{incident.temp}-G" == reopened.archive_no
        assert reopened.closed_at is None
        assert log.now + 30 * MINUTE == reopened.due_at
        late = g.given_closed(log)
        log.now += 30 * DAY
        with pytest.raises(Refused, match="reopen_needs_leader"):
            act(log, late.id, Verb.REOPEN, reason="back")
        assert State.FILED is act(log, late.id, Verb.REOPEN, g.LEADER, reason="back").state
