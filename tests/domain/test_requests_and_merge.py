"""Requests, holds, merges, corrections, notes: T6, 12, 13, 27, 28, 30, 32."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.codes import Channel, Light, Priority, Role, Source, Stage, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.fold import fold
from dispatch.domain.incident import Incident, light
from dispatch.domain.rules import Actor
from tests import byways
from tests import given as g
from tests.given import MemoryLog, act


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


ASKED: dict[str, tuple[g.Given, Verb, Verb, Verb, State]] = {
    "refusal": (g.given_reported, Verb.ASK_REFUSE, Verb.GRANT_REFUSE, Verb.DENY_REFUSE, State.VOID),
    "void": (g.given_work, Verb.ASK_VOID, Verb.GRANT_VOID, Verb.DENY_VOID, State.VOID),
    "escalation": (
        g.given_work,
        Verb.ASK_ESCALATION,
        Verb.GRANT_ESCALATION,
        Verb.DENY_ESCALATION,
        State.CITY,
    ),
    "hold": (g.given_work, Verb.ASK_HOLD, Verb.GRANT_HOLD, Verb.DENY_HOLD, State.HOLD),
}


@pytest.mark.parametrize("kind", ASKED)
class TestRequests:
    """T6, T12, T28: two events by two persons."""

    def ask(self, log: MemoryLog, kind: str) -> Incident:
        given, ask, *_ = ASKED[kind]
        more = {"review_at": log.now + 20 * DAY} if kind == "hold" else {}
        return act(log, given(log).id, ask, reason="asked", **more)

    def test_asked_changes_no_state_and_granted_does(self, log: MemoryLog, kind: str) -> None:
        given, _, grant, _, to = ASKED[kind]
        asked = self.ask(log, kind)
        assert given(log).state is asked.state
        (request,) = asked.requests
        assert (kind, False) == (request.kind, request.answered)
        assert g.WHO[ASKED[kind][1]].account == request.asked_by
        granted = act(log, asked.id, grant)
        assert to is granted.state
        assert granted.requests[0].answered

    def test_denied_it_stands_as_before_and_may_be_asked_anew(
        self, log: MemoryLog, kind: str
    ) -> None:
        _, ask, grant, deny, _ = ASKED[kind]
        asked = self.ask(log, kind)
        denied = act(log, asked.id, deny)
        assert asked.state is denied.state
        with pytest.raises(Refused, match="nothing_asked"):
            act(log, asked.id, grant)
        more = {"review_at": log.now + 20 * DAY} if kind == "hold" else {}
        assert 2 == len(act(log, asked.id, ask, reason="again", **more).requests)

    def test_nobody_answers_the_own_request(self, log: MemoryLog, kind: str) -> None:
        _, ask, grant, deny, _ = ASKED[kind]
        asked = self.ask(log, kind)
        asker = g.WHO[ask]
        same = Actor(asker.account, (Role.CHIEF, Role.LEADER), g.TOWN, "b" * 64)
        for verb in (grant, deny):
            with pytest.raises(Refused) as refused:
                act(log, asked.id, verb, same)
            assert ("four_eyes", asker.account) == (
                refused.value.code,
                refused.value.facts["account"],
            )

    def test_one_request_at_a_time(self, log: MemoryLog, kind: str) -> None:
        _, ask, *_ = ASKED[kind]
        asked = self.ask(log, kind)
        more = {"review_at": log.now + 20 * DAY} if kind == "hold" else {}
        with pytest.raises(Refused, match=f"already_asked kind={kind}"):
            act(log, asked.id, ask, reason="again", **more)

    def test_a_reason_is_needed(self, log: MemoryLog, kind: str) -> None:
        given, ask, *_ = ASKED[kind]
        with pytest.raises(BadInput, match="reason"):
            act(log, given(log).id, ask)


class TestHold:
    """T12, T13."""

    def test_the_remaining_time_is_restored_not_reset(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        disposal = work.limit(Stage.DISPOSAL)
        assert disposal is not None
        act(log, work.id, Verb.ASK_HOLD, reason="season", review_at=log.now + 30 * DAY)
        held = act(log, work.id, Verb.GRANT_HOLD)
        left = disposal.due - log.now
        assert left == held.left_ms
        assert Light.NONE is light(held, log.now + 40 * DAY)
        log.now += 10 * DAY
        resumed = act(log, work.id, Verb.RESUME)
        assert (State.WORK, log.now + left) == (resumed.state, resumed.due_at)

    def test_working_time_is_kept_as_working_time(self, log: MemoryLog) -> None:
        held = byways.given_hold(log, item=g.WORKING_ITEM)
        log.now += 10 * DAY + 7 * HOUR
        resumed = act(log, held.id, Verb.RESUME)
        calendar = log.rules().calendar
        assert held.left_ms == calendar.between(log.now, resumed.due_at or 0)

    def test_a_hold_gives_no_time_back(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        log.now += 25 * HOUR
        act(log, work.id, Verb.ASK_HOLD, reason="season", review_at=log.now + 30 * DAY)
        held = act(log, work.id, Verb.GRANT_HOLD)
        assert (held.left_ms or 0) < 0
        resumed = act(log, work.id, Verb.RESUME)
        assert Light.RED is light(resumed, log.now)

    def test_the_review_date_lies_ahead_and_within_a_year(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        for review in (log.now, log.now + 367 * DAY):
            with pytest.raises(BadInput, match="review"):
                act(log, work.id, Verb.ASK_HOLD, reason="season", review_at=review)

    def test_a_request_whose_review_date_went_by_has_lapsed(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        act(log, work.id, Verb.ASK_HOLD, reason="season", review_at=log.now + DAY)
        log.now += 2 * DAY
        with pytest.raises(Refused, match="request_lapsed"):
            act(log, work.id, Verb.GRANT_HOLD)
        assert State.WORK is act(log, work.id, Verb.DENY_HOLD).state

    def test_another_unit_does_not_ask_for_it(self, log: MemoryLog) -> None:
        filed = g.given_filed(log)
        act(log, filed.id, Verb.DISPATCH, unit=g.FIRE, assists=(g.POLICE,))
        act(log, filed.id, Verb.SIGN, person="某人")
        said = {"reason": "season", "review_at": log.now + 5 * DAY}
        with pytest.raises(Refused, match="not_your_order"):
            act(log, filed.id, Verb.ASK_HOLD, g.POLICEMAN, **said)
        assert act(log, filed.id, Verb.ASK_HOLD, g.DISPATCHER, **said).requests


class TestMerge:
    """T27."""

    def test_child_and_master_change_in_one_unit(self, log: MemoryLog) -> None:
        master = g.given_filed(log)
        child = byways.given_merged(log, master)
        merged, absorbed = (kept.event for kept in log.kept[-2:])
        assert (State.MERGED, master.id) == (child.state, child.master)
        assert (child.id,) == log.folded[master.id].children
        assert merged.unit is not None
        assert absorbed.unit is not None
        assert (1, 2, 2, 2) == (merged.unit.i, merged.unit.n, absorbed.unit.i, absorbed.unit.n)
        assert merged.unit.id == absorbed.unit.id
        assert child.due_at is None

    @pytest.mark.parametrize(
        "other",
        [
            {"lon": g.LON + 0.001},
            {"item": g.P1_ITEM},
            {"late": DAY},
        ],
    )
    def test_what_is_not_alike_is_the_chiefs(self, log: MemoryLog, other: dict[str, float]) -> None:
        master = g.given_filed(log)
        log.now += int(other.pop("late", 0))
        child = g.given_reported(log, **other)
        with pytest.raises(Refused) as refused:
            act(log, child.id, Verb.MERGE, into=master.id)
        assert "merge_needs_chief" == refused.value.code
        assert (102 if "lon" in other else 0) == refused.value.facts["metres"]
        assert State.MERGED is act(log, child.id, Verb.MERGE, g.CHIEF, into=master.id).state

    def test_a_child_in_another_village_lets_it_see_the_master(self, log: MemoryLog) -> None:
        master = g.given_filed(log)
        byways.given_merged(log, master, grid=g.NEXT_GRID)
        assert g.NEXT_VILLAGE in log.folded[master.id].concerned

    def test_what_cannot_be_merged(self, log: MemoryLog) -> None:
        master, child = g.given_filed(log), g.given_reported(log)
        for into, code in (
            (g.given_done(log).id, "wrong_state"),
            (byways.given_merged(log).id, "wrong_state"),
            ("nothing", "unknown_incident"),
        ):
            with pytest.raises(Refused, match=code):
                act(log, child.id, Verb.MERGE, into=into)
        with pytest.raises(BadInput, match="into"):
            act(log, child.id, Verb.MERGE, into=child.id)
        byways.given_merged(log, master)
        with pytest.raises(Refused, match="has_children"):
            act(log, master.id, Verb.MERGE, into=child.id)
        merged = act(log, child.id, Verb.MERGE, into=master.id)
        with pytest.raises(Refused, match="already_merged"):
            act(log, merged.id, Verb.MERGE, into=master.id)

    def test_a_split_restores_both(self, log: MemoryLog) -> None:
        master = g.given_filed(log)
        child = byways.given_merged(log, master)
        split = act(log, child.id, Verb.SPLIT)
        assert (State.REPORTED, None) == (split.state, split.master)
        assert () == log.folded[master.id].children
        assert 2 == sum(kept.event.unit is not None for kept in log.kept[-2:])

    def test_a_split_whose_master_is_not_here_is_refused(self, log: MemoryLog) -> None:
        child = byways.given_merged(log)
        del log.folded[child.master or ""]
        with pytest.raises(Refused, match="unknown_incident"):
            act(log, child.id, Verb.SPLIT)

    def test_children_close_in_the_masters_unit(self, log: MemoryLog) -> None:
        master = byways.given_eval_with_child(log)
        (child,) = master.children
        closed = act(log, master.id, Verb.CLOSE)
        assert State.CLOSED is closed.state is log.folded[child].state
        events = [kept.event for kept in log.kept[-2:]]
        assert [(1, 2), (2, 2)] == [(e.unit.i, e.unit.n) for e in events if e.unit]
        assert master.id == getattr(events[1].body, "with_master", None)
        with pytest.raises(Refused, match="reopen_the_master"):
            act(log, child, Verb.REOPEN, reason="back")
        reopened = act(log, master.id, Verb.REOPEN, reason="back")
        assert (child,) == reopened.children
        assert State.CLOSED is log.folded[child].state

    def test_a_child_that_is_not_here_stops_the_closing(self, log: MemoryLog) -> None:
        master = byways.given_eval_with_child(log)
        del log.folded[master.children[0]]
        with pytest.raises(Refused, match="child_unknown"):
            act(log, master.id, Verb.CLOSE)

    def test_a_reopened_master_closes_again_without_its_closed_child(self, log: MemoryLog) -> None:
        master = byways.given_eval_with_child(log)
        act(log, master.id, Verb.CLOSE)
        act(log, master.id, Verb.REOPEN, reason="back")
        act(log, master.id, Verb.DISPATCH, unit=g.FIRE)
        act(log, master.id, Verb.SIGN, person="某人")
        act(log, master.id, Verb.FEEDBACK, text="已办")
        act(log, master.id, Verb.INSPECT_PASS)
        act(log, master.id, Verb.CALL_BACK, channel=Channel.PHONE, grade=1)
        before = len(log.kept)
        assert State.CLOSED is act(log, master.id, Verb.CLOSE).state
        assert 1 == len(log.kept) - before

    def test_a_master_is_not_voided_over_its_children(self, log: MemoryLog) -> None:
        master = g.given_filed(log)
        byways.given_merged(log, master)
        act(log, master.id, Verb.ASK_VOID, reason="slip")
        with pytest.raises(Refused, match="has_children"):
            act(log, master.id, Verb.GRANT_VOID)

    def test_without_a_place_there_is_no_distance(self, log: MemoryLog) -> None:
        master, child = g.given_filed(log), g.given_reported(log)
        log.folded[master.id] = replace(log.folded[master.id], lat=None)
        with pytest.raises(Refused, match="place_missing"):
            act(log, child.id, Verb.MERGE, into=master.id)


class TestCorrect:
    """T30."""

    def test_old_and_new_values_are_recorded(self, log: MemoryLog) -> None:
        given = g.given_sent(log)
        after = act(log, given.id, Verb.CORRECT, lon=g.LON + 0.01, lat=g.LAT, phone="136****0000")
        assert (State.SENT, round(g.LON + 0.01, 7)) == (after.state, after.lon)
        assert (("lon", str(g.LON)), ("lat", str(g.LAT))) == getattr(
            after.facts[-1].body, "old", None
        )
        assert after.facts[-1].hash == dict(after.sealed)["phone"]
        assert given.due_at == after.due_at

    def test_the_text_is_the_incidents_and_a_notes_is_not(self, log: MemoryLog) -> None:
        given = g.given_filed(log)
        noted = act(log, given.id, Verb.NOTE, text="现场无人")
        assert given.facts[0].hash == dict(noted.sealed)["text"]
        corrected = act(log, given.id, Verb.CORRECT, text="改正的描述")
        assert corrected.facts[-1].hash == dict(corrected.sealed)["text"]

    def test_a_new_item_before_dispatch_freezes_a_new_profile(self, log: MemoryLog) -> None:
        filed = g.given_filed(log)
        after = act(log, filed.id, Verb.CORRECT, item=g.P1_ITEM)
        assert after.sla is not None
        assert ("U1", Priority.P1) == (after.sla.code, after.priority)
        assert (filed.entered_at + 3 * MINUTE) == after.due_at
        reported = g.given_reported(log)
        after = act(log, reported.id, Verb.CORRECT, item=g.P1_ITEM)
        assert (reported.reported_at or 0) + 5 * MINUTE == after.due_at

    def test_a_new_item_after_dispatch_leaves_the_deadline(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        after = act(log, work.id, Verb.CORRECT, item=g.P1_ITEM)
        assert (g.P1_ITEM, work.due_at, work.sla) == (after.item, after.due_at, after.sla)

    def test_a_deadline_is_the_chiefs_word(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        due = log.now + 5 * HOUR
        with pytest.raises(Refused, match="due_needs_chief"):
            act(log, work.id, Verb.CORRECT, g.DISPATCHER, due=due)
        assert due == act(log, work.id, Verb.CORRECT, due=due).due_at
        for wrong in (0, log.now + 400 * DAY):
            with pytest.raises(BadInput, match="due"):
                act(log, work.id, Verb.CORRECT, due=wrong)

    def test_where_no_clock_runs_there_is_no_deadline(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        log.folded[work.id] = replace(work, limits=())
        with pytest.raises(Refused, match="no_clock_runs"):
            act(log, work.id, Verb.CORRECT, due=log.now + HOUR)

    def test_another_village_sees_it_and_the_old_one_no_more(self, log: MemoryLog) -> None:
        after = act(log, g.given_filed(log).id, Verb.CORRECT, grid=g.NEXT_GRID)
        assert (g.NEXT_VILLAGE,) == after.concerned
        assert (g.NEXT_GRID, g.NEXT_VILLAGE) == (after.grid, after.village)
        same = act(log, g.given_filed(log).id, Verb.CORRECT, village=g.VILLAGE)
        assert ((g.VILLAGE,), "") == (same.concerned, same.grid)

    def test_nothing_to_correct_is_bad_input(self, log: MemoryLog) -> None:
        incident = g.given_filed(log)
        for said in ({}, {"item": g.FIRE_ITEM}):
            with pytest.raises(BadInput, match="set"):
                act(log, incident.id, Verb.CORRECT, **said)
        assert Priority.P1 is act(log, incident.id, Verb.CORRECT, priority=Priority.P1).priority


class TestNote:
    """T32: any state, never refused."""

    def test_in_every_state_and_past_a_change(self, log: MemoryLog) -> None:
        closed = g.given_closed(log)
        before = closed.version
        assert State.CLOSED is act(log, closed.id, Verb.NOTE, text="存档").state
        noted = act(log, closed.id, Verb.NOTE, photos=("b" * 64,), seen=before)
        assert ("b" * 64,) == noted.facts[-1].blobs

    def test_a_unit_that_gave_it_back_still_sees_it(self, log: MemoryLog) -> None:
        incident = byways.given_returned(log)
        noted = act(log, incident.id, Verb.NOTE, g.FIREMAN, text="见上次说明")
        assert "fireman" == noted.facts[-1].actor
        with pytest.raises(Refused, match="out_of_scope"):
            act(log, incident.id, Verb.NOTE, g.POLICEMAN, text="x")

    def test_an_empty_one_is_bad_input(self, log: MemoryLog) -> None:
        with pytest.raises(BadInput, match="text"):
            act(log, g.given_filed(log).id, Verb.NOTE)

    def test_a_placeholder_takes_a_note_and_nothing_else(self, log: MemoryLog) -> None:
        incident = act(log, g.given_filed(log, source=Source.STATION).id, Verb.NOTE, text="x")
        log.folded[incident.id] = fold(incident.facts[-1:])
        assert log.folded[incident.id].state is None
        assert act(log, incident.id, Verb.NOTE, text="y").state is None
        with pytest.raises(Refused, match="unknown_incident"):
            act(log, incident.id, Verb.RESOLVE, reason="why")
